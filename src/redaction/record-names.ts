import type { Bearer, IdentityValue } from '../vocabulary/identity-sheet.ts';
import { isOfNoList, type NameStrength, strengthOf } from './name-strength.ts';
import { normalise } from './normalise.ts';
import { initialsOf } from './record-initials.ts';
import { shortWords } from './short-words.ts';
import { withoutUmlauts } from './spelled-out.ts';
import { inLatin, inOtherScripts } from './transliterate.ts';
import { credentials, nameParticles, titles } from './words/context-words.ts';
import { nicknamesOf } from './words/nicknames.ts';

/** One word of one person's name. */
export interface NameWord {
  readonly person: number;
  /** `weak` words (particles, initials, two letters) only join others. */
  readonly strength: NameStrength | 'weak';
  /** A `sign-in` word, whose last letter is an initial, is no two words that a space or line break has parted. */
  readonly part: 'given' | 'family' | 'nickname' | 'initial' | 'sign-in';
}

export interface Person {
  readonly entity: string;
  readonly bearer: Bearer;
  /** First letters of the name's words. */
  readonly initials: ReadonlySet<string>;
  /** First letters of two given names and more in a row, as `Quirke MC` has them. */
  readonly given: ReadonlySet<string>;
}

/** Every word of every name of a record, by its folded lower-case form. */
export interface NameIndex {
  readonly persons: readonly Person[];
  readonly words: ReadonlyMap<string, readonly NameWord[]>;
  /** Of these the ones with letters that English has not, as they are written. */
  readonly accented: ReadonlySet<string>;
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

/** Letters of names that no escape and no folding makes other ones. */
const latin = /^[A-Za-z\u00c0-\u017f '.,-]*$/;
/** Letters that are no English ones. */
export const accentMarks = /[^\0-\x7f]/;
const unspacedScript = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Letter runs of a name, folded as the texts will be. */
const wordsOf = (text: string): string[] => shortWords(text).filter((word) => !digits.test(word));
const digits = /^[0-9]/;

interface Builder {
  readonly persons: { entity: string; bearer: Bearer; initials: Set<string>; given: Set<string> }[];
  readonly byEntity: Map<string, number>;
  readonly words: Map<string, NameWord[]>;
  readonly accented: Set<string>;
  readonly initials: Map<string, number>;
  readonly unspaced: { text: string; person: number }[];
  /** Names as other alphabets write them too. */
  readonly foreign: boolean;
  /** Names that were added: a record says the same name in many places. */
  readonly added: Set<string>;
}

/** As other scripts write a word, where it stands for a person by itself. */
function foreignForms(word: string): readonly string[] {
  return strengthOf(word) === 'clinical' ? [] : inOtherScripts(word);
}

function personOf(builder: Builder, value: IdentityValue): number {
  const known = builder.byEntity.get(value.entity);
  if (known !== undefined) return known;
  builder.persons.push({ entity: value.entity, bearer: value.bearer, initials: new Set(), given: new Set() });
  const person = builder.persons.length - 1;
  builder.byEntity.set(value.entity, person);
  return person;
}

const strengthIn = (word: string): NameWord['strength'] =>
  word.length <= 2 || nameParticles.has(word) ? 'weak' : strengthOf(word);

/** A word whose strength is found out when a text holds it: of most forms of a name none ever does. */
class WrittenWord implements NameWord {
  readonly person: number;
  readonly part: NameWord['part'];
  readonly #word: string;
  readonly #strengthOf: (word: string) => NameWord['strength'];
  #strength: NameWord['strength'] | undefined;

  constructor(word: string, person: number, part: NameWord['part'], strengthOfWord = strengthIn) {
    this.#word = word;
    this.person = person;
    this.part = part;
    this.#strengthOf = strengthOfWord;
  }

  get strength(): NameWord['strength'] {
    this.#strength ??= this.#strengthOf(this.#word);
    return this.#strength;
  }
}

const hissing = /(?:s|x|z|ch|sh)$/;

/** A family as a whole: the Garcias, the Hales, the Fitzsimmonses. */
const pluralOf = (word: string): string => `${word}${hissing.test(word) ? 'es' : 's'}`;

/** A family's plural is no surer to be a name than what it is made of. */
function strengthOfFamily(word: string): NameWord['strength'] {
  const singular = strengthIn(word);
  // A long name stays one whatever its plural ends with: the Papadopouloses.
  return singular === 'strong' && word.length < 9 ? strengthIn(pluralOf(word)) : singular;
}

function addPlural(builder: Builder, word: string, person: number): void {
  if (word.length < 3 || nameParticles.has(word)) return;
  const plural = pluralOf(word);
  if (builder.words.has(plural)) return;
  builder.words.set(plural, [new WrittenWord(word, person, 'family', strengthOfFamily)]);
}

function addWord(builder: Builder, word: string, person: number, part: NameWord['part']): void {
  const known = builder.words.get(word);
  if (known === undefined) builder.words.set(word, [new WrittenWord(word, person, part)]);
  else if (!known.some((entry) => entry.person === person)) known.push(new WrittenWord(word, person, part));
}

/** What a letter makes of a name that is a word as well: baker and bakery, price and priced. */
const inflection = /(?:[^aeiou][ye]|s|e[rdn])$/;

/** Words made of a family name and a letter more, unless they are some other word. */
function addSignIn(builder: Builder, word: string, person: number, part: NameWord['part'] = 'family'): void {
  if (builder.words.has(word) || strengthIn(word) !== 'strong') return;
  builder.words.set(word, [{ person, strength: 'strong', part }]);
}

/** A letter of Hawaiian and other languages, which is written as an apostrophe, or not at all: Kealiʻi, Keali'i, Kealii. */
const okina = /ʻ/gu;
const withoutOkina = (text: string): string => (text.includes('ʻ') ? text.replaceAll(okina, '') : text);

/** `vpham`, `phamv`: short enough to be another word, where no label says who signs in. */
function addShortSignIn(builder: Builder, word: string, person: number): void {
  if (word.length < 4 || builder.words.has(word) || !isOfNoList(word)) return;
  builder.words.set(word, [{ person, strength: 'ordinary', part: 'sign-in' }]);
}

/** Given and family names of a value, taken apart; a name without structure ends with its family name. */
function partsOf(value: IdentityValue): { given: string[]; family: string[] } {
  const given = (value.name?.given ?? []).flatMap((name) => wordsOf(withoutOkina(name)));
  const family = wordsOf(withoutOkina(value.name?.family ?? ''));
  if (given.length > 0 || family.length > 0) return { given, family };
  const comma = value.text.indexOf(',');
  const all = wordsOf(withoutOkina(value.text)).filter((word) => !titles.has(word) && !credentials.has(word));
  if (comma > 0) {
    const first = wordsOf(value.text.slice(0, comma));
    const families = new Set(first);
    return { family: first, given: all.filter((word) => !families.has(word)) };
  }
  return { given: all.slice(0, -1), family: all.slice(-1) };
}

/** Given names, and family names, that are joined with each other: what rules take for a name can be as long as its text. */
const mostJoined = 12;

function addName(builder: Builder, value: IdentityValue): void {
  const person = personOf(builder, value);
  const { given: first = [], family: last = '' } = value.name ?? {};
  const said = [person, value.text, last, ...first].join('\n');
  if (builder.added.has(said)) return;
  builder.added.add(said);
  // Those scripts stand as they are in a view, and no other becomes one of them but by folding.
  const whole = latin.test(value.text) ? '' : normalise(value.text).lower.trim();
  if (unspacedScript.test(whole)) {
    for (const piece of [whole, whole.replaceAll(/\s/g, ''), normalise(value.name?.family ?? '').lower]) {
      if (piece.length > 1) builder.unspaced.push({ text: piece, person });
    }
  }
  if (accentMarks.test(value.text))
    for (const [word] of value.text
      .normalize('NFC')
      .toLowerCase()
      .matchAll(/[\p{L}\p{M}]{2,}/gu))
      if (accentMarks.test(word)) builder.accented.add(word);
  const { given, family } = partsOf(value);
  for (const word of given) addWord(builder, word, person, 'given');
  for (const word of family) addWord(builder, word, person, 'family');
  for (const word of family) addPlural(builder, word, person);
  for (const word of given) {
    for (const nickname of nicknamesOf(word)) addWord(builder, nickname, person, 'nickname');
  }
  if (builder.foreign) {
    for (const word of given) for (const form of foreignForms(word)) addWord(builder, form, person, 'given');
    for (const word of new Set([...family, family.join('')]))
      for (const form of foreignForms(word)) addWord(builder, form, person, 'family');
  }
  for (const word of inLatin(value.text)) addWord(builder, word, person, 'family');
  // "Anne Marie" is called by her A alone as well.
  const called =
    given.length > first.length && first.length > 0
      ? first.flatMap((name) => wordsOf(withoutOkina(name)).slice(0, 1))
      : given;
  const forms = initialsOf(given, family);
  for (const form of called === given ? forms : [...forms, ...initialsOf(called, family)]) {
    if (!builder.initials.has(form)) builder.initials.set(form, person);
  }
  const initials = builder.persons[person]?.initials;
  for (const word of [...given, ...family]) initials?.add(word.charAt(0));
  for (const words of called === given ? [given] : [given, called])
    if (words.length > 1 && words.length < 5)
      builder.persons[person]?.given.add(words.map((word) => word.charAt(0)).join(''));
  // Written without a space between its words: MariaOrtiz, OBrien, ortizmaria.
  const joined = family.join('');
  const surnames = [...new Set([joined, ...family])].slice(0, mostJoined);
  const apart = new Set([...family, ...given]);
  const add = (word: string): void => {
    if (word.length >= 5 && !apart.has(word)) addWord(builder, word, person, 'family');
  };
  // "Mc Allister"
  for (const [, rest = ''] of last.matchAll(/\bMa?c(?=\p{Lu})(\p{L}{4,})/gu))
    for (const word of wordsOf(rest)) add(word);
  // As they are written where there are no such letters: Muessig, Aase.
  for (const piece of [...first, last])
    for (const word of wordsOf(withoutUmlauts(piece) ?? ''))
      addWord(builder, word, person, piece === last ? 'family' : 'given');
  for (const piece of [...first, last])
    if (piece.includes('ʻ'))
      for (const word of wordsOf(`${piece} ${piece.replaceAll(okina, "'")}`))
        addWord(builder, word, person, piece === last ? 'family' : 'given');
  add(joined);
  // The delaCruzes, the O'Neills.
  if (family.length > 1 && joined.length >= 5) {
    addPlural(builder, joined, person);
    addSignIn(builder, `${joined}s`, person);
  }
  // Jean-Luc is JeanLuc as well.
  const pieces = (value.name?.given ?? []).map((piece) => wordsOf(piece).join(''));
  for (const piece of pieces.slice(0, mostJoined)) add(piece);
  // Two names in one word are no word of a language, whatever they end with.
  const addJoined = (word: string): void => {
    if (word.length === 4 && !builder.words.has(word) && strengthIn(word) === 'strong')
      // `BoNg`: two short words, which only capitals tell.
      builder.words.set(word, [{ person, strength: 'capital', part: 'family' }]);
    else if (word.length < 8 || builder.words.has(word)) add(word);
    else builder.words.set(word, [{ person, strength: 'strong', part: 'family' }]);
  };
  // How many sign in: jquillby, quillbyj.
  const [letter] = given.map((word) => word.charAt(0));
  if (letter !== undefined)
    for (const name of surnames)
      if (name.length < 5)
        for (const form of [letter + name, name + letter]) addShortSignIn(builder, form, person);
      else {
        addSignIn(builder, letter + name, person);
        const after = name + letter;
        if (isOfNoList(after) && (isOfNoList(name) || !inflection.test(after)))
          addSignIn(builder, after, person, 'sign-in');
        else addShortSignIn(builder, after, person);
      }
  for (const word of [...new Set([...given, ...pieces])].slice(0, mostJoined))
    for (const name of surnames) {
      addJoined(word + name);
      addJoined(name + word);
    }
}

/**
 * Index of all names in the values; of persons who share a word the patient comes first. `foreign` adds what Cyrillic
 * and Greek make of Latin names: more than half of all forms, for texts that hold such letters.
 */
export function buildNameIndex(values: readonly IdentityValue[], foreign: boolean): NameIndex {
  const builder: Builder = {
    persons: [],
    byEntity: new Map(),
    words: new Map(),
    accented: new Set(),
    initials: new Map(),
    unspaced: [],
    foreign,
    added: new Set(),
  };
  const names = values.filter((value) => value.kind === 'name');
  for (const value of names.toSorted((a, b) => rank[a.bearer] - rank[b.bearer])) addName(builder, value);
  return builder;
}
