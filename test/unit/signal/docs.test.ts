import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { heuristics } from '../../../src/signal/injection-signal.ts';

test('docs/answer-checks.md shows every rule of the injection signal with weight and reason', () => {
  const page = readFileSync('docs/answer-checks.md', 'utf8');
  for (const { conversation, id, weight, why } of heuristics) {
    const there = { usual: 'usual', expected: '0', none: `${weight}` }[conversation ?? 'none'];
    expect(page).toContain(`| \`${id}\` | ${weight} | ${there} | ${why} |`);
  }
});
