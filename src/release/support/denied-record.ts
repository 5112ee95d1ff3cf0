import { madeOnce } from '../../vocabulary/made-once.ts';
import type { Kind } from './denial-words.ts';
import { allergenFamilies, genericsOf } from './drug-names.ts';
import type { ShownItem, ShownRecord } from './shown-record.ts';
import { wordsIn } from './shown-record.ts';

/** Of a record that says itself that something is not, is no more, or never was. */
const notSo =
  /\b(?:no|not|none|never|without|den(?:y|ies|ied|ying)|negative|absent|refuted|resolved|inactive|stopped|completed|cancelled|ended|discontinued|free|nk[df]?a|unremarkable|ruled out|entered-in-error|remission|nil)\b|n[\u2019']t\b/i;
const isNegative = ({ parts, passages }: ShownItem): boolean =>
  passages.length === 0 && parts.some(({ text }) => notSo.test(text));

export const sentenceEnds = /[.!?\n;]/;

const special = /^(?:drug|food|latex|environmental)$/;
const named: ReadonlyMap<string, string> = new Map([
  ['nkda', 'drug'],
  ...['drugs', 'medication', 'medications', 'medicine', 'medicines'].map((word) => [word, 'drug'] as const),
  ['nkfa', 'food'],
  ['foods', 'food'],
]);
/** To what kinds of things a statement about allergies is limited (`No known food allergy`, `NKDA`). */
export const limitsOf = (text: string): readonly string[] => [
  ...new Set(wordsIn(text).flatMap((word) => (special.test(word) ? [word] : (named.get(word) ?? [])))),
];

/** What the record itself says of one kind. */
export interface Known {
  /** Whether any record of the kind is there at all, and one that says that there is something. */
  readonly any: boolean;
  readonly positive: boolean;
  /** What each text that denies the kind limits it to, in records of the kind and elsewhere. */
  readonly deniedInKind: readonly (readonly string[])[];
  readonly deniedElsewhere: readonly (readonly string[])[];
}

/** What a record denies, read once for all statements of all beginnings of an answer. */
export interface Denied {
  /** Stems of the words of sentences and records that deny something, drugs by their generic names too. */
  readonly stems: ReadonlySet<string>;
  /** Stems of all other sentences and records. */
  readonly told: ReadonlySet<string>;
}

export const stemOf = (word: string): string => word.replace(/(?:es|s)$/, '').slice(0, 12);
export const stemsOf = (word: string): string[] =>
  [word, ...(genericsOf(word) ?? []), ...(allergenFamilies(word) ?? [])].map(stemOf);

/** What each text that denies a kind limits it to. */
const limitsIn = (texts: readonly string[], { patterns }: Kind): (readonly string[])[] =>
  texts.filter((text) => patterns.some((pattern) => text.search(pattern) >= 0)).map(limitsOf);

function take(text: string, into: Set<string>): void {
  for (const word of wordsIn(text)) for (const stem of stemsOf(word)) into.add(stem);
}

export const deniedOf = madeOnce((shown: ShownRecord): Denied => {
  const stems = new Set<string>();
  const told = new Set<string>();
  // The same words of statuses and tests stand in many records.
  const texts = [...new Set(shown.texts)];
  for (const text of texts)
    for (const sentence of text.split(sentenceEnds)) take(sentence, notSo.test(sentence) ? stems : told);
  for (const item of shown.items) if (isNegative(item)) for (const { text } of item.parts) take(text, stems);
  return { stems, told };
});

function knownIn(shown: ShownRecord, kind: Kind): Known {
  const items = shown.items.filter(({ type }) => kind.types.includes(type));
  const texts = items.flatMap(({ parts }) => parts.map(({ text }) => text));
  return {
    any: items.length > 0,
    positive: items.some((item) => !isNegative(item)),
    deniedInKind: limitsIn(texts, kind),
    deniedElsewhere: limitsIn([...new Set(shown.texts)], kind),
  };
}

const kindsOf = madeOnce((shown: ShownRecord) => madeOnce((kind: Kind) => knownIn(shown, kind)));
/** What the record says of one kind, read when a statement speaks of it. */
export const knownOf = (shown: ShownRecord, kind: Kind): Known => kindsOf(shown)(kind);
