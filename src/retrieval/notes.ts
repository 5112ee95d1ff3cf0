import type { Label, Passage } from '../vocabulary/context-item.ts';
import type { Resource } from '../vocabulary/fhir.ts';
import { allAt, type Element, elementsOf, referencesOf, textOf, tokensOf } from './elements.ts';
import { htmlText } from './html-text.ts';
import { labelsOfText } from './labels.ts';
import type { FhirReader } from './ports.ts';

/** Characters of one note that are shown. */
const maxCharacters = 32_000;
/** Characters of one note that are looked at; what is withheld of them counts as never having been there. */
const maxRead = 320_000;

export interface NoteText {
  readonly text: string;
  /** Cut at the limit of what is looked at. */
  readonly shortened: boolean;
}

const decoders: Readonly<Record<string, (text: string) => string>> = {
  'text/plain': (text) => text,
  'text/html': htmlText,
  'application/xhtml+xml': htmlText,
};

function decode(bytes: Uint8Array, contentType: string): string | undefined {
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  const reader = decoders[type.trim()];
  const charset = parameters
    .map((parameter) => /^\s*charset\s*=\s*"?([a-z0-9_-]+)"?\s*$/.exec(parameter)?.[1])
    .find((name) => name !== undefined);
  if (reader === undefined) return undefined;
  try {
    return reader(new TextDecoder(charset ?? 'utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** Bytes of an attachment: inline, or a Binary of the same server that the document names. Other URLs are not followed. */
async function attachmentBytes(
  attachment: Element,
  reader: FhirReader,
): Promise<{ bytes: Uint8Array; contentType: string } | undefined> {
  const declared = textOf(attachment['contentType']) ?? '';
  const inline = textOf(attachment['data']);
  if (inline !== undefined)
    return { bytes: new Uint8Array(Buffer.from(inline, 'base64')), contentType: declared };
  const id = /^Binary\/([A-Za-z0-9\-.]{1,64})$/.exec(textOf(attachment['url']) ?? '')?.[1];
  if (id === undefined) return undefined;
  const binary = await reader.binary(id);
  return binary === undefined ? undefined : { bytes: binary.data, contentType: binary.contentType };
}

/**
 * The text of an authorised document: its first readable attachment (plain text, HTML, XHTML). Undefined where none
 * can be read, which the caller says. Errors of the reader close.
 */
export async function readNote(document: Resource, reader: FhirReader): Promise<NoteText | undefined> {
  for (const content of elementsOf(document['content'])) {
    for (const attachment of elementsOf(content['attachment'])) {
      const declared = (textOf(attachment['contentType']) ?? '').toLowerCase().split(';')[0]?.trim() ?? '';
      if (declared !== '' && decoders[declared] === undefined) continue;
      const found = await attachmentBytes(attachment, reader);
      const text = found === undefined ? undefined : decode(found.bytes, found.contentType);
      if (text === undefined || text.trim() === '') continue;
      return { text: text.slice(0, maxRead), shortened: text.length > maxRead };
    }
  }
  return undefined;
}

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
