import { type Labeller, merged } from '../labels/labeller.ts';
import type { DropReason, Label, Passage } from '../vocabulary/context-item.ts';
import type { Resource } from '../vocabulary/fhir.ts';
import { readNote } from './attachment-text.ts';
import { firstOf, type LabelsOfText, passagesOf, replacedBy, withoutSentences } from './notes.ts';
import type { FhirReader } from './ports.ts';

/** What of a document may be shown: `hidden` where nothing may, `unread` where it has no text that can be read. */
export type NoteReading =
  | { readonly state: 'unread' }
  | { readonly state: 'hidden'; readonly withheld: readonly DropReason[] }
  | {
      readonly state: 'shown';
      readonly passages: readonly Passage[];
      /** What is shown, as one text: two documents with the same one say the same to this asker. */
      readonly text: string;
      readonly shortened: boolean;
      readonly withheld: readonly DropReason[];
    };

/** The documents of one retrieval, each read once, and only where somebody needs to know. */
export class NoteReadings {
  readonly #reader: FhirReader;
  readonly #withheld: (document: Resource, labels: readonly Label[]) => DropReason | undefined;
  readonly #labeller: Labeller;
  readonly #labelsOf: (document: Resource) => readonly Label[];
  readonly #readings = new WeakMap<Resource, Promise<NoteReading>>();

  constructor(
    from: {
      readonly reader: FhirReader;
      readonly labeller: Labeller;
      readonly withheld: (document: Resource, labels: readonly Label[]) => DropReason | undefined;
    },
    labelsOf: (document: Resource) => readonly Label[],
  ) {
    this.#reader = from.reader;
    this.#withheld = from.withheld;
    this.#labeller = from.labeller;
    this.#labelsOf = labelsOf;
  }

  /** Errors of the reader are Refusals and close. */
  read(document: Resource): Promise<NoteReading> {
    const reading = this.#readings.get(document) ?? this.#readOnce(document);
    this.#readings.set(document, reading);
    return reading;
  }

  /** As `replacedBy`; but a version of which nothing may be shown takes no older one's place. */
  async replaced(documents: readonly Resource[]): Promise<ReadonlySet<string>> {
    const replaced = replacedBy(documents);
    if (replaced.size === 0) return replaced;
    const current = documents.filter((one) => one['status'] === 'current');
    const readings = await Promise.all(current.map((one) => this.read(one)));
    const hidden = new Set(current.filter((_, n) => readings[n]?.state === 'hidden'));
    return replacedBy(documents.filter((one) => !hidden.has(one)));
  }

  async #readOnce(document: Resource): Promise<NoteReading> {
    const note = await readNote(document, this.#reader);
    if (note === undefined) return { state: 'unread' };
    const withheld: DropReason[] = [];
    const own = merged(this.#labelsOf(document), this.#labeller.ofNote(note.text, document));
    const labelsOfText: LabelsOfText = (text) => this.#labeller.ofText(text, document);
    const isWithheld = (labels: readonly Label[]): boolean => this.#withheld(document, labels) !== undefined;
    const permitted = passagesOf(note.text, labelsOfText, own).flatMap((passage) => {
      const reason = this.#withheld(document, passage.labels);
      if (reason === undefined) return [passage];
      withheld.push(reason);
      return withoutSentences(passage, isWithheld, labelsOfText, own);
    });
    if (permitted.length === 0) return { state: 'hidden', withheld };
    const { passages, shortened } = firstOf(permitted);
    const text = passages.map((passage) => passage.text).join('\n\n');
    return { state: 'shown', passages, text, shortened: shortened || note.shortened, withheld };
  }
}
