import { genericsOf } from './drug-names.ts';
import type { ShownItem, ShownRecord } from './shown-record.ts';
import { wordsIn } from './shown-record.ts';

/** A statement that there is nothing of a kind, or that something is not so. */
export interface Denial {
  readonly start: number;
  readonly end: number;
}

interface Kind {
  /** FHIR types that hold records of this kind. */
  readonly types: readonly string[];
  /** What an answer calls them, as a pattern without groups. */
  readonly subject: string;
}

const kinds: readonly Kind[] = [
  { types: ['AllergyIntolerance'], subject: 'allerg(?:y|ies|ens?)|intolerances?|hypersensitivities' },
  {
    types: ['MedicationRequest', 'MedicationStatement', 'MedicationDispense'],
    subject: 'medications?|medicines?|meds|drugs?|prescriptions?|pharmacotherapy',
  },
  {
    types: ['Condition'],
    subject:
      '(?:health |medical )?problems?|(?:medical |chronic )?conditions?|diagnos[ei]s|comorbidities|illness(?:es)?',
  },
  { types: ['Immunization'], subject: 'immuni[sz]ations?|vaccin(?:es?|ations?)' },
  { types: ['Procedure'], subject: 'procedures?|surger(?:y|ies)|operations?' },
];

const qualifiers =
  'known|documented|recorded|reported|listed|noted|confirmed|active|current|currently|ongoing|regular|chronic|acute|significant|relevant|other|further|additional|drug|medication|medicine|food|latex|environmental|seasonal|prescribed|home|past|prior|previous|new|or|and|of|to|any';
const none =
  "no|not any|does(?: not|n[\u2019']t) have any|has no|have no|without|without any|zero|denies|denies any|denied|denied any|free of|free from|never had any|never had|nil|takes no|taking no|is on no|there are no|there were no";

const absent = (subject: string): RegExp =>
  new RegExp(
    `\\b(?:${none}) (?:(?:${qualifiers})(?:, ?| ?/ ?| )){0,6}(?:${subject})\\b(?! (?:changes?|interactions?|list|reconciliation|history|review|error|side effects?))`,
    'giu',
  );
const listedEmpty = (subject: string): RegExp =>
  new RegExp(
    `(?<![\\p{L}-])(?:(?:${qualifiers}) ){0,3}(?:${subject})(?: list)?(?:\\*\\*)? ?(?:[:=\u2013\u2014-]| is| are)(?:\\*\\*)? ?(?:none|nil|no(?! \\p{L})|no known|negative|empty|n/a|nkd?a|zero|not any)(?![\\p{L}\\p{N}])`,
    'giu',
  );
const letters = /\bNKD?A\b/g;
const allergicToNothing =
  /\bnot (?:known to be )?allergic to (?:any\p{L}*|a)(?: (?:known )?(?:medications?|drugs?|foods?|substances?))?/giu;
const takesNothing =
  /\b(?:not (?:currently |presently )?(?:taking|on|prescribed|receiving|using)|does(?: not|n[\u2019']t) (?:currently )?take) any(?:thing| (?:known |regular |other )?(?:medications?|medicines?|drugs?|meds|prescriptions?))/giu;

interface Row extends Kind {
  readonly patterns: readonly RegExp[];
}

const rows: readonly Row[] = kinds.map((kind, n) => ({
  ...kind,
  patterns: [
    absent(kind.subject),
    listedEmpty(kind.subject),
    ...(n === 0 ? [letters, allergicToNothing] : []),
    ...(n === 1 ? [takesNothing] : []),
  ],
}));

/** Words by which a statement speaks of what was found, not of what there is. */
const ofRecord =
  /\b(?:records?|recorded|charts?|charted|documented|documentation|listed|on file|found|shown|shows?|noted|entered|entries|entry|mention(?:s|ed)?|context|available|provided|appears?)\b/i;
/** Of a record that says itself that something is not, is no more, or never was. */
const notSo =
  /\b(?:no|not|none|never|without|den(?:y|ies|ied|ying)|negative|absent|refuted|resolved|inactive|stopped|completed|cancelled|ended|discontinued|free|nkd?a|unremarkable|ruled out|entered-in-error|remission|nil)\b|n[\u2019']t\b/i;
const isNegative = ({ parts, passages }: ShownItem): boolean =>
  passages.length === 0 && parts.some(({ text }) => notSo.test(text));

const sentenceEnds = /[.!?\n;]/;
/** The sentence around a place, as far as it matters. */
function around(text: string, { start, end }: Denial): string {
  const before =
    text
      .slice(Math.max(0, start - 80), start)
      .split(sentenceEnds)
      .at(-1) ?? '';
  return before + text.slice(start, end) + (text.slice(end, end + 80).split(sentenceEnds)[0] ?? '');
}

const special = /^(?:drug|food|latex|environmental|medication)$/;
const specialIn = (text: string): readonly string[] => [
  ...new Set(wordsIn(text).filter((word) => special.test(word))),
];

/** What the record itself says of one kind. */
interface Known {
  readonly row: Row;
  /** Whether any record of the kind is there at all, and one that says that there is something. */
  readonly any: boolean;
  readonly positive: boolean;
  /** What each text that denies the kind limits it to (`No known food allergy`), in records of the kind and elsewhere. */
  readonly deniedInKind: readonly (readonly string[])[];
  readonly deniedElsewhere: readonly (readonly string[])[];
}

const stemOf = (word: string): string => word.replace(/(?:es|s)$/, '').slice(0, 12);

/** What a record denies, read once for all statements of all beginnings of an answer. */
interface Denied {
  readonly kinds: readonly Known[];
  /** Stems of the words of sentences and records that deny something, drugs by their generic names too. */
  readonly stems: ReadonlySet<string>;
}

/** What each text that denies a kind limits it to. */
const limitsIn = (texts: readonly string[], { patterns }: Row): string[][] =>
  texts
    .filter((text) => patterns.some((pattern) => text.search(pattern) >= 0))
    .map((text) => [...specialIn(text)]);

function deniedIn(shown: ShownRecord): Denied {
  const stems = new Set<string>();
  const take = (text: string): void => {
    for (const word of wordsIn(text))
      for (const name of [word, ...(genericsOf(word) ?? [])]) stems.add(stemOf(name));
  };
  const texts = [...new Set(shown.texts)];
  for (const text of texts)
    for (const sentence of text.split(sentenceEnds)) if (notSo.test(sentence)) take(sentence);
  for (const item of shown.items) if (isNegative(item)) for (const { text } of item.parts) take(text);
  return {
    stems,
    kinds: rows.map((row) => {
      const items = shown.items.filter(({ type }) => row.types.includes(type));
      return {
        row,
        any: items.length > 0,
        positive: items.some((item) => !isNegative(item)),
        deniedInKind: limitsIn(
          items.flatMap(({ parts }) => parts.map(({ text }) => text)),
          row,
        ),
        deniedElsewhere: limitsIn(texts, row),
      };
    }),
  };
}

const read = new WeakMap<ShownRecord, Denied>();
function deniedOf(shown: ShownRecord): Denied {
  const known = read.get(shown) ?? deniedIn(shown);
  read.set(shown, known);
  return known;
}

/** Whether the record says the same: where it holds something of the kind, only of what the statement is limited to. */
function isSaid(statement: string, { deniedElsewhere, deniedInKind, positive }: Known): boolean {
  const limits = specialIn(statement);
  if (positive && limits.length === 0) return false;
  return (positive ? deniedInKind : deniedElsewhere).some((said) =>
    limits.every((word) => said.includes(word) || (word === 'medication' && said.includes('drug'))),
  );
}

const limited = /\b(?:other|further|additional|new|drug|medication|food|latex|environmental)\b/i;
const ofNow = /\b(?:active|current|currently|ongoing)\b/i;

function kindDenials(text: string, { kinds: known }: Denied): Denial[] {
  return known.flatMap((kind) =>
    kind.row.patterns.flatMap((pattern) =>
      [...text.matchAll(pattern)].flatMap(({ index, 0: statement }): Denial[] => {
        const place = { start: index, end: index + statement.length };
        const relative = (!kind.positive || limited.test(statement)) && ofRecord.test(around(text, place));
        const ended = kind.any && !kind.positive && ofNow.test(statement);
        return relative || ended || isSaid(statement, kind) ? [] : [place];
      }),
    ),
  );
}

const something = "(?:[\\p{L}\\p{N}'\u2019-]{2,40}(?: |$|(?=[.,;:)\\n]))){1,5}";
const termDenial = new RegExp(
  `\\b(?:no (?:known |documented |reported |prior |past |previous |personal |family |current |recent |clear )?(?:history|evidence|signs?|symptoms?|diagnosis|diagnoses|allergy|allergies) (?:of|to|for)|den(?:ies|ied)(?: any)?|never (?:had|been diagnosed with|taken|received)(?: an?)?|(?:has|have|does|is|was)(?: not|n[\u2019']t) (?:have|had|allergic to|taking|been diagnosed with|diagnosed with|prescribed|receiving)(?: an?| any)?|not (?:currently )?(?:allergic to|taking|prescribed|diagnosed with)|negative for(?: any)?|ruled out for) (${something})`,
  'dgiu',
);
/** Words of a denied thing that say nothing of what it is. */
const filler = new Set(
  'any the and or of to in on at for with from by as is are was were be been has have had this that these those her his their its patient other known new recent current prior past previous history evidence significant acute active medications medication medicines drugs allergies allergy problems conditions procedures anything according record records'.split(
    ' ',
  ),
);

function termDenials(text: string, { stems }: Denied): Denial[] {
  return [...text.matchAll(termDenial)].flatMap((match): Denial[] => {
    const place = match.indices?.[1];
    const named = wordsIn(match[1] ?? '').filter((word) => word.length > 2 && !filler.has(word));
    if (place === undefined || named.length === 0) return [];
    if (named.some((word) => [word, ...(genericsOf(word) ?? [])].some((name) => stems.has(stemOf(name)))))
      return [];
    const end = place[0] + (match[1] ?? '').trimEnd().length;
    return [{ start: match.index, end }];
  });
}

/**
 * Negative statements that the record does not make: that there is nothing of a kind where the record holds some, or
 * where nothing was found (which is not the same as none); that something is denied, ruled out, not taken or never was,
 * where no sentence and no status of the record says so. Who says that nothing is recorded speaks of the record, and may
 * where that is so. English only.
 */
export function denialsIn(text: string, shown: ShownRecord): Denial[] {
  const denied = deniedOf(shown);
  return [...kindDenials(text, denied), ...termDenials(text, denied)].toSorted(
    (a, b) => a.start - b.start || b.end - a.end,
  );
}
