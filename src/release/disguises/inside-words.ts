import { originOf } from '../../interlock/folding.ts';
import { lexicon } from '../../redaction/lexicon.ts';
import type { Read } from './readings.ts';
import { parted, SignRow, type Signs } from './signs.ts';

/** Letters of a name that no longer word has within it by chance, and figures that letters say. */
const [leastGlued, leastName, leastFigures] = [8, 7, 8];
/** Longer ones are encodings. */
const longestWord = 120;

/** Letters of longer words: all of them, and each second one, which stand for a name that is glued to others or doubled. */
function lettersInside({ folded, pieces }: Read): readonly Signs[] {
  const [whole, odd, even] = [new SignRow(), new SignRow(), new SignRow()];
  for (const { end, start, type, word } of pieces) {
    if (type !== 'letters' || word.length <= leastName || word.length > longestWord) continue;
    if (lexicon().plain.has(word)) continue;
    for (let at = 0; at < word.length; at += 1) {
      const letter = word.charAt(at);
      const place = {
        start: originOf(folded, start + at),
        end: originOf(folded, Math.min(end, start + at + 1)),
      };
      whole.add(letter, place);
      if (word.length >= 2 * leastName) (at % 2 === 0 ? odd : even).add(letter, place);
    }
    for (const row of [whole, odd, even]) row.part();
  }
  const inside: Signs = whole.accepting(
    // With letters before it: what only goes on is another name (`Williams`).
    (from, to) => to - from >= leastGlued && from > 0 && inside.text.charAt(from - 1) !== parted,
  );
  return [inside, ...[odd, even].map((row) => row.accepting((from, to) => to - from >= leastName))];
}

const asFigures = /^[a-j]+$/;

/** What letters from A to J say as figures, where A is nought and where it is one. */
function figuresByLetters({ folded, pieces }: Read): readonly Signs[] {
  const rows = [new SignRow(), new SignRow()];
  for (const { end, start, word } of pieces) {
    const place = { start: originOf(folded, start), end: originOf(folded, end) };
    for (const [first, row] of rows.entries()) {
      if (!asFigures.test(word)) row.part();
      else for (const letter of word) row.add(String((letter.charCodeAt(0) - 97 + first) % 10), place);
    }
  }
  return rows.map((row) => row.accepting((from, to) => to - from >= leastFigures));
}

/** Names within longer words, and numbers of which each figure is a letter. */
export const insideWords = (read: Read): readonly Signs[] => [
  ...lettersInside(read),
  ...figuresByLetters(read),
];
