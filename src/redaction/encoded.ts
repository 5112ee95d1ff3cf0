import { Buffer, isUtf8 } from 'node:buffer';
import { matchAt } from './found-date.ts';
import { endOf, isDigit, isNumber, type Lexemes, startOf } from './lexemes.ts';
import { append, type Match } from './match.ts';

const hexadecimal = /^(?:0x)?((?:[0-9a-f]{2}){4,})$/i;
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}\p{Cf}\n\r\t]+$/u;
const controls = /[^\P{Cc}\s]/gu;
const decoder = new TextDecoder();
/** What is shorter is none, unless `=` fills it up. */
const leastBlob = 8;
/** What is longer is not read: it hides unread. */
const mostDecoded = 65_536;

/** Kinds of units for the scan: of a blob, and what they say about the words in it. */
const [none, small, capital, digit, sign] = [0, 1, 2, 3, 4];
const kinds = new Uint8Array(128);
for (let code = 0; code < 128; code += 1) {
  const character = String.fromCharCode(code);
  if (/[a-z]/.test(character)) kinds[code] = small;
  else if (/[A-Z]/.test(character)) kinds[code] = capital;
  else if (/\d/.test(character)) kinds[code] = digit;
  else if (/[-_/+]/.test(character)) kinds[code] = sign;
}

/**
 * States of a run that may be ordinary: words (`Word`, `word`, `WORD`), numbers and identifiers with signs between
 * them are written like a blob, and read as themselves. Row: state; column: kind of the next unit; `odd` is for ever.
 */
const odd = 5;
const ordinary = Uint8Array.from(
  [
    // none, small, capital, digit, sign
    [odd, 2, 1, 4, 0], // a part begins
    [odd, 2, 3, odd, 0], // one capital
    [odd, 2, odd, odd, 0], // small letters
    [odd, odd, 3, odd, 0], // capitals
    [odd, odd, odd, 4, 0], // digits
    [odd, odd, odd, odd, odd],
  ].flat(),
);

/**
 * Base64 and hexadecimal text, decoded once: a blob hides as a whole where what it says holds an identifier.
 * `holds` is asked with the decoded text. One pass over the text.
 */
export function encodedMatches(lex: Lexemes, holds: (text: string) => boolean): Match[] {
  const matches: Match[] = [];
  const { text } = lex.view;
  const { length } = text;
  let at = 0;
  let index = 0;
  while (at < length) {
    while (startOf(lex, index) < at) index += 1;
    if (startOf(lex, index) === at && standsAlone(lex, index)) {
      at = endOf(lex, index);
      continue;
    }
    const kind = kinds[text.charCodeAt(at)] ?? none;
    if (kind === none) {
      at += 1;
      continue;
    }
    const start = at;
    let state = kind === sign ? odd : 0;
    let next = kind;
    while (next !== none) {
      state = ordinary[state * 5 + next] ?? odd;
      at += 1;
      next = at < length ? (kinds[text.charCodeAt(at)] ?? none) : none;
    }
    // Most runs are words.
    if (state !== odd && text.charCodeAt(at) !== 61 && text.charCodeAt(at) !== 10) continue;
    const end = blobEnd(text, start, at);
    if (end === at && state !== odd) continue;
    if (end - start < leastBlob && !(at - start > 4 && end > at)) continue;
    const found = text.slice(start, end);
    // "-UGF0...": a hyphen before a blob can be none of its letters.
    const inner = kind === sign && found.length > leastBlob ? found.slice(1) : '';
    if (says(found, holds)) matches.push(blob(start, end, found));
    else if (inner !== '' && says(inner, holds)) matches.push(blob(start + 1, end, inner));
    else if (end > at && text.charCodeAt(at) === lineFeed) append(matches, saidByLine(found, start, holds));
    at = end;
  }
  append(matches, spelledMatches(lex, holds));
  if (text.includes('<~') || text.includes('begin ')) append(matches, wrapped(text));
  return matches;
}

const lineFeed = 10;

/** Lines below each other that together say nothing: each may be a blob of its own. */
function saidByLine(found: string, start: number, holds: (text: string) => boolean): Match[] {
  const matches: Match[] = [];
  let from = start;
  for (const line of found.split('\n')) {
    if (line.length >= leastBlob && says(line, holds)) matches.push(blob(from, from + line.length, line));
    from += line.length + 1;
  }
  return matches;
}

const blob = (start: number, end: number, found: string): Match => ({
  start,
  end,
  type: 'ID',
  rule: 'encoded',
  entity: `encoded:${found}`,
  rank: 0,
  full: true,
  exact: false,
  epochDay: undefined,
});

/** What wraps bytes between signs of its own, which nothing else begins and ends with: Ascii85 and uuencode (POSIX). */
const wrapping =
  /<~[!-uz\n]{4,65536}?~>|(?<!\w)begin [0-7]{3,4} (?!mc?g|ml|units?|iu)\S[^\n]{0,80}\n[!-M`][ -`\n]{1,65536}?\nend(?!\w)/g;

/** Blobs that hide unread. */
const wrapped = (text: string): Match[] =>
  Array.from(text.matchAll(wrapping))
    .filter(({ 0: found }) => found.startsWith('<') || isUuencoded(found))
    .map(({ index, 0: found }) => blob(index, index + found.length, found));

/** Whether the first line is as long as its first character says: `begin 500 Vancomycin` is an order. */
function isUuencoded(found: string): boolean {
  const [, line = ''] = found.split('\n');
  const bytes = (line.charCodeAt(0) - 32) & 63;
  const length = 1 + Math.ceil(bytes / 3) * 4;
  return line.length <= length + 1 && line.length > length - 4;
}

/**
 * Five bytes and more in figures with the same sign between them: `4d 61 72 69 61`, `0x4d,0x61,0x72,0x69,0x61`; and
 * bytes that decimal figures are enough for.
 */
const spelledBytes =
  /(?<![\da-z])(?:0x)?[\da-f]{2}([ :,-]|, )(?:0x)?[\da-f]{2}(?:\1(?:0x)?[\da-f]{2}){3,}(?![\da-z])|(?<![\da-z])(?:\d{2}){5,}(?![\da-z])/y;
/** How such a row begins. Bytes of letters begin with a figure, but the first ones of some alphabets. */
const beginning = /(?:0x)?[\da-f]{2}(?:, |[ :,-])(?:0x)?[\da-f]{2}|\d{10}/y;
/** What decimal figures may spell by chance is none, unless it reads as words or numbers do. */
const wordlike =
  /^["(+#]{0,2}(?:\p{Lu}?\p{Ll}+|\p{Lu}+|\p{Lu}{0,4}\d+(?:st|nd|rd|th)?)(?:[ ,./:#()"-]{1,3}(?:\p{Lu}?\p{Ll}+|\p{Lu}+|\p{Lu}{0,4}\d+(?:st|nd|rd|th)?))*[").]{0,2}$/u;

/** Digits of a byte, and of the shortest row without signs between its bytes. */
const [byteDigits, leastSpelled] = [2, 10];

/** Bytes that are written one by one; a row of figures is one where it says an identifier. */
function spelledMatches(lex: Lexemes, holds: (text: string) => boolean): Match[] {
  const { lower } = lex.view;
  const matches: Match[] = [];
  let reached = 0;
  for (let index = 0; index < lex.count; index += 1) {
    if (!isNumber(lex, index)) continue;
    const figure = startOf(lex, index);
    const digits = endOf(lex, index) - figure;
    if (digits === 8 && figure >= reached && isBit(lower.charCodeAt(figure))) {
      const row = matchAt(bits, lower, figure)?.[0];
      if (row !== undefined && holdsBits(row, holds)) {
        reached = figure + row.length;
        matches.push(blob(figure, reached, row));
      }
      continue;
    }
    if (digits > byteDigits && digits < leastSpelled) continue;
    // 66.58372961637022
    if (
      digits > byteDigits &&
      lower.charCodeAt(figure - 1) === fullStop &&
      isDigit(lower.charCodeAt(figure - 2))
    )
      continue;
    const start = isHexLetter(lower.charCodeAt(figure - 1)) ? figure - 1 : figure;
    if (start < reached || matchAt(beginning, lower, start) === null) continue;
    const found = matchAt(spelledBytes, lower, start)?.[0];
    if (found === undefined) continue;
    reached = start + found.length;
    if (spellsIdentifier(found, holds)) matches.push(blob(start, reached, found));
  }
  return matches;
}

/** Four bytes and more, bit by bit: `01001101 01100001 01110010 01101001`. */
const bits = /[01]{8}(?:[ ,:-]{1,2}[01]{8}){3,}(?!\d)/y;
const isBit = (code: number): boolean => code === 48 || code === 49;

function holdsBits(row: string, holds: (text: string) => boolean): boolean {
  if (row.length > mostDecoded) return true;
  const bytes = Array.from(row.matchAll(/[01]{8}/g), ([byte]) => Number.parseInt(byte, 2));
  const text = readable(Uint8Array.from(bytes));
  return text !== undefined && holds(text);
}

const fullStop = 46;
const isHexLetter = (code: number): boolean => code > 96 && code < 103;

function spellsIdentifier(found: string, holds: (text: string) => boolean): boolean {
  if (found.length > mostDecoded) return true;
  const digits = found.replaceAll(/0x|[^\da-f]/g, '');
  const text = readable(Buffer.from(digits, 'hex'));
  return text !== undefined && (/[a-f]|0x/.test(found) || wordlike.test(text)) && holds(text);
}

/** A short word or number that no sign joins to anything: most of a text, and never a blob. */
function standsAlone(lex: Lexemes, index: number): boolean {
  const end = endOf(lex, index);
  if (end - startOf(lex, index) >= leastBlob) return false;
  if (end === lex.view.text.length) return true;
  const code = lex.view.text.charCodeAt(end);
  return code !== 61 && (code > 127 || kinds[code] === none);
}

/** Base32 is filled up with so many signs at most, base64 with two. */
const mostFilling = 6;

/** End of a blob whose first run of units ends at `end`: long ones go on in the next line, and `=` fills up. */
function blobEnd(text: string, start: number, end: number): number {
  let last = end;
  if (end - start >= 40)
    for (let next = runEnd(text, last + 1); text.charCodeAt(last) === 10; next = runEnd(text, last + 1)) {
      // The last line may be short, where it fills the bytes.
      if (next - last <= 16 && !fills(text, start, last, next)) break;
      last = next;
    }
  let filled = last;
  while (filled < last + mostFilling && text.charCodeAt(filled) === 61) filled += 1;
  return filled;
}

/** Whether a line ends base64: with `=`, or after whole groups of four. */
function fills(text: string, start: number, last: number, next: number): boolean {
  if (next - last < 3) return false;
  if (text.charCodeAt(next) === 61) return true;
  const width = text.indexOf('\n', start) - start;
  const lines = Math.floor((last + 1 - start) / (width + 1));
  return (
    (next - start - lines) % 4 === 0 &&
    (kinds[text.charCodeAt(next)] ?? none) === none &&
    width % 4 === 0 &&
    /[\dA-Z][a-z]|[a-z][\dA-Z]/.test(text.slice(last + 2, next))
  );
}

function runEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && (kinds[text.charCodeAt(at)] ?? none) !== none) at += 1;
  return at;
}

/** How packed and printed files begin in base64: nobody reads in them what they say (gzip, zip, PDF). */
const packed = /^(?:H4sI|UEsD|JVBER)/;

function says(found: string, holds: (text: string) => boolean): boolean {
  const bare = found.replaceAll(/[\n=]/g, '');
  if (bare.length > mostDecoded || packed.test(bare)) return true;
  const bytes = hexadecimal.exec(bare)?.[1];
  const text =
    (bytes === undefined ? undefined : readable(Buffer.from(bytes, 'hex'))) ??
    readable(Buffer.from(bare, 'base64'));
  if (text !== undefined) return holds(text);
  const groups = base32.test(bare) ? readable(fromBase32(bare)) : undefined;
  return groups !== undefined && holds(groups);
}

/** Of 8 letters 5 bytes (RFC 4648, section 6); as many of the last ones as say whole bytes. */
const base32 = /^(?=[A-Z]{0,24}[2-7])[A-Z2-7]{8,}$/;
const base32Letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function fromBase32(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let waiting = 0;
  let held = 0;
  let at = 0;
  for (const letter of text) {
    held = ((held << 5) | base32Letters.indexOf(letter)) & 0xf_ff;
    waiting += 5;
    if (waiting < 8) continue;
    waiting -= 8;
    bytes[at] = (held >> waiting) & 0xff;
    at += 1;
  }
  return bytes;
}

const [littleEndian, bigEndian] = [new TextDecoder('utf-16le'), new TextDecoder('utf-16be')];

/** UTF-16 of Latin letters: every second byte of the first ones is empty. */
function wideOf(bytes: Uint8Array): typeof decoder | undefined {
  if (bytes.length < 8 || bytes.length % 2 > 0) return undefined;
  const empty = [0, 0];
  for (let at = 0; at < 8; at += 1) if (bytes[at] === 0) empty[at % 2] = (empty[at % 2] ?? 0) + 1;
  if ((empty[1] ?? 0) > 2 && empty[0] === 0) return littleEndian;
  return (empty[0] ?? 0) > 2 && empty[1] === 0 ? bigEndian : undefined;
}

/** Bytes as text; undefined where they are none that anybody reads. */
function readable(bytes: Uint8Array): string | undefined {
  if (bytes.length < 3) return undefined;
  const wide = wideOf(bytes);
  if (wide === undefined && !isUtf8(bytes)) return undefined;
  const text = (wide ?? decoder).decode(bytes);
  const seen = text.replaceAll(controls, '');
  // A control character in a line is no sign of other bytes: it vanishes.
  if (seen !== text && (seen.length < leastBlob || (text.length - seen.length) * 8 > text.length))
    return undefined;
  return printable.test(seen) ? seen : undefined;
}
