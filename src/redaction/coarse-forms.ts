import { dayMs } from '../vocabulary/time.ts';
import { type TokenType, tokenTypes } from '../vocabulary/token.ts';
import { smallZipAreas } from './words/small-zip-areas.ts';
import { states } from './words/street-words.ts';

/** An identifier as it stands in its text. */
export interface Standing {
  readonly type: TokenType;
  /** What stands there, in the writing of the text. */
  readonly text: string;
  /** What stands before it on its line; a few words are enough. */
  readonly before: string;
  /** What stands behind it. */
  readonly after: string;
  /** Days since the Unix epoch, of a full date. */
  readonly epochDay?: number | undefined;
}

const coarseOf: Readonly<
  Partial<Record<TokenType, (standing: Standing, today: number) => string | undefined>>
> = { AGE: ageRange, DATE: yearOnly, PLACE: zipArea };

/** Types of which 45 CFR 164.514(b)(2)(i) lets a coarser form stand. */
const coarseTypes: ReadonlySet<TokenType> = new Set(
  tokenTypes.filter((type) => coarseOf[type] !== undefined),
);

/** Whether what is called `DATE.C` has a coarser form. */
export const hasCoarseForm = (cell: string): boolean =>
  [...coarseTypes].some((type) => cell.startsWith(`${type}.`));

/**
 * What Safe Harbor lets stand of an identifier: the year of a date, but none that tells of an age over 89; ages over 89
 * as one, others by decade; the first three digits of a US ZIP code, 000 where few live there. Undefined where there is
 * no such form: then nothing may stand. `today` in days since the Unix epoch.
 */
export const coarseForm = (standing: Standing, today: number): string | undefined =>
  coarseOf[standing.type]?.(standing, today);

const yearOf = (epochDay: number): number => new Date(epochDay * dayMs).getUTCFullYear();

/** A year alone is not made coarser by staying. */
function yearOnly({ text, before, after, epochDay }: Standing, today: number): string | undefined {
  const written = text.normalize('NFKC');
  const [year, another] =
    epochDay === undefined
      ? new Set([...written.matchAll(/(?<![\d.])(?:19|20)\d{2}(?![\d.])/g)].map(([digits]) => Number(digits)))
      : [yearOf(epochDay)];
  if (year === undefined || another !== undefined || written.trim() === String(year)) return undefined;
  if (!written.includes(String(year)) && !saysYear(written, year, `${before} ${after}`, today))
    return undefined;
  return year > yearOf(today) - 90 ? String(year) : undefined;
}

const ofBirth = /\b(?:born|births?|birthda(?:te|y)|dob|d\.o\.b|b)\b/i;

/**
 * Whether two digits say this year: none that is still to come, because a birth of a century ago is written so too, and
 * beside a word of birth none of this century.
 */
const saysYear = (written: string, year: number, around: string, today: number): boolean =>
  written.includes(String(year).slice(2)) && year <= yearOf(today) && (year < 2000 || !ofBirth.test(around));

const inYears = (count: number, unit: string): number => {
  if (/month|\bmo/.test(unit)) return Math.floor(count / 12);
  if (/week|\bwk/.test(unit)) return Math.floor(count / 52);
  return /day/.test(unit) ? Math.floor(count / 365) : count;
};

/** Ages in figures; one in words is not read. The unit may stand behind what is hidden. */
function ageRange({ text, after }: Standing): string | undefined {
  const written = text.normalize('NFKC').trim().toLowerCase();
  const [count, another] = written.match(/\d+(?:[.,]\d+)?/g) ?? [];
  if (count === undefined || another !== undefined || !/^\d{1,3}$/.test(count)) return undefined;
  const bare = written === count;
  if (bare && /^[\s-]{0,2}(?:months?|mos?|weeks?|wks?|days?)\b/i.test(after)) return undefined;
  const years = inYears(Number(count), written);
  const decade = years - (years % 10);
  return `${years > 89 ? '90+' : `${decade} to ${decade + 9}`}${bare ? '' : ' years old'}`;
}

const zipAtEnd = /(?:^|[\s,])(?<zip>\d{5})(?:-\d{4})?$/;
const announced =
  /\b(?:zip|zip ?code|new (?:hampshire|jersey|mexico|york)|(?:north|south) (?:carolina|dakota)|rhode island)[\s,:.#]{0,4}$/i;
const wordBefore = /(?<word>[A-Za-z]+)[\s,:.#]{0,4}$/;

/** A US ZIP code at the end of an address; five digits are one only after a state or the word. */
function zipArea({ text, before }: Standing): string | undefined {
  const written = text.normalize('NFKC').trim();
  const zip = zipAtEnd.exec(written)?.groups?.['zip'];
  if (zip === undefined) return undefined;
  const leading = before.normalize('NFKC') + written.slice(0, written.lastIndexOf(zip));
  const word = wordBefore.exec(leading)?.groups?.['word'] ?? '';
  if (!isState(word) && !announced.test(leading)) return undefined;
  const area = zip.slice(0, 3);
  return `ZIP ${smallZipAreas.has(area) ? '000' : area}`;
}

/** `DE` is more often Germany before five digits than Delaware; `in` and `or` are words. */
const isState = (word: string): boolean =>
  states.has(word.toLowerCase()) && (word.length > 2 || (word === word.toUpperCase() && word !== 'DE'));
