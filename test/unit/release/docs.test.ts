import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { forms } from '../../../src/interlock/forms.ts';
import { checks } from '../../../src/release/check-table.ts';

const page = readFileSync('docs/answer-checks.md', 'utf8');

test('the page names every check with its verdict and bound', () => {
  for (const { id, verdict, bound } of checks) {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${id}\` |`)) ?? '';
    expect([id, row.includes(`| ${verdict}`), row.endsWith(`| ${bound} |`)]).toEqual([id, true, true]);
  }
});

test('the page shows the table of forms as it is', () => {
  for (const { id, kind, searched } of forms) expect(page).toContain(`| \`${id}\` | ${kind} | ${searched} |`);
});
