import { describe, expect, test } from '@jest/globals';
import { Refusal } from '../../../src/errors/refusal.ts';
import { type CheckedAnswer, checkAnswer } from '../../../src/release/check-answer.ts';
import { findLinks } from '../../../src/release/links.ts';
import { type ReleasedAnswer, type RevealOptions, reveal } from '../../../src/release/reveal.ts';
import fc from '../../fixtures/properties.ts';

const patient = '[[PATIENT-7F3K9Q2M]]';
const second = '[[PATIENT-7F3K9Q2M.2]]';
const date = '[[DATE-0T4XW8RB day 412]]';
const mail = '[[EMAIL-AAAA1111]]';
const site = '[[URL-BBBB2222]]';
const values = new Map([
  [patient, 'Maria Ortiz'],
  [second, 'Mrs Ortiz'],
  [date, '2026-03-04'],
  [mail, 'm.ortiz@example.org'],
  [site, 'https://portal.example.org/u/1'],
]);
const human: RevealOptions = { humanReads: true, allowedTypes: 'all' };

function checked(text: string, allowedHosts: ReadonlySet<string> = new Set()): CheckedAnswer {
  const { answer, verdicts } = checkAnswer({
    text,
    interlock: { scan: () => [], open: ({ length }) => length },
    issuedTokens: new Set(values.keys()),
    canary: 'fedcba9876543210fedcba9876543210',
    citationKeys: new Set(['O1']),
    allowedHosts,
  });
  if (answer === undefined) throw new Error(JSON.stringify(verdicts));
  return answer;
}
const revealed = (text: string, options = human, of: ReadonlyMap<string, string> = values): ReleasedAnswer =>
  reveal(checked(text), of, options);

describe('values stand where the caller may read them', () => {
  test('as recorded', () => {
    const answer = revealed(`${patient} (${second}) was seen on ${date} [O1]. Mail ${mail}.`);
    expect(answer.text).toBe(
      'Maria Ortiz (Mrs Ortiz) was seen on 2026-03-04 [O1]. Mail m.ortiz@example.org.',
    );
    expect(answer.revealed).toEqual({ PATIENT: 2, DATE: 1, EMAIL: 1 });
  });

  test.each([
    '[[patient-7f3k9q2m]]',
    '**[[PATIENT-7F3K9Q2M]]**',
    '[[**PATIENT-7F3K9Q2M**]]',
    'PATIENT-7F3K9Q2M',
    '[PATIENT-7F3K9Q2M]',
    '\\[\\[PATIENT-7F3K9Q2M\\]\\]',
    '[[PATIENT_7F3K9Q2M]]',
    '[[PATIENT-7F3K9Q2M.9]]',
    "PATIENT-7F3K9Q2M's",
  ])('however the model wrote the token: %s', (written) => {
    expect(revealed(`for ${written} today`).text).toContain('Maria Ortiz');
  });

  test('a date without its day count, but not with another one', () => {
    expect(revealed('on [[DATE-0T4XW8RB]], [[DATE-0T4XW8RB day 9]]').text).toBe('on 2026-03-04, a date');
  });

  test('not with one character of the random part changed', () => {
    expect(revealed('PATIENT-7F3K9Q2N patient-assessed').text).toBe('(unknown reference) patient-assessed');
  });
});

describe('role words stand elsewhere', () => {
  test.each([
    [
      'no human reads',
      `${patient} on ${date}`,
      'the patient on a date',
      { humanReads: false, allowedTypes: 'all' },
    ],
    [
      'type not allowed',
      `${patient} on ${date}`,
      'the patient on 2026-03-04',
      { humanReads: true, allowedTypes: new Set(['DATE']) },
    ],
    ['code span', `\`${patient}\` and \`\`a ${date}\`\``, '`the patient` and ``a a date``', human],
    ['fence', `\`\`\`\n${patient}\n\`\`\`\n${patient}`, '```\nthe patient\n```\nMaria Ortiz', human],
    ['open fence', `~~~js\n${patient}`, '~~~js\nthe patient', human],
    [
      'fence in a quote',
      `> ~~~\n> ${patient}\n> ~~~\n> ${patient}`,
      '> ~~~\n> the patient\n> ~~~\n> Maria Ortiz',
      human,
    ],
    [
      'fence in a list',
      `- a\n    ~~~\n    ${patient}\n    ~~~\n${patient}`,
      '- a\n    ~~~\n    the patient\n    ~~~\nMaria Ortiz',
      human,
    ],
    ['fence behind a mark', `1. \`\`\`\n   ${patient}`, '1. ```\n   the patient', human],
    ['span behind a mark', `- \`\`\`x\`\`\` ${patient}`, '- ```x``` Maria Ortiz', human],
    ['fence that a quote does not close', `~~~\n> ~~~\n${patient}`, '~~~\n> ~~~\nthe patient', human],
    ['fence that its quote ends', `> ~~~\n~~~\n${patient}`, '> ~~~\n~~~\nthe patient', human],
    ['indented code in a quote', `> x\n>\n>     ${patient}`, '> x\n>\n>     the patient', human],
    ['indented code', `x\n\n    ${patient}`, 'x\n\n    the patient', human],
    ['JSON key in prose', `{"${patient}": "${patient}"} x`, '{"the patient": "Maria Ortiz"} x', human],
    ['web address', `at ${site}`, 'at a web address', human],
  ] satisfies [string, string, string, RevealOptions][])('%s', (_name, text, expected, options) => {
    expect(revealed(text, options).text).toBe(expected);
  });

  test('a JSON document: strings yes, keys no', () => {
    const text = JSON.stringify({ [patient]: [`see ${patient}`, 1, null], __proto__: 1, ok: { when: date } });
    expect(JSON.parse(revealed(text).text)).toEqual({
      'the patient': ['see Maria Ortiz', 1, null],
      ok: { when: '2026-03-04' },
    });
  });

  test('a quote in a value does not break a JSON document', () => {
    const answer = revealed(
      JSON.stringify({ name: patient }),
      human,
      new Map([[patient, 'Maria "Mia" Ortiz']]),
    );
    expect(JSON.parse(answer.text)).toEqual({ name: 'Maria "Mia" Ortiz' });
  });

  test('without a value', () => {
    expect(revealed(`${patient}, ${date}`, human, new Map()).text).toBe('the patient, a date');
  });

  test('inside an address of the allow-list nothing is revealed', () => {
    const hosts = new Set(['portal.example.org']);
    const answer = reveal(checked(`https://portal.example.org/u/PATIENT-7F3K9Q2M`, hosts), values, human);
    expect(answer.text).toBe('https://portal.example.org/u/the patient');
    expect(reveal(checked(`at ${site}`, hosts), values, human).text).toBe(
      'at https://portal.example.org/u/1',
    );
  });
});

/** Released without a link, or refused. */
function harmless(text: string, value: string): boolean {
  try {
    return findLinks(revealed(text, human, new Map([[patient, value]])).text, new Set()).length === 0;
  } catch (thrown) {
    return thrown instanceof Refusal && thrown.reason === 'answer_blocked';
  }
}

describe('a value cannot come alive', () => {
  test.each([
    ['![x](https://evil.example)', 'the patient'],
    ['[x](y)', '(x)(y)'],
    ['<b>Bob</b>', '‹b›Bob‹/b›'],
    ['`code`', "'code'"],
    ['a\n\n# b\u202e', 'a # b'],
    ['evil.com', 'the patient'],
    ["O'Brien-Smith Jr.", "O'Brien-Smith Jr."],
  ])('%s', (value, expected) => {
    expect(revealed(patient, human, new Map([[patient, value]])).text).toBe(expected);
  });

  test('nor together with its surroundings', () => {
    expect(() => revealed(`evil.${patient}`, human, new Map([[patient, 'com']]))).toThrow(
      new Refusal('answer_blocked'),
    );
  });

  test('whatever it holds', () => {
    const unit = fc.constantFrom(
      '[',
      ']',
      '(',
      ')',
      '<',
      '>',
      '!',
      ':',
      '/',
      '`',
      'a',
      '.',
      'com',
      '@',
      '\n',
      ' ',
      '"',
      '\\',
      'http',
      'www.',
      '[[PATIENT-7F3K9Q2M]]',
    );
    const around = fc.constantFrom(
      '',
      '[',
      '](',
      ']',
      '!',
      '<',
      '`',
      'www.',
      'http:',
      ' ',
      '"',
      'a.',
      ')',
      ': ',
      '@',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), around, around, (value, before, after) => {
        expect(harmless(`${before}${patient}${after}`, value)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

test('pieces join to the text', async () => {
  const answer = revealed(`${`word ${patient} 😀 `.repeat(40)}\n\n end`);
  const pieces: string[] = [];
  for await (const piece of answer.pieces()) pieces.push(piece);
  expect(pieces.join('')).toBe(answer.text);
  expect(pieces.length).toBeGreaterThan(10);
  expect(pieces.some((piece) => /\p{Cs}/u.test(piece))).toBe(false);
});

describe('notices', () => {
  const told: RevealOptions = { ...human, notices: ['Older ones were left out.', 'Some may be withheld.'] };

  test('that the model left out stand below the answer, those it repeated stand once', () => {
    expect(revealed('Nothing to add.', told).text).toBe(
      'Nothing to add.\n\nNotices:\n- Older ones were left out.\n- Some may be withheld.',
    );
    expect(revealed('Well. Some may be withheld.', told).text).toBe(
      'Well. Some may be withheld.\n\nNotices:\n- Older ones were left out.',
    );
    expect(revealed('', told).text).toMatch(/^Notices:\n- Older/);
    expect(revealed('As it is.').text).toBe('As it is.');
  });

  test('leave a JSON document whole', () => {
    expect(JSON.parse(revealed('{"ldl": 3}', told).text)).toEqual({ ldl: 3 });
  });
});
