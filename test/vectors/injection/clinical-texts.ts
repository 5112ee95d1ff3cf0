import { existsSync, readFileSync } from 'node:fs';
import { generatePatients } from '../../../sandbox/patients/generate.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';

const folder = '../shared/data/deid';
const sets = ['asq-phi', 'openmed-golden', 'pii-anon-clinical'].filter((set) =>
  existsSync(`${folder}/${set}/dev.jsonl`),
);

if (sets.length === 0) console.log('skipped: ../shared/data/deid is not here');

const textIn = (row: string): string[] => {
  const read: unknown = JSON.parse(row);
  return isRecord(read) && typeof read['text'] === 'string' ? [read['text']] : [];
};

/** Texts of the de-identification sets beside the checkout, by set. */
export const clinicalSets = (): readonly (readonly [name: string, texts: readonly string[]])[] =>
  sets.map((set) => [
    set,
    readFileSync(`${folder}/${set}/dev.jsonl`, 'utf8').trim().split('\n').flatMap(textIn),
  ]);

const decoded = (data: unknown): string[] =>
  typeof data === 'string' ? [Buffer.from(data, 'base64').toString('utf8')] : [];

/** Every text that stands in a value: attachments decoded, and whatever is called `text` or `note`. */
function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (name === 'data') return decoded(inner);
    return name === 'text' && typeof inner === 'string' ? [inner] : textsOf(inner);
  });
}

/** Notes, remarks, problem texts, names and addresses of the sandbox's generated patients, each once. */
export const generatedTexts = (seeds: number): readonly string[] => [
  ...new Set(
    Array.from({ length: seeds }, (_, seed) =>
      generatePatients({ seed: `signal ${seed}`, now: Date.UTC(2026, 10, 20) }).bundle.flatMap(textsOf),
    ).flat(),
  ),
];
