import { countsIn, type Figure } from './figures.ts';
import { shownDrugsIn } from './named-figures.ts';
import type { ShownRecord, WorkedOut } from './shown-record.ts';
import { lookedAt, lookedBehind, sentenceEnds } from './worked-out.ts';

const times =
  /(?<![\d.,])(\d{1,3}|two|three|four|five|six|eight|ten|twelve)[ -]?(days?|weeks?|months?)\b|\b(?:weekly|(?:a|one|per|each) (week|month))\b/gi;
const daysOf: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30 };
/** Words for what is needed of a drug in so long a time, not taken at once. */
const ofSupply =
  /\b(?:suppl(?:y|ies)|refills?|needs?|needed|quantity|dispens(?:e|ed)|lasts?|total(?:s|ling)?|in all|altogether|overall|comes? to|adds? up to|amounts? to|uses?|i\.e\.)(?!\p{L})|=/iu;

/** Whether a figure is what a drug of its sentence comes to in a time of so many days: `a 30-day supply is 60 tablets`. */
export function isSupply(
  text: string,
  figure: Figure,
  worked: WorkedOut | undefined,
  shown: ShownRecord,
): boolean {
  const { end, start, unit, values } = figure;
  if (unit.exact !== true || worked === 'daily') return false;
  const before =
    text
      .slice(Math.max(0, start - lookedAt), start)
      .split(sentenceEnds)
      .at(-1) ?? '';
  const sentence = `${before}, ${text.slice(end, end + lookedBehind).split(sentenceEnds)[0] ?? ''}`;
  if (!ofSupply.test(sentence)) return false;
  const lasting = [...sentence.matchAll(times)].map(
    ([, count = '1', told = '', each = '']) =>
      (countsIn(count)[0] ?? 1) * (daysOf[(told + each).charAt(0).toLowerCase()] ?? 7),
  );
  const drugs = lasting.length === 0 ? [] : shownDrugsIn(sentence, shown);
  return drugs.some(({ names }) =>
    lasting.some((days) =>
      shown.hasFigure({ ...figure, values: values.map((value) => value / days) }, 'daily', names),
    ),
  );
}
