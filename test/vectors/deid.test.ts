import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { loadPack } from '../../src/redaction/pack-loader.ts';
import { createScanner } from '../../src/redaction/scan.ts';
import { isRecord } from '../../src/vocabulary/fhir.ts';

const shared = '../shared';
const pack = loadPack('redaction-rules/hipaa-safe-harbor.yaml', 'redaction-rules/pack.schema.json');

interface Row {
  readonly id: string;
  readonly text: string;
  readonly line: string;
}

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

/** Least share of identifiers hidden, largest share of PHI-free texts and of clinical spans touched. */
const floors = [
  { set: 'asq-phi', english: false, hidden: 0.97, freeTouched: 0.05, clinicalTouched: 0 },
  { set: 'pii-anon-clinical', english: false, hidden: 0.98, freeTouched: 1, clinicalTouched: 0.005 },
  { set: 'openmed-golden', english: true, hidden: 0.6, freeTouched: 1, clinicalTouched: 0 },
];

describe('identifiers found without a record', () => {
  test.each(floors)('$set', ({ set, english, hidden, freeTouched, clinicalTouched }) => {
    if (!existsSync(`${shared}/data/deid/${set}/dev.jsonl`)) {
      console.info(`skipped: ${shared}/data/deid/${set} is absent`);
      return;
    }
    const rows = rowsOf(set, english);
    const scan = createScanner([pack]);
    for (const { text } of rows.slice(0, 300)) scan(text);
    const start = process.cpuUsage();
    const spans = rows.map(({ id, text }) => JSON.stringify({ id, spans: scan(text) }));
    const { user, system } = process.cpuUsage(start);
    const directory = mkdtempSync(join(tmpdir(), 'deid-'));
    try {
      const [gold, found] = [join(directory, 'gold.jsonl'), join(directory, 'found.jsonl')];
      writeFileSync(gold, rows.map(({ line }) => line).join('\n'));
      writeFileSync(found, spans.join('\n'));
      const printed = execFileSync(process.execPath, [`${shared}/tools/deid-score.mjs`, gold, found], {
        encoding: 'utf8',
      });
      const score: unknown = JSON.parse(printed);
      if (!isRecord(score)) throw new TypeError('no score');
      const characters = rows.reduce((sum, { text }) => sum + text.length, 0);
      console.info(
        `${set}: ${rows.length} texts, hidden ${String(score['entityRecall'])}, clean documents ${String(score['cleanDocs'])}, ` +
          `PHI-free touched ${String(score['overRedactedNeg'])}, clinical touched ${String(score['keepTouched'])}, ` +
          `precision ${String(score['charPrecision'])}, ${(characters / (user + system)).toFixed(2)} MB/s, ` +
          `by class ${JSON.stringify(score['byClass'])}`,
      );
      expect(score['entityRecall']).toBeGreaterThanOrEqual(hidden);
      expect(score['overRedactedNeg'] ?? 0).toBeLessThanOrEqual(freeTouched);
      expect(score['keepTouched'] ?? 0).toBeLessThanOrEqual(clinicalTouched);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
