import type { Label, Passage } from '../vocabulary/context-item.ts';
import type { Resource } from '../vocabulary/fhir.ts';
import { allAt, elementsOf, referencesOf, tokensOf } from './elements.ts';
import { labelsOfText } from './labels.ts';

/** Characters of one note that are shown. */
const maxCharacters = 32_000;

/** Paragraphs, and sentences where a paragraph is long; offsets are UTF-16 units of the note's text. */
export function passagesOf(text: string, own: readonly Label[] = []): readonly Passage[] {
  const passages: Passage[] = [];
  const add = (from: number, to: number): void => {
    const raw = text.slice(from, to);
    const start = from + (raw.length - raw.trimStart().length);
    const end = from + raw.trimEnd().length;
    if (end <= start) return;
    const words = text.slice(start, end);
    const labels = [
      ...own,
      ...labelsOfText(words).filter((label) => !own.some((one) => one.code === label.code)),
    ];
    passages.push({ text: words, start, end, labels });
  };
  let from = 0;
  for (const gap of [...text.matchAll(/\r?\n[ \t]*\r?\n/g), undefined]) {
    const to = gap?.index ?? text.length;
    if (to - from <= 600) add(from, to);
    else for (const [start, end] of sentences(text, from, to)) add(start, end);
    from = gap === undefined ? to : to + gap[0].length;
  }
  return passages;
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

/** Sentences gathered to pieces of at most about 400 characters; a line break ends a sentence. */
function sentences(text: string, from: number, to: number): readonly (readonly [number, number])[] {
  const pieces: [number, number][] = [];
  let start = from;
  let last = from;
  for (const match of text.slice(from, to).matchAll(sentenceEnd)) {
    const end = from + match.index + 1;
    if (end - start > 400 && last > start) {
      pieces.push([start, last]);
      start = last;
    }
    last = end;
  }
  if (to - start > 400 && last > start && last < to) pieces.push([start, last], [last, to]);
  else pieces.push([start, to]);
  return pieces;
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
