import type { Lexemes } from './lexemes.ts';

/** What a record and the rules say of words. */
export interface KnownWords {
  /** Whether a number or an address of the record begins with this word. */
  begins(word: string): boolean;
  /** Whether this word is a name of the record in Latin letters, or anything else of it begins so; initials aside. */
  knows(word: string): boolean;
  /** Whether this word stands in a name, an address or the name of an organisation of the record. */
  holds(word: string): boolean;
  /** The same of a lexeme and the next one together, and whether they are a month. */
  holdsJoined(lex: Lexemes, first: number): boolean;
  /** Whether these letters are the initials of somebody of the record. */
  isInitials(letters: string): boolean;
  /** The number of the record that lexemes of letters and digits stand for, where some are read for something else. */
  meant(lex: Lexemes, first: number, last: number): Change | undefined;
}

/** What is to be written otherwise: from `from` to `to`, by dropping some stretches or putting other characters. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly dropped: readonly (readonly [from: number, to: number])[];
  /** What is put there. */
  readonly instead?: string;
  /** Only what the record says counts. */
  readonly unsure?: boolean;
}
