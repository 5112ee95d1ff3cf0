import { expect, test } from '@jest/globals';
import { buildInterlock } from '../../../src/interlock/build.ts';
import { checkAnswer } from '../../../src/release/check-answer.ts';
import { labelTables } from '../../fixtures/labels.ts';

const check = (text: string, ...kinds: string[]) => {
  const { answer, verdicts } = checkAnswer({
    text,
    interlock: buildInterlock([]),
    issuedTokens: new Set(),
    canary: '012345678901234567890123',
    citationKeys: new Set(['O1']),
    withheldMentions: (words) =>
      labelTables.mentions(words).filter(({ topic }) => kinds.includes(topic.name)),
  });
  return { text: answer?.text, verdict: verdicts.find((one) => one.check === 'sensitive') };
};

const cases: readonly [name: string, answer: string, left: string][] = [
  ['one sentence', 'LDL is fine [O1]. He is HIV positive. See you.', 'LDL is fine [O1]. (left out) See you.'],
  ['the first and the last', 'HIV is known. Fine. Takes Biktarvy', '(left out) Fine. (left out)'],
  ['an item of a list', '- Asthma\n- HIV infection [O1]\n- Gout', '- Asthma\n(left out)\n- Gout'],
  ['nothing else', 'HIV', '(left out)'],
  ['spelled apart', 'Fine. He has H.I.V. since May. Fine.', 'Fine. (left out) Fine.'],
  ['with invisible characters', 'He has H\u200BI\u200BV. Fine.', '(left out) Fine.'],
  ['a phrase over a line break is taken whole', 'The viral\nload is low. Fine.', '(left out) Fine.'],
  ['twice in one sentence', 'HIV and again HIV. Fine.', '(left out) Fine.'],
];
test.each(cases)('%s', (_, answer, left) => {
  const found = check(answer, 'hiv');
  expect(found.text).toBe(left);
  expect(found.verdict).toMatchObject({ verdict: 'mask' });
});

test('other kinds stay, and where nothing is withheld everything does', () => {
  expect(check('He is HIV positive.', 'mental')).toMatchObject({
    text: 'He is HIV positive.',
    verdict: { verdict: 'pass', count: 0 },
  });
  expect(check('He is HIV positive.').text).toBe('He is HIV positive.');
});

test('a table that fails blocks', () => {
  const report = checkAnswer({
    text: 'Fine.',
    interlock: buildInterlock([]),
    issuedTokens: new Set(),
    canary: '012345678901234567890123',
    citationKeys: new Set(),
    withheldMentions: () => {
      throw new Error('broken');
    },
  });
  expect(report.answer).toBeUndefined();
});

test('a long answer full of findings takes time in proportion', () => {
  const found = check('He is HIV positive. '.repeat(4_000), 'hiv');
  expect(found.text).toBe('(left out) '.repeat(4_000).trimEnd() + ' ');
});
