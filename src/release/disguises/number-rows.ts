import { originOf } from '../../interlock/folding.ts';
import type { Piece } from '../../interlock/pieces.ts';
import { NumberBeingSaid, numberSaid } from './number-words.ts';
import { type Read, withoutCounters } from './readings.ts';
import { bareSigns, type Place, SignRow, type Signs } from './signs.ts';

/** Between two numbers of a row: `), CHAR(`, a unit, the rest of a table's row. */
const rowGap = 24;
/** Letters in codes of characters, and in places of the alphabet, which are small numbers as doses are. */
const [leastCodes, leastPlaces] = [5, 6];

interface Numbered extends Place {
  readonly value: number;
}

const romanDigits: ReadonlyMap<string, number> = new Map(
  Object.entries({ I: 1, V: 5, X: 10, L: 50, C: 100, D: 500, M: 1000 }),
);

/** Value of a Roman number of two figures or more; undefined for any other word. */
function romanOf(written: string): number | undefined {
  if (!/^[IVXLC]{2,10}$/.test(written)) return undefined;
  const values = Array.from(written).map((figure) => romanDigits.get(figure) ?? 0);
  return values.reduce((sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value), 0);
}

const longestRun = 600;

/** A run of figures as the codes it is made of: three each, or two where three would be no letter. */
function codesIn(run: string): number[] {
  const codes: number[] = [];
  let at = 0;
  while (at < run.length) {
    const width = run.charAt(at) === '0' || run.charAt(at) === '1' ? 3 : 2;
    codes.push(Number(run.slice(at, at + width)));
    at += width;
  }
  return codes;
}

/** Numbers of a text in figures, words and Roman figures. */
function numbersOf({ pieces, folded, source }: Read): Numbered[] {
  const found: Numbered[] = [];
  const number = new NumberBeingSaid();
  let [start, end] = [0, 0];
  const endNumber = (): void => {
    if (number.begun) found.push({ value: Number(number.end()), start, end });
  };
  let before = 0;
  for (const { word, type, start: from, end: to } of pieces) {
    // What a comma parts is no one number: `twenty, first`.
    if (folded.text.slice(before, Math.min(from, before + rowGap)).includes(',')) endNumber();
    before = to;
    const at = { start: originOf(folded, from), end: originOf(folded, to) };
    const value = type === 'letters' ? numberSaid(word) : undefined;
    if (value !== undefined) {
      const fresh = !number.begun;
      if (!number.takes(value)) {
        endNumber();
        number.takes(value);
        start = at.start;
      } else if (fresh) start = at.start;
      end = at.end;
      continue;
    }
    if (word !== 'and') endNumber();
    if (type === 'digits' && word.length > 3 && word.length <= longestRun)
      for (const code of codesIn(word)) found.push({ value: word.length < 10 ? -1 : code, ...at });
    else if (type === 'digits') found.push({ value: Number(word), ...at });
    else {
      const roman = romanOf(source.slice(at.start, at.end));
      if (roman !== undefined) found.push({ value: roman, ...at });
    }
  }
  endNumber();
  return found;
}

const ofPiece =
  ({ folded }: Read) =>
  ({ word, start, end }: Piece): Numbered => ({
    value: Number(word),
    start: originOf(folded, start),
    end: originOf(folded, end),
  });

/** Letters and figures that numbers stand for: undefined where one is no character, which parts them. */
function rowOf(
  numbers: readonly Numbered[],
  signOf: (value: number) => string | undefined,
  least: number,
): Signs {
  const row = new SignRow();
  let before = 0;
  for (const { value, start, end } of numbers) {
    const says = signOf(value);
    if (start - before > rowGap || says === undefined) row.part();
    row.add(bareSigns(says ?? ''), { start, end });
    before = end;
  }
  return { ...row.accepting((from, to) => to - from >= least), reach: rowGap };
}

const character = (code: number): string | undefined =>
  code >= 32 && code < 127 ? String.fromCharCode(code) : undefined;
const place = (at: number): string | undefined =>
  at >= 1 && at <= 26 ? String.fromCharCode(96 + at) : undefined;

const hexByte = /^(?:0?x|u?0{2})?([0-9a-f]{2})h?$/i;

/** Hexadecimal bytes, whatever calls, marks and words of more letters stand between them. */
function hexOf(source: string): Numbered[] {
  const found: Numbered[] = [];
  for (const { index, 0: word } of source.matchAll(/[A-Za-z0-9]+/g)) {
    const byte = word.length > 5 ? undefined : hexByte.exec(word)?.[1];
    const at = { start: index, end: index + word.length };
    if (byte !== undefined) found.push({ value: Number.parseInt(byte, 16), ...at });
    else if (/\d/.test(word)) found.push({ value: -1, ...at });
  }
  return found;
}

/**
 * What rows of numbers say as codes of characters and as places in the alphabet, whatever stands between them:
 * `chr(81)+chr(117)`, one in each row of a table, `eighty-one, one hundred seventeen`.
 */
export function numberRowsOf(read: Read): readonly Signs[] {
  const numbers = numbersOf(read);
  const written = read.pieces.filter(({ type, word }) => type === 'digits' && word.length <= 3);
  const kept = withoutCounters(written).map(ofPiece(read));
  const rows = kept.length === 0 ? [numbers] : [numbers, kept];
  const hex = hexOf(read.source);
  return [
    ...rows.flatMap((row) => [rowOf(row, character, leastCodes), rowOf(row, place, leastPlaces)]),
    ...(hex.length < leastCodes ? [] : [rowOf(hex, character, leastCodes)]),
  ];
}
