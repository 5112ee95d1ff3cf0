import { isRecord } from '../../../src/vocabulary/fhir.ts';

interface Coded {
  /** Undefined for code, boolean and ContactPoint elements, whose system is implied or no namespace. */
  readonly system?: string;
  readonly anySystem: boolean;
  readonly code: string;
}

const contactSystems = new Set(['phone', 'fax', 'email', 'pager', 'url', 'sms', 'other']);
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The codes of a code, boolean, Coding, CodeableConcept, Identifier or ContactPoint. */
export function codesOf(value: unknown): Coded[] {
  if (typeof value === 'string' || typeof value === 'boolean') {
    return [{ code: String(value), anySystem: true }];
  }
  if (!isRecord(value)) return [];
  const { coding } = value;
  if (Array.isArray(coding)) return coding.flatMap(codesOf);
  const code = text(value['code']) ?? text(value['value']);
  if (code === undefined) return [];
  const system = text(value['system']);
  if (system === undefined) return [{ code, anySystem: false }];
  return [{ code, system, anySystem: contactSystems.has(system) }];
}

/** Splits on a separator that is not escaped by a backslash; escapes are kept for the next step. */
export function splitUnescaped(value: string, separator: ',' | '|' | '$'): string[] {
  const parts: string[] = [];
  let current = '';
  for (let index = 0; index < value.length; index++) {
    const character = value[index] ?? '';
    if (character === '\\' && index + 1 < value.length) {
      index += 1;
      current += character + (value[index] ?? '');
    } else if (character === separator) {
      parts.push(current);
      current = '';
    } else {
      current += character;
    }
  }
  parts.push(current);
  return parts;
}

export const unescape = (value: string): string => value.replace(/\\([\\,|$])/g, '$1');

/** A test for one token value: `code`, `system|code`, `|code` (no system) or `system|` (any code of it). */
export function tokenMatcher(value: string): (element: unknown) => boolean {
  const [first = '', ...rest] = splitUnescaped(value, '|');
  if (rest.length === 0) {
    const code = unescape(first);
    return (element) => codesOf(element).some((coded) => coded.code === code);
  }
  const system = unescape(first);
  const code = unescape(rest.join('|'));
  return (element) =>
    codesOf(element).some(
      (coded) =>
        (code === '' || coded.code === code) &&
        (coded.anySystem || (system === '' ? coded.system === undefined : coded.system === system)),
    );
}

const fold = (value: string): string => value.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const spoken = new Set([
  'family',
  'given',
  'prefix',
  'suffix',
  'text',
  'line',
  'city',
  'district',
  'state',
  'postalCode',
  'country',
]);

/** The strings of a string, HumanName or Address. */
export function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (!isRecord(value)) return [];
  return Object.entries(value)
    .filter(([name]) => spoken.has(name))
    .flatMap(([, part]) => (Array.isArray(part) ? part : [part]))
    .filter((part) => typeof part === 'string');
}

/** String search: starts with, ignoring case and accents; `exact` and `contains` as modifiers. */
export function stringMatcher(value: string, modifier: string | undefined): (element: unknown) => boolean {
  const wanted = unescape(value);
  if (modifier === 'exact') return (element) => stringsOf(element).includes(wanted);
  const folded = fold(wanted);
  if (modifier === 'contains') {
    return (element) => stringsOf(element).some((part) => fold(part).includes(folded));
  }
  return (element) => stringsOf(element).some((part) => fold(part).startsWith(folded));
}
