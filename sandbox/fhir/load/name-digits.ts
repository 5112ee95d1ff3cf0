import { isRecord } from '../../../src/vocabulary/fhir.ts';

/** A word with digits at its end: Synthea's `Beatris270`. No letter or digit stands right before or after it. */
const numberedWord = /(?<![\p{L}\p{N}])\p{L}\p{L}+\d{1,4}(?![\p{L}\p{N}])/gu;

const people = /^(?:Patient|Practitioner|PractitionerRole|RelatedPerson|Person)(?:\/|\?)/;
/** Elements whose text is a name of machines, never of people. */
const technical = new Set([
  'id',
  'reference',
  'system',
  'url',
  'code',
  'unit',
  'contentType',
  'data',
  'fullUrl',
  'resourceType',
  'profile',
]);
const nameParts = new Set(['family', 'given', 'text']);

/**
 * The names with digits that a data set gives to people: those of every HumanName, of displays of references to
 * people, and of mothers' maiden names. Only these are stripped elsewhere, so `B12` in a note stays.
 */
export class NumberedNames {
  readonly #names = new Set<string>();

  get size(): number {
    return this.#names.size;
  }

  /** Learns the names of a resource. `links` says what a `urn:uuid` reference points to. */
  learn(node: unknown, links: ReadonlyMap<string, string>): void {
    if (Array.isArray(node)) {
      for (const member of node) this.learn(member, links);
    } else if (isRecord(node)) {
      if ('family' in node || 'given' in node) {
        for (const part of nameParts) this.#learnText(node[part]);
      } else if (typeof node['display'] === 'string' && refersToPerson(node, links)) {
        this.#learnText(node['display']);
      } else if (typeof node['url'] === 'string' && node['url'].endsWith('mothersMaidenName')) {
        this.#learnText(node['valueString']);
      }
      for (const value of Object.values(node)) {
        if (typeof value === 'object' && value !== null) this.learn(value, links);
      }
    }
  }

  #learnText(value: unknown): void {
    if (Array.isArray(value)) for (const member of value) this.#learnText(member);
    if (typeof value !== 'string') return;
    for (const [word] of value.matchAll(numberedWord)) this.#names.add(word.toLowerCase());
  }

  /** The text with the digits of the learnt names gone. */
  strip(text: string): string {
    if (this.#names.size === 0) return text;
    if (!/\p{L}\d/u.test(text)) return text;
    return text.replace(numberedWord, (word) =>
      this.#names.has(word.toLowerCase()) ? word.replace(/\d+$/, '') : word,
    );
  }

  /** The same for the text of an element, by its name: ids, urls and codes are left alone. */
  stripElement(name: string, text: string): string {
    return technical.has(name) ? text : this.strip(text);
  }
}

function refersToPerson(
  node: Readonly<Record<string, unknown>>,
  links: ReadonlyMap<string, string>,
): boolean {
  const { reference, type } = node;
  if (typeof type === 'string') return people.test(`${type}/`);
  return typeof reference === 'string' && people.test(links.get(reference) ?? reference);
}
