import { backwards, fold } from '../../interlock/folding.ts';
import { eponyms, nameNoise, ordinaryWords } from '../../interlock/ordinary-words.ts';
import { piecesOf } from '../../interlock/pieces.ts';
import type { IdentityValue } from '../../vocabulary/identity-sheet.ts';
import { bareSigns } from './signs.ts';

/** Values of a record reduced to their letters and digits, for readings in which a text holds nothing else. */
export interface Targets {
  /** By their first signs. */
  readonly byStart: ReadonlyMap<string, readonly string[]>;
  /** 1 where a value begins with three signs, by these as figures of base 36; see `signOf`. */
  readonly begins: Uint8Array;
  readonly longest: number;
  /** Words of names. */
  readonly names: ReadonlySet<string>;
  /** Those by the steps from letter to letter, which every moved or mirrored alphabet keeps. */
  readonly steps: ReadonlySet<number>;
  /** Names in which letters that one sign may stand for are one. */
  readonly mistakable: ReadonlySet<string>;
  /** Identifiers and telephone numbers of figures alone. */
  readonly numbers: ReadonlySet<string>;
}

export const startLength = 3;
const leastName = 5;
const leastNumber = 8;
const leastLine = 10;

const compact = (text: string): string => bareSigns(fold(text).text);

const namesIn = (text: string, least: number): string[] =>
  piecesOf(fold(text).text)
    .filter(({ type, word }) => type === 'letters' && word.length >= least && /^[a-z]+$/.test(word))
    .map(({ word }) => word)
    .filter((word) => !ordinaryWords.has(word) && !eponyms.has(word) && !nameNoise.has(word));

/** A day in every order, with and without leading zeros; shorter than seven figures it could be anything. */
function daysOf(day: string): string[] {
  const year = day.slice(0, 4);
  const [months, dates] = [forms(day.slice(5, 7)), forms(day.slice(8, 10))];
  const spelled: string[] = [];
  for (const month of months)
    for (const date of dates)
      if (month.length + date.length > 2)
        spelled.push(date + month + year, month + date + year, year + month + date);
  return spelled;
}

const forms = (number: string): string[] => (number.startsWith('0') ? [number, number.slice(1)] : [number]);

function numbersOf(text: string): string[] {
  const whole = compact(text);
  const digits = whole.replace(/\D/g, '');
  const bare = whole === digits ? whole.replace(/^0+/, '') : whole;
  if (digits.length < 4 || whole.length < leastNumber) return [];
  return [whole, bare, digits].filter(({ length }) => length >= leastNumber);
}

/**
 * What one value is looked for as. Of the days only the birth: answers are full of months, years and measured values, and
 * those of all events would be read out of them.
 */
function targetsOf({ address, bearer, kind, text, date, system }: IdentityValue): string[] {
  if (kind === 'name') return bearer === 'organization' ? [] : namesIn(text, leastName);
  if (kind === 'date') return date?.role === 'birth' ? daysOf(date.day ?? text.slice(0, 10)) : [];
  if (kind === 'address') {
    const lines = address?.line ?? [];
    const whole = lines.map(compact).filter((line) => line.length >= leastLine && /\d/.test(line));
    return [...whole, ...[...lines, address?.city ?? ''].flatMap((part) => namesIn(part, leastName + 1))];
  }
  if (kind === 'telecom' && (system === 'email' || text.includes('@')))
    return [compact(text)].filter((all) => all.length >= 8);
  if (kind === 'telecom') return numbersOf(text.replace(/^\+?1[ (-]/, ''));
  return kind === 'identifier' ? numbersOf(text) : [];
}

const codeOf = (letters: string, at: number): number => letters.charCodeAt(at) - 97;

/** A number for how far each letter lies behind the one before it, round the alphabet; `turned` the other way round. */
export function stepsOf(letters: string, turned = false): number {
  let steps = letters.length;
  for (let at = 1; at < letters.length; at += 1) {
    const step = (codeOf(letters, at) - codeOf(letters, at - 1) + 52) % 26;
    // 27 and this many letters stay exact in a double.
    steps = (steps * 27 + (turned ? (26 - step) % 26 : step)) % 9_007_199_254_740;
  }
  return steps;
}

/** A sign as a number below 36; -1 for what is none. */
export const signOf = (code: number): number => {
  if (code >= 97 && code <= 122) return code - 87;
  return code >= 48 && code <= 57 ? code - 48 : -1;
};

export const starts = 36 ** startLength;

/** `l` and `i` are written with the same signs. */
export const mistakable = (letters: string): string => letters.replaceAll('l', 'i');

const leastTurned = 6;

/** Values by the signs with which they begin. */
interface Starts {
  readonly byStart: Map<string, readonly string[]>;
  readonly begins: Uint8Array;
}

function addTo({ begins, byStart }: Starts, target: string): void {
  const start = target.slice(0, startLength);
  byStart.set(start, [...(byStart.get(start) ?? []), target]);
  let key = 0;
  for (let at = 0; at < startLength; at += 1) key = key * 36 + Math.max(0, signOf(target.charCodeAt(at)));
  begins[key] = 1;
}

export function targetsIn(identity: readonly IdentityValue[]): Targets {
  const days = new Set(identity.filter(({ kind }) => kind === 'date').flatMap(targetsOf));
  const others = new Set(identity.filter(({ kind }) => kind !== 'date').flatMap(targetsOf));
  const forward = new Set([...others, ...days]);
  // Words of places are everyday ones: they count where they are spelled, in no other alphabet.
  const names = new Set(identity.filter(({ kind }) => kind === 'name').flatMap(targetsOf));
  const starting: Starts = { byStart: new Map(), begins: new Uint8Array(starts) };
  for (const target of forward) addTo(starting, target);
  // Short ones are words backwards by chance, and days in figures other days.
  for (const target of others) if (target.length >= leastTurned) addTo(starting, backwards(target));
  return {
    ...starting,
    longest: Math.max(0, ...[...forward].map(({ length }) => length)),
    names,
    steps: new Set([...names].flatMap((name) => [stepsOf(name), stepsOf(name, true)])),
    mistakable: new Set([...names].map(mistakable)),
    numbers: new Set([...others].filter((target) => /^\d+$/.test(target))),
  };
}

/** The same targets, and numbers of one answer beside them: spelled and encoded, not in pieces. */
export function withNumbers(targets: Targets, numbers: readonly string[]): Targets {
  const starting: Starts = { byStart: new Map(targets.byStart), begins: Uint8Array.from(targets.begins) };
  for (const number of numbers) for (const one of [number, backwards(number)]) addTo(starting, one);
  return {
    ...targets,
    ...starting,
    longest: Math.max(targets.longest, ...numbers.map(({ length }) => length)),
  };
}
