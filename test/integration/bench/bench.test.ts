import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { isRecord } from '../../../src/vocabulary/fhir.ts';

const run = promisify(execFile);

describe('bench', () => {
  test('a part prints rows of one shape, whose values are medians of their runs', async () => {
    const { stdout } = await run(process.execPath, ['dist/bench/main.js', 'policy', '--quick', '--json']);
    const rows: unknown[] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.length).toBeGreaterThan(4);
    for (const row of rows) {
      expect(isRecord(row) ? Object.keys(row) : row).toEqual([
        'part',
        'variant',
        'metric',
        'unit',
        'value',
        'runs',
      ]);
      expect(row).toMatchObject({ part: 'policy', value: expect.any(Number), runs: [expect.any(Number)] });
    }
  }, 60_000);

  test('an unknown part is refused by name', async () => {
    await expect(run(process.execPath, ['dist/bench/main.js', 'speed'])).rejects.toThrow('no part speed');
  }, 60_000);
});
