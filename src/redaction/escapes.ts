import { Buffer } from 'node:buffer';
import { table } from '../vocabulary/table.ts';

/** A text with its escapes undone; `starts[i]` and `ends[i]` are the offsets of what became its unit i. */
export interface Unescaped {
  readonly text: string;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

const escape =
  /%(?:u[0-9a-f]{4}|[0-9a-f]{2})|&(?:#x?[0-9a-f]{1,12};?|[a-z]{2,8};)|\\(?:u(?:\{[0-9a-f]{1,6}\}|[0-9a-f]{4})|x[0-9a-f]{2}|[nrt"'/\\])|=(?:[0-9a-f]{2}|\r?\n)|\r\n?[ \t]{0,8}|\+(?=[a-z\d+%])(?![\w.+-]{0,64}@)|\n(?:[ \t]{0,4}>){1,9} ?|<br ?\/?>/gi;
/** Hints that a text is quoted-printable as a whole: `=` and two digits alone are an equation. */
const quotedPrintable = /=[0-9A-F]{2}=[0-9A-F]{2}|=\r?\n|=3D/;
const markedLetter = /^&([a-z])(?:acute|grave|circ|uml|tilde|cedil|ring|slash|caron);$/i;
const named: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: ' ',
    ensp: ' ',
    emsp: ' ',
    thinsp: ' ',
    shy: '',
    zwj: '',
    zwnj: '',
    lrm: '',
    rlm: '',
    hyphen: '-',
    dash: '-',
    ndash: '-',
    mdash: '-',
    minus: '-',
    commat: '@',
    period: '.',
    comma: ',',
    lowbar: '_',
    sol: '/',
    num: '#',
    lpar: '(',
    rpar: ')',
    colon: ':',
    plus: '+',
    rsquo: "'",
    lsquo: "'",
    szlig: 'ss',
    aelig: 'ae',
    oelig: 'oe',
    eth: 'd',
    thorn: 'th',
    newline: '\n',
    tab: ' ',
  }),
);
/** Signs of which every escape holds one: most texts have none, and are not searched further. */
const signs = /[%&\\=\r]/;
const [quoted, breaks, plus] = [/\n[ \t]{0,4}>/, /<br/i, /[a-z\d]\+[a-z\d]/i];
const controls: Readonly<Record<string, string>> = table({ n: '\n', r: '', t: ' ' });
const maxPasses = 3;

/** Most texts hold none of the signs; those of a quotation or a tag mean something else most often. */
const mayBeEscaped = (source: string): boolean =>
  signs.test(source) ||
  (source.includes('>') && quoted.test(source)) ||
  (source.includes('<') && breaks.test(source)) ||
  (source.includes('+') && plus.test(source));

/** Undoes percent, HTML, JSON and quoted-printable escapes, also nested ones; undefined where there are none. */
export function unescaped(source: string): Unescaped | undefined {
  if (!mayBeEscaped(source)) return undefined;
  let result: Unescaped | undefined;
  for (let pass = 0; pass < maxPasses; pass += 1) {
    const next = onePass(result?.text ?? source, result);
    if (next === undefined) break;
    result = next;
  }
  return result;
}

function onePass(text: string, before: Unescaped | undefined): Unescaped | undefined {
  escape.lastIndex = 0;
  let match = escape.exec(text);
  if (match === null) return undefined;
  const printable = quotedPrintable.test(text);
  const parts: string[] = [];
  const starts = new Uint32Array(text.length + 8);
  const ends = new Uint32Array(text.length + 8);
  let length = 0;
  let reached = 0;
  let changed = false;
  const startAt = (at: number): number => before?.starts[at] ?? at;
  const endAt = (at: number): number => before?.ends[at] ?? at + 1;
  const put = (piece: string, from: number, to: number): void => {
    parts.push(piece);
    const whole = piece.length === to - from && piece === text.slice(from, to);
    for (let offset = 0; offset < piece.length; offset += 1) {
      starts[length] = startAt(whole ? from + offset : from);
      ends[length] = endAt(whole ? from + offset : to - 1);
      length += 1;
    }
  };
  while (match !== null) {
    const decoded = decode(text, match.index, match[0], printable);
    if (decoded === undefined) {
      match = escape.exec(text);
      continue;
    }
    const end = match.index + decoded.length;
    put(text.slice(reached, match.index), reached, match.index);
    put(decoded.text, match.index, end);
    changed = true;
    reached = end;
    escape.lastIndex = end;
    match = escape.exec(text);
  }
  if (!changed) return undefined;
  put(text.slice(reached), reached, text.length);
  return { text: parts.join(''), starts, ends };
}

interface Decoded {
  readonly text: string;
  /** Units of the escape. */
  readonly length: number;
}

function decode(text: string, at: number, found: string, printable: boolean): Decoded | undefined {
  const [sign] = found;
  if (sign === '+') return joinsWords(text, at) ? { text: ' ', length: 1 } : undefined;
  if (sign === '\r' || sign === '\n' || sign === '<') return { text: '\n', length: found.length };
  if (sign === '&') return entity(found);
  if (sign === '\\') return backslash(found);
  if (sign === '=') {
    if (found.includes('\n')) return padsBlob(text, at) ? undefined : { text: '', length: found.length };
    if (!(printable && isEncodedSign(text, at, found)) && !isBetweenLetters(text, at, found))
      return undefined;
  }
  if (/^%u/i.test(found))
    return { text: String.fromCharCode(Number.parseInt(found.slice(2), 16)), length: 6 };
  return bytes(text, at, sign ?? '%');
}

/** Whether a form wrote a sign for a space: whole words stand on both sides, and no blob. */
const joinsWords = (text: string, at: number): boolean =>
  !inAddress(text, at) &&
  wordBefore.test(text.slice(Math.max(0, at - 26), at)) &&
  wordAfter.test(text.slice(at + 1, at + 27));
const longestAddress = 200;

/** A web address is read as it stands; so is what goes on for long without a space. */
function inAddress(text: string, at: number): boolean {
  let from = at;
  while (from > 0 && at - from < longestAddress && text.charCodeAt(from - 1) > space) from -= 1;
  if (at - from === longestAddress) return true;
  const run = text.slice(from, at);
  return run.includes('://') || run.includes('www.');
}
const space = 32;
const wordBefore = /(?:%[\da-fA-F]{2}|\+|(?:^|[^A-Za-z\d/:])(?:[A-Z]?[a-z]+|[A-Z]+|\d+(?:st|nd|rd|th)?),?)$/;
const wordAfter = /^(?:%[\da-fA-F]{2}|\+|(?:[A-Z]?[a-z]+|[A-Z]+|\d+(?:st|nd|rd|th)?)(?:[^A-Za-z\d/=]|$))/;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** A run that says nothing is no base64 but two halves of words. */
function isText(run: string): boolean {
  try {
    return decoder.decode(Buffer.from(run, 'base64')).length > 0;
  } catch {
    return false;
  }
}

/** The sign that ends base64 at the end of a line, and no soft line break. */
function padsBlob(text: string, at: number): boolean {
  const run = /[A-Za-z0-9+/]{5,}=?$/.exec(text.slice(Math.max(0, at - 402), at))?.[0] ?? '';
  return run !== '' && (run.length + 1) % 4 === 0 && /[a-z][A-Z0-9]|=$/.test(run) && isText(run);
}

/**
 * Whether `=41` is a sign of quoted-printable text: one of several in a row, or one that such text has to write so. A
 * letter or digit by itself is the beginning of a value: `MRN=44871`, `DOB=20 June 2023`.
 */
function isEncodedSign(text: string, at: number, found: string): boolean {
  if (
    /^=[0-9a-f]{2}/i.test(text.slice(at + 3, at + 6)) ||
    /=[0-9a-f]{2}$/i.test(text.slice(Math.max(0, at - 3), at))
  )
    return true;
  if (/^=20$/.test(found)) return /^\r?(?:\n|$)/.test(text.slice(at + 3, at + 5));
  // `Garc=EDa` of an older character set; not `DOB=DEC 7`.
  if (/^=[89A-F][\dA-F]$/.test(found))
    return /[a-z]/.test(text.charAt(at - 1)) || /[a-z]/.test(text.charAt(at + 3));
  // `=27` alone is a day, and `=Be` begins a name: only a sign of ASCII with a letter in it is plainly an escape.
  if (!/^=[2-7]/.test(found)) return false;
  return /[a-f]/i.test(found) && !/[a-z]/i.test(String.fromCharCode(Number.parseInt(found.slice(1), 16)));
}

/** A sign written alone as `=40` counts between letters, where no equation stands. */
const isBetweenLetters = (text: string, at: number, found: string): boolean =>
  /^=(?:20|2[c-f]|27|40|5f)$/i.test(found) &&
  /[a-z]/i.test(text.charAt(at - 1)) &&
  /[a-z]/i.test(text.charAt(at + 3));

function entity(found: string): Decoded | undefined {
  const letter = markedLetter.exec(found)?.[1];
  if (letter !== undefined) return { text: letter, length: found.length };
  const number = /^&#(x?)([0-9a-f]+);?$/i.exec(found);
  if (number === null) {
    const text = named.get(found.slice(1, -1).toLowerCase());
    return text === undefined ? undefined : { text, length: found.length };
  }
  const hexadecimal = number[1] !== '';
  // Without the x only decimal digits belong to it: `&#77a` is M and a.
  const digits = hexadecimal ? (number[2] ?? '') : (/^\d*/.exec(number[2] ?? '')?.[0] ?? '');
  const code = Number.parseInt(digits, hexadecimal ? 16 : 10);
  if (!(code >= 0 && code < 0x11_00_00)) return undefined;
  const length =
    found.endsWith(';') && digits === number[2] ? found.length : 2 + (number[1] ?? '').length + digits.length;
  return { text: String.fromCodePoint(code), length };
}

function backslash(found: string): Decoded | undefined {
  const kind = found.charAt(1);
  const control = controls[kind];
  if (found.length === 2) return { text: control ?? kind, length: 2 };
  const digits = found.replaceAll(/[^0-9a-f]/gi, '');
  if (kind === 'u' && !found.includes('{')) {
    const four = digits.slice(0, 4);
    return { text: String.fromCharCode(Number.parseInt(four, 16)), length: 6 };
  }
  const code = Number.parseInt(digits, 16);
  return code < 0x11_00_00 ? { text: String.fromCodePoint(code), length: found.length } : undefined;
}

/** One character of UTF-8 written as `%C3%B1` or `=C3=B1`. */
function bytes(text: string, at: number, sign: string): Decoded | undefined {
  const byteAt = (index: number): number =>
    text.charAt(index) === sign && /^[0-9a-f]{2}$/i.test(text.slice(index + 1, index + 3))
      ? Number.parseInt(text.slice(index + 1, index + 3), 16)
      : -1;
  const first = byteAt(at);
  if (first < 0) return undefined;
  const more = first < 0x80 ? 0 : first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
  let code = more === 0 ? first : first & (0x3f >> more);
  for (let index = 1; index <= more; index += 1) {
    const next = byteAt(at + index * 3);
    // A single byte of an older character set.
    if (next < 0x80 || next > 0xbf) return { text: String.fromCharCode(first), length: 3 };
    code = code * 64 + (next & 0x3f);
  }
  if (code > 0x10_ff_ff) return undefined;
  return { text: String.fromCodePoint(code), length: 3 + more * 3 };
}
