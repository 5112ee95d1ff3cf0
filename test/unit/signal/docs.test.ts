import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { heuristics } from '../../../src/signal/injection-signal.ts';

test('docs/answer-checks.md shows every rule of the injection signal with weight and reason', () => {
  const page = readFileSync('docs/answer-checks.md', 'utf8');
  for (const { id, weight, where, why } of heuristics) {
    const only = where === undefined ? '' : ` (${where} only)`;
    expect(page).toContain(`| \`${id}\`${only} | ${weight} | ${why} |`);
  }
});
