import { expect, it } from '@jest/globals';
import { findDataFolder } from '../../../src/config/product-folder.ts';
import { loadLabelTables } from '../../../src/labels/load.ts';
import { loadPacksInForce } from '../../../src/packs.ts';
import { createReadings } from '../../../src/reading/reading.ts';
import { mostPhraseWords } from '../../../src/release/checks/sensitive.ts';

const tables = loadLabelTables(findDataFolder('labels'));

it('no phrase of the label tables has more words than a stream is held back for', () => {
  const phrases = tables.flatMap(({ words, except = [] }) => [...words, ...except]);
  const lengths = phrases.map((phrase) => phrase.match(/\p{L}[\p{L}\p{M}\p{Cf}]*|\p{N}+/gu)?.length ?? 0);
  expect(phrases.length).toBeGreaterThan(100);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(mostPhraseWords);
});

it('an identifier that holds a name is hidden, also where the name comes later', () => {
  const readings = createReadings(loadPacksInForce(), tables);
  const said = (text: string): string | undefined =>
    readings.read({
      kind: 'check',
      envelope: 1,
      record: 1,
      goesOn: false,
      identity: [],
      answer: {
        text,
        issued: [],
        canary: 'fedcba9876543210fedcba9876543210',
        instructions: '',
        citationKeys: [],
        items: [],
        messages: [],
        withheldKinds: [],
        verbatimWords: 30,
        verdicts: {},
        allowedHosts: [],
      },
    }).outcome?.text;
  const first = 'ID number: WHITMORE7 is used here.';
  expect(said(first)).not.toContain('WHITMORE7');
  expect(said(`${first} Dr. Whitmore came.`)).not.toContain('WHITMORE7');
});
