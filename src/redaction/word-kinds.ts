import { isListed, keepKindAt, kindBitsAt, type Lexemes, wordAt } from './lexemes.ts';
import { lexicon } from './lexicon.ts';
import { markOf, unasked } from './vocabulary.ts';
import { monthOf } from './words/calendar.ts';
import { endsClinically, eponyms, isClinicalWord } from './words/clinical-words.ts';
import { ordinaryGivenNames } from './words/given-words.ts';
import { isNicknamed, nicknamedWords } from './words/nicknames.ts';
import { ordinaryNameWords } from './words/ordinary-words.ts';

/** What a word can be, from the lists alone. */
export interface WordKind {
  readonly given: boolean;
  readonly family: boolean;
  readonly place: boolean;
  /** Everyday, clinical or calendar word: no evidence for a name. */
  readonly plain: boolean;
  /** Never part of a name. */
  readonly closed: boolean;
  readonly eponym: boolean;
  readonly clinical: boolean;
  readonly demonym: boolean;
  /** A word of the language, of medicine or for a people: no slip of the pen. */
  readonly word: boolean;
}

const bit = {
  given: 1,
  family: 2,
  place: 4,
  plain: 8,
  closed: 16,
  eponym: 32,
  clinical: 64,
  demonym: 128,
  word: 256,
} as const;

const kindOfBits = (bits: number): WordKind => ({
  given: (bits & bit.given) !== 0,
  family: (bits & bit.family) !== 0,
  place: (bits & bit.place) !== 0,
  plain: (bits & bit.plain) !== 0,
  closed: (bits & bit.closed) !== 0,
  eponym: (bits & bit.eponym) !== 0,
  clinical: (bits & bit.clinical) !== 0,
  demonym: (bits & bit.demonym) !== 0,
  word: (bits & bit.word) !== 0,
});
/** All that can be: words of one kind share one. */
const kinds: readonly WordKind[] = Array.from({ length: bit.word * 2 }, (_, bits) => kindOfBits(bits));
const noKind = kindOfBits(0);

/** Words that say when, written with a capital. */
export const weekdays: ReadonlySet<string> = new Set(
  `monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun today
   tomorrow yesterday christmas thanksgiving easter`.split(/\s+/),
);

// Asked by no matcher, but their kinds are found out once.
for (const list of [weekdays, ordinaryGivenNames, new Set(nicknamedWords())]) markOf(list);

/** Of a word that no list holds: it is clinical by its ending, or another form of an everyday one. */
function bitsOfUnlisted(word: string): number {
  if (endsClinically(word)) return bit.plain | bit.closed | bit.clinical | bit.word;
  return inflects(word) ? bit.plain : 0;
}

function bitsOf(word: string): number {
  const lists = lexicon();
  const clinical = isClinicalWord(word);
  const known = (lists.given.has(word) && word.length > 1) || isNicknamed(word);
  const given = known || ordinaryGivenNames.has(word);
  const family = lists.family.has(word);
  const demonym = lists.demonyms.has(word);
  const calendar = monthOf(word) !== undefined || weekdays.has(word);
  const everyday = lists.plain.has(word) || demonym;
  const ordinary = ordinaryNameWords.has(word) || everyday || inflects(word);
  const plain =
    clinical ||
    calendar ||
    (ordinary && !(known && !ordinaryNameWords.has(word) && !lists.inflected.has(word)));
  const closed =
    (clinical && !known) ||
    weekdays.has(word) ||
    (lists.inflected.has(word) && !given && !family && !ordinaryNameWords.has(word));
  return (
    (given ? bit.given : 0) |
    (family ? bit.family : 0) |
    (lists.places.has(word) ? bit.place : 0) |
    (plain ? bit.plain : 0) |
    (closed ? bit.closed : 0) |
    (eponyms.has(word) ? bit.eponym : 0) |
    (clinical ? bit.clinical : 0) |
    (demonym ? bit.demonym : 0) |
    (clinical || everyday ? bit.word : 0)
  );
}

/** Inflected forms of plain words that the lexicon does not spell out. */
function inflects(word: string): boolean {
  const { plain } = lexicon();
  if (word.endsWith('s') && plain.has(word.slice(0, -1))) return true;
  // Ling, King and Ming inflect nothing.
  if (
    word.length > 5 &&
    word.endsWith('ing') &&
    (plain.has(word.slice(0, -3)) || plain.has(`${word.slice(0, -3)}e`))
  )
    return true;
  return (
    word.length > 4 && word.endsWith('ed') && (plain.has(word.slice(0, -2)) || plain.has(word.slice(0, -1)))
  );
}

export const kindOf = (word: string): WordKind => kinds[bitsOf(word)] ?? noKind;

/**
 * Kind of a lexeme, found out once: for the process where a list holds the word, for the text where none does, since
 * that may be anybody's name.
 */
export const kindAt = (lex: Lexemes, at: number): WordKind => {
  const bits = kindBitsAt(lex, at);
  return kinds[bits === unasked ? foundOut(lex, at) : bits] ?? noKind;
};

function foundOut(lex: Lexemes, at: number): number {
  const word = wordAt(lex, at);
  const bits = isListed(lex, at) ? bitsOf(word) : bitsOfUnlisted(word);
  keepKindAt(lex, at, bits);
  return bits;
}
