import {
  endOf,
  gapAfter,
  isAllCapitals,
  isCapital,
  type Lexemes,
  startOf,
  WordKeys,
  wordAt,
} from './lexemes.ts';
import { lexicon } from './lexicon.ts';
import { monthOf } from './words/calendar.ts';
import { eponyms, isClinicalWord } from './words/clinical-words.ts';
import { nameParticles } from './words/context-words.ts';
import { ordinaryGivenNames } from './words/given-words.ts';
import { nicknamedWords, nicknamesOf } from './words/nicknames.ts';
import { ordinaryNameWords } from './words/ordinary-words.ts';

/** Lexemes from `first` to `last` that stand together with capitals. */
export interface CapitalRun {
  readonly first: number;
  readonly last: number;
}

const weekdays = new Set(
  `monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun today
   tomorrow yesterday christmas thanksgiving easter`.split(/\s+/),
);

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
}

/** Of words that the lists hold. */
const kinds = new Map<string, WordKind>();
/** Of other words of the text that is being read, which may be anybody's name: forgotten with it. */
const passing = new Map<string, WordKind>();

export const forgetWords = (): void => passing.clear();

export function kindOf(word: string): WordKind {
  const known = kinds.get(word) ?? passing.get(word);
  if (known !== undefined) return known;
  const lists = lexicon();
  const clinical = isClinicalWord(word);
  const listed = (lists.given.has(word) && word.length > 1) || nicknamesOf(word).size > 0;
  const given = listed || ordinaryGivenNames.has(word);
  const family = lists.family.has(word);
  const calendar = monthOf(word) !== undefined || weekdays.has(word);
  const listedPlain = ordinaryNameWords.has(word) || lists.plain.has(word) || lists.demonyms.has(word);
  const ordinary = listedPlain || plural(word);
  const kind = {
    given,
    family,
    place: lists.places.has(word),
    plain:
      clinical ||
      calendar ||
      (ordinary && !(listed && !ordinaryNameWords.has(word) && !lists.inflected.has(word))),
    closed:
      (clinical && !listed) ||
      weekdays.has(word) ||
      (lists.inflected.has(word) && !given && !family && !ordinaryNameWords.has(word)),
    eponym: eponyms.has(word),
  };
  (given || family || kind.place || listedPlain || kind.eponym ? kinds : passing).set(word, kind);
  return kind;
}

let givenKeys: WordKeys | undefined;

/** False where a lexeme is surely no given name. */
export function mayBeGiven(lex: Lexemes, at: number): boolean {
  givenKeys ??= new WordKeys([...lexicon().given, ...nicknamedWords(), ...ordinaryGivenNames]);
  return givenKeys.has(lex.keys[at]);
}

/** Inflected forms of plain words that the lexicon does not spell out. */
function plural(word: string): boolean {
  const { plain } = lexicon();
  if (word.endsWith('s') && plain.has(word.slice(0, -1))) return true;
  if (word.endsWith('ing') && (plain.has(word.slice(0, -3)) || plain.has(`${word.slice(0, -3)}e`)))
    return true;
  return word.endsWith('ed') && (plain.has(word.slice(0, -2)) || plain.has(word.slice(0, -1)));
}

/** Words that turn a finding into its opposite: no guess at a name may hide one alone. */
export const negations = new Set([
  'no',
  'not',
  'none',
  'nor',
  'non',
  'never',
  'nil',
  'denies',
  'without',
  'negative',
]);

/** Written with a dot inside a name; "van." ends a sentence. */
const shortened = new Set(['st', 'ste', 'mt', 'd', 'dr']);

/** Whether lexeme `at + 1` goes on with what `at` began. */
function goesOn(lex: Lexemes, at: number): boolean {
  const gap = gapAfter(lex, at);
  if (gap === '. ' && negations.has(wordAt(lex, at + 1))) return false;
  if (gap === ' ' || gap === "'" || gap === '-' || gap === '. ') {
    return gap !== '. ' || endOf(lex, at) - startOf(lex, at) === 1 || shortened.has(wordAt(lex, at));
  }
  return gap === '.' && endOf(lex, at) - startOf(lex, at) === 1;
}

/** Whether the small word after a hyphen belongs to a name: Dong-hyun, Eun-ji. */
function secondSyllable(lex: Lexemes, at: number): boolean {
  const word = wordAt(lex, at + 1);
  if (gapAfter(lex, at) !== '-' || word.length < 2 || word.length > 7 || lex.digits[at + 1] === true)
    return false;
  const before = wordAt(lex, at);
  if (before.length < 2 || isAllCapitals(lex, at) || kindOf(before).plain || kindOf(word).plain) return false;
  return !isClinicalWord(word) && gapAfter(lex, at + 1) !== '-';
}

/** All runs of capitalised lexemes, small particles inside included. */
export function capitalRuns(lex: Lexemes): CapitalRun[] {
  const runs: CapitalRun[] = [];
  let at = 0;
  while (at < lex.count) {
    if (lex.digits[at] === true || !isCapital(lex, at)) {
      at += 1;
      continue;
    }
    const first = at;
    let last = at;
    while (last + 1 < lex.count && goesOn(lex, last)) {
      if (lex.digits[last + 1] === true) break;
      if (isCapital(lex, last + 1) || secondSyllable(lex, last)) {
        last += 1;
        continue;
      }
      // de la Cruz, van der Berg; possessive s ends the run.
      let far = last + 1;
      while (
        far < last + 3 &&
        nameParticles.has(wordAt(lex, far)) &&
        wordAt(lex, far).length > 1 &&
        gapAfter(lex, far) === ' '
      )
        far += 1;
      if (far === last + 1 || far >= lex.count || !isCapital(lex, far) || lex.digits[far] === true) break;
      last = far;
    }
    runs.push({ first, last });
    at = last + 1;
  }
  return runs;
}

/** Whether a run begins a sentence or a line, where a capital says nothing. */
export function beginsSentence(lex: Lexemes, at: number): boolean {
  return at === 0 || /[.!?\n:;•*]/.test(gapAfter(lex, at - 1));
}

/** An acronym: two to five capitals that are no listed name. */
export const isAcronym = (lex: Lexemes, at: number): boolean =>
  isAllCapitals(lex, at) && endOf(lex, at) - startOf(lex, at) <= 5;
