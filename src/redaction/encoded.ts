import { Buffer, isUtf8 } from 'node:buffer';
import { endOf, type Lexemes, startOf } from './lexemes.ts';
import type { Match } from './match.ts';

const hexadecimal = /^(?:[0-9a-f]{2}){6,}$/i;
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}\n\r\t]+$/u;
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
    if (says(found, holds))
      matches.push({
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
    at = end;
  }
  return matches;
}

/** A short word or number that no sign joins to anything: most of a text, and never a blob. */
function standsAlone(lex: Lexemes, index: number): boolean {
  const end = endOf(lex, index);
  if (end - startOf(lex, index) >= leastBlob) return false;
  if (end === lex.view.text.length) return true;
  const code = lex.view.text.charCodeAt(end);
  return code !== 61 && (code > 127 || kinds[code] === none);
}

/** End of a blob whose first run of units ends at `end`: long ones go on in the next line, and `=` fills up. */
function blobEnd(text: string, start: number, end: number): number {
  let last = end;
  if (end - start >= 40)
    for (let next = runEnd(text, last + 1); text.charCodeAt(last) === 10 && next - last > 16; ) {
      last = next;
      next = runEnd(text, last + 1);
    }
  let filled = last;
  while (filled < last + 2 && text.charCodeAt(filled) === 61) filled += 1;
  return filled;
}

function runEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && (kinds[text.charCodeAt(at)] ?? none) !== none) at += 1;
  return at;
}

function says(found: string, holds: (text: string) => boolean): boolean {
  const bare = found.replaceAll(/[\n=]/g, '');
  if (bare.length > mostDecoded) return true;
  const text =
    (hexadecimal.test(bare) ? readable(Buffer.from(bare, 'hex')) : undefined) ??
    readable(Buffer.from(bare, 'base64'));
  return text !== undefined && holds(text);
}

/** Bytes as text; undefined where they are none that anybody reads. */
function readable(bytes: Uint8Array): string | undefined {
  if (bytes.length < 3) return undefined;
  for (let at = 0; at < 6; at += 1) {
    const byte = bytes[at] ?? 32;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) return undefined;
  }
  if (!isUtf8(bytes)) return undefined;
  const text = decoder.decode(bytes);
  return printable.test(text) ? text : undefined;
}
