import type { Read } from './readings.ts';
import { bareSigns, type Place, SignRow, type Signs } from './signs.ts';

/** Between one numbered sign and the next. */
const entryGap = 24;
/** Fewer are steps of a list. */
const [leastEntries, leastSigns, leastHeld] = [5, 6, 3];

const entry =
  /(?<![\p{L}\p{N}])(\d{1,3})["'`)\]]{0,2}\s?(?:[:=.,)|>→-]{1,2}|is)\s?["'`*(|]{0,2}([\p{L}\p{N}])(?![\p{L}\p{N}])/gu;

interface Entry extends Place {
  readonly number: number;
  readonly sign: string;
}

/** Entries that stand close to each other. */
function runsIn(source: string): Entry[][] {
  const runs: Entry[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const match of source.matchAll(entry)) {
    const one = {
      number: Number(match[1]),
      sign: bareSigns(match[2] ?? ''),
      start: match.index,
      end: match.index + match[0].length,
    };
    if (one.start - end > entryGap) runs.push([]);
    runs.at(-1)?.push(one);
    end = one.end;
  }
  return runs;
}

/** Signs in the order of the numbers that stand with them, as `3:x 1:y 2:z` or the members of a JSON object. */
export function numberedSigns({ source }: Read): readonly Signs[] {
  const row = new SignRow();
  const runs = runsIn(source);
  for (const run of runs.filter(({ length }) => length >= leastEntries)) {
    const whole = { start: run[0]?.start ?? 0, end: run.at(-1)?.end ?? 0 };
    row.part();
    for (const { sign } of run.toSorted((a, b) => a.number - b.number)) row.add(sign, whole);
  }
  const last = runs.at(-1);
  const goesOn =
    last !== undefined &&
    last.length >= leastHeld &&
    (last.at(-1)?.end ?? 0) >= source.length - entryGap &&
    last.some(({ number }, at) => at > 0 && number !== (last[at - 1]?.number ?? 0) + 1);
  return [
    {
      ...row.accepting((from, to) => to - from >= leastSigns),
      ...(goesOn ? { unordered: last[0]?.start ?? 0 } : {}),
    },
  ];
}
