import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { tokenPattern } from '../../../src/vocabulary/token.ts';

test('docs/tokens.md publishes the pattern of the code', () => {
  const [, published] = /```\n(\S.*?)\n```/.exec(readFileSync('docs/tokens.md', 'utf8')) ?? [];
  expect(published).toBe(tokenPattern.source);
});
