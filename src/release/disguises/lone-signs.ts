import { originOf } from '../../interlock/folding.ts';
import type { Piece } from '../../interlock/pieces.ts';
import { type Read, withoutCounters } from './readings.ts';
import { SignRow, type Signs } from './signs.ts';

/** Between two signs that stand by themselves in prose: most of a sentence. */
const proseGap = 120;
/** Of letters and of figures; fewer stand together by chance. */
const [leastLetters, leastFigures] = [6, 8];
const longestCounter = 3;

/** Whether a piece is one sign that belongs to no word: `Q`, not the `V` of `V1`. */
const isLone = (piece: Piece, next: Piece | undefined): boolean =>
  piece.word.length === 1 && !piece.glued && next?.glued !== true;

/** `a` and `I` as words: a space on either side, and no mark that sets the letter apart. */
function isArticle({ source, folded }: Read, { word, start, end }: Piece): boolean {
  if (word !== 'a' && word !== 'i') return false;
  const at = originOf(folded, start);
  const [before, after] = [source.charAt(at - 1), source.charAt(originOf(folded, end))];
  return source.charAt(at) === (word === 'a' ? 'a' : 'I') && /^\s?$/.test(before) && after === ' ';
}

function rowOf({ folded }: Read, lone: readonly Piece[], least: number): Signs {
  const row = new SignRow();
  let end = 0;
  for (const piece of lone) {
    if (piece.start - end > proseGap) row.part();
    row.add(piece.word, { start: originOf(folded, piece.start), end: originOf(folded, piece.end) });
    end = piece.end;
  }
  return { ...row.accepting((from, to) => to - from >= least), reach: proseGap };
}

/**
 * Letters and figures that stand by themselves, whatever prose stands between them: `The first letter is Q.`, a grade
 * in each row of a table. With and without the words of one letter, and without what counts them.
 */
export function loneSigns(read: Read): readonly Signs[] {
  const lone = read.pieces.filter((piece, at) => isLone(piece, read.pieces[at + 1]));
  const letters = lone.filter(({ type }) => type === 'letters');
  const numbers = read.pieces.filter(({ type, word }) => type === 'digits' && word.length <= longestCounter);
  const figures = withoutCounters(numbers).filter(({ word }) => word.length === 1);
  const spoken = letters.filter((piece) => !isArticle(read, piece));
  return [
    rowOf(read, letters, leastLetters),
    ...(spoken.length === letters.length ? [] : [rowOf(read, spoken, leastLetters)]),
    rowOf(
      read,
      lone.filter(({ type }) => type === 'digits'),
      leastFigures,
    ),
    ...(figures.length === 0 ? [] : [rowOf(read, figures, leastFigures)]),
    rowOf(read, lone, leastFigures),
  ];
}
