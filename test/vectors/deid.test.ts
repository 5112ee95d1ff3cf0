import { describe, expect, test } from '@jest/globals';
import { loadShippedPack } from '../../src/packs.ts';
import { identifierSets, isPresent, scoreSet } from './identifier-sets.ts';
import { writings } from './writings.ts';

const pack = loadShippedPack('hipaa-safe-harbor');

describe('identifiers found without a record', () => {
  test.each(identifierSets)('$set', (limits) => {
    const { set } = limits;
    if (!isPresent(set)) {
      console.info(`skipped: ${set} is absent beside the checkout`);
      return;
    }
    const score = scoreSet(set, limits.english, [pack]);
    console.info(`${set}: ${JSON.stringify(score)}`);
    expect(score.hidden).toBeGreaterThanOrEqual(limits.hidden);
    expect(score.cleanDocuments).toBeGreaterThanOrEqual(limits.clean);
    expect(score.freeTouched ?? 0).toBeLessThanOrEqual(limits.freeTouched);
    expect(score.clinicalTouched ?? 0).toBeLessThanOrEqual(limits.clinicalTouched);
    expect(score.precision).toBeGreaterThanOrEqual(limits.precision);
  });
});

describe('identifiers found however they are written', () => {
  test.each(writings)('$name', ({ hidden, write }) => {
    if (!isPresent('asq-phi')) {
      console.info('skipped: asq-phi is absent beside the checkout');
      return;
    }
    expect(scoreSet('asq-phi', true, [pack], { write }).hidden).toBeGreaterThanOrEqual(hidden);
  });
});
