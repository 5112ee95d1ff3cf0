import type { TokenType } from '../../src/vocabulary/token.ts';
import type { Household } from './households.ts';
import type { Mention } from './note-builder.ts';
import type { PersonName } from './person-name.ts';
import { calledName, fullName } from './person-name.ts';

const mention = (type: TokenType, form: string, text: string): Mention => ({ type, form, text });

/** Letters without their marks, as systems without Unicode write them. */
const ascii = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[łŁđĐ]/g, (letter) => ({ ł: 'l', Ł: 'L', đ: 'd', Đ: 'D' })[letter] ?? letter);

/** One person in the ways that notes write a name. Forms that a person lacks fall back to a plainer one. */
export interface NameForms {
  readonly full: Mention;
  /** First and last, no middle: `Marisol Quintanilla`. */
  readonly short: Mention;
  /** `QUINTANILLA, MARISOL E.` */
  readonly lastFirst: Mention;
  /** `Mrs. Quintanilla`, of which the title may stay visible; a possessive is written `${forms.titled}'s`. */
  readonly titled: Mention;
  readonly called: Mention;
  readonly family: Mention;
  /** `M.E.Q.` */
  readonly initials: Mention;
  /** `M. Quintanilla` */
  readonly initialLast: Mention;
  readonly nickname: Mention;
  readonly maiden: Mention;
  /** The whole name borne before, else the maiden name. */
  readonly former: Mention;
  readonly native: Mention;
  readonly caps: Mention;
  /** `Munoz Ortega, Jose Angel` */
  readonly ascii: Mention;
  /** With degree: `Amara Lindqvist, MD`. */
  readonly signed: Mention;
}

export function nameForms(name: PersonName, type: TokenType): NameForms {
  const write = (form: string, text: string): Mention => mention(type, `name.${form}`, text);
  const called = calledName(name);
  const short =
    name.familyFirst === true ? `${name.family} ${name.given.at(-1) ?? ''}` : `${called} ${name.family}`;
  const [first, middle] = name.given;
  const middleInitial = middle === undefined ? '' : ` ${middle.charAt(0)}.`;
  const initials = (
    name.familyFirst === true ? [name.family, ...name.given] : [...name.given, name.family]
  ).map((part) => `${part.charAt(0).toUpperCase()}.`);
  return {
    full: write('full', fullName(name)),
    short: write('short', short),
    lastFirst: write('last-first', `${name.family}, ${first}${middleInitial}`.toUpperCase()),
    titled:
      name.title === undefined
        ? write('titled', called)
        : { ...write('titled', name.family), before: `${name.title} ` },
    called: write('called', called),
    family: write('family', name.family),
    initials: write('initials', initials.join('')),
    initialLast: write('initial-last', `${first.charAt(0)}. ${name.family}`),
    nickname: write('nickname', name.nickname ?? called),
    maiden: write('maiden', name.maiden ?? name.family),
    former: write('former', name.former === undefined ? (name.maiden ?? name.family) : fullName(name.former)),
    native: write('native', name.native ?? fullName(name)),
    caps: write('caps', fullName(name).toUpperCase()),
    ascii: write('ascii', ascii(`${name.family}, ${name.given.join(' ')}`)),
    signed: {
      ...write('signed', fullName(name)),
      ...(name.suffix === undefined ? {} : { after: `, ${name.suffix}` }),
    },
  };
}

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);
const weekdays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const two = (n: number): string => String(n).padStart(2, '0');
const ordinal = (n: number): string => {
  const teen = n % 100 >= 11 && n % 100 <= 13;
  return `${n}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')}`;
};

interface DayParts {
  readonly y: number;
  readonly m: number;
  readonly d: number;
  readonly month: string;
}

// biome-ignore format: a table
const dateWriters = {
  'iso':           ({ y, m, d }) => `${y}-${two(m)}-${two(d)}`,
  'us':            ({ y, m, d }) => `${two(m)}/${two(d)}/${y}`,
  'us-short':      ({ y, m, d }) => `${m}/${d}/${two(y % 100)}`,
  'long':          ({ y, d, month }) => `${month} ${ordinal(d)}, ${y}`,
  'long-plain':    ({ y, d, month }) => `${month} ${d}, ${y}`,
  'day-month':     ({ y, d, month }) => `${d} ${month.slice(0, 3)} ${y}`,
  'dashed':        ({ y, d, month }) => `${two(d)}-${month.slice(0, 3).toUpperCase()}-${y}`,
  'month-day':     ({ d, month }) => `${month.slice(0, 3)} ${d}`,
  'month-ordinal': ({ d, month }) => `${month} ${ordinal(d)}`,
  'weekday':       ({ d, month }) => `${month} ${d}`,
  'dots':          ({ y, m, d }) => `${two(m)}.${two(d)}.${y}`,
  'us-no-year':    ({ m, d }) => `${m}/${d}`,
} as const satisfies Record<string, (parts: DayParts) => string>;
export type DateForm = keyof typeof dateWriters;
export const dateForms: readonly DateForm[] = [
  'iso',
  'us',
  'us-short',
  'long',
  'long-plain',
  'day-month',
  'dashed',
  'month-day',
  'month-ordinal',
  'weekday',
  'dots',
];

/** The UTC day of an instant, in words or digits. */
export function dateMention(instant: number, form: DateForm): Mention {
  const date = new Date(instant);
  const m = date.getUTCMonth() + 1;
  const parts = { y: date.getUTCFullYear(), m, d: date.getUTCDate(), month: months[m - 1] ?? '' };
  const written = mention('DATE', `date.${form}`, dateWriters[form](parts));
  return form === 'weekday' ? { ...written, before: `${weekdays[date.getUTCDay()] ?? ''}, ` } : written;
}

// biome-ignore format: a table
const phoneWriters = {
  'parens':  (a, b, c) => `(${a}) ${b}-${c}`,
  'dashes':  (a, b, c) => `${a}-${b}-${c}`,
  'dots':    (a, b, c) => `${a}.${b}.${c}`,
  'bare':    (a, b, c) => `${a}${b}${c}`,
  'spaces':  (a, b, c) => `${a} ${b} ${c}`,
  'plus':    (a, b, c) => `+1 ${a} ${b} ${c}`,
  'trunk':   (a, b, c) => `1-${a}-${b}-${c}`,
  'slash':   (a, b, c) => `${a}/${b}-${c}`,
  'tight':   (a, b, c) => `(${a})${b}-${c}`,
  'ext':     (a, b, c) => `${a}-${b}-${c} ext. 12`,
  'hyphens': (a, b, c) => `${a}\u2011${b}\u2011${c}`,
} as const satisfies Record<string, (area: string, exchange: string, line: string) => string>;
export type PhoneForm = keyof typeof phoneWriters;
export const phoneForms: readonly PhoneForm[] = [
  'parens',
  'dots',
  'dashes',
  'bare',
  'plus',
  'slash',
  'trunk',
  'tight',
  'ext',
  'spaces',
  'hyphens',
];

/** `number` as `413-555-0110`. */
export function phoneMention(number: string, form: PhoneForm): Mention {
  const [area = '', exchange = '', line = ''] = number.split('-');
  return mention('PHONE', `phone.${form}`, phoneWriters[form](area, exchange, line));
}

export const emailMention = (address: string): Mention => mention('EMAIL', 'email', address);
export const idMention = (form: string, text: string): Mention => mention('ID', `id.${form}`, text);
export const organizationMention = (form: 'full' | 'short', text: string): Mention =>
  mention('ORG', `organization.${form}`, text);
const placeMention = (form: string, text: string): Mention => mention('PLACE', `address.${form}`, text);

/** An address as notes write it. The state stays outside the spans: it is no identifier under 164.514(b)(2). */
export interface AddressForms {
  readonly line: Mention;
  readonly lineShort: Mention;
  readonly city: Mention;
  readonly postalCode: Mention;
  readonly full: readonly (string | Mention)[];
  readonly fullShort: readonly (string | Mention)[];
  readonly caps: readonly (string | Mention)[];
}

export function addressForms(home: Household): AddressForms {
  const unit = home.unit === undefined ? '' : `, ${home.unit}`;
  const unitShort = unit.replace('Apartment', 'Apt').replace('Apt ', 'Apt. ').replace('Unit ', '#');
  const line = placeMention('line', `${home.number} ${home.street}${unit}`);
  const lineShort = placeMention('line-short', `${home.number} ${home.streetShort}${unitShort}`);
  const city = placeMention('city', home.city);
  const postalCode = placeMention('postal-code', home.postalCode);
  return {
    line,
    lineShort,
    city,
    postalCode,
    full: [line, ', ', city, `, ${home.stateName} `, postalCode],
    fullShort: [lineShort, ', ', city, `, ${home.state} `, postalCode],
    caps: [
      placeMention('line-caps', line.text.toUpperCase()),
      ', ',
      placeMention('city-caps', home.city.toUpperCase()),
      ` ${home.state} `,
      postalCode,
    ],
  };
}
