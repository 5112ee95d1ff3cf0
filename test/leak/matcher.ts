import { isRecord, type Resource } from '../../src/vocabulary/fhir.ts';
import { ordinaryWords } from './ordinary-words.ts';

/** What the leak tests look for, of every loaded patient. One matcher for all of them. */
export interface Identifiers {
  /** Folded words of three letters and more that are no ordinary words. */
  readonly names: ReadonlySet<string>;
  /** Ordinary words that are names, each with the other names of its bearers. */
  readonly ordinary: ReadonlyMap<string, ReadonlySet<string>>;
  /** Folded texts searched as they stand: ids, e-mails, street lines. */
  readonly texts: ReadonlySet<string>;
  /** Digit runs of phones and numbers. */
  readonly digits: ReadonlySet<string>;
  /** Days `YYYY-MM-DD`. */
  readonly days: ReadonlySet<string>;
}

export interface Hit {
  readonly kind: 'name' | 'ordinary name' | 'text' | 'digits' | 'day' | 'epoch';
  readonly value: string;
  readonly around: string;
}

export const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const words = (text: string): string[] => fold(text).match(/\p{L}+/gu) ?? [];
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const strings = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(strings);
  return [];
};

const records = (value: unknown): Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isRecord) : isRecord(value) ? [value] : [];

/** Every full date that stands anywhere in a resource. */
function daysIn(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') {
    const match = /^(\d{4}-\d{2}-\d{2})(?:$|T\d)/.exec(value);
    if (match?.[1] !== undefined) into.add(match[1]);
  } else if (Array.isArray(value)) for (const item of value) daysIn(item, into);
  else if (isRecord(value))
    for (const [name, item] of Object.entries(value)) if (name !== 'lastUpdated') daysIn(item, into);
}

/** Types that say who a patient is. */
const personTypes = new Set(['Patient', 'RelatedPerson']);

export function collectIdentifiers(resources: Iterable<Resource>): Identifiers {
  const names = new Set<string>();
  const ordinary = new Map<string, Set<string>>();
  const texts = new Set<string>();
  const digits = new Set<string>();
  const days = new Set<string>();
  const person = (human: Readonly<Record<string, unknown>>): void => {
    const all = [...strings(human['given']), ...strings(human['family'])].flatMap(words);
    for (const word of all) {
      if (word.length < 3) continue;
      if (!ordinaryWords.has(word)) names.add(word);
      else {
        const others = ordinary.get(word) ?? new Set<string>();
        for (const other of all) if (other !== word) others.add(other);
        ordinary.set(word, others);
      }
    }
  };
  for (const resource of resources) {
    if (resource.id !== undefined && /\d/.test(resource.id) && resource.id.length >= 6)
      texts.add(fold(resource.id));
    daysIn(resource, days);
    if (!personTypes.has(resource.resourceType)) continue;
    for (const bearer of [resource, ...records(resource['contact'])]) {
      for (const human of records(bearer['name'])) person(human);
      for (const telecom of records(bearer['telecom'])) {
        const [value = ''] = strings(telecom['value']);
        if (value.includes('@')) texts.add(fold(value));
        else if (value.replace(/\D/g, '').length >= 7) digits.add(value.replace(/\D/g, '').slice(-10));
      }
      for (const address of records(bearer['address']))
        for (const line of strings(address['line'])) if (line.length >= 6) texts.add(fold(line));
    }
    for (const identifier of records(resource['identifier'])) {
      const [value = ''] = strings(identifier['value']);
      if (value.length < 6) continue;
      texts.add(fold(value));
      const run = value.replace(/\D/g, '');
      if (run.length >= 7 && run.length === value.replace(/[^\dA-Za-z]/g, '').length) digits.add(run);
    }
  }
  return { names, ordinary, texts, digits, days };
}

export const countOf = (identifiers: Identifiers): number =>
  identifiers.names.size +
  identifiers.ordinary.size +
  identifiers.texts.size +
  identifiers.digits.size +
  identifiers.days.size;

const isoDay = (year: string, month: string, day: string): string =>
  `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;

/** Every full date written in a text, in either order where the order is open. */
function daysWritten(text: string): { readonly day: string; readonly at: number }[] {
  const found: { day: string; at: number }[] = [];
  for (const { 0: _all, 1: y = '', 2: m = '', 3: d = '', index } of text.matchAll(
    /\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b/g,
  ))
    found.push({ day: isoDay(y, m, d), at: index });
  for (const { 1: a = '', 2: b = '', 3: y = '', index } of text.matchAll(
    /\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})\b/g,
  ))
    for (const year of y.length === 4 ? [y] : [`19${y}`, `20${y}`])
      found.push({ day: isoDay(year, a, b), at: index }, { day: isoDay(year, b, a), at: index });
  for (const { 1: d = '', 2: m = '', 3: y = '', index } of text.matchAll(
    /\b(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3})[a-z]*\.?,?[ -](\d{4})\b/gi,
  ))
    found.push({ day: isoDay(y, String(months.indexOf(m.toLowerCase()) + 1), d), at: index });
  for (const { 1: m = '', 2: d = '', 3: y = '', index } of text.matchAll(
    /\b([a-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b/gi,
  ))
    found.push({ day: isoDay(y, String(months.indexOf(m.toLowerCase()) + 1), d), at: index });
  for (const { 1: y = '', 2: m = '', 3: d = '', index } of text.matchAll(/\b(\d{4})(\d{2})(\d{2})\b/g))
    found.push({ day: isoDay(y, m, d), at: index });
  return found;
}

/** Words of the gateway's own making in which a date, epoch or number may look like one of a record. */
const around = (text: string, at: number): string =>
  text.slice(Math.max(0, at - 30), at + 40).replace(/\s+/g, ' ');

/** So many letters lead to a text; a text that has fewer is searched by itself. */
const shortest = 6;
const indexes = new WeakMap<ReadonlySet<string>, ReadonlyMap<string, readonly string[]>>();

/** The texts by how they begin: thousands of them are searched in one walk. */
function byBeginning(texts: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const known = indexes.get(texts);
  if (known !== undefined) return known;
  const index = new Map<string, string[]>();
  for (const text of texts) {
    const list = index.get(text.slice(0, shortest)) ?? [];
    list.push(text);
    index.set(text.slice(0, shortest), list);
  }
  indexes.set(texts, index);
  return index;
}

/** Where each of the texts stands first in a folded text. */
export function textsIn(folded: string, texts: ReadonlySet<string>): ReadonlyMap<string, number> {
  const index = byBeginning(texts);
  const found = new Map<string, number>();
  for (const [beginning] of index)
    if (beginning.length < shortest && folded.includes(beginning))
      found.set(beginning, folded.indexOf(beginning));
  for (let at = 0; at + shortest <= folded.length; at += 1)
    for (const text of index.get(folded.slice(at, at + shortest)) ?? [])
      if (!found.has(text) && folded.startsWith(text, at)) found.set(text, at);
  return found;
}

/** All identifiers of `identifiers` that stand in `text`. */
export function findLeaks(text: string, identifiers: Identifiers): Hit[] {
  const hits: Hit[] = [];
  const folded = fold(text);
  const tokens = [...folded.matchAll(/\p{L}+/gu)].map(({ 0: word, index }) => ({ word, index }));
  tokens.forEach(({ word, index }, n) => {
    if (identifiers.names.has(word)) hits.push({ kind: 'name', value: word, around: around(folded, index) });
    const others = identifiers.ordinary.get(word);
    if (others === undefined) return;
    const beside = [tokens[n - 1]?.word, tokens[n + 1]?.word].some(
      (next) => next !== undefined && others.has(next),
    );
    if (beside) hits.push({ kind: 'ordinary name', value: word, around: around(folded, index) });
  });
  for (const [value, at] of textsIn(folded, identifiers.texts))
    hits.push({ kind: 'text', value, around: around(folded, at) });
  for (const { 0: run, index } of folded.matchAll(/\d[\d().\s+-]{5,22}\d/g)) {
    const digits = run.replace(/\D/g, '');
    for (const value of new Set([digits, digits.slice(-10)]))
      if (identifiers.digits.has(value)) hits.push({ kind: 'digits', value, around: around(folded, index) });
  }
  for (const { day, at } of daysWritten(folded))
    if (identifiers.days.has(day)) hits.push({ kind: 'day', value: day, around: around(folded, at) });
  for (const { 0: run, index } of folded.matchAll(/(?<!\d)(?:\d{10}|\d{13})(?!\d)/g)) {
    const ms = run.length === 13 ? Number(run) : Number(run) * 1000;
    // Only an epoch at midnight tells a day of the record: any other instant is a clock's.
    if (ms % 86_400_000 === 0 && identifiers.days.has(new Date(ms).toISOString().slice(0, 10)))
      hits.push({ kind: 'epoch', value: run, around: around(folded, index) });
  }
  return hits;
}
