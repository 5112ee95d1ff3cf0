import { fold } from '../../interlock/folding.ts';
import type { Read } from './readings.ts';
import { SignRow, type Signs } from './signs.ts';

/** Letters that no text has by chance at the beginnings of its lines and sentences, of its words, and as its capitals. */
const [leastLines, leastWords, leastInside, leastCapitals] = [7, 8, 6, 8];
/** How far behind the end of a text the last word, the last capital may stand and go on. */
const [wordReach, capitalReach] = [40, 120];

const letter = /\p{L}/u;
const sign = (unit: string): string => {
  const plain = fold(unit).text.charAt(0);
  return plain >= 'a' && plain <= 'z' ? plain : '';
};

/** Last letters of what a pattern finds, one after the other. */
function lettersAt(source: string, pattern: RegExp, least: number, reach: number): Signs {
  const row = new SignRow();
  for (const { index, 0: found } of source.matchAll(pattern)) {
    const at = index + found.length - 1;
    row.add(sign(found.charAt(found.length - 1)), { start: at, end: at + 1 });
  }
  return { ...row.accepting((from, to) => to - from >= least), reach };
}

/** Marks before the first letter of a line: of lists, tables, quotes and emphasis. */
const lineStart = /^[^\p{L}\n]{0,12}\p{L}/gmu;
const sentenceStart = /(?:^|[.!?;:]["')*_]{0,2}\s)[^\p{L}\n]{0,6}\p{L}/gmu;
const wordStart = /(?<!\p{L})\p{L}/gu;
const capital = /\p{Lu}/gu;
const insideCapital = /(?<=\p{Ll})\p{Lu}/gu;

/** What the beginnings of lines, sentences and words say, and the capitals of a text. */
export const beginningsOf = ({ source }: Read): readonly Signs[] =>
  letter.test(source)
    ? [
        lettersAt(source, lineStart, leastLines, Number.POSITIVE_INFINITY),
        lettersAt(source, sentenceStart, leastLines, Number.POSITIVE_INFINITY),
        lettersAt(source, wordStart, leastWords, wordReach),
        lettersAt(source, insideCapital, leastInside, capitalReach),
        lettersAt(source, capital, leastCapitals, capitalReach),
      ]
    : [];
