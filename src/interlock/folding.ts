/**
 * Text reduced to what a reader would take it for: lower case, no accents, no invisible characters, look-alike
 * letters and foreign digits as Latin ones. `origin[i]` is the offset in the original of unit `i`; the last entry
 * is the original's length.
 */
export interface Folded {
  readonly text: string;
  readonly origin: Int32Array | undefined;
  readonly source: string;
}

const ascii = /^[\x20-\x7e\t\n\r]*$/;
const digit = /\p{Nd}/u;
const letterOrMark = /[\p{L}\p{M}]/u;
/** Default-ignorable, format, bidi, tag and variation characters: they vanish. */
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
const control = /[^\P{Cc}\t\n\r]/u;
const accents = /[\u0300-\u036f]/g;

const pairs = (from: string, to: string): [string, string][] =>
  from.split('').map((letter, index) => [letter, to.charAt(index)]);

/** Letters of other scripts that look like Latin ones, and Latin letters that NFKD leaves whole. */
const lookAlikes = new Map<string, string>([
  ...pairs('авеікмнорстухѕјԁһӏ', 'abeikmhopctyxsjdhl'),
  ...pairs('αβεζηικμνορτυχ', 'abezhikmnoptux'),
  ...pairs('øłđıħŧ', 'oldiht'),
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['þ', 'th'],
  ['ð', 'd'],
]);

const foldDigit = (point: number): string => {
  let zero = point;
  while (point - zero < 9 && digit.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(point - zero);
};

const foldPoint = (letter: string): string => {
  if (invisible.test(letter) || control.test(letter)) return '';
  const plain = letter.normalize('NFKD').replace(accents, '').normalize('NFC').toLowerCase();
  let out = '';
  for (const part of plain.replace(accents, '')) {
    const point = part.codePointAt(0) ?? 0;
    if (point > 0x7f && digit.test(part)) out += foldDigit(point);
    else if (point > 0xffff && !letterOrMark.test(part)) out += ' ';
    else out += lookAlikes.get(part) ?? part;
  }
  return out;
};

const cache = new Map<string, string>();
const cacheLimit = 20_000;

const folded = (letter: string): string => {
  const known = cache.get(letter);
  if (known !== undefined) return known;
  const fresh = foldPoint(letter);
  if (cache.size < cacheLimit) cache.set(letter, fresh);
  return fresh;
};

/** Stretches of plain ASCII, which need no look-up, and single other characters. */
const stretches = /[\x20-\x7e\t\n\r]+|[\s\S]/gu;

export function fold(source: string): Folded {
  if (ascii.test(source)) return { text: source.toLowerCase(), origin: undefined, source };
  const origin: number[] = [];
  let text = '';
  let at = 0;
  for (const [stretch] of source.matchAll(stretches)) {
    const isAscii = stretch.length > 2 || stretch.charCodeAt(0) < 0x7f;
    const plain = isAscii && ascii.test(stretch) ? stretch.toLowerCase() : folded(stretch);
    const step = plain.length === stretch.length ? 1 : 0;
    for (let unit = 0; unit < plain.length; unit += 1) origin.push(at + unit * step);
    text += plain;
    at += stretch.length;
  }
  origin.push(source.length);
  return { text, origin: Int32Array.from(origin), source };
}

/** Offset in the original of an offset in the folded text. */
export const originOf = (from: Folded, offset: number): number =>
  from.origin === undefined ? offset : (from.origin[offset] ?? from.source.length);

/** A text read backwards, unit by unit. */
export function backwards(text: string): string {
  if (text.length < 32) {
    let turned = '';
    for (let at = text.length - 1; at >= 0; at -= 1) turned += text.charAt(at);
    return turned;
  }
  const units = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at += 1) units[text.length - 1 - at] = text.charCodeAt(at);
  return Buffer.from(units.buffer).toString('utf16le');
}
