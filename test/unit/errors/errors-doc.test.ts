import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { catalogue } from '../../../src/errors/catalogue.ts';
import { reasons } from '../../../src/errors/reasons.ts';

const rows = readFileSync('docs/errors.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));

const documented = rows.filter((row) => row.length === 6);
const documentedReasons = rows.filter((row) => row.length === 4);

describe('docs/errors.md and the error catalogue', () => {
  it('name the same codes with the same status, title and detail', () => {
    const table = Object.entries(catalogue).map(([code, entry]) => [
      code,
      String(entry.status),
      entry.title,
      entry.detail,
    ]);
    expect(documented.map((row) => row.slice(1, 5))).toEqual(table);
  });

  it('name the same trail reasons with the same public code', () => {
    expect(documentedReasons.map((row) => row.slice(1, 3))).toEqual(Object.entries(reasons));
  });

  it('keep policy refusals away from the statuses that clients retry', () => {
    for (const code of [
      'access_denied',
      'unknown_task',
      'vital_withheld',
      'record_not_current',
      'content_refused',
    ] as const)
      expect(catalogue[code].status).toBe(403);
  });
});
