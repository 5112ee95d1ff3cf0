/** Ways to write a value so that a plain search misses it. All keep what a reader sees, or what a program would decode. */

const look: Readonly<Record<string, string>> = {
  a: 'а',
  e: 'е',
  o: 'ο',
  i: 'і',
  c: 'с',
  p: 'р',
  x: 'х',
  y: 'у',
  A: 'А',
  B: 'Β',
  E: 'Ε',
  H: 'Η',
  M: 'М',
  O: 'О',
  S: 'Ѕ',
  T: 'Τ',
};
const likeLetters: Readonly<Record<string, string>> = { '0': 'O', '1': 'l', '5': 'S', '8': 'B' };
const utf8 = new TextEncoder();
const bytesOf = (text: string): string[] =>
  Array.from(utf8.encode(text), (byte) => byte.toString(16).toUpperCase().padStart(2, '0'));
const everyCharacter = (text: string, write: (character: string) => string): string =>
  Array.from(text, (character) => write(character)).join('');
const codeOf = (character: string): number => character.codePointAt(0) ?? 0;

export const disguises: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  homoglyphs: (text) => everyCharacter(text, (letter) => look[letter] ?? letter),
  oneHomoglyph: (text) => text.replace(/[aeiocpxyABEHMOST]/, (letter) => look[letter] ?? letter),
  zeroWidth: (text) => Array.from(text).join('\u200b'),
  softHyphens: (text) => text.replaceAll(/(?<=\p{L})(?=\p{L})/gu, '\u00ad'),
  bidi: (text) => `\u202b${text}\u202c`,
  fullWidth: (text) => text.replaceAll(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfe_e0)),
  mathematical: (text) =>
    text.replaceAll(/[a-z]/g, (letter) => String.fromCodePoint(0x1_d4_1a + letter.charCodeAt(0) - 97)),
  noBreakSpaces: (text) => text.replaceAll(' ', '\u00a0'),
  percent: (text) =>
    bytesOf(text)
      .map((byte) => `%${byte}`)
      .join(''),
  percentPunctuation: (text) => encodeURIComponent(text),
  doublePercent: (text) => encodeURIComponent(encodeURIComponent(text)),
  entities: (text) => everyCharacter(text, (character) => `&#${codeOf(character)};`),
  hexEntities: (text) => everyCharacter(text, (character) => `&#x${codeOf(character).toString(16)};`),
  namedEntities: (text) =>
    text.replaceAll('&', '&amp;').replaceAll('@', '&commat;').replaceAll(' ', '&nbsp;'),
  quotedPrintable: (text) =>
    bytesOf(text)
      .map((byte) => `=${byte}`)
      .join(''),
  softBreak: (text) => `${text.slice(0, text.length / 2)}=\n${text.slice(text.length / 2)}`,
  json: (text) =>
    text.replaceAll(/[^ ]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  hexEscapes: (text) => text.replaceAll(/[ -~]/g, (unit) => `\\x${unit.charCodeAt(0).toString(16)}`),
  spacedOut: (text) => Array.from(text).join(' '),
  dotted: (text) => (text.includes('.') ? text : Array.from(text.normalize('NFC')).join('.')),
  lineBreaks: (text) => text.replaceAll(' ', '\n'),
  carriageReturns: (text) => text.replaceAll(' ', '\r\n'),
  hyphenated: (text) => text.replace(/(?<=\p{Ll}{2})(?=\p{Ll}{3})/u, '-\n'),
  confusedDigits: (text) =>
    /\d{3}/.test(text) ? text.replace(/(?<=\d)[0158]/, (digit) => likeLetters[digit] ?? digit) : text,
  base64: (text) => Buffer.from(text).toString('base64'),
  base64Sentence: (text) => Buffer.from(`Patient ${text} was seen.`).toString('base64'),
  hexadecimal: (text) => Buffer.from(`name: ${text}`).toString('hex'),
};
