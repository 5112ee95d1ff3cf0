import type { IdentityValue } from '../vocabulary/identity-sheet.ts';
import type { TokenType } from '../vocabulary/token.ts';
import { endOf, isDigit, isLetter, type Lexemes, lexemes, wordAt } from './lexemes.ts';
import type { Match } from './match.ts';
import { normalise } from './normalise.ts';
import { nextKey, WordKeys } from './word-keys.ts';

interface Contact {
  /** Whole address, folded. */
  readonly text: string;
  /** What stands for it: the part before the sign where it is long and plainly no word, else the whole. */
  readonly sought: string;
  readonly type: TokenType;
}

/** E-mail addresses and URLs of a record. */
export interface ContactIndex {
  readonly contacts: readonly Contact[];
  /** By a word of each that has a sign or digit after it wherever the contact stands. */
  readonly anchored: ReadonlyMap<string, readonly Contact[]>;
  /** Those without such a word. */
  readonly loose: readonly Contact[];
  /** Every three characters in a row of each: what is left of one around a line break. */
  readonly threes: WordKeys;
}

/** An address as texts say it: folded, without its scheme. */
const addressOf = (written: string): string =>
  plainAddress.test(written)
    ? written.toLowerCase()
    : normalise(written)
        .lower.replace(/^(?:mailto|tel):/, '')
        .trim();
const plainAddress = /^[\w.-]{1,64}@[\w.-]{1,255}$/;

export function buildContactIndex(identity: readonly IdentityValue[]): ContactIndex {
  const types = new Map<string, TokenType>();
  for (const value of identity) {
    if (value.kind !== 'telecom') continue;
    const text = addressOf(value.text);
    if (text.includes('@')) types.set(text, 'EMAIL');
    else if (value.system === 'url') types.set(text.replace(/^https?:\/\//, '').replace(/\/$/, ''), 'URL');
  }
  const contacts: Contact[] = [];
  const anchored = new Map<string, Contact[]>();
  const loose: Contact[] = [];
  const threes = new WordKeys([], 14);
  for (const [text, type] of types) {
    const local = type === 'EMAIL' ? text.slice(0, text.indexOf('@')) : text;
    const sought = local.length > 5 && /[\d._-]/.test(local) ? local : text;
    const contact: Contact = { text, sought, type };
    contacts.push(contact);
    const anchor = anchorOf(sought, type);
    if (anchor === undefined) loose.push(contact);
    else anchored.set(anchor, [...(anchored.get(anchor) ?? []), contact]);
    for (let at = 0; at + 3 <= sought.length; at += 1) threes.add(sought.slice(at, at + 3));
  }
  return { contacts, anchored, loose, threes };
}

/** Letters and digits of what stands for each, where it has digits. */
export const contactForms = ({ contacts }: ContactIndex): string[] =>
  contacts.map(({ sought }) => sought.replaceAll(/[^a-z\d]/g, '')).filter((form) => /\d/.test(form));

/** A word inside a contact that is bounded on both sides; an e-mail address is bounded before its first one too. */
function anchorOf(sought: string, type: TokenType): string | undefined {
  const lex = lexemes(normalise(sought));
  const at = type === 'EMAIL' ? 0 : 1;
  return lex.view.lower === sought && lex.count > at + 1 ? wordAt(lex, at) : undefined;
}

/**
 * E-mail addresses and URLs of the record in a text, also broken at the end of a line. `words` are the lexemes that may
 * be a word of one.
 */
export function contactMatches(lex: Lexemes, index: ContactIndex, words: readonly number[]): Match[] {
  const matches: Match[] = [];
  if (index.contacts.length === 0) return matches;
  const { lower } = lex.view;
  for (const contact of standing(lex, index, words)) contactIn(lower, contact, (at) => at, matches);
  const breaks: number[] = [];
  const divided = new Set(index.loose);
  for (let at = lower.indexOf('\n'); at >= 0; at = lower.indexOf('\n', at + 1)) {
    breaks.push(at);
    for (const three of threesAround(lower, at, index.threes))
      for (const contact of index.contacts) if (contact.sought.includes(three)) divided.add(contact);
  }
  if (breaks.length === 0 || divided.size === 0) return matches;
  const joined = lower.replaceAll('\n', '');
  for (const contact of divided) contactIn(joined, contact, (at) => unbroken(at, breaks), matches);
  return matches;
}

/** Contacts whose word stands in the text with a sign or digit right after it, and those without such a word. */
function standing(lex: Lexemes, index: ContactIndex, words: readonly number[]): Set<Contact> {
  const found = new Set(index.loose);
  for (const at of words) {
    const next = lex.view.lower.charCodeAt(endOf(lex, at));
    // What follows a contact's word is never a space or a comma.
    if (!(next > 32) || next === 44) continue;
    for (const contact of index.anchored.get(wordAt(lex, at)) ?? []) found.add(contact);
  }
  return found;
}

const noThrees: readonly string[] = [];

/** The characters around a line break, other breaks left out, where they are three in a row of a contact. */
function threesAround(lower: string, at: number, threes: WordKeys): readonly string[] {
  const before = beside(lower, at, -1);
  const after = beside(lower, at, 1);
  const next = beside(lower, after, 1);
  const earlier = beside(lower, before, -1);
  const near = codeAt(lower, before);
  const far = codeAt(lower, after);
  const forward = threes.has(nextKey(nextKey(near, far), codeAt(lower, next)));
  const backward = threes.has(nextKey(nextKey(codeAt(lower, earlier), near), far));
  if (!forward && !backward) return noThrees;
  const pair = lower.charAt(before) + lower.charAt(after);
  return [
    ...(forward ? [pair + lower.charAt(next)] : []),
    ...(backward ? [lower.charAt(earlier) + pair] : []),
  ];
}

const codeAt = (lower: string, at: number): number =>
  at < 0 || at >= lower.length ? 0 : lower.charCodeAt(at);

/** Index of the nearest character on one side that is no line break; beyond the text where there is none near. */
function beside(lower: string, at: number, step: 1 | -1): number {
  for (let place = at + step; Math.abs(place - at) < 66; place += step)
    if (codeAt(lower, place) !== 10) return place;
  return -2;
}

const contactUnit = (code: number): boolean =>
  isLetter(code) || isDigit(code) || code === 46 || code === 95 || code === 45 || code === 43 || code === 37;

/** Index in a text of index `at` in the same text without its line breaks. */
function unbroken(at: number, breaks: readonly number[]): number {
  let low = 0;
  let high = breaks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((breaks[middle] ?? 0) - middle <= at) low = middle + 1;
    else high = middle;
  }
  return at + low;
}

function contactIn(
  lower: string,
  { text, sought, type }: Contact,
  place: (at: number) => number,
  matches: Match[],
): void {
  for (let at = lower.indexOf(sought); at >= 0; at = lower.indexOf(sought, at + sought.length)) {
    const end = at + (lower.startsWith(text, at) ? text.length : sought.length);
    if (type === 'EMAIL' && (contactUnit(lower.charCodeAt(at - 1)) || isLetter(lower.charCodeAt(end))))
      continue;
    matches.push({
      start: place(at),
      end: place(end - 1) + 1,
      type,
      rule: `record.${type.toLowerCase()}`,
      entity: `${type.toLowerCase()}:${text}`,
      rank: 0,
      full: true,
      exact: true,
      epochDay: undefined,
    });
  }
}
