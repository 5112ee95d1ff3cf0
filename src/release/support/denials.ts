import {
  allergyDenial,
  findingDenial,
  habits,
  kinds,
  supposed,
  termDenial,
  tolerated,
} from './denial-words.ts';
import { deniedOf, type Known, knownOf, limitsOf, sentenceEnds, stemOf, stemsOf } from './denied-record.ts';
import { allergenFamilies, genericsOf } from './drug-names.ts';
import { otherWordsFor } from './finding-words.ts';
import { isMeasuredAway } from './measured-findings.ts';
import type { ShownRecord } from './shown-record.ts';
import { wordsIn } from './shown-record.ts';

/** A statement that there is nothing of a kind, or that something is not so. */
export interface Denial {
  readonly start: number;
  readonly end: number;
}

/** Words by which a statement speaks of what was found, not of what there is. */
const ofRecord =
  /\b(?:records?|recorded|charts?|charted|documented|documentation|listed|on file|found|shown|shows?|noted|entered|entries|entry|mention(?:s|ed)?|context|available|provided|appears?|described|stated|included|information|details|data|according to|(?:notes?|lists?|summary|letters?|reports?|results?|documents?) (?:do(?:es)? not )?(?:names?|tells?|gives?|contains?|includes?|has|have|holds?)|on (?:the|this|that|his|her|their|any)(?: \p{L}{3,20}){0,2} lists?|in (?:these|the|this|his|her) (?:\p{L}{3,20} )?(?:results|values|readings|notes?|documents?|lists?))\b/iu;
/** So far around a statement the words of its sentence count. */
const lookedAt = 80;

const sentenceBefore = (text: string, start: number): string =>
  text
    .slice(Math.max(0, start - lookedAt), start)
    .split(sentenceEnds)
    .at(-1) ?? '';
const sentenceBehind = (text: string, end: number): string =>
  text.slice(end, end + lookedAt).split(sentenceEnds)[0] ?? '';
const around = (text: string, { start, end }: Denial): string =>
  sentenceBefore(text, start) + text.slice(start, end) + sentenceBehind(text, end);

/** Whether the record says the same: where it holds something of the kind, only of what the statement is limited to. */
function isSaid(statement: string, { deniedElsewhere, deniedInKind, positive }: Known): boolean {
  const limits = limitsOf(statement);
  if (positive) return limits.length > 0 && deniedInKind.some((said) => isWithin(limits, said));
  return deniedElsewhere.some((said) => said.length === 0 || isWithin(limits, said));
}
/** Drugs are what is meant where an allergy is told of nothing. */
const isWithin = (limits: readonly string[], said: readonly string[]): boolean =>
  (limits.length === 0 ? ['drug'] : limits).every((limit) => said.includes(limit));

const limited = /\b(?:other|further|additional|new|drug|medication|food|latex|environmental)\b/i;
const excepted = /\b(?:other than|apart from|except(?:ing)?(?: for)?|besides|aside from|beyond)\b/i;
/** What a statement leaves out, by name. */
const exception =
  /\b(?:other (?:\p{L}{3,20} )?than|apart from|except(?:ing)?(?: for)?|besides|aside from|beyond) (?:(?:for|to|the|an?|her|his|their) ){0,2}(\p{L}[\p{L}-]{2,40})/iu;
const qualified = /\b(?:known|confirmed|documented|active|current|other)\b/i;
/** Whether there is nothing but what the record tells: `no confirmed allergy other than penicillin`. */
function isRest(statement: string, sentence: string, shown: ShownRecord): boolean {
  const named = exception.exec(sentence)?.[1];
  return named !== undefined && qualified.test(statement) && shown.has(named);
}

const ofNow = /\b(?:active|current|currently|ongoing)\b/i;

function kindDenials(text: string, shown: ShownRecord): Denial[] {
  return kinds.flatMap((kind) =>
    kind.patterns.flatMap((pattern) =>
      [...text.matchAll(pattern)].flatMap(({ index, 0: statement }): Denial[] => {
        const known = knownOf(shown, kind);
        // Of a member of a JSON object the value alone: the document stays one.
        const value = statement.lastIndexOf('"') + 1;
        const place = { start: index + value, end: index + statement.length };
        const sentence = around(text, place);
        const part = limited.test(statement) || excepted.test(sentence);
        const relative = (!known.positive || part) && ofRecord.test(sentence);
        const ended = known.any && !known.positive && ofNow.test(statement);
        return relative || ended || isRest(statement, sentence, shown) || isSaid(statement, known)
          ? []
          : [place];
      }),
    ),
  );
}

/** Words of a denied thing that say nothing of what it is. */
const filler = new Set(
  'any the and or of to in on at for with from by as is are was were be been has have had this that these those her his their its patient other known new recent current prior past previous history evidence significant acute active medications medication medicines drugs allergies allergy problems conditions procedures anything according record records recorded use drug food medicine environmental seasonal'.split(
    ' ',
  ),
);

/** Whether the record denies an element of a list; or, where the record is spoken of, does not tell it. */
function isDenied(element: string, relative: boolean, shown: ShownRecord): boolean {
  const { stems, told } = deniedOf(shown);
  const named = wordsIn(element).filter((word) => word.length > 2 && !filler.has(word));
  if (named.length === 0 || named.some((word) => stemsOf(word).some((stem) => stems.has(stem)))) return true;
  if (isMeasuredAway(element, shown)) return true;
  if (otherWordsFor(element).some((words) => words.every((word) => stems.has(stemOf(word))))) return true;
  return relative && !named.every((word) => stemsOf(word).some((stem) => told.has(stem)));
}

const listed = /, (?:or |and |no )?| or | and | nor /;
/** Denials of things that are named, by one pattern; each of a list has to be denied by the record. */
const termDenials = (text: string, pattern: RegExp, shown: ShownRecord, supposable: boolean): Denial[] =>
  [...text.matchAll(pattern)].flatMap((match): Denial[] => {
    if (supposable && supposed.test(sentenceBefore(text, match.index))) return [];
    const said = { start: match.index, end: match.index + match[0].trimEnd().length };
    const relative = ofRecord.test(around(text, said));
    const elements = (match[1] ?? '').split(listed);
    return elements.every((element) => isDenied(element, relative, shown)) ? [] : [said];
  });

/** That somebody bears well what the record tells an allergy to. */
const toleranceClaims = (text: string, shown: ShownRecord): Denial[] =>
  tolerated.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap(({ 0: said, 1: name = '', index }): Denial[] => {
      const heads = [...(genericsOf(name) ?? []), ...(allergenFamilies(name) ?? [])];
      const allergen = heads.some((head) => shown.allergens.has(head));
      const refuted = stemsOf(name.toLowerCase()).some((stem) => deniedOf(shown).stems.has(stem));
      return allergen && !refuted ? [{ start: index, end: index + said.length }] : [];
    }),
  );

/** That somebody does not smoke or drink. The record is asked once for all that an answer says of one habit. */
const habitDenials = (text: string, shown: ShownRecord): Denial[] =>
  habits.flatMap(([pattern, denied]) => {
    const said = [...text.matchAll(pattern)];
    if (said.length === 0 || shown.texts.some((one) => denied.test(one))) return [];
    return said.map(({ 0: statement, index }) => ({ start: index, end: index + statement.length }));
  });

/**
 * Negative statements that the record does not make: that there is nothing of a kind where the record holds some, or
 * where nothing was found (which is not the same as none); that something is denied, ruled out, not taken or never was,
 * where no sentence and no status of the record says so. Who says that nothing is recorded speaks of the record, and may
 * where that is so. English only.
 */
export function denialsIn(text: string, shown: ShownRecord): Denial[] {
  return [
    ...kindDenials(text, shown),
    ...termDenials(text, termDenial, shown, false),
    ...termDenials(text, findingDenial, shown, true),
    ...termDenials(text, allergyDenial, shown, false),
    ...toleranceClaims(text, shown),
    ...habitDenials(text, shown),
  ].toSorted((a, b) => a.start - b.start || b.end - a.end);
}
