/**
 * Tokens that stand for identifiers in everything a model reads or writes.
 *
 * `[[PATIENT-7F3K9Q2M]]`            an entity
 * `[[PATIENT-7F3K9Q2M.2]]`          the same entity in its second written form
 * `[[DATE-0T4XW8RB day 412]]`       a date; the day count starts at a random anchor of the scope
 *
 * The eight characters are random (digits and consonants, 38.8 bits), never derived from the value. The same value has
 * the same token within one scope and another one in every other scope. docs/tokens.md publishes this pattern.
 */
export const tokenTypes = [
  'PATIENT',
  'RELATIVE',
  'CLINICIAN',
  'PERSON',
  'ORG',
  'PLACE',
  'PHONE',
  'EMAIL',
  'ID',
  'DATE',
  'URL',
  'AGE',
] as const;
export type TokenType = (typeof tokenTypes)[number];

/** Groups: 1 type, 2 random part, 3 written form, 4 day count. */
export const tokenPattern =
  /\[\[(PATIENT|RELATIVE|CLINICIAN|PERSON|ORG|PLACE|PHONE|EMAIL|ID|DATE|URL|AGE)-([0-9A-HJKMNP-TV-Z]{8})(?:\.(\d{1,3}))?(?: day (-?\d{1,6}))?\]\]/g;

/** A text with spaces in place of its tokens, which say nothing; all else keeps its place. */
export const withoutTokens = (text: string): string =>
  text.replace(tokenPattern, (token) => ' '.repeat(token.length));

export interface Token {
  readonly type: TokenType;
  readonly random: string;
  /** 1 for the first written form (not spelled out), 2 and up as `.2`. */
  readonly form: number;
  readonly day?: number;
}

export const spellToken = (token: Token): string =>
  `[[${token.type}-${token.random}${token.form > 1 ? `.${token.form}` : ''}${token.day === undefined ? '' : ` day ${token.day}`}]]`;

/** Day count of a token as its scope spelled it. */
export function tokenDay(spelled: string): number | undefined {
  const [match] = spelled.matchAll(tokenPattern);
  return match?.[4] === undefined ? undefined : Number(match[4]);
}
