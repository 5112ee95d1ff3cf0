import { expect, test } from '@jest/globals';
import { loadPacksInForce } from '../../../src/packs.ts';
import { scanText } from '../../../src/redaction/scan.ts';

test('a text whose matches all overlap their neighbours takes time in proportion to its length', () => {
  const packs = loadPacksInForce();
  const text = '2026-01-01 '.repeat(9000);
  scanText(text.slice(0, 1100), packs);
  const began = performance.now();
  const spans = scanText(text, packs);
  // Comparing all with all took more than ten seconds.
  expect(performance.now() - began).toBeLessThan(4000);
  expect(spans.length).toBeGreaterThanOrEqual(9000);
});
