import { type TokenType, tokenTypes } from '../vocabulary/token.ts';

/** A token as a model wrote it: bold inside, lower case, escaped or dropped brackets; the random part is exact. */
export interface WrittenToken {
  readonly start: number;
  readonly end: number;
  readonly type: TokenType;
  readonly random: string;
  /** 1 when no form is written. */
  readonly form: number;
  readonly bracketed: boolean;
}

const core = `(?<![A-Za-z0-9])(${tokenTypes.join('|')})\\\\?[-\\u2010-\\u2015_]([0-9A-HJKMNP-TV-Z]{8})(?:\\.(\\d{1,3}))?(?:\\s{1,2}day\\s{1,2}-?\\d{1,6})?(?![A-Za-z0-9])`;
const loose = new RegExp(`(?:(?:\\\\?\\[){1,2}[*_]{0,3})?${core}(?:[*_]{0,3}(?:\\\\?\\]){1,2})?`, 'gi');

export function writtenTokens(text: string): WrittenToken[] {
  return [...text.matchAll(loose)].flatMap((match) => {
    const type = tokenTypes.find((known) => known === match[1]?.toUpperCase());
    if (type === undefined) return [];
    const random = (match[2] ?? '').toUpperCase();
    const form = match[3] === undefined ? 1 : Number(match[3]);
    const bracketed = /^\\?\[/.test(match[0]);
    return [{ start: match.index, end: match.index + match[0].length, type, random, form, bracketed }];
  });
}

/** Tokens that this scope issued, found by type and random part; the day count plays no part. */
export interface TokenIndex {
  /** The token as it was issued; the first form where the written one was not. */
  spelled(written: WrittenToken): string | undefined;
}

const stemOf = ({ type, random }: WrittenToken): string => `${type}-${random}`;

export function indexTokens(issued: Iterable<string>): TokenIndex {
  const stems = new Map<string, Map<number, string>>();
  for (const spelled of issued) {
    const written = writtenTokens(spelled)[0];
    if (written === undefined) continue;
    const forms = stems.get(stemOf(written)) ?? new Map<number, string>();
    forms.set(written.form, spelled);
    stems.set(stemOf(written), forms);
  }
  return {
    spelled: (written) => {
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
