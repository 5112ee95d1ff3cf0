import { describe, expect, test } from '@jest/globals';
import { loadShippedPack } from '../../../src/packs.ts';
import { createScanner } from '../../../src/redaction/scan.ts';
import { clinicalSentences } from './clinical-sentences.ts';

const packs = ['limited-data-set', 'hipaa-safe-harbor', 'gdpr'] as const;
const kinds = Object.keys(clinicalSentences);

describe.each(packs)('%s touches nothing in sentences that identify nobody', (name) => {
  const scan = createScanner([loadShippedPack(name)]);

  test.each(kinds)('%s', (kind) => {
    const touched = (clinicalSentences[kind] ?? []).flatMap((text) =>
      scan(text).map(({ start, end, rule }) => `${rule}: ${text.slice(start, end)} in: ${text}`),
    );
    expect(touched).toEqual([]);
  });
});

test('there are three hundred of them, in a dozen styles', () => {
  const all = Object.values(clinicalSentences).flat();
  expect(kinds.length).toBeGreaterThanOrEqual(12);
  expect(new Set(all).size).toBeGreaterThanOrEqual(300);
});
