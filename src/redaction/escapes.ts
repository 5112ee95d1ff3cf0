import { Buffer } from 'node:buffer';
import { table } from '../vocabulary/table.ts';

/** A text with its escapes undone; `starts[i]` and `ends[i]` are the offsets of what became its unit i. */
export interface Unescaped {
  readonly text: string;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** Marks of a web page that divide no words. */
const attribute = '\\s[a-z-]{1,20}(?:=(?:"[^"<>]{0,80}"|\'[^\'<>]{0,80}\'|[^\\s"\'<>=]{1,40}))';
const inlineTag = `<\\/?(?:b|i|u|s|em|strong|span|font|wbr|mark|small|sub|sup|a)(?:${attribute}){0,4} ?\\/?>|<!--[^\\w<>]{0,20}-->`;
/** No part begins by looking back: the engine then passes over what begins none of them, and `decode` looks back. */
const anyEscape = new RegExp(
  [
    /%(?:u[0-9a-f]{4}|[0-9a-f]{2})|&(?:#x?[0-9a-f]{1,12};?|[a-z]{2,8};)/,
    /\\(?:\.br\\|s\\|x(?:[\da-f]{2}){1,40}\\(?![xnrtu\d"'])|u000[0-9a-f]{5}|u(?:\{[0-9a-f]{1,6}\}|[0-9a-f]{4})|x[0-9a-f]{2}|00[0-9a-f]{4}|[0-3][0-7]{2}|\r?\n|[nrt"'/\\.()#+*_@-])/,
    /=(?:\?[\w-]{3,20}\?q\?[^?\s]{1,300}\?=|[0-9a-f]{2}|\r?\n)|\r\n?[ \t]{0,8}/,
    /\+(?=[a-z\u00c0-\u024f\d+%])(?![\w.+-]{0,64}@)|\n(?:[ \t]{0,4}>){1,9} ?|<br ?\/?>/,
    /\*\*(?![*-])|\[\.\]|`(?=[^\W_]|[\u00c0-\u024f])|\n\|(?:[ \t]|(?=\n))/,
  ]
    .map(({ source }) => source)
    .concat(inlineTag)
    .join('|'),
  'gi',
);
/** The same, and `U+0041`, which next to no text holds. */
const codePoints = /\bu\+(?:10|0?[0-9a-f])?[0-9a-f]{4}(?![0-9a-f])(?: (?=u\+))?/i;
const escapeOrPoint = new RegExp(`${codePoints.source}|${anyEscape.source}`, 'gi');

/** Hints that a text is quoted-printable as a whole: `=` and two digits alone are an equation. */
const quotedPrintable =
  /=[\dA-Fa-f]{2}[A-Za-z\d.@/:,&#;%\\-]{0,4}=[\dA-Fa-f]{2}|=\r?\n|=3D|[a-z]=[C-F][\dA-F][a-z]/;
const markedLetter = /^&([a-z])(?:acute|grave|circ|uml|tilde|cedil|ring|slash|strok|caron);$/i;
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
/** How escapes begin, and their signs: most texts hold none of these, and are not searched further. */
const begins = /%[\da-fu]|&[a-z#]|=[?\da-f\r\n]|[\\\r]/i;
const signs = ['%', '&', '=', '\\', '\r'];
const [quoted, tags, plus] = [/\n[ \t]{0,4}>/, new RegExp(`<br|${inlineTag}`, 'i'), /[a-z\d]\+[a-z\d]/i];
const [barred, ticked] = [/(?<!\|[ \t]{0,2})\n\|/, /(?:[^\W_]|[\u00c0-\u024f])`(?:[^\W_]|[\u00c0-\u024f])/];
const modifiedRun = /\+(?:[AB]|IB)[A-Za-z\d+/]{1,400}-/;
const controls: Readonly<Record<string, string>> = table({ n: '\n', r: '', t: ' ' });
const maxPasses = 3;

/** Most texts hold none of the signs; those of a quotation or a tag mean something else most often. */
const mayBeEscaped = (source: string): boolean =>
  (signs.some((sign) => source.includes(sign)) && begins.test(source)) ||
  (source.includes('>') && quoted.test(source)) ||
  (source.includes('<') && tags.test(source)) ||
  source.includes('**') ||
  source.includes('[.]') ||
  (source.includes('`') && ticked.test(source)) ||
  (source.includes('\n|') && barred.test(source)) ||
  (source.includes('+') && (plus.test(source) || modifiedRun.test(source)));

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
  const escape = text.includes('+') && codePoints.test(text) ? escapeOrPoint : anyEscape;
  escape.lastIndex = 0;
  let match = escape.exec(text);
  if (match === null) return undefined;
  const printable = text.includes('=') && quotedPrintable.test(text);
  const parts: string[] = [];
  const starts = new Uint32Array(text.length + 8);
  const ends = new Uint32Array(text.length + 8);
  let length = 0;
  let reached = 0;
  let changed = false;
  /** What stays as it is: most of a text, so its places are copied as a whole. */
  const keep = (from: number, to: number): void => {
    parts.push(text.slice(from, to));
    if (before === undefined) {
      for (let at = from, into = length; at < to; at += 1, into += 1) {
        starts[into] = at;
        ends[into] = at + 1;
      }
    } else {
      starts.set(before.starts.subarray(from, to), length);
      ends.set(before.ends.subarray(from, to), length);
    }
    length += to - from;
  };
  const put = (piece: string, from: number, to: number): void => {
    parts.push(piece);
    starts.fill(before?.starts[from] ?? from, length, length + piece.length);
    ends.fill(before?.ends[to - 1] ?? to, length, length + piece.length);
    length += piece.length;
  };
  while (match !== null) {
    const decoded = decode(text, match.index, match[0], printable);
    if (decoded === undefined) {
      match = escape.exec(text);
      continue;
    }
    const end = match.index + decoded.length;
    keep(reached, match.index);
    if (text.startsWith(decoded.text, match.index) && decoded.text.length === decoded.length)
      keep(match.index, end);
    else put(decoded.text, match.index, end);
    changed = true;
    reached = end;
    escape.lastIndex = end;
    match = escape.exec(text);
  }
  if (!changed) return undefined;
  keep(reached, text.length);
  return { text: parts.join(''), starts, ends };
}

/** The end of a table's row. */
const endsCell = /\|[ \t]{0,2}$/;
const wordEnd = /[^\W_]|[\u00c0-\u024f]/;

interface Decoded {
  readonly text: string;
  /** Units of the escape. */
  readonly length: number;
}

function decode(text: string, at: number, found: string, printable: boolean): Decoded | undefined {
  const [sign] = found;
  if (sign === '+')
    return modifiedBase64(text, at) ?? (joinsWords(text, at) ? { text: ' ', length: 1 } : undefined);
  if (found.startsWith('\n|') && endsCell.test(text.slice(Math.max(0, at - 3), at))) return undefined;
  if (sign === '\r' || sign === '\n') return { text: '\n', length: found.length };
  if (sign === '<') return { text: /^<br/i.test(found) ? '\n' : '', length: found.length };
  if (sign === '*')
    return !/[*-]/.test(text.charAt(at - 1)) && setsInBold(text, at) ? { text: '', length: 2 } : undefined;
  if (sign === '`' && !wordEnd.test(text.charAt(at - 1))) return undefined;
  if (sign === '`') return { text: isApostrophe(text, at) ? "'" : '', length: 1 };
  // `example[.]org`, as addresses are made harmless.
  if (sign === '[') return { text: '.', length: 3 };
  if (sign === '&') return entity(found);
  if (sign === 'U' || sign === 'u') return codePoint(found);
  if (sign === '\\') return backslash(text, at, found);
  if (sign === '=') {
    if (found.startsWith('=?')) return { text: encodedWord(found), length: found.length };
    if (found.includes('\n')) return padsBlob(text, at) ? undefined : { text: '', length: found.length };
    if (!(printable && isEncodedSign(text, at, found)) && !isBetweenLetters(text, at, found))
      return undefined;
  }
  if (/^%u/i.test(found))
    return { text: String.fromCharCode(Number.parseInt(found.slice(2), 16)), length: 6 };
  return bytes(text, at, sign === '=' ? quotedBytes : percentBytes);
}

/** `**Ana** **Ruiz**`, `Ru**iz`, `19**82`; not `**4842`, where stars stand for digits, nor `10**9`. */
const setsInBold = (text: string, at: number): boolean =>
  (boldFigures.test(text.slice(at + 2, at + 20)) && !/[\d*]/.test(text.charAt(at - 1))) ||
  endsBold.test(text.slice(Math.max(0, at - 18), at)) ||
  /^[a-z\u00c0-\uffff]/i.test(text.charAt(at + 2)) ||
  (/[^\W_]|[\u00c0-\u024f]/.test(text.charAt(at - 1)) && !/\d/.test(text.charAt(at + 2))) ||
  (/\d/.test(text.charAt(at - 1)) && !/(?<!\d)10$/.test(text.slice(Math.max(0, at - 3), at)));

/** `**14**`, `**13,**`, `**7/16**`; of `**4842` nothing ends the stars. */
const boldFigures = /^\d[\d/.:-]{0,10}(?:st|nd|rd|th)?[.,]?\*\*(?![\d*])/i;
const endsBold = /(?<![\d*])\*\*\d[\d/.:-]{0,10}(?:st|nd|rd|th)?[.,]?$/i;

/** O`Brien, D`Angelo, Ana`s; elsewhere in a word it is a sign of nothing. */
const isApostrophe = (text: string, at: number): boolean =>
  /(?:^|[^a-z\d])[dlo]$/i.test(text.slice(Math.max(0, at - 2), at)) ||
  /^s(?![a-z\d])/i.test(text.slice(at + 1, at + 3));

const modified = /\+((?:[AB]|IB)[A-Za-z\d+/]{1,400})-/y;
const [bitsOfSign, bitsOfUnit] = [6, 16];
/** Latin, Greek and Cyrillic letters with their signs, dashes and quotation marks: what is read elsewhere by chance is of other alphabets. */
const readableUnits = /^[\t\n\r -~\u00a0-\u052f\u2010-\u2019]+$/;

/** `+AE0AYQByAO0AYQ-`: UTF-16 in base64, as UTF-7 writes it (RFC 2152). */
function modifiedBase64(text: string, at: number): Decoded | undefined {
  modified.lastIndex = at;
  const found = modified.exec(text);
  const [whole = '', run = ''] = found ?? [];
  const bits = run.length * bitsOfSign;
  if (found === null || bits % bitsOfUnit >= bitsOfSign) return undefined;
  const bytesOf = Buffer.from(run, 'base64').subarray(0, Math.floor(bits / bitsOfUnit) * 2);
  const read = bigEndian.decode(bytesOf);
  return readableUnits.test(read) ? { text: read, length: whole.length } : undefined;
}
const bigEndian = new TextDecoder('utf-16be');

/** `=?UTF-8?Q?Ana_Ru=C3=ADz?=`: a word of a mail's header (RFC 2047), hidden as a whole. */
const encodedWord = (found: string): string =>
  Buffer.from(
    found
      .slice(found.indexOf('?', 2) + 3, -2)
      .replaceAll('_', ' ')
      .replaceAll(/=([0-9a-f]{2})/gi, (_, digits: string) =>
        String.fromCharCode(Number.parseInt(digits, 16)),
      ),
    'latin1',
  ).toString(/^=\?utf-8/i.test(found) ? 'utf8' : 'latin1');

/** Whether a form wrote a sign for a space: whole words stand on both sides, no blob and no `Q+u+i`. */
const joinsWords = (text: string, at: number): boolean =>
  !inAddress(text, at) &&
  !(
    /(?:^|[^A-Za-z\d\u00c0-\u024f])[A-Za-z\d\u00c0-\u024f]$/.test(text.slice(Math.max(0, at - 2), at)) &&
    /^.(?![A-Za-z\d\u00c0-\u024f])/.test(text.slice(at + 1, at + 3))
  ) &&
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
const wordBefore =
  /(?:%[\da-fA-F]{2}|\+|(?:^|[^A-Za-z\d/:])(?:[A-Z\u00c0-\u024f]?[a-z\u00df-\u024f]+|[A-Z\u00c0-\u00de]+|\d+(?:st|nd|rd|th)?)[.,]?)$/;
const wordAfter =
  /^(?:%[\da-fA-F]{2}|\+|(?:[A-Z\u00c0-\u024f]?[a-z\u00df-\u024f]+|[A-Z\u00c0-\u00de]+|\d+(?:st|nd|rd|th)?)(?:[^A-Za-z\u00c0-\u024f\d/=]|$))/;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** A run that says nothing is no base64 but two halves of words. */
function isText(run: string): boolean {
  try {
    return decoder.decode(Buffer.from(run, 'base64')).length > 0;
  } catch {
    return false;
  }
}

const longestRead = 402;
/** Base32 before the last of the signs that fill it up: a whole number of groups, or as much as no word has. */
const base32End = /(?<![A-Za-z0-9+/])(?=[A-Z]{0,24}[2-7])(?:[A-Z2-7]{24,}|[A-Z2-7]{9,23})={0,5}$/;

/** The sign that ends base64 or base32 at the end of a line, and no soft line break. */
function padsBlob(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - longestRead), at);
  const groups = base32End.exec(before)?.[0] ?? '';
  if (groups.length > 23 || (groups !== '' && (groups.length + 1) % 8 === 0)) return true;
  const run = /[A-Za-z0-9+/]{5,}=?$/.exec(before)?.[0] ?? '';
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
  if (amongSigns(text, at, found) || isLetterOfWord(text, at, found)) return true;
  if (/^=20$/.test(found)) return /^\r?(?:\n|$)/.test(text.slice(at + 3, at + 5));
  // `Garc=EDa` of an older character set; not `DOB=DEC 7`.
  if (/^=[89A-F][\dA-F]$/.test(found))
    return /[a-z]/.test(text.charAt(at - 1)) || /[a-z]/.test(text.charAt(at + 3));
  // `=27` alone is a day, and `=Be` begins a name: only a sign of ASCII with a letter in it is plainly an escape.
  if (!/^=[2-7]/.test(found)) return false;
  return /[a-f]/i.test(found) && !/[a-z]/i.test(String.fromCharCode(Number.parseInt(found.slice(1), 16)));
}

/** `M=61r=69a`: another sign stands a few letters or digits away; controls are none, and `=12` is a number. */
const amongSigns = (text: string, at: number, found: string): boolean =>
  /^=[2-7]/.test(found) &&
  (/^[a-z\d.@/:,-]{1,4}=[2-7a-f][\da-f]/i.test(text.slice(at + 3, at + 10)) ||
    /=[2-7a-f][\da-f][a-z\d.@/:,-]{1,4}$/i.test(text.slice(Math.max(0, at - 7), at)));

/** `Or=74iz`, `=4Ded` where other signs are written so too: in a word in small letters, or at its beginning. */
const isLetterOfWord = (text: string, at: number, found: string): boolean =>
  /^=[4-7]/.test(found) && /[a-z\s]/.test(text.charAt(at - 1)) && /[a-z]/.test(text.charAt(at + 3));

/** A sign written alone as `=40` counts between letters, where no equation stands. */
const isBetweenLetters = (text: string, at: number, found: string): boolean =>
  /^=(?:20|2[c-f]|27|40|5f)$/i.test(found) &&
  /[a-z]/i.test(text.charAt(at - 1)) &&
  /[a-z]/i.test(text.charAt(at + 3));

/** `U+0041` */
function codePoint(found: string): Decoded | undefined {
  const code = Number.parseInt(found.slice(2), 16);
  return code < 0x11_00_00 ? { text: String.fromCodePoint(code), length: found.length } : undefined;
}

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

function backslash(text: string, at: number, found: string): Decoded | undefined {
  const kind = found.charAt(1);
  if (found.length > 2 && found.endsWith('\\')) return { text: ofMessage(found), length: found.length };
  if (kind === '\r' || kind === '\n')
    return { text: partsWord(text, at, at + found.length) ? '' : '\n', length: found.length };
  if (kind === 'x' || kind === 'X') return bytes(text, at, hexadecimalBytes);
  if (found.length === 4) return isOctal(text, at) ? bytes(text, at, octalBytes) : undefined;
  const control = controls[kind];
  if (found.length === 2) return { text: control ?? kind, length: 2 };
  const digits = found.replaceAll(/[^0-9a-f]/gi, '');
  // `\U00000041` has eight of them.
  if (kind === 'u' && !found.includes('{')) {
    const four = digits.slice(0, 4);
    return { text: String.fromCharCode(Number.parseInt(four, 16)), length: 6 };
  }
  const code = Number.parseInt(digits, 16);
  return code < 0x11_00_00 ? { text: String.fromCodePoint(code), length: found.length } : undefined;
}

/** `\.br\`, `\S\` and `\X4A6F\` in a field of HL7 v2 (2.7, formatted text): a line's end, a sign, bytes. */
const ofMessage = (found: string): string =>
  /^.x/i.test(found)
    ? Buffer.from(found.slice(2, -1), 'hex').toString('utf8')
    : /^.s/i.test(found)
      ? '^'
      : '\n';

/** A line that goes on in the middle of a word or number; else its end parts two. */
const partsWord = (text: string, from: number, to: number): boolean =>
  /^(?:[a-z]{2}|\d{2})$/.test(text.charAt(from - 1) + text.charAt(to));

/** `\061\062`: octal escapes stand in a row, or between letters where they are of another alphabet. */
const isOctal = (text: string, at: number): boolean =>
  !telephone.test(text.slice(Math.max(0, at - 8), at + 9)) &&
  (octal.test(text.slice(at + 4, at + 8)) ||
    octal.test(text.slice(Math.max(0, at - 4), at)) ||
    (/[23]/.test(text.charAt(at + 1)) && /[a-z]/i.test(text.charAt(at - 1) + text.charAt(at + 4))));
/** `212\240\2373` */
const telephone = /(?<![\\\d])\d{3}\\\d{3}\\\d{4}(?!\d)/;
const octal = /^\\[0-3][0-7]{2}$/;

/** How a byte is written: sign, digits and their base. */
interface WrittenByte {
  readonly sign: string;
  readonly digits: RegExp;
  readonly base: 8 | 16;
  /** Units of one byte. */
  readonly length: number;
}

const percentBytes: WrittenByte = { sign: '%', digits: /^[0-9a-f]{2}$/i, base: 16, length: 3 };
const quotedBytes: WrittenByte = { ...percentBytes, sign: '=' };
const hexadecimalBytes: WrittenByte = { ...percentBytes, sign: '\\x', length: 4 };
const octalBytes: WrittenByte = { sign: '\\', digits: /^[0-3][0-7]{2}$/, base: 8, length: 4 };

/** One character of UTF-8 written as `%C3%B1`, `=C3=B1`, `\xc3\xb1` or `\303\261`. */
function bytes(text: string, at: number, { sign, digits, base, length }: WrittenByte): Decoded | undefined {
  const byteAt = (index: number): number => {
    const written = text.slice(index + sign.length, index + length);
    return text.slice(index, index + sign.length).toLowerCase() === sign && digits.test(written)
      ? Number.parseInt(written, base)
      : -1;
  };
  const first = byteAt(at);
  if (first < 0) return undefined;
  const more = first < 0x80 ? 0 : first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
  let code = more === 0 ? first : first & (0x3f >> more);
  for (let index = 1; index <= more; index += 1) {
    const next = byteAt(at + index * length);
    // A single byte of an older character set.
    if (next < 0x80 || next > 0xbf) return { text: String.fromCharCode(first), length };
    code = code * 64 + (next & 0x3f);
  }
  if (code > 0x10_ff_ff) return undefined;
  return { text: String.fromCodePoint(code), length: length * (1 + more) };
}
