/** What a record and the rules say of words. */
export interface KnownWords {
  /** Whether a number or an address of the record begins with this word. */
  begins(word: string): boolean;
  /** Whether this word is a name of the record in Latin letters, or anything else of it begins so; initials aside. */
  knows(word: string): boolean;
  /** Whether these letters are the initials of somebody of the record. */
  isInitials(letters: string): boolean;
}

/** What is to be written otherwise: from `from` to `to`, by dropping some stretches or putting other characters. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly dropped: readonly (readonly [from: number, to: number])[];
}
