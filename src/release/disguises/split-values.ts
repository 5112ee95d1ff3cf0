import { originOf } from '../../interlock/folding.ts';
import { eponyms, nameNoise, ordinaryWords } from '../../interlock/ordinary-words.ts';
import type { Piece } from '../../interlock/pieces.ts';
import { lexicon } from '../../redaction/lexicon.ts';
import type { Read } from './readings.ts';
import type { Place } from './signs.ts';

/** Between two pieces of one value: some sentences of names, a few words of numbers. */
const [letterReach, figureReach] = [250, 80];
/** Letters of a name that is looked for in pieces, and of a piece by which it is known. */
export const leastSplit = 6;
const leastTelling = 3;
/** So many figures are no number of something else twice. */
const manyFigures = 4;
const mostPieces = 8;
/** Between pieces of two letters, which are words elsewhere. */
const tightGap = 8;
/** Between a piece of one or two letters and one of so many. */
const [closeGap, leastBeside] = [24, 5];

const isWord = (word: string): boolean =>
  ordinaryWords.has(word) || eponyms.has(word) || nameNoise.has(word) || lexicon().plain.has(word);

/** Figures that are a year or a time of day: two of them are no number in pieces. */
const isTime = (figures: string): boolean => /^(?:19|20)\d\d$|^(?:[01]\d|2[0-3])[0-5]\d$/.test(figures);

/** What somebody writes who tells a number in pieces. */
const announced =
  /\b(?:first|second|third|last|half|parts?|pieces?|portion|segment|section|block|chunk|marker|begin\w{0,4}|starts?|ends?|follow\w{0,4}|then|prefix|suffix|plus|concat\w{0,9}|join\w{0,3}|rest|remaining|before|after)\b|[+"'`]|\|\|/i;
const cueReach = 60;

/** Where a piece stands in a value. */
interface Part {
  readonly value: string;
  /** Number of the value, times more places than a value has. */
  readonly row: number;
  readonly from: number;
}

const mostPlaces = 256;

/** Values by the pieces that they may be told in. */
export type Parts = ReadonlyMap<string, readonly Part[]>;

export function partsOf(names: Iterable<string>, numbers: Iterable<string>): Parts {
  const parts = new Map<string, Part[]>();
  let row = 0;
  const add = (value: string, least: number): void => {
    row += mostPlaces;
    if (value.length >= mostPlaces) return;
    for (let from = 0; from < value.length; from += 1)
      for (let to = from + least; to <= value.length; to += 1) {
        const piece = value.slice(from, to);
        const there = parts.get(piece);
        if (piece === value) continue;
        if (there === undefined) parts.set(piece, [{ value, row, from }]);
        else there.push({ value, row, from });
      }
    // One letter may stand by itself at either end.
    for (const from of least === 2 ? [0, value.length - 1] : []) {
      const letter = value.charAt(from);
      parts.set(letter, [...(parts.get(letter) ?? []), { value, row, from }]);
    }
  };
  for (const name of names) if (name.length >= leastSplit) add(name, 2);
  for (const number of numbers) add(number, 1);
  return parts;
}

/** A value of which the pieces up to a place were told. */
interface Told extends Place {
  readonly pieces: number;
  /** Letters of pieces that are no words. */
  readonly telling: number;
  /** Pieces of three letters and more. */
  readonly long: number;
  readonly tight: boolean;
  /** Some words stand between its pieces at the most. */
  readonly close: boolean;
  /** Number of the piece among all; no piece of its kind was left out. */
  readonly order: number;
  readonly unbroken: boolean;
  /** Only the last piece has two figures, all others have more. */
  readonly rest: boolean;
  /** Pieces of four figures and more that are neither years nor times. */
  readonly many: number;
}

/** Pieces of values in one order: as they are put together, or the last one first. */
class Telling {
  readonly #told = new Map<number, Told>();
  readonly #forward: boolean;

  constructor(forward: boolean) {
    this.#forward = forward;
  }

  /** What was told of a value once a piece of it is, all of it or not. */
  take({ word, start, end, type }: Piece, { value, row, from }: Part, order: number): Told | undefined {
    const to = from + word.length;
    const [near, far] = this.#forward ? [from, to] : [to, from];
    const isFirst = near === (this.#forward ? 0 : value.length);
    const before = isFirst ? undefined : this.#told.get(row + near);
    const gap = before === undefined ? 0 : start - before.end;
    const reach = type === 'digits' ? figureReach : letterReach;
    if (!isFirst && (before === undefined || gap < 1 || gap > reach || before.pieces >= mostPieces))
      return undefined;
    const isTelling = word.length >= leastTelling && type === 'letters' && !isWord(word);
    const told: Told = {
      start: before?.start ?? start,
      end,
      pieces: (before?.pieces ?? 0) + 1,
      telling: (before?.telling ?? 0) + (isTelling ? word.length : 0),
      long: (before?.long ?? 0) + (word.length >= leastTelling ? 1 : 0),
      tight: (before?.tight ?? true) && gap <= tightGap,
      close: (before?.close ?? true) && gap <= closeGap,
      order,
      unbroken: before === undefined || (before.unbroken && before.order === order - 1),
      rest: before !== undefined && before.long === before.pieces && word.length === 2,
      many: (before?.many ?? 0) + (word.length >= manyFigures && !isTime(word) ? 1 : 0),
    };
    this.#told.set(row + far, told);
    return told;
  }

  /** What was told of a part and may go on, nearer to the end than its reach. */
  open(length: number): number {
    let open = Number.POSITIVE_INFINITY;
    for (const { start, end, telling } of this.#told.values())
      if (telling >= leastTelling && length - end <= letterReach) open = Math.min(open, start);
    return open;
  }
}

const isComplete = (word: string, { value, from }: Part, forward: boolean): boolean =>
  forward ? from + word.length === value.length : from === 0;

/** Whether figures are told in pieces and are not the values of something else. */
const isTold = ({ pieces, long, unbroken, rest, many, start, end }: Told, source: string): boolean =>
  pieces > 1 &&
  (unbroken || long === pieces || (pieces > 2 && rest)) &&
  (many === pieces || announced.test(source.slice(Math.max(0, start - cueReach), end)));

/** Whether pieces are more than words that make a name by chance. */
function isNamed({ pieces, telling, long, tight, close }: Told, value: string): boolean {
  if (pieces < 2) return false;
  if (telling * 5 < value.length * 2) return tight && pieces > 2;
  // One short piece beside what is most of a name: `Quintanill and an a`.
  return long === pieces || tight || (long === pieces - 1 && (close || pieces > 2) && telling >= leastBeside);
}

/**
 * Values told in two pieces or more, whatever stands between them: `The first half is Quin. The other is tanilla.`,
 * `"Quin" + "tanilla"`, a piece in each row of a table. Of numbers only where words or signs say that they are pieces.
 */
export class SplitValues {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  #tell({ pieces, folded, source }: Read, forward: boolean): { found: Place[]; telling: Telling } {
    const telling = new Telling(forward);
    const found: Place[] = [];
    let figures = 0;
    for (const piece of pieces) {
      if (piece.type === 'digits') figures += 1;
      for (const part of this.#parts.get(piece.word) ?? []) {
        const told = telling.take(piece, part, figures);
        if (told === undefined || !isComplete(piece.word, part, forward)) continue;
        const at = { start: originOf(folded, told.start), end: originOf(folded, told.end) };
        if (piece.type === 'digits' ? isTold({ ...told, ...at }, source) : isNamed(told, part.value))
          found.push(at);
      }
    }
    return { found, telling };
  }

  find(read: Read): readonly Place[] {
    if (this.#parts.size === 0) return [];
    return [true, false].flatMap((forward) => this.#tell(read, forward).found);
  }

  open(read: Read): number {
    if (this.#parts.size === 0) return Number.POSITIVE_INFINITY;
    const { length } = read.folded.text;
    const open = Math.min(...[true, false].map((forward) => this.#tell(read, forward).telling.open(length)));
    return open === Number.POSITIVE_INFINITY ? open : originOf(read.folded, open);
  }
}
