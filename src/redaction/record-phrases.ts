import { GapPattern } from './gaps.ts';
import { endOf, isCapital, isNumber, type Lexemes, startOf, wordAt } from './lexemes.ts';
import { strengthOf } from './name-strength.ts';
import { shortWords } from './short-words.ts';
import { canonicalWord, spellingsOf } from './words/street-words.ts';

/** A sequence of words that stands for a place or an organisation. */
interface Phrase<Meaning> {
  readonly words: readonly string[];
  readonly meaning: Meaning;
  /** Everyday words only: the text must capitalise it. */
  readonly capital: boolean;
}

/** Phrases by their first word. */
export type PhraseIndex<Meaning> = Map<string, Phrase<Meaning>[]>;

export interface FoundPhrase<Meaning> {
  readonly first: number;
  readonly last: number;
  readonly meaning: Meaning;
}

/** So many everyday words in a row are no chance. */
const fullPhrase = 3;
const phraseGap = new GapPattern(/^(?:[\s,.'#()&/_-]{0,4}|\s{1,8}&?\s{1,8})$/);

/** Words of a phrase, letters and digits apart, in canonical spelling. */
export const phraseWords = (text: string): string[] => shortWords(text).map(canonicalWord);

/** All words with which a phrase can begin in a text. */
export const phraseBeginnings = (index: PhraseIndex<unknown>): string[] =>
  [...index.keys()].flatMap((word) => [word, ...spellingsOf(word)]);

/** Adds a phrase under its first word; equal phrases once. Unless it is said, everyday words need a capital. */
export function addPhrase<Meaning>(
  index: PhraseIndex<Meaning>,
  words: readonly string[],
  meaning: Meaning,
  needsCapital?: boolean,
): void {
  const [first] = words;
  if (first === undefined) return;
  const capital =
    needsCapital ??
    (words.length < fullPhrase && words.every((word) => /^\d/.test(word) || strengthOf(word) !== 'strong'));
  const known = index.get(first) ?? [];
  if (known.some((phrase) => phrase.words.join(' ') === words.join(' '))) return;
  known.push({ words, meaning, capital });
  index.set(
    first,
    known.toSorted((a, b) => b.words.length - a.words.length),
  );
}

const goesOn = /[\d.]$|\d,$/;

/** Longest phrase that starts at a lexeme. */
export function phraseAt<Meaning>(
  lex: Lexemes,
  at: number,
  index: PhraseIndex<Meaning>,
): FoundPhrase<Meaning> | undefined {
  const candidates = index.get(canonicalWord(wordAt(lex, at)));
  if (candidates === undefined) return undefined;
  // A number inside a longer one is not the start of an address.
  if (
    isNumber(lex, at) &&
    goesOn.test(lex.view.lower.slice(Math.max(0, startOf(lex, at) - 2), startOf(lex, at)))
  )
    return undefined;
  for (const phrase of candidates) {
    const last = at + phrase.words.length - 1;
    if (matches(lex, at, phrase) && (!phrase.capital || capitalised(lex, at, last))) {
      return { first: at, last, meaning: phrase.meaning };
    }
  }
  return undefined;
}

function matches<Meaning>(lex: Lexemes, at: number, phrase: Phrase<Meaning>): boolean {
  for (let offset = 1; offset < phrase.words.length; offset += 1) {
    if (canonicalWord(wordAt(lex, at + offset)) !== phrase.words[offset]) return false;
    if (!phraseGap.after(lex, at + offset - 1)) return false;
  }
  const last = at + phrase.words.length - 1;
  // "Rue de la Verrerie,12.5 mg": the number goes on, and is none of the address.
  return (
    last < lex.count &&
    !(isNumber(lex, last) && decimals.test(lex.view.lower.slice(endOf(lex, last), endOf(lex, last) + 2)))
  );
}
const decimals = /^\.\d/;

function capitalised(lex: Lexemes, first: number, last: number): boolean {
  for (let at = first; at <= last; at += 1) {
    if (!isNumber(lex, at) && isCapital(lex, at)) return true;
  }
  return false;
}
