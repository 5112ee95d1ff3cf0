import { type Folded, originOf } from '../../interlock/folding.ts';
import type { Piece } from '../../interlock/pieces.ts';
import { NumberBeingSaid, numberSaid } from './number-words.ts';
import { letterSaid, likening, monthSaid, repeated, spellingFillers } from './sign-words.ts';
import { parted, SignRow, type Signs } from './signs.ts';

/** A text in its folded form and in pieces. */
export interface Read {
  readonly source: string;
  readonly folded: Folded;
  readonly pieces: readonly Piece[];
}

/** Between two pieces of one value: list marks, cells of a table, line breaks, quotes. */
const widestGap = 24;
/** Letters of a piece of what is spelled, two of two pieces; more are words, which may make a name by chance (`for rest`). */
const widestPiece = 3;
const [leastGlued, leastInitials, leastLines, leastFigures] = [7, 7, 6, 8];

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
 * Pieces one after the other, whole ones only and two at least, or a long name inside one. Words that can be no part of
 * that are left out.
 */
function joined({ folded }: Read, pieces: readonly Piece[], least: number): Signs {
  const row = new PieceRow();
  let wasTight = false;
  for (const [at, piece] of pieces.entries()) {
    const [before, next] = [pieces[at - 1], pieces[at + 1]];
    const isTight = next !== undefined && isTightBetween(folded.text, piece, next);
    const { length } = piece.word;
    if (!near(before, piece)) row.part();
    if (isTight || wasTight || length <= widestPiece || length > leastGlued || piece.type === 'digits')
      row.add(piece);
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
      const { head, tail } = placeOf(from, to);
      if (head === tail) return to - from >= leastGlued && to - from < (row.pieces[head]?.word.length ?? 0);
      if (!row.beginsAt(from) || !row.endsAt(to) || to - from < least) return false;
      const parts = row.pieces.slice(head, tail + 1);
      return (
        parts.every(
          ({ word, type }) => word.length <= widestPiece || (type === 'digits' && least === leastFigures),
        ) ||
        parts.every((part, order) => {
          const next = parts[order + 1];
          return next === undefined || isTightBetween(folded.text, part, next);
        })
      );
    },
  };
}

/** Where what stands at every second place counts, or is the same, what stands between: `1. Q`, `"k0": "Q"`. */
function withoutCounters(pieces: readonly Piece[]): Piece[] {
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
    for (let each = 0; each <= run; each += 1) {
      const piece = pieces[at + 2 * each + 1];
      if (piece !== undefined) kept.push(piece);
    }
    at += 2 * run + 1;
  }
  return kept;
}

/** First letters, of words or of lines. */
function initials({ folded }: Read, pieces: readonly Piece[], least: number): Signs {
  return {
    text: pieces.map(({ word }) => word.charAt(0)).join(''),
    place: (from, to) => ({
      start: originOf(folded, pieces[from]?.start ?? 0),
      end: originOf(folded, pieces[to - 1]?.end ?? 0),
    }),
    accepts: (from, to) => to - from >= least,
  };
}

/** The first word of each line, or of each sentence as well. */
function leading({ folded: { text } }: Read, words: readonly Piece[], marks: string): Piece[] {
  return words.filter((piece, at) => {
    const before = words[at - 1];
    if (before === undefined) return true;
    for (let unit = before.end; unit < piece.start; unit += 1)
      if (marks.includes(text.charAt(unit))) return true;
    return false;
  });
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
    if (liken && !likening.has(word)) {
      liken = false;
      // Whatever the letter is likened to.
      if (row.endsWith(word.charAt(0))) {
        worded[worded.length - 1] = true;
        continue;
      }
    }
    const value = piece.type === 'letters' ? numberSaid(word) : undefined;
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
    const times2 = repeated.get(word);
    if (times2 !== undefined) {
      endNumber();
      times = times2;
      continue;
    }
    if (spellingFillers.has(word) || likening.has(word)) {
      liken = likening.has(word) && row.length > 0;
      continue;
    }
    endNumber();
    const month = piece.type === 'letters' ? monthSaid(word) : undefined;
    const letter = letterSaid.get(word);
    if (piece.type === 'digits' && word.length <= 4) add(word, start, end, false);
    else if (word.length === 1) add(word, start, end, false);
    else if (month !== undefined && letter === undefined)
      add(String(month).padStart(2, '0'), start, end, true);
    else if (letter !== undefined) add(letter, start, end, true);
    else part();
  }
  endNumber();
  return row.accepting((from, to) => worded.slice(from, to).includes(true));
}

/** Contents of quotes, code spans and bold stretches, in which a value may stand in parts. */
const quoted = /"([^"\n]{1,40})"|'([^'\n]{1,20})'|`([^`\n]{1,40})`|\*\*([^*\n]{1,40})\*\*/g;
const quote = /["'`*]/;

function quotations({ source }: Read): Signs {
  const row = new SignRow();
  const edges = new Set<number>([0]);
  for (const match of quote.test(source) ? source.matchAll(quoted) : []) {
    const content = match[1] ?? match[2] ?? match[3] ?? match[4] ?? '';
    row.add(content.toLowerCase().replace(/[^a-z0-9]/g, ''), {
      start: match.index,
      end: match.index + match[0].length,
    });
    edges.add(row.length);
  }
  return row.accepting((from, to) => edges.has(from) && edges.has(to));
}

/** Capitals inside words. */
function inner({ source }: Read): Signs {
  const row = new SignRow();
  for (const { index } of source.matchAll(/[a-z][A-Z](?=[a-z])/g))
    row.add(source.charAt(index + 1).toLowerCase(), { start: index + 1, end: index + 2 });
  return row.accepting((from, to) => to - from >= leastLines);
}

/** All readings of a text. */
export function readingsOf(read: Read): readonly Signs[] {
  const words = read.pieces.filter(({ type }) => type === 'letters');
  const numbers = read.pieces.filter(({ type }) => type === 'digits');
  return [
    joined(read, words, 5),
    joined(read, numbers, leastFigures),
    joined(read, read.pieces, 6),
    ...[read.pieces, words, numbers].flatMap((pieces) => {
      const rest = withoutCounters(pieces);
      return rest.length === 0 ? [] : [joined(read, rest, pieces === numbers ? leastFigures : 5)];
    }),
    said(read),
    initials(read, words, leastInitials),
    initials(read, leading(read, words, '\n'), leastLines),
    initials(read, leading(read, words, '\n.!?:'), leastLines),
    quotations(read),
    inner(read),
  ];
}
