import { readFileSync, writeFileSync } from 'node:fs';
import {
  answered,
  isPresent,
  type Measured,
  measure,
  median,
  type SetSizes,
  sets,
} from './retrieval-sizes.ts';

/** Writes the measured part of docs/retrieval.md: `npm run docs:retrieval`. */
const page = 'docs/retrieval.md';
const [from, to] = ['<!-- measured: npm run docs:retrieval -->', '<!-- end of measured -->'];

const number = (value: number): string => value.toLocaleString('en-US');

const spread = (patients: readonly Measured[], of: keyof Measured): string => {
  const values = patients.map((one) => one[of]);
  return `${number(median(values))} (${number(Math.max(0, ...values))})`;
};

function tableOf({ set, records, tasks }: SetSizes): string[] {
  return [
    '',
    `**${set}**: ${records.length} patients, a whole record has ${number(median(records.map((one) => one.resources)))} (${number(Math.max(...records.map((one) => one.resources)))}) resources and ${number(median(records.map((one) => one.bytes)))} (${number(Math.max(...records.map((one) => one.bytes)))}) bytes.`,
    '',
    '| task | patients with an answer | resources received | bytes received | items in the context | bytes of the context |',
    '|---|--:|--:|--:|--:|--:|',
    ...tasks.map(({ task, patients }) => {
      const found = answered(patients);
      const cells = [
        task.name,
        `${found.length} of ${patients.length}`,
        ...(found.length === 0
          ? ['-', '-', '-', '-']
          : (['resources', 'receivedBytes', 'items', 'contextBytes'] as const).map((of) =>
              spread(found, of),
            )),
      ];
      return `| ${cells.join(' | ')} |`;
    }),
  ];
}

const absent = sets.filter((set) => !isPresent(set));
if (absent.length > 0) throw new Error(`the page needs ../shared/data/fhir/${absent.join(', ')}`);
const measured: SetSizes[] = [];
for (const set of sets) measured.push(await measure(set));
const lines = [
  from,
  'Median (maximum) over the patients for whom a task finds something, asked over HTTP on the day after their last visit. Received: what the searches of the plan brought before the re-check, Bundles and all. Context: items, passages and notices in UTF-8 before redaction. Nothing of a plan is left out to make it smaller.',
  ...measured.flatMap(tableOf),
  to,
];
const text = readFileSync(page, 'utf8');
const [start, end] = [text.indexOf(from), text.indexOf(to)];
if (start < 0 || end < start) throw new Error(`${page} has lost the marks of its measured part`);
writeFileSync(page, text.slice(0, start) + lines.join('\n') + text.slice(end + to.length));
console.info(lines.join('\n'));
