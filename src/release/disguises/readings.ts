import { type Folded, originOf } from '../../interlock/folding.ts';
import type { Piece } from '../../interlock/pieces.ts';
import { figureOrLetter, NumberBeingSaid, numberSaid } from './number-words.ts';
import { letterSaid, likening, monthSaid, repeated, spellingFillers } from './sign-words.ts';
import { bareSigns, parted, SignRow, type Signs } from './signs.ts';

/** A text in its folded form and in pieces. */
export interface Read {
  readonly source: string;
  readonly folded: Folded;
  readonly pieces: readonly Piece[];
}

/** Between two pieces of one value: list marks, cells of a table, line breaks, quotes; less than a token is long. */
export const widestGap = 16;
/** Letters of a piece of what is spelled, two of two pieces; more are words, which may make a name by chance (`for rest`). */
const widestPiece = 3;
/** Of letters and of figures; fewer pieces are words or measured values. */
const [leastLetters, leastFigures] = [5, 8];
const [fewestPieces, fewestNumbers] = [3, 4];

const near = (before: Piece | undefined, piece: Piece): boolean =>
  before !== undefined && piece.start - before.end <= widestGap;

const parting = ' \n\t,;()';

/** Marks with nothing else between them part a word into pieces: `Quin·tan·illa`. */
function isTightBetween(text: string, before: Piece, after: Piece): boolean {
  if (after.start - before.end > 4 || after.start === before.end) return false;
  for (let at = before.end; at < after.start; at += 1) if (parting.includes(text.charAt(at))) return false;
  return true;
}

/** Where in a row of signs each of its pieces begins; pieces by these. */
class PieceRow {
  readonly pieces: Piece[] = [];
  readonly #signs: string[] = [];
  readonly #begin: number[] = [];
  #length = 0;
  #text: string | undefined;

  add(piece: Piece): void {
    this.#begin.push(this.#length);
    this.pieces.push(piece);
    this.#push(piece.word);
  }

  part(): void {
    if (this.#length > 0 && this.#signs.at(-1) !== parted) this.#push(parted);
  }

  #push(signs: string): void {
    this.#signs.push(signs);
    this.#length += signs.length;
  }

  get text(): string {
    this.#text ??= this.#signs.join('');
    return this.#text;
  }

  /** The piece that holds a sign. */
  indexAt(sign: number): number {
    let [low, high] = [0, this.#begin.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#begin[middle] ?? 0) <= sign) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  beginsAt(sign: number): boolean {
    return this.#begin[this.indexAt(sign)] === sign;
  }

  endsAt(sign: number): boolean {
    return sign >= this.text.length || this.text.charAt(sign) === parted || this.beginsAt(sign);
  }
}

/**
 * Pieces one after the other, whole ones only: most of them single letters, or parted by marks alone, or figures one by
 * one and in twos. Words that can be no part of that are left out.
 */
function joined({ folded }: Read, pieces: readonly Piece[], least: number): Signs {
  const row = new PieceRow();
  let wasTight = false;
  for (const [at, piece] of pieces.entries()) {
    const [before, next] = [pieces[at - 1], pieces[at + 1]];
    const isTight = next !== undefined && isTightBetween(folded.text, piece, next);
    const { length } = piece.word;
    if (!near(before, piece)) row.part();
    if (isTight || wasTight || length <= widestPiece) row.add(piece);
    else row.part();
    wasTight = isTight;
  }
  const placeOf = (from: number, to: number): { head: number; tail: number } => ({
    head: row.indexAt(from),
    tail: row.indexAt(to - 1),
  });
  return {
    text: row.text,
    place: (from, to) => {
      const { head, tail } = placeOf(from, to);
      return {
        start: originOf(folded, row.pieces[head]?.start ?? 0),
        end: originOf(folded, row.pieces[tail]?.end ?? 0),
      };
    },
    accepts: (from, to) => {
      if (to - from < least || !row.beginsAt(from) || !row.endsAt(to)) return false;
      const { head, tail } = placeOf(from, to);
      return isSpelled(folded.text, row.pieces.slice(head, tail + 1));
    },
  };
}

/** Whether pieces are what nobody writes who means words or values. */
function isSpelled(text: string, parts: readonly Piece[]): boolean {
  const figures = parts.filter(({ type }) => type === 'digits').length;
  if (figures > 0) return parts.length >= fewestNumbers && parts.every(({ word }) => word.length < 3);
  if (parts.length < fewestPieces) return false;
  const single = parts.filter(({ word }) => word.length === 1).length;
  if (single * 2 >= parts.length && parts.every(({ word }) => word.length <= widestPiece)) return true;
  return parts.every((part, order) => {
    const next = parts[order + 1];
    return next === undefined || isTightBetween(text, part, next);
  });
}

/** Where what stands at every second place counts, or is the same, what stands between: `1. Q`, `"k0": "Q"`. */
export function withoutCounters(pieces: readonly Piece[]): Piece[] {
  const kept: Piece[] = [];
  const counts = (at: number): boolean => {
    const [one, two] = [pieces[at], pieces[at + 2]];
    if (one === undefined || two === undefined) return false;
    if (one.word === two.word) return one.word.length < 8;
    return one.type === 'digits' && one.word.length <= 3 && Number(two.word) === Number(one.word) + 1;
  };
  let at = 0;
  while (at < pieces.length) {
    let run = 0;
    while (counts(at + 2 * run)) run += 1;
    if (run < 3) {
      at += 1;
      continue;
    }
    // A word that is the same each time may stand behind what it parts: `nine then zero then`.
    const first = pieces[at]?.word === pieces[at + 2]?.word ? pieces[at - 1] : undefined;
    if (first !== undefined && first !== kept.at(-1)) kept.push(first);
    for (let each = 0; each <= run; each += 1) {
      const piece = pieces[at + 2 * each + 1];
      if (piece !== undefined) kept.push(piece);
    }
    at += 2 * run + 1;
  }
  return kept;
}

/** Letters and figures that words say: `Quebec Uniform`, `Q as in queen`, `nine five three`, `fifteenth of July`. */
function said(read: Read): Signs {
  const row = new SignRow();
  const worded: boolean[] = [];
  const number = new NumberBeingSaid();
  let [numberStart, numberEnd, times, liken] = [0, 0, 1, false];
  const add = (signs: string, start: number, end: number, byWord: boolean): void => {
    row.add(signs.repeat(times), { start, end });
    while (worded.length < row.length) worded.push(byWord);
    times = 1;
  };
  const endNumber = (): void => {
    if (number.begun) add(number.end(), numberStart, numberEnd, true);
  };
  const part = (): void => {
    endNumber();
    row.part();
    while (worded.length < row.length) worded.push(false);
    times = 1;
    liken = false;
  };
  let before: Piece | undefined;
  for (const piece of read.pieces) {
    if (!near(before, piece)) part();
    before = piece;
    const { word } = piece;
    const start = originOf(read.folded, piece.start);
    const end = originOf(read.folded, piece.end);
    // "Q as in Quebec"
    if (liken && word === 'in') continue;
    if (liken && !likening.has(word)) {
      liken = false;
      // Whatever the letter is likened to.
      if (row.endsWith(word.charAt(0))) {
        worded[worded.length - 1] = true;
        continue;
      }
    }
    const isLetter = piece.type !== 'letters' || (figureOrLetter.has(word) && !number.begun);
    const value = isLetter ? undefined : numberSaid(word);
    if (value !== undefined) {
      if (times > 1 || !number.takes(value)) {
        endNumber();
        number.takes(value);
      }
      if (numberEnd < start || !number.begun) numberStart = start;
      numberEnd = end;
      if (times > 1 || value === 0) endNumber();
      continue;
    }
    const many = repeated.get(word);
    if (many !== undefined) {
      endNumber();
      times = many;
      continue;
    }
    if (spellingFillers.has(word) || likening.has(word)) {
      liken = likening.has(word) && row.length > 0;
      continue;
    }
    const counted = number.begun;
    endNumber();
    const month = piece.type === 'letters' ? monthSaid(word) : undefined;
    const letter = letterSaid.get(word);
    if (piece.type === 'digits' && word.length <= 4) add(word, start, end, false);
    else if (word.length === 1) add(word, start, end, false);
    // November is the letter n, and a month behind its day.
    else if (month !== undefined && (letter === undefined || counted))
      add(String(month).padStart(2, '0'), start, end, true);
    else if (letter !== undefined) add(letter, start, end, true);
    else part();
  }
  endNumber();
  // A month in words is a quarter of a day.
  return row.accepting((from, to) => worded.slice(from, to).filter(Boolean).length * 4 >= to - from);
}

/** Contents of quotes, code spans and bold stretches, in which a value may stand in parts. */
const quoted = /"([^"\n]{1,40})"|'([^'\n]{1,20})'|`([^`\n]{1,40})`|\*\*([^*\n]{1,40})\*\*/g;
const quote = /["'`*]/;

function quotations({ source }: Read): Signs {
  const row = new SignRow();
  const edges = new Set<number>([0]);
  for (const match of quote.test(source) ? source.matchAll(quoted) : []) {
    const content = match[1] ?? match[2] ?? match[3] ?? match[4] ?? '';
    row.add(bareSigns(content), {
      start: match.index,
      end: match.index + match[0].length,
    });
    edges.add(row.length);
  }
  // One quotation alone is a word.
  return row.accepting(
    (from, to) => edges.has(from) && edges.has(to) && [...edges].some((edge) => edge > from && edge < to),
  );
}

/** All readings of a text. */
export function readingsOf(read: Read): readonly Signs[] {
  const words = read.pieces.filter(({ type }) => type === 'letters');
  const numbers = read.pieces.filter(({ type }) => type === 'digits');
  const kinds = [
    [words, leastLetters],
    [numbers, leastFigures],
    [read.pieces, leastFigures],
  ] as const;
  const uncounted = withoutCounters(read.pieces);
  return [
    ...kinds.flatMap(([pieces, least]) => {
      const rest = withoutCounters(pieces);
      return [joined(read, pieces, least), ...(rest.length === 0 ? [] : [joined(read, rest, least)])];
    }),
    said(read),
    // Beside one word that stands behind each: `nine then zero then`.
    ...(uncounted.length === 0 ? [] : [said({ ...read, pieces: uncounted })]),
    quotations(read),
  ];
}
