import { merged } from '../labels/labeller.ts';
import type { Label, Passage } from '../vocabulary/context-item.ts';
import type { Resource } from '../vocabulary/fhir.ts';
import { allAt, elementsOf, referencesOf, tokensOf } from './elements.ts';

/** Characters of one note that are shown. */
const maxCharacters = 32_000;

/** Labels of a text, without those of the document that it stands in. */
export type LabelsOfText = (text: string) => readonly Label[];

/** Paragraphs, and sentences where a paragraph is long; offsets are UTF-16 units of the note's text. */
export function passagesOf(
  text: string,
  labelsOfText: LabelsOfText,
  own: readonly Label[] = [],
): readonly Passage[] {
  const passages: Passage[] = [];
  const add = (from: number, to: number): void => {
    const passage = passageAt(text, from, to, labelsOfText, own);
    if (passage !== undefined) passages.push(passage);
  };
  let from = 0;
  for (const gap of [...text.matchAll(/\r?\n[ \t]*\r?\n/g), undefined]) {
    const to = gap?.index ?? text.length;
    if (to - from <= 600) add(from, to);
    else for (const [start, end] of pieces(text, from, to)) add(start, end);
    from = gap === undefined ? to : to + gap[0].length;
  }
  return passages;
}

/** The stretch without blanks around it, labelled; undefined where there is nothing else. */
function passageAt(
  text: string,
  from: number,
  to: number,
  labelsOfText: LabelsOfText,
  own: readonly Label[],
): Passage | undefined {
  const raw = text.slice(from, to);
  const start = from + (raw.length - raw.trimStart().length);
  const end = from + raw.trimEnd().length;
  if (end <= start) return undefined;
  const words = text.slice(start, end);
  return { text: words, start, end, labels: merged(own, labelsOfText(words)) };
}

/**
 * What of a passage may be shown, sentence by sentence: those that may not are cut out, the others stay together as
 * far as they stand together. A passage as a whole is not looked at again.
 */
export function withoutSentences(
  passage: Passage,
  isWithheld: (labels: readonly Label[]) => boolean,
  labelsOfText: LabelsOfText,
  own: readonly Label[],
): readonly Passage[] {
  const shown: (readonly [number, number])[] = [];
  for (const [from, to] of sentencesOf(passage.text)) {
    const sentence = passageAt(passage.text, from, to, labelsOfText, own);
    if (sentence === undefined || isWithheld(sentence.labels)) continue;
    const last = shown.at(-1);
    if (last !== undefined && last[1] === from) shown.splice(-1, 1, [last[0], to]);
    else shown.push([from, to]);
  }
  return shown.flatMap(([from, to]) => {
    const kept = passageAt(passage.text, from, to, labelsOfText, own);
    // Sentences that say nothing one by one may say it together.
    if (kept === undefined || isWithheld(kept.labels)) return [];
    return [{ ...kept, start: passage.start + kept.start, end: passage.start + kept.end }];
  });
}

/**
 * The first passages that fit into what is shown of one note; a longer one ends between two words. Counted after
 * withholding, so that a note is not cut shorter by what nobody sees of it.
 */
export function firstOf(passages: readonly Passage[]): {
  readonly passages: readonly Passage[];
  readonly shortened: boolean;
} {
  const shown: Passage[] = [];
  let room = maxCharacters;
  for (const passage of passages) {
    if (passage.text.length <= room) {
      shown.push(passage);
      room -= passage.text.length;
      continue;
    }
    const cut = passage.text.slice(0, room + 1).search(/\s\S*$/);
    if (cut > 0)
      shown.push({ ...passage, text: passage.text.slice(0, cut).trimEnd(), end: passage.start + cut });
    return { passages: shown, shortened: true };
  }
  return { passages: shown, shortened: false };
}

/** A full stop behind a title, an initial or the number of a list ends no sentence: names stay with what marks them. */
const sentenceEnd =
  /(?<!\b(?:Dr|Drs|Mr|Mrs|Ms|Prof|St|Sr|Jr|Apt|Ave|Rd|Ste|No|Nr|vs|approx|[A-Z]|\d|\d\d))[.!?](?=\s)|\n/g;

/** A line that ends as if it were full, or goes on in small letters, is a sentence that was wrapped. */
const wrappedFrom = 50;

/** Where a sentence ends in a stretch of text. With `wrapped`, a line break inside a sentence is none of its ends. */
function* endsIn(text: string, wrapped: boolean): Generator<number> {
  for (const { index, 0: mark } of text.matchAll(sentenceEnd)) {
    if (wrapped && mark === '\n') {
      const line = text.slice(text.lastIndexOf('\n', index - 1) + 1, index).trimEnd();
      const next = text.slice(index + 1, index + 80).trimStart();
      const full = line.length >= wrappedFrom && !/[.!?:;]$/.test(line);
      if (full || /^\p{Ll}/u.test(next)) continue;
    }
    yield index + 1;
  }
}

/** Sentences gathered to pieces of at most about 400 characters; a line break ends a sentence. */
function pieces(text: string, from: number, to: number): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  let start = from;
  let last = from;
  for (const at of endsIn(text.slice(from, to), false)) {
    const end = from + at;
    if (end - start > 400 && last > start) {
      found.push([start, last]);
      start = last;
    }
    last = end;
  }
  if (to - start > 400 && last > start && last < to) found.push([start, last], [last, to]);
  else found.push([start, to]);
  return found;
}

/** One by one; a sentence that was wrapped over lines is one. */
function sentencesOf(text: string): readonly (readonly [number, number])[] {
  const ends = [...endsIn(text, true), text.length];
  return ends.map((end, index) => [ends[index - 1] ?? 0, end] as const).filter(([from, to]) => to > from);
}

const spotOf = (document: Resource): string | undefined => {
  const [encounter] = referencesOf(allAt(document, 'context', 'encounter'));
  const [type] = tokensOf(document['type']);
  return encounter === undefined || type === undefined ? undefined : `${encounter} ${type.code}`;
};

/**
 * Ids of documents that have a current version among the others: one that says it replaces them, or one of the same
 * type about the same encounter. A superseded document without one stays.
 */
export function replacedBy(documents: readonly Resource[]): ReadonlySet<string> {
  const current = documents.filter((one) => one['status'] === 'current');
  const replaced = new Set(
    current.flatMap((one) =>
      elementsOf(one['relatesTo'])
        .filter((relation) => relation['code'] === 'replaces')
        .flatMap((relation) => referencesOf(allAt(relation, 'target')))
        .map((reference) => reference.replace(/^DocumentReference\//, '')),
    ),
  );
  const spots = new Set(current.map(spotOf));
  for (const one of documents) {
    const spot = spotOf(one);
    if (one['status'] === 'superseded' && spot !== undefined && spots.has(spot)) replaced.add(one.id ?? '');
  }
  return replaced;
}
