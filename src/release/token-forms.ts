import { type TokenType, tokenTypes } from '../vocabulary/token.ts';

/** A token as a model wrote it: bold or broken inside, lower case, other brackets; the random part is exact. */
export interface WrittenToken {
  readonly start: number;
  readonly end: number;
  readonly type: TokenType;
  readonly random: string;
  /** 1 when no form is written. */
  readonly form: number;
  /** The day count that is written with it. */
  readonly day?: number;
  readonly bracketed: boolean;
}

const letter = '[0-9A-HJKMNP-TV-Z]';
const emphasis = '[*_]{0,3}';
/** A line may end inside a token that is longer than what is left of it. */
const broken = '(?:\\n {0,8})?';
const join = `(${broken}(?:\\\\?[-\\u2010-\\u2015\\u2212_]| )${broken}${emphasis})`;
const dayCount = `${emphasis}[,:]?\\s{1,2}\\(?${emphasis}day(?:\\s{1,2}|-(?=\\d))(-?\\d{1,3},\\d{3}|-?\\d{1,6})(?!,?\\d)\\)?`;
const core = `(?<![A-Za-z0-9])(${tokenTypes.join('|')})${join}(${letter}(?:${broken}${letter}){7})(?:\\.(\\d{1,3}))?(${dayCount})?(?![A-Za-z0-9])`;
const loose = new RegExp(
  `(?:(?:\\\\?\\[){1,2}\\s?${emphasis})?${core}(?:${emphasis}\\s?(?:\\\\?\\]){1,2})?`,
  'gi',
);

/** Days of therapy and of a stay are small; counts of a scope are not, and only brackets say that a small one is meant. */
const leastDigits = 5;

export function writtenTokens(text: string): WrittenToken[] {
  return [...text.matchAll(loose)].flatMap((match) => {
    const [whole, word = '', joint = '', letters = '', form, tail = '', count] = match;
    const { index } = match;
    const type = tokenTypes.find((known) => known === word.toUpperCase());
    const random = letters.replaceAll(/\s/g, '').toUpperCase();
    // "date answered": without any sign between, a word is a word.
    if (type === undefined || (/^\s+$/.test(joint) && !/\d/.test(random))) return [];
    const bracketed = /^\\?\[/.test(whole);
    const counted = count !== undefined && (bracketed || count.replace(',', '').length >= leastDigits);
    const end = index + (counted ? whole.length : whole.length - tail.length);
    return [
      {
        start: index,
        end: count === undefined ? index + whole.length : end,
        type,
        random,
        form: form === undefined ? 1 : Number(form),
        ...(counted ? { day: Number(count.replace(',', '')) } : {}),
        bracketed,
      },
    ];
  });
}

const begun = new RegExp(
  `(?:(?:\\\\?\\[){1,2}\\s?${emphasis})?(?<![A-Za-z0-9])(?:${tokenTypes.join('|')})${join}(?:${letter}${broken}){0,8}(?:\\.\\d{0,3})?[*_,:\\s(]{0,8}(?:d(?:ay?)?(?:\\s{1,2}|-)?-?[\\d,]{0,7}\\)?)?[*_\\s\\\\\\]]{0,8}$`,
  'i',
);
/** More than any token takes, with every line break in it. */
const longestToken = 200;

/** Where the token begins that the end of a text leaves unfinished; its length where there is none. */
export function openToken(text: string): number {
  const from = Math.max(0, text.length - longestToken);
  const found = begun.exec(text.slice(from));
  // A word before it may be judged by it, when it is a date.
  return found === null ? text.length : Math.max(0, from + found.index - 48);
}

/** A token as its scope issued it. */
export interface IssuedForm {
  readonly spelled: string;
  readonly day?: number;
}

/** Tokens that this scope issued, found by type and random part; the day count plays no part. */
export interface TokenIndex {
  /** The token as it was issued; the first form where the written one was not. */
  issued(written: WrittenToken): IssuedForm | undefined;
  /** Day counts of the issued tokens. */
  readonly days: ReadonlySet<number>;
}

const stemOf = ({ type, random }: WrittenToken): string => `${type}-${random}`;

export function indexTokens(issued: Iterable<string>): TokenIndex {
  const stems = new Map<string, Map<number, IssuedForm>>();
  const days = new Set<number>();
  for (const spelled of issued) {
    const written = writtenTokens(spelled)[0];
    if (written === undefined) continue;
    const forms = stems.get(stemOf(written)) ?? new Map<number, IssuedForm>();
    // A token of an earlier turn is known with its count and without.
    if (written.day !== undefined || !forms.has(written.form))
      forms.set(written.form, { spelled, ...(written.day === undefined ? {} : { day: written.day }) });
    stems.set(stemOf(written), forms);
    if (written.day !== undefined) days.add(written.day);
  }
  return {
    days,
    issued: (written) => {
      const forms = stems.get(stemOf(written));
      return forms?.get(written.form) ?? forms?.values().next().value;
    },
  };
}

/** Said in place of a token where its value may not stand. */
export const roleWords: Readonly<Record<TokenType, string>> = {
  PATIENT: 'the patient',
  RELATIVE: 'a relative',
  CLINICIAN: 'a clinician',
  PERSON: 'a person',
  ORG: 'an organization',
  PLACE: 'a place',
  PHONE: 'a phone number',
  EMAIL: 'an e-mail address',
  ID: 'an identifier',
  DATE: 'a date',
  URL: 'a web address',
  AGE: 'an age',
};
