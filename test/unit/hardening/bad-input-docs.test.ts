import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { productRoot } from '../../../src/config/product-folder.ts';
import { rowOf, sections } from '../../integration/hardening/listing.ts';

it('docs/bad-input.md lists every bad input as the tests hold it, and none besides', () => {
  const page = readFileSync(join(productRoot(), 'docs', 'bad-input.md'), 'utf8');
  const documented = page
    .split('## ')
    .slice(1)
    .map((part) => {
      const [title = '', ...lines] = part.split('\n');
      return [title.trim(), lines.filter((line) => /^\| (?!input \||-)/.test(line))] as const;
    })
    .filter(([, rows]) => rows.length > 0);
  const tested = Object.entries(sections).map(([title, inputs]) => [title, inputs.map(rowOf)]);
  expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(tested));
});

it('no two bad inputs share a name', () => {
  const names = Object.values(sections).flatMap((inputs) => inputs.map(({ name }) => name));
  expect(names.length).toBe(new Set(names).size);
  const lines = Object.entries(sections).map(
    ([title, inputs]) => `${title} (${inputs.length}): ${inputs.map(({ name }) => name).join('; ')}`,
  );
  console.log(`bad inputs with a test each: ${names.length}\n${lines.join('\n')}`);
});
