import { readFileSync, writeFileSync } from 'node:fs';
import { loadShippedPack } from '../../src/packs.ts';
import { identifierSets, isPresent, type SetScore, scoreSet } from './identifier-sets.ts';
import { writings } from './writings.ts';

/** Writes the measured part of docs/redaction.md: `npm run docs:redaction`. */
const page = 'docs/redaction.md';
const [from, to] = ['<!-- measured: npm run docs:redaction -->', '<!-- end of measured -->'];

const percent = (value: number | null): string => (value === null ? '-' : `${(value * 100).toFixed(1)} %`);

function row(set: string, score: SetScore, halves: readonly SetScore[]): string {
  const parts = halves.map(({ hidden }) => (hidden * 100).toFixed(1)).join(', ');
  return [
    `| ${set} (${score.texts} texts)`,
    `${percent(score.hidden)} (halves ${parts})`,
    percent(score.cleanDocuments),
    `${percent(score.freeTouched)} of ${score.freeTexts}`,
    percent(score.clinicalTouched),
    `${percent(score.precision)} |`,
  ].join(' | ');
}

function classTable(scores: readonly (readonly [string, SetScore])[]): string[] {
  const letters = [...new Set(scores.flatMap(([, { byClass }]) => Object.keys(byClass)))].toSorted();
  return [
    `| class | ${scores.map(([set]) => set).join(' | ')} |`,
    `|---|${'--:|'.repeat(scores.length)}`,
    ...letters.map(
      (letter) => `| ${letter} | ${scores.map(([, score]) => score.byClass[letter] ?? '-').join(' | ')} |`,
    ),
  ];
}

const packs = [loadShippedPack('hipaa-safe-harbor')];
const measured = identifierSets
  .filter(({ set }) => isPresent(set))
  .map(({ set, english }) => ({
    name: english ? `${set}, English` : set,
    score: scoreSet(set, english, packs),
    halves: [scoreSet(set, english, packs, { half: 0 }), scoreSet(set, english, packs, { half: 1 })],
    written: writings.map(({ write }) => scoreSet(set, english, packs, { write })),
  }));
const lines = [
  from,
  '| set | identifiers hidden | documents without a leak | PHI-free texts touched | clinical spans touched | precision |',
  '|---|--:|--:|--:|--:|--:|',
  ...measured.map(({ name, score, halves }) => row(name, score, halves)),
  '',
  'Hidden of marked, by Safe Harbor letter:',
  '',
  ...classTable(measured.map(({ name, score }) => [name, score] as const)),
  '',
  'Hidden where the same words are written otherwise, and documents without a leak:',
  '',
  `| written | ${measured.map(({ name }) => name).join(' | ')} |`,
  `|---|${'--:|'.repeat(measured.length)}`,
  ...writings.map(
    ({ name }, at) =>
      `| ${name} | ${measured.map(({ written }) => `${percent(written[at]?.hidden ?? null)}, ${percent(written[at]?.cleanDocuments ?? null)}`).join(' | ')} |`,
  ),
  to,
];
const text = readFileSync(page, 'utf8');
const [start, end] = [text.indexOf(from), text.indexOf(to)];
if (start < 0 || end < start) throw new Error(`${page} has lost the marks of its measured part`);
writeFileSync(page, text.slice(0, start) + lines.join('\n') + text.slice(end + to.length));
console.info(lines.join('\n'));
