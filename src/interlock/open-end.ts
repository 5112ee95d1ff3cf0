import type { DateIndex } from './date-search.ts';
import { backwards, type Folded, fold, originOf } from './folding.ts';
import type { NameIndex } from './name-search.ts';
import { titles } from './ordinary-words.ts';
import { type Piece, piecesOf } from './pieces.ts';
import type { RunIndex } from './run-search.ts';
import { begins, type SequenceIndex } from './sequence-search.ts';
import { dateFillers, months, shorten } from './spellings.ts';
import { type Decoded, encodings } from './views.ts';

/** Everything that is searched of one record. */
export interface Index {
  readonly names: NameIndex;
  readonly runs: RunIndex;
  readonly sequences: SequenceIndex;
  readonly dates: DateIndex;
}

/** The end of a folded text as pieces; offsets are of that text. */
interface End {
  readonly text: string;
  readonly pieces: readonly Piece[];
  /** The last piece may go on. */
  readonly cut: boolean;
}

/** Pieces that may have to do with what comes next; no value has more. */
const mostPieces = 64;
/** Characters in which those mostly stand; what folding takes away may part them further. */
const usual = 2000;
/** What a name in context depends on: pieces before the end. */
const context = 4;
const dated = 12;
/** The widest gap inside a value, as the searches have it. */
const widestGap = 8;

const none = Number.POSITIVE_INFINITY;
const startOf = ({ pieces }: End, at: number): number => pieces[at]?.start ?? none;

/** The pieces from here on that `belongs` takes, up to the end, `most` of them. */
function trailing(
  { pieces }: End,
  most: number,
  belongs: (piece: Piece, next: Piece | undefined) => boolean,
): number {
  let from = pieces.length;
  while (from > 0 && pieces.length - from < most) {
    const piece = pieces[from - 1];
    if (piece === undefined || !belongs(piece, pieces[from])) break;
    from -= 1;
  }
  return from;
}

const near = (piece: Piece, next: Piece | undefined): boolean =>
  next === undefined || next.start - piece.end <= 3;

/** A word that is not finished; of a script without spaces as much as a name is long. */
function openPiece(end: End, { names }: Index): number {
  const last = end.pieces.at(-1);
  if (last === undefined || !end.cut) return none;
  return last.type === 'unspaced'
    ? Math.max(last.start, last.end - Math.max(1, ...names.unspacedLengths) + 1)
    : last.start;
}

/** Names that count by what stands beside them, and titles. */
function openNames(end: End, { names }: Index): number {
  const from = Math.max(0, end.pieces.length - context);
  const at = end.pieces.findIndex(({ word }, order) => {
    if (order < from) return false;
    const weight = names.words.get(word)?.weight;
    return titles.has(word) || (weight !== undefined && weight !== 'alone');
  });
  return startOf(end, at);
}

/** Letters that stand alone, one after the other. */
function openLetters(end: End, { names }: Index): number {
  const most = Math.max(0, ...names.longLengths);
  return startOf(
    end,
    trailing(
      end,
      most,
      (piece, next) => piece.type === 'letters' && piece.word.length === 1 && near(piece, next),
    ),
  );
}

/** What a number of the record, or one read backwards, begins with. */
function openRuns(end: End, { runs }: Index): number {
  let found = none;
  let run = '';
  for (let at = end.pieces.length - 1; at >= 0; at -= 1) {
    const piece = end.pieces[at];
    if (piece === undefined || !near(piece, end.pieces[at + 1])) break;
    run = piece.word + run;
    if (run.length > runs.longest) break;
    if (runs.begins(run)) found = piece.start;
  }
  return found;
}

/** What an address, an organization or a contact begins with. */
function openSequences(end: End, { sequences }: Index): number {
  const at = end.pieces.findIndex(({ word }, first) =>
    (sequences.get(shorten(word)) ?? []).some(({ words }) => begins(end.pieces, first, words, end.cut)),
  );
  return startOf(end, at);
}

const ofDate = ({ type, word }: Piece): boolean =>
  type === 'digits'
    ? word.length <= 4
    : [word, backwards(word)].some((read) => months.has(read) || dateFillers.has(read));

/** What a written date begins with, in whatever order. */
const openDates = (end: End, { dates }: Index): number =>
  dates.size === 0
    ? none
    : startOf(
        end,
        // A word that is not finished may become one that belongs.
        trailing(end, dated, (piece, next) => (end.cut && next === undefined) || ofDate(piece)),
      );

const searches = [openPiece, openNames, openLetters, openRuns, openSequences, openDates] as const;

/** The end of a text in which `mostPieces` stand whole, or all of the text; `offset` is where it begins. */
function lastPieces(source: string): { folded: Folded; pieces: readonly Piece[]; offset: number } {
  for (let length = usual; ; length *= 4) {
    const offset = Math.max(0, source.length - length);
    const folded = fold(source.slice(offset));
    const pieces = piecesOf(folded.text);
    if (offset === 0 || pieces.length > mostPieces)
      return { folded, pieces: pieces.slice(-mostPieces), offset };
  }
}

/** As written; what is encoded in it is another text. */
function openPlain(source: string, index: Index): number {
  const { folded, pieces, offset } = lastPieces(source);
  const end: End = { text: folded.text, pieces, cut: pieces.at(-1)?.end === folded.text.length };
  const last = pieces.at(-1);
  // Nothing goes on across so wide a gap.
  if (last === undefined || folded.text.length - last.end > widestGap) return source.length;
  const from = Math.min(...searches.map((search) => search(end, index)));
  return from === none ? source.length : offset + originOf(folded, from);
}

/** An unfinished word in plain characters, or bytes in hexadecimal, which may stand apart. */
const unfinished = (text: string): number => {
  let from = text.length;
  while (from > 0 && /[!-~]/.test(text.charAt(from - 1))) from -= 1;
  let bytes = from;
  while (bytes > 0 && /[0-9a-fx\\% :,;-]/i.test(text.charAt(bytes - 1))) bytes -= 1;
  // The word in which they begin is none of them.
  while (bytes < from && /[0-9a-z]/i.test(text.charAt(bytes)) && /[0-9a-z]/i.test(text.charAt(bytes - 1)))
    bytes += 1;
  return bytes;
};

/**
 * Where the first thing begins that may become a finding, or stop being one, when the text goes on: plain, and in what
 * is encoded in it, `depth` times over. The length of the text where there is none.
 */
export function openEnd(text: string, index: Index, decoded: Decoded, depth: number): number {
  let from = openPlain(text, index);
  if (depth === 0) return from;
  const whole = unfinished(text);
  from = Math.min(from, whole);
  for (const { undo } of encodings) {
    const view = undo(text.slice(0, whole), decoded);
    if (view === undefined) continue;
    from = Math.min(from, view.origin[openEnd(view.text, index, decoded, depth - 1)] ?? text.length);
  }
  return from;
}
