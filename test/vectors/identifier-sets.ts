import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pack } from '../../src/redaction/pack.ts';
import { createScanner } from '../../src/redaction/scan.ts';
import { isRecord } from '../../src/vocabulary/fhir.ts';
import type { Written } from './writings.ts';

const shared = '../shared';

interface Row {
  readonly id: string;
  readonly text: string;
  readonly line: string;
}

/** What the scorer prints for one set; shares are of 1, `null` where a set holds nothing of the kind. */
export interface SetScore {
  readonly texts: number;
  readonly hidden: number;
  readonly cleanDocuments: number;
  readonly freeTouched: number | null;
  readonly freeTexts: number;
  readonly clinicalTouched: number | null;
  readonly precision: number;
  /** `hidden/gold` by Safe Harbor letter. */
  readonly byClass: Readonly<Record<string, string>>;
  readonly megabytesPerSecond: number;
}

/** Sets with their Must-show limits; the third is read in English only. */
export const identifierSets = [
  {
    set: 'asq-phi',
    english: false,
    hidden: 0.98,
    clean: 0.94,
    freeTouched: 0.05,
    clinicalTouched: 0,
    precision: 0.95,
  },
  {
    set: 'pii-anon-clinical',
    english: false,
    hidden: 0.99,
    clean: 0,
    freeTouched: 1,
    clinicalTouched: 0.005,
    precision: 0,
  },
  {
    set: 'openmed-golden',
    english: true,
    hidden: 0.95,
    clean: 0,
    freeTouched: 1,
    clinicalTouched: 0,
    precision: 0,
  },
] as const;

export const isPresent = (set: string): boolean => existsSync(`${shared}/data/deid/${set}/dev.jsonl`);

function rowsOf(set: string, english: boolean): Row[] {
  return readFileSync(`${shared}/data/deid/${set}/dev.jsonl`, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const row: unknown = JSON.parse(line);
      if (!isRecord(row) || typeof row['id'] !== 'string' || typeof row['text'] !== 'string') return [];
      return english && row['lang'] !== 'en' ? [] : [{ id: row['id'], text: row['text'], line }];
    });
}

/** All texts of a set. */
export const textsOf = (set: string): string[] => rowsOf(set, false).map(({ text }) => text);

/** Spans of a text that is written otherwise, as they stand in the text. */
function scanWritten(
  scan: ReturnType<typeof createScanner>,
  { text, places }: Written,
): { readonly start: number; readonly end: number; readonly type: string }[] {
  return scan(text).map(({ start, end, type }) => ({
    start: places[start] ?? 0,
    end: (places[end - 1] ?? 0) + 1,
    type,
  }));
}

const share = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** How texts are scored: every second one, or written otherwise. */
interface Manner {
  readonly half?: 0 | 1;
  readonly write?: (text: string) => Written;
}

/** Scans a set without a record and lets the scorer beside the checkout judge. */
export function scoreSet(
  set: string,
  english: boolean,
  packs: readonly Pack[],
  { half, write }: Manner = {},
): SetScore {
  const rows = rowsOf(set, english).filter((_, at) => half === undefined || at % 2 === half);
  const scan = createScanner(packs);
  for (const { text } of rows.slice(0, 300)) scan(text);
  const start = process.cpuUsage();
  const spans = rows.map(({ id, text }) =>
    JSON.stringify({ id, spans: write === undefined ? scan(text) : scanWritten(scan, write(text)) }),
  );
  const { user, system } = process.cpuUsage(start);
  const directory = mkdtempSync(join(tmpdir(), 'identifiers-'));
  try {
    const [gold, found] = [join(directory, 'gold.jsonl'), join(directory, 'found.jsonl')];
    writeFileSync(gold, rows.map(({ line }) => line).join('\n'));
    writeFileSync(found, spans.join('\n'));
    // Behind a link the scorer takes itself for a module that somebody imports, and prints nothing.
    const tool = realpathSync(`${shared}/tools/deid-score.mjs`);
    const score: unknown = JSON.parse(
      execFileSync(process.execPath, [tool, gold, found], { encoding: 'utf8' }),
    );
    if (!isRecord(score) || !isRecord(score['byClass'])) throw new TypeError('the scorer printed no score');
    const byClass = Object.entries(score['byClass']).map(([letter, counts]): [string, string] => [
      letter,
      String(counts),
    ]);
    return {
      texts: rows.length,
      hidden: share(score['entityRecall']) ?? 0,
      cleanDocuments: share(score['cleanDocs']) ?? 0,
      freeTouched: share(score['overRedactedNeg']),
      freeTexts: share(score['negDocs']) ?? 0,
      clinicalTouched: share(score['keepTouched']),
      precision: share(score['charPrecision']) ?? 0,
      byClass: Object.fromEntries(byClass),
      megabytesPerSecond: rows.reduce((sum, { text }) => sum + text.length, 0) / (user + system),
    };
  } finally {
    rmSync(directory, { recursive: true });
  }
}
