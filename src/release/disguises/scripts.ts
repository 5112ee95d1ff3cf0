import type { Decoding } from './decodings.ts';

/** Signs that stand for figures, by the first of a row and the figure that it is. */
const rowsOfFigures: readonly (readonly [first: string, figure: number, many: number])[] = [
  ['⓪', 0, 1],
  ['⓿', 0, 1],
  ['❶', 1, 9],
  ['➀', 1, 9],
  ['➊', 1, 9],
  ['Ⅰ', 1, 9],
  ['ⅰ', 1, 9],
  ['⚀', 1, 6],
  ['🀇', 1, 9],
  ['🀙', 1, 9],
  ['🀐', 1, 9],
  ['🕐', 1, 9],
];
const writtenFigures = ['〇一二三四五六七八九', '零壹贰叁肆伍陆柒捌玖', '零壱弐参肆伍陸漆捌玖'];
const smallCapitals = 'ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡxʏᴢ';

const pointsFrom = (first: string, many: number): string[] =>
  Array.from({ length: many }, (_, at) => String.fromCodePoint((first.codePointAt(0) ?? 0) + at));

const standsFor: ReadonlyMap<string, string> = new Map([
  ...rowsOfFigures.flatMap(([first, figure, many]) =>
    pointsFrom(first, many).map((sign, at): [string, string] => [sign, String(figure + at)]),
  ),
  ...writtenFigures.flatMap((row) =>
    Array.from(row).map((sign, figure): [string, string] => [sign, String(figure)]),
  ),
  ...Array.from(smallCapitals).flatMap((sign, at): [string, string][] =>
    sign === 'x' ? [] : [[sign, String.fromCharCode(97 + at)]],
  ),
  ['ǫ', 'q'],
]);

const unusual =
  /[ǫ\u{1d00}-\u{1d2f}ʀʙɢʜɪʟɴʏ\u{2160}-\u{217f}\u{2460}-\u{27bf}\u{3007}\u{4e00}-\u{9fff}\u{a730}-\u{a7af}\u{1f000}-\u{1f5ff}]/gu;

/** A text in which small capitals are letters and signs for figures are figures; every offset stays. */
export const inPlainScript = (text: string): string =>
  text.replace(unusual, (sign) => (standsFor.get(sign) ?? sign).padEnd(sign.length));

const brailleLetters = '⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵';
const braille: ReadonlyMap<string, string> = new Map(
  Array.from(brailleLetters).map((cell, at) => [cell, String.fromCharCode(97 + at)]),
);
const [numberSign, emptyCell] = ['⠼', '⠀'];

/** Cells as letters, and as figures from a number sign on. */
function fromBraille(run: string): string {
  let [said, counting] = ['', false];
  for (const cell of run) {
    const letter = braille.get(cell);
    if (cell === numberSign) counting = true;
    else if (letter === undefined) {
      counting &&= cell !== ' ' && cell !== emptyCell;
      said += cell === emptyCell ? ' ' : cell;
    } else if (counting && letter <= 'j') said += 'jabcdefghi'.indexOf(letter);
    else {
      counting = false;
      said += letter;
    }
  }
  return said;
}

const turned = 'ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz';
const upright: ReadonlyMap<string, string> = new Map(
  Array.from(turned).map((sign, at) => [sign, String.fromCharCode(97 + at)]),
);
const onHead = (run: string): string =>
  Array.from(run)
    .toReversed()
    .map((sign) => upright.get(sign) ?? sign)
    .join('');

const scripts: readonly { readonly pattern: RegExp; readonly says: (run: string) => string }[] = [
  { pattern: /[\u2801-\u28ff][\u2800-\u28ff @.,\n/()-]{3,200}/g, says: fromBraille },
  {
    pattern: /[a-z@.\d]{0,30}[ɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎ][ɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎa-z@. \d]{3,80}/g,
    says: onHead,
  },
];

/** What stands in cells of braille, or in letters that stand on their heads. */
export const otherScripts = (text: string): readonly Decoding[] =>
  scripts.flatMap(({ pattern, says }) =>
    [...text.matchAll(pattern)].map(({ index, 0: run }) => ({
      start: index,
      end: index + run.length,
      says: [says(run)],
    })),
  );
