/** Characters at the end of a text that goes on which are always held, and the word with which they begin. */
export const heldBack = 64;

/** Characters within which those stand, however much of it is encoded; what is encoded more is held from here on. */
const farthest = 4000;

const unspaced =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}';
/** What no space parts; each character of a script that knows no spaces. */
const words = new RegExp(`[${unspaced}]|[^\\s${unspaced}]+`, 'gu');
const alone = new RegExp(`[\\s${unspaced}]`, 'u');
const escape = /\\[ux]|%[0-9a-f]{2}|&#?[0-9a-z]{2,8};/i;

/** What is encoded says less than it is long, and of signs in a row as few count as may stand within a value. */
const weightOf = (word: string): number =>
  escape.test(word) ? 0 : word.replace(/[^\p{L}\p{N}]{3,}/gu, '--').length + (alone.test(word) ? 0 : 1);

/** Offset from which on a text that goes on is held: `heldBack` plain characters before its end, where a word begins. */
export function heldFrom(text: string): number {
  const offset = Math.max(0, text.length - farthest);
  let weight = 0;
  for (const { index, 0: word } of [...text.slice(offset).matchAll(words)].toReversed()) {
    weight += weightOf(word);
    if (weight >= heldBack) return offset + index;
  }
  return 0;
}

/** Whether a character is one of a word of several. */
const joined = (unit: string): boolean => !alone.test(unit);

/** Where the word begins in which an offset stands; the offset itself where it stands before a word. */
export function wordStart(text: string, at: number): number {
  let from = at;
  while (from > 0 && from < text.length && joined(text.charAt(from)) && joined(text.charAt(from - 1)))
    from -= 1;
  return from;
}
