import { readFileSync } from 'node:fs';
import type { SandboxUnderTest } from '../fixtures/running-sandbox.ts';
import { countOf, findLeaks, type Hit, type Identifiers } from './matcher.ts';

/** What left or was kept, by name; answers to the caller are not among it, because the caller may read them. */
type Surface = 'model' | 'log' | 'audit database' | 'error body' | 'answer about another';

/**
 * The stretches of eight characters and more that somebody could read. Page checksums and salts are random bytes, and a
 * name of three letters stands among enough of them by chance; hashes and sealed boxes are random hexadecimal digits, and so
 * does every number of eight digits among these.
 */
export const readable = (text: string): string =>
  (text.replaceAll(/[0-9a-f]{32,}/g, '\n').match(/[^\p{C}\uFFFD]{8,}/gu) ?? []).join('\n');

export interface Report {
  requests: number;
  answered: number;
  readonly refused: Map<string, number>;
  readonly items: Map<string, number>;
  readonly hits: Map<Surface, Hit[]>;
}

export const emptyReport = (): Report => ({
  requests: 0,
  answered: 0,
  refused: new Map(),
  items: new Map(),
  hits: new Map(),
});

export const add = (counts: Map<string, number>, key: string, n: number): void => {
  counts.set(key, (counts.get(key) ?? 0) + n);
};

export function search(report: Report, surface: Surface, text: string, identifiers: Identifiers): void {
  const hits = report.hits.get(surface) ?? [];
  hits.push(...findLeaks(text, identifiers));
  report.hits.set(surface, hits);
}

/** What the gateway wrote to disk: its log and its trail. */
export function searchFiles(sandbox: SandboxUnderTest, report: Report, identifiers: Identifiers): void {
  const { files } = sandbox.ready;
  search(report, 'log', readFileSync(files.log, 'utf8'), identifiers);
  const trail = [files.audit, `${files.audit}-wal`]
    .map((file) => readable(readFileSync(file, 'utf8')))
    .join('\n');
  // Where not even the events can be read, nothing has been searched.
  if (!trail.includes('context.released')) throw new Error('the audit database could not be read as text');
  search(report, 'audit database', trail, identifiers);
}

/** What was searched for and what was found, as lines to print. */
export function hitLines(report: Report, identifiers: Identifiers): string[] {
  const all = [...report.hits.values()].flat();
  const ordinary = all.filter(({ kind }) => kind === 'ordinary name');
  return [
    `  identifiers searched: ${countOf(identifiers)} (names ${identifiers.names.size}, of them ordinary words ${identifiers.ordinary.size}, texts ${identifiers.texts.size}, numbers ${identifiers.digits.size}, days ${identifiers.days.size})`,
    `  hits: ${all.length - ordinary.length}; ordinary words in name context: ${ordinary.length}`,
    ...[...report.hits].flatMap(([surface, list]) =>
      list.slice(0, 12).map(({ kind, value, around }) => `    ${surface}: ${kind} ${value}: …${around}…`),
    ),
  ];
}
