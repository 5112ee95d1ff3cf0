import { madeOnce } from '../vocabulary/made-once.ts';
import { table } from '../vocabulary/table.ts';
import { isDigit, isLetter, type Lexemes, mayHold } from './lexemes.ts';
import type { Match } from './match.ts';
import { mayBeRead } from './mistaken-numbers.ts';
import type { ContactIndex } from './record-contacts.ts';

/** An e-mail address by its letters and digits. */
interface DividedContact {
  readonly text: string;
  readonly local: string;
  readonly labels: readonly string[];
}

const signs = /[^\p{L}\p{N}]+/gu;
/** What of an index is needed only where a text holds the sign of an address. */
const addressesOf = madeOnce((index: ContactIndex): readonly DividedContact[] =>
  index.contacts
    .filter(({ type }) => type === 'EMAIL')
    .map(({ text }): DividedContact => {
      const sign = text.lastIndexOf('@');
      const labels = text.slice(sign + 1).split('.');
      return {
        text,
        local: text.slice(0, sign).replaceAll(signs, ''),
        labels: labels.map((label) => label.replaceAll(signs, '')).filter((label) => label !== ''),
      };
    })
    .filter(({ local, labels }) => local !== '' && labels.length > 0),
);

/** Shorter ones may be anybody's. */
const leastLocal = 6;
const tag = /\+[\w.-]{1,30}$/;

/** `(at)`, `{a}`, `_at_`: of ` at ` there are too many. */
const signInLetters = /[([{_]\s{0,2}at?\s{0,2}[)\]}_]/;
const everySignInLetters = new RegExp(signInLetters, 'g');
const atSign = 64;
const brackets = Array.from('([{_', (sign) => sign.charCodeAt(0));

/**
 * E-mail addresses of the record around `@` and `(at)`, whatever signs, blanks and line breaks stand between their
 * letters, with letters and digits that are read for each other; before an `@` the local part alone where it is long.
 */
export function dividedContacts(lex: Lexemes, index: ContactIndex): Match[] {
  const matches: Match[] = [];
  if (index.contacts.length === 0) return matches;
  const { lower } = lex.view;
  if (mayHold(lex, atSign))
    for (let at = lower.indexOf('@'); at >= 0; at = lower.indexOf('@', at + 1))
      around(lower, at, at + 1, addressesOf(index), matches);
  if (brackets.some((sign) => mayHold(lex, sign)) && signInLetters.test(lower))
    for (const { index: at, 0: sign } of lower.matchAll(everySignInLetters))
      around(lower, at, at + sign.length, addressesOf(index), matches);
  return matches;
}

/** What stands on both sides of a sign. */
function around(
  lower: string,
  from: number,
  to: number,
  addresses: readonly DividedContact[],
  matches: Match[],
): void {
  // Most signs of a text that is made of them have nothing before them.
  if (lastUnitEnd(lower, from) <= from - mostSigns) return;
  const tagged =
    lower.charAt(from) === '@' ? (tag.exec(lower.slice(Math.max(0, from - 32), from))?.[0].length ?? 0) : 0;
  for (const { local, labels, text } of addresses) {
    const start = backwards(lower, from - tagged, local);
    if (start < 0) continue;
    const end = forwards(lower, to, labels);
    if (end < 0 && (lower.charAt(from) !== '@' || local.length < leastLocal)) continue;
    matches.push({
      start,
      end: end < 0 ? lastUnitEnd(lower, from) : end,
      type: 'EMAIL',
      rule: 'record.email',
      entity: `email:${text}`,
      rank: 0,
      full: true,
      exact: true,
      epochDay: undefined,
    });
  }
}

const isUnit = (code: number): boolean => isLetter(code) || isDigit(code);
const same = (written: number, meant: number): boolean => written === meant || mayBeRead(written, meant);

/** Where the last letter or figure before a place ends, as far back as one may stand. */
function lastUnitEnd(lower: string, before: number): number {
  const limit = Math.max(0, before - mostSigns);
  let end = before;
  while (end > limit && !isUnit(lower.charCodeAt(end - 1))) end -= 1;
  return end;
}

/** Two letters that look like one. */
const pairs: Readonly<Record<string, string>> = table({ m: 'rn', w: 'vv', d: 'cl' });
const isPairOf = (lower: string, at: number, letter: string): boolean => {
  const pair = pairs[letter];
  return pair !== undefined && lower.startsWith(pair, at);
};

/** Signs in a row inside an address, a line break with what begins the next line among them. */
const mostSigns = 12;

/** Start of the letters and digits that end at `at` with signs between; -1 where others stand there. */
function backwards(lower: string, at: number, units: string): number {
  let index = at;
  for (let unit = units.length - 1; unit >= 0; unit -= 1) {
    const limit = index - mostSigns;
    index -= 1;
    while (index > limit && !isUnit(lower.charCodeAt(index))) index -= 1;
    if (same(lower.charCodeAt(index), units.charCodeAt(unit))) continue;
    if (!isPairOf(lower, index - 1, units.charAt(unit))) return -1;
    index -= 1;
  }
  return isUnit(lower.charCodeAt(index - 1)) ? -1 : index;
}

const dot = /^(?:dot|punto|punkt|point)(?![a-z])/;

/** End of the labels that begin at `at`, the dots between them also in words; -1 where something else stands there. */
function forwards(lower: string, at: number, labels: readonly string[]): number {
  let index = at;
  for (const [place, label] of labels.entries()) {
    if (place > 0) {
      const next = unitFrom(lower, index);
      const word = dot.exec(lower.slice(next, next + 6))?.[0];
      if (word !== undefined && !label.startsWith(word)) index = next + word.length;
    }
    for (let unit = 0; unit < label.length; unit += 1) {
      index = unitFrom(lower, index);
      const pair = isPairOf(lower, index, label.charAt(unit));
      if (!pair && !same(lower.charCodeAt(index), label.charCodeAt(unit))) return -1;
      index += pair ? 2 : 1;
    }
  }
  return isLetter(lower.charCodeAt(index)) ? -1 : index;
}

/** The next letter or digit from a place on, or where none is near. */
function unitFrom(lower: string, at: number): number {
  let index = at;
  while (index < at + mostSigns && !isUnit(lower.charCodeAt(index))) index += 1;
  return index;
}
