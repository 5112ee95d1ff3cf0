import type { Bearer, IdentityValue } from '../vocabulary/identity-sheet.ts';
import { isNumber, lexemes, wordsOf as wordsIn } from './lexemes.ts';
import { type NameStrength, strengthOf } from './lexicon.ts';
import { normalise } from './normalise.ts';
import { initialsOf } from './record-initials.ts';
import { inLatin, inOtherScripts } from './transliterate.ts';
import { credentials, nameParticles, titles } from './words/context-words.ts';
import { nicknamesOf } from './words/nicknames.ts';

/** One word of one person's name. */
export interface NameWord {
  readonly person: number;
  /** `weak` words (particles, initials, two letters) only join others. */
  readonly strength: NameStrength | 'weak';
  readonly part: 'given' | 'family' | 'nickname';
}

interface Person {
  readonly entity: string;
  readonly bearer: Bearer;
  /** First letters of the name's words. */
  readonly initials: ReadonlySet<string>;
}

/** Every word of every name of a record, by its folded lower-case form. */
export interface NameIndex {
  readonly persons: readonly Person[];
  readonly words: ReadonlyMap<string, readonly NameWord[]>;
  /** First letters in a row, as `meq`, by their person. */
  readonly initials: ReadonlyMap<string, number>;
  /** Names in scripts without spaces between words, searched as they stand. */
  readonly unspaced: readonly { readonly text: string; readonly person: number }[];
}

const rank: Readonly<Record<Bearer, number>> = {
  patient: 0,
  relative: 1,
  clinician: 2,
  other: 3,
  organization: 4,
};

const unspacedScript = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Letter runs of a name, folded as the texts will be. */
const wordsOf = (text: string): string[] => {
  const lex = lexemes(normalise(text));
  return wordsIn(lex).filter((_, index) => !isNumber(lex, index));
};

interface Builder {
  readonly persons: { entity: string; bearer: Bearer; initials: Set<string> }[];
  readonly byEntity: Map<string, number>;
  readonly words: Map<string, NameWord[]>;
  readonly initials: Map<string, number>;
  readonly unspaced: { text: string; person: number }[];
  /** Words of names, read once: families share them. */
  readonly read: Map<string, ReadWord>;
}

interface ReadWord {
  readonly strength: NameStrength;
  /** As other scripts write it, where the word stands for a person by itself. */
  readonly foreign: readonly string[];
}

function readWord({ read }: Builder, word: string): ReadWord {
  const known = read.get(word);
  if (known !== undefined) return known;
  const strength = strengthOf(word);
  const foreign = strength === 'clinical' || strength === 'ordinary' ? [] : inOtherScripts(word);
  const result = { strength, foreign };
  read.set(word, result);
  return result;
}

function personOf(builder: Builder, value: IdentityValue): number {
  const known = builder.byEntity.get(value.entity);
  if (known !== undefined) return known;
  builder.persons.push({ entity: value.entity, bearer: value.bearer, initials: new Set() });
  const person = builder.persons.length - 1;
  builder.byEntity.set(value.entity, person);
  return person;
}

function addWord(builder: Builder, word: string, person: number, part: NameWord['part']): void {
  const short = word.length <= 2 || nameParticles.has(word);
  const strength = short ? 'weak' : strengthOf(word);
  const known = builder.words.get(word) ?? [];
  if (known.some((entry) => entry.person === person)) return;
  known.push({ person, strength, part });
  builder.words.set(word, known);
}

/** Given and family names of a value, taken apart; a name without structure ends with its family name. */
function partsOf(value: IdentityValue): { given: string[]; family: string[] } {
  const given = (value.name?.given ?? []).flatMap(wordsOf);
  const family = wordsOf(value.name?.family ?? '');
  if (given.length > 0 || family.length > 0) return { given, family };
  const comma = value.text.indexOf(',');
  const all = wordsOf(value.text).filter((word) => !titles.has(word) && !credentials.has(word));
  if (comma > 0) {
    const first = wordsOf(value.text.slice(0, comma));
    return { family: first, given: all.filter((word) => !first.includes(word)) };
  }
  return { given: all.slice(0, -1), family: all.slice(-1) };
}

function addName(builder: Builder, value: IdentityValue): void {
  const person = personOf(builder, value);
  const whole = normalise(value.text).lower.trim();
  if (unspacedScript.test(whole)) {
    for (const piece of [whole, whole.replaceAll(/\s/g, ''), normalise(value.name?.family ?? '').lower]) {
      if (piece.length > 1) builder.unspaced.push({ text: piece, person });
    }
  }
  const { given, family } = partsOf(value);
  for (const word of given) addWord(builder, word, person, 'given');
  for (const word of family) addWord(builder, word, person, 'family');
  for (const word of given) {
    for (const nickname of nicknamesOf(word)) addWord(builder, nickname, person, 'nickname');
  }
  for (const [words, part] of [
    [given, 'given'],
    [family, 'family'],
  ] as const) {
    for (const word of words)
      for (const form of readWord(builder, word).foreign) addWord(builder, form, person, part);
  }
  for (const word of inLatin(value.text)) addWord(builder, word, person, 'family');
  for (const form of initialsOf(given, family)) {
    if (!builder.initials.has(form)) builder.initials.set(form, person);
  }
  const initials = builder.persons[person]?.initials;
  for (const word of [...given, ...family]) initials?.add(word.charAt(0));
  // Written without a space between its words: MariaOrtiz, OBrien, ortizmaria.
  const joined = family.join('');
  const surnames = [...new Set([joined, ...family])];
  const fused = [
    joined,
    ...given.flatMap((word) => surnames.flatMap((name) => [`${word}${name}`, `${name}${word}`])),
  ];
  for (const word of fused) {
    if (word.length >= 5 && !family.includes(word) && !given.includes(word))
      addWord(builder, word, person, 'family');
  }
}

/** Index of all names in the values; of persons who share a word the patient comes first. */
export function buildNameIndex(values: readonly IdentityValue[]): NameIndex {
  const builder: Builder = {
    persons: [],
    byEntity: new Map(),
    words: new Map(),
    initials: new Map(),
    unspaced: [],
    read: new Map(),
  };
  const names = values.filter((value) => value.kind === 'name');
  for (const value of names.toSorted((a, b) => rank[a.bearer] - rank[b.bearer])) addName(builder, value);
  return builder;
}
