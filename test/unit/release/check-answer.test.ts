import { describe, expect, test } from '@jest/globals';
import { buildInterlock } from '../../../src/interlock/build.ts';
import { checkAnswer } from '../../../src/release/check-answer.ts';
import { type AnswerUnderCheck, checks } from '../../../src/release/check-table.ts';
import { fingerprintOf } from '../../../src/release/checks/instructions.ts';
import { citationsOf } from '../../../src/release/citations.ts';
import { findLinks } from '../../../src/release/links.ts';
import fc from '../../fixtures/properties.ts';

const canary = 'fedcba9876543210fedcba9876543210';
const patient = '[[PATIENT-7F3K9Q2M]]';
const interlock = buildInterlock([
  { kind: 'name', bearer: 'patient', entity: 'p', text: 'Maria Ortiz', source: 'Patient.name' },
  { kind: 'date', bearer: 'patient', entity: 'p', text: '1961-03-04', source: 'Patient.birthDate' },
]);
const answer = (text: string, more: Partial<AnswerUnderCheck> = {}): AnswerUnderCheck => ({
  text,
  interlock,
  issuedTokens: new Set([patient, '[[DATE-0T4XW8RB day 412]]', '[[PATIENT-7F3K9Q2M.2]]']),
  canary,
  citationKeys: new Set(['O1', 'O2', 'M1']),
  ...more,
});
const outcome = (text: string, more: Partial<AnswerUnderCheck> = {}) => {
  const { verdicts, answer: checked } = checkAnswer(answer(text, more));
  return {
    text: checked?.text,
    said: verdicts
      .filter(({ verdict }) => verdict !== 'pass')
      .map(({ check, verdict }) => `${check} ${verdict}`),
  };
};
const b64 = (text: string): string => Buffer.from(text).toString('base64');

test('a clean answer passes unchanged and names the tokens to resolve', () => {
  const text = `LDL of ${patient} was 120 mg/dL on [[DATE-0T4XW8RB day 412]] [O1], HDL <60 [O2, M1]. See [O1].\n- eGFR < 60 & stable; b.i.d. 140.mEq/L twice daily.Note: ok`;
  const report = checkAnswer(answer(text));
  expect(report.answer?.text).toBe(text);
  expect(report.answer?.tokens).toEqual([patient, '[[DATE-0T4XW8RB day 412]]']);
  expect(report.verdicts.map(({ check }) => check)).toEqual(checks.map(({ id }) => id));
  expect(report.verdicts.every(({ verdict, count }) => verdict === 'pass' && count === 0)).toBe(true);
});

describe('blocks', () => {
  test.each([
    ['Seen: Maria.', 'identifiers block'],
    ['born 4 March 1961', 'identifiers block'],
    [`x ${b64('Maria Ortiz')}`, 'identifiers block'],
    ['airaM', 'identifiers block'],
    ['Mar\u200bia', 'identifiers block'],
    ['https://evil.example/?q=Maria', 'identifiers block'],
    [`Reference ${canary}`, 'canary block'],
    [canary.slice(5, 20), 'canary block'],
    [canary.split('').join(' '), 'canary block'],
    [b64(`the mark ${canary}!`), 'canary block'],
    [Buffer.from(canary).toString('hex'), 'canary block'],
  ])('%s', (text, expected) => {
    const { text: passed, said } = outcome(text);
    expect(passed).toBeUndefined();
    expect(said).toContain(expected);
  });

  test('copied instructions', () => {
    const words =
      'You answer a question about one patient record and never guess what a token stands for in it.';
    const instructionsFingerprint = fingerprintOf(words);
    expect(outcome(`Sure: ${words.toUpperCase()}`, { instructionsFingerprint }).said).toEqual([
      'instructions block',
    ]);
    expect(outcome('You answer a question about one patient.', { instructionsFingerprint }).said).toEqual([]);
  });

  test('a check that throws', () => {
    const broken = {
      scan: () => {
        throw new Error('no');
      },
      open: (text: string) => text.length,
    };
    const report = checkAnswer(answer('fine', { interlock: broken }));
    expect(report.answer).toBeUndefined();
    expect(report.verdicts.find(({ check }) => check === 'identifiers')).toEqual({
      check: 'identifiers',
      verdict: 'block',
      count: 0,
      failed: true,
    });
    expect(checkAnswer(answer('fine', { scanPatterns: broken.scan })).answer).toBeUndefined();
  });
});

const scanPatterns = (text: string) =>
  [...text.matchAll(/\d{3}/g)].map(({ index }) => ({ start: index, end: index + 3, type: 'ID' }));

describe('masks', () => {
  test.each([
    ['a\u200bb\u202ec\u{e0041}d\u0007e\ud800f\ue000g\r\nh', 'abcdefg\nh', 'characters mask'],
    ['see https://evil.example/x?q=1 now', 'see (link removed) now', 'links mask'],
    ['see [label](https://evil.example/a_b).', 'see [label] ((link removed)).', 'links mask'],
    ['![x](/pixel.png?d=1)', '![x] (/(link removed))', 'links mask'],
    ['[a][1]\n\n[1]: //evil.example/x', '[a][1]\n\n[1] : (link removed)', 'links mask'],
    ['<img src=x onerror=y>', '< img src=x onerror=y>', 'links mask'],
    ['<https://evil.example>', '< (link removed)>', 'links mask'],
    ['</script><!-- x -->', '< /script>< !-- x -->', 'links mask'],
    ['data:text/html;base64,AAAA javascript:alert(1)', '(link removed) (link removed))', 'links mask'],
    [
      'www.evil.example, evil.com and a@evil.example',
      '(link removed), (link removed) and (link removed)',
      'links mask',
    ],
    ['10.0.0.1/x and host.internal:8080/y', '(link removed) and (link removed)', 'links mask'],
    [
      '[[PATIENT-AAAAAAAA]] and [[date-00000000 day 3]]',
      '(unknown reference) and (unknown reference)',
      'foreign-tokens mask',
    ],
    [
      'PATIENT-7Q2K9F3M, DATE-0W4TXR8B day 73902, **org-SRVRPRPM** and PHONE–4N2B7PQD',
      '(unknown reference), (unknown reference), **(unknown reference)** and (unknown reference)',
      'foreign-tokens mask',
    ],
    [`x ${b64('the quick brown fox jumps')} y`, 'x (encoded text removed) y', 'encoded mask'],
    [`x ${Buffer.from('the quick brown').toString('hex')} y`, 'x (encoded text removed) y', 'encoded mask'],
    [
      `x ${[...Buffer.from('the quick brown')].map((byte) => `0x${byte.toString(16)}`).join(', ')} y`,
      'x (encoded text removed) y',
      'encoded mask',
    ],
    ['x %74%68%65%20%71 y', 'x (encoded text removed) y', 'encoded mask'],
    ['fact [O9], fact [O1, O9], [O1]', 'fact (no such source), fact [O1], [O1]', 'citations mask'],
  ])('%j', (text, expected, said) => {
    expect(outcome(text)).toEqual({ text: expected, said: [said] });
  });

  test('words and numbers in the shape of a token without brackets stay', () => {
    for (const text of [
      'A PATIENT-CENTERED plan.',
      'Seen on DATE 20260304, ID-20260304.',
      'The date answered.',
    ])
      expect([text, outcome(text).said]).toEqual([text, []]);
  });

  test('patterns of the packs, but not inside tokens', () => {
    expect(outcome('call 555 on [[DATE-0T4XW8RB day 412]]', { scanPatterns })).toEqual({
      text: 'call an identifier on [[DATE-0T4XW8RB day 412]]',
      said: ['patterns mask'],
    });
  });

  test('addresses of the allow-list stay, but only plain ones', () => {
    const allowedHosts = new Set(['guides.example.org']);
    expect(outcome('see https://guides.example.org/lipids.', { allowedHosts }).said).toEqual([]);
    for (const bad of [
      'https://guides.example.org/?q=1',
      'http://guides.example.org/',
      'https://guides.example.org.evil.example/',
      'https://a@guides.example.org/',
      `https://guides.example.org/${patient}`,
    ]) {
      expect([bad, outcome(bad, { allowedHosts }).said]).toEqual([bad, ['links mask']]);
    }
  });
});

test('whatever a model writes, nothing that passed holds a link, markup, a foreign token or an identifier', () => {
  const unit = fc.constantFrom(
    '[',
    ']',
    '(',
    ')',
    ':',
    '/',
    '//',
    '<',
    '>',
    '!',
    'https',
    'http://',
    'www.',
    'evil.com',
    'a',
    ' ',
    '\n',
    '.',
    '?q=',
    '@',
    '`',
    patient,
    '[[',
    ']]',
    'PATIENT-AAAAAAAA',
    ' Maria ',
    '\u200b',
    'javascript:',
    '[O1]',
    '[O9]',
    '%41',
    'img',
    '\ud83d',
    'data:',
  );
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 40 }), (text) => {
      const passed = checkAnswer(answer(text)).answer?.text;
      if (passed === undefined) return;
      expect(findLinks(passed, new Set())).toEqual([]);
      expect(passed).not.toMatch(
        /\]\(|\]:|<[a-z/!?]|:\/\/|www\.[a-z]|\[\[PATIENT-A{8}\]\]|\[O9\]|Maria|\u200b/i,
      );
    }),
    { numRuns: 3000 },
  );
});

test('checks stay linear on hostile answers', () => {
  const hostile = [
    '[',
    '](',
    '<a',
    'a.',
    'https://',
    '[[PATIENT-',
    '`',
    '%41',
    'QUJD',
    '\\u0041',
    '[O1,',
    '"',
    'a@',
    '1.1.',
    '//a.',
    '\u200b',
    '&#65;',
    '- ',
  ];
  for (const unit of hostile) {
    const text = unit.repeat(60_000 / unit.length);
    const start = performance.now();
    checkAnswer(answer(text));
    expect([unit, performance.now() - start < 3000]).toEqual([unit, true]);
  }
});

test('citations in order of mention', () => {
  const items = ['O1', 'M1'].map((key) => ({ key, resource: { type: 'Observation', id: `id-${key}` } }));
  expect(citationsOf('a [M1] b [O1, M1] c [O7] [[PATIENT-7F3K9Q2M]]', items)).toEqual([
    { key: 'M1', resource: 'Observation/id-M1' },
    { key: 'O1', resource: 'Observation/id-O1' },
  ]);
});
