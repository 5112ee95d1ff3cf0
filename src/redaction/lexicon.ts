import { createRequire } from 'node:module';
import { isRecord } from '../vocabulary/fhir.ts';
import { everydayCapitals } from './words/capital-words.ts';
import { commonWords } from './words/common-words.ts';

/**
 * Word sets from the lexicon inside compromise, read once at the first use; nothing of compromise runs while
 * texts are matched. A thread that reads no text does not load it, and one that does loads one file instead of hundreds.
 */
export interface Lexicon {
  readonly given: ReadonlySet<string>;
  readonly family: ReadonlySet<string>;
  readonly places: ReadonlySet<string>;
  /** Verbs, adjectives, adverbs, plain nouns: everything that is no name. */
  readonly plain: ReadonlySet<string>;
  /** The inflected part of `plain`: never mistaken for a name, even capitalised. */
  readonly inflected: ReadonlySet<string>;
  readonly demonyms: ReadonlySet<string>;
  /** Verbs as they stand behind who does something: present and past. */
  readonly deeds: ReadonlySet<string>;
  /** Verbs as they stand behind `does` and `should`. */
  readonly infinitives: ReadonlySet<string>;
}

const givenTags = new Set(['MaleName', 'FemaleName', 'FirstName']);
const placeTags = new Set(['City', 'Place']);
const inflectedTags = new Set([
  'Gerund',
  'PastTense',
  'PresentTense',
  'Infinitive',
  'Adjective',
  'Comparative',
  'Superlative',
  'Adverb',
  'Plural',
  'Participle',
  'Preposition',
  'Conjunction',
  'Determiner',
  'Pronoun',
  'Modal',
  'Copula',
  'QuestionWord',
  'Auxiliary',
  'Expression',
  'Cardinal',
  'Ordinal',
  'Negative',
]);
const plainTags = new Set(['Singular', 'Uncountable', 'Noun', 'Unit', 'Actor', 'Duration', 'Currency']);
const deedTags = new Set(['PastTense', 'PresentTense']);
const infinitiveTags = new Set(['Infinitive']);
const demonymTags = new Set(['Demonym', 'Country', 'Region']);

const tagsOf = (entry: unknown): string[] =>
  (Array.isArray(entry) ? entry : [entry]).filter((tag): tag is string => typeof tag === 'string');

const hasModel = (value: unknown): value is { model(): unknown } =>
  typeof value === 'function' && 'model' in value && typeof value.model === 'function';

const require = createRequire(import.meta.url);

function readLexicon(): Record<string, unknown> {
  const nlp: unknown = require('compromise/three');
  const model: unknown = hasModel(nlp) ? nlp.model() : undefined;
  const one = isRecord(model) ? model['one'] : undefined;
  const words = isRecord(one) ? one['lexicon'] : undefined;
  if (!isRecord(words)) throw new Error('the lexicon of compromise has changed its shape');
  return words;
}

const familyTags = new Set(['LastName']);

const has = (tags: readonly string[], wanted: ReadonlySet<string>): boolean =>
  tags.some((tag) => wanted.has(tag));

function build(): Lexicon {
  const given = new Set<string>();
  const family = new Set<string>();
  const places = new Set<string>();
  const plain = new Set<string>();
  const inflected = new Set<string>();
  const demonyms = new Set<string>();
  const deeds = new Set<string>();
  const infinitives = new Set<string>();
  for (const [word, entry] of Object.entries(readLexicon())) {
    const tags = tagsOf(entry);
    if (has(tags, givenTags)) given.add(word);
    if (has(tags, familyTags)) family.add(word);
    if (has(tags, placeTags)) places.add(word);
    if (has(tags, plainTags)) plain.add(word);
    if (has(tags, inflectedTags)) inflected.add(word);
    if (has(tags, demonymTags)) demonyms.add(word);
    if (has(tags, deedTags)) deeds.add(word);
    if (has(tags, infinitiveTags)) infinitives.add(word);
  }
  for (const word of inflected) plain.add(word);
  for (const word of [...commonWords, ...everydayCapitals]) plain.add(word);
  return { given, family, places, plain, inflected, demonyms, deeds, infinitives };
}

let built: Lexicon | undefined;

/** The word sets; built at the first call (about 20 ms). */
export function lexicon(): Lexicon {
  built ??= build();
  return built;
}
