import type { Bearer, IdentityKind, IdentityValue } from '../vocabulary/identity-sheet.ts';
import { type Element, listOf, textOf } from './elements.ts';

/** Who bears the values that are read, and where they stood. */
export interface Place {
  readonly bearer: Bearer;
  readonly entity: string;
  readonly source: string;
}

const texts = (value: unknown): readonly string[] => listOf(value).flatMap((one) => textOf(one) ?? []);

const whole = (value: string | undefined): readonly string[] => (value === undefined ? [] : [value]);

/** A HumanName: `text` as recorded, else its parts in order. */
export function nameValue(name: Element, place: Place): readonly IdentityValue[] {
  const given = texts(name['given']);
  const family = textOf(name['family']);
  const prefix = texts(name['prefix']);
  const suffix = texts(name['suffix']);
  const assembled = [...prefix, ...given, ...whole(family), ...suffix].join(' ');
  const text = textOf(name['text']) ?? assembled;
  if (text === '') return [];
  if (given.length === 0 && family === undefined) return [spokenName(text, place)];
  return [
    {
      kind: 'name',
      ...place,
      text,
      name: {
        given,
        ...(family === undefined ? {} : { family }),
        ...(prefix.length === 0 ? {} : { prefix }),
        ...(suffix.length === 0 ? {} : { suffix }),
      },
    },
  ];
}

const titles =
  /^(?:mr|mrs|ms|miss|mx|dr|prof|sr|sra|herr|frau|mme|m|rn|md|do|phd|np|pa|dds|jr|ii|iii|iv)\.?$/i;

/** `PharmD`, `FNP-BC`: a degree behind a comma, where a given name has one capital. */
const degree = /^(?:[A-Z]\.?){2,6}$|^[A-Z][a-z]{0,6}[A-Z]{1,4}$|^[A-Z]{2,5}-[A-Z]{1,4}$/;

/** A name that was written in one piece (`Dr. Ana Ruiz`, `Ruiz, Ana`): parts by position, titles apart. */
export function spokenName(text: string, place: Place): IdentityValue {
  const comma = text.indexOf(',');
  const behind = comma === -1 ? '' : text.slice(comma + 1).trim();
  const before = text
    .slice(0, comma === -1 ? undefined : comma)
    .trim()
    .split(/\s+/);
  const appended = behind
    .split(/[\s,]+/)
    .every((word) => titles.test(word) || (before.length > 1 && degree.test(word)));
  const turned = behind !== '' && !appended;
  const ordered = turned ? `${behind} ${text.slice(0, comma)}` : comma === -1 ? text : text.slice(0, comma);
  const words = ordered.split(/\s+/).filter((word) => word !== '' && !titles.test(word));
  const family = turned ? text.slice(0, comma).trim() : words.at(-1);
  const given = turned ? behind.split(/\s+/).filter((word) => !titles.test(word)) : words.slice(0, -1);
  return {
    kind: 'name',
    ...place,
    text,
    name: { given, ...(family === undefined || family === '' ? {} : { family }) },
  };
}

export function addressValue(address: Element, place: Place): readonly IdentityValue[] {
  const line = texts(address['line']);
  const part = (name: string): string | undefined => textOf(address[name]);
  const [city, district, state, postalCode, country] = [
    part('city'),
    part('district'),
    part('state'),
    part('postalCode'),
    part('country'),
  ];
  const region = [state, postalCode].filter((one) => one !== undefined).join(' ');
  const assembled = [...line, ...whole(city), ...(region === '' ? [] : [region])].join(', ');
  const text = textOf(address['text']) ?? assembled;
  if (text === '') return [];
  return [
    {
      kind: 'address',
      ...place,
      text,
      address: {
        line,
        ...(city === undefined ? {} : { city }),
        ...(district === undefined ? {} : { district }),
        ...(state === undefined ? {} : { state }),
        ...(postalCode === undefined ? {} : { postalCode }),
        ...(country === undefined ? {} : { country }),
      },
    },
  ];
}

/** An Identifier or ContactPoint. */
export function systemValue(kind: IdentityKind, element: Element, place: Place): readonly IdentityValue[] {
  const text = textOf(element['value']);
  const system = textOf(element['system']);
  if (text === undefined) return [];
  return [{ kind, ...place, text, ...(system === undefined ? {} : { system }) }];
}

export const plainValue = (
  kind: IdentityKind,
  text: string | undefined,
  place: Place,
): readonly IdentityValue[] => (text === undefined ? [] : [{ kind, ...place, text }]);

/** A full day; partial dates identify nobody by themselves. */
export function dateValue(
  value: unknown,
  role: 'birth' | 'death' | 'event',
  place: Place,
): readonly IdentityValue[] {
  const text = textOf(value);
  const day = text === undefined ? undefined : /^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(text)?.[0];
  if (day === undefined) return [];
  const entity = role === 'event' ? `day:${day}` : place.entity;
  return [{ kind: 'date', ...place, entity, text: day, date: { day, role } }];
}

/**
 * Whether an id is long and irregular enough to stand for somebody: `example`, `patient-a` or `42` would match
 * ordinary text and are left out; UUIDs, numbers of six digits and mixed ids of eight characters are not.
 */
export function hasEntropy(id: string): boolean {
  let digits = 0;
  for (let at = 0; at < id.length; at += 1) {
    const code = id.charCodeAt(at);
    if (code >= 48 && code <= 57) digits += 1;
  }
  if (digits === id.length) return digits >= 6;
  return (digits >= 3 && id.length >= 8) || (digits >= 1 && id.length >= 12);
}

/** Values gathered one after the other, the same value of the same bearer once. */
export class DistinctValues {
  readonly #seen = new Map<string, IdentityValue>();

  add(values: readonly IdentityValue[]): void {
    for (const value of values) {
      const { kind, bearer, entity, text, date } = value;
      // With its length in front what one of them says cannot be read as the beginning of the next.
      const key = `${kind} ${bearer} ${date?.role ?? ''} ${entity.length} ${entity}${text}`;
      if (!this.#seen.has(key)) this.#seen.set(key, value);
    }
  }

  get size(): number {
    return this.#seen.size;
  }

  list(): readonly IdentityValue[] {
    return [...this.#seen.values()];
  }
}

/** The same value of the same bearer once. */
export function distinct(values: readonly IdentityValue[]): readonly IdentityValue[] {
  const gathered = new DistinctValues();
  gathered.add(values);
  return gathered.list();
}
