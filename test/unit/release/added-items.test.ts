import { describe, expect, it } from '@jest/globals';
import { buildInterlock } from '../../../src/interlock/build.ts';
import { wholeOutcomeOf, withLines } from '../../../src/release/added-items.ts';
import type { AnswerUnderCheck } from '../../../src/release/check-table.ts';
import { fingerprintOf } from '../../../src/release/checks/instructions.ts';
import { quotableOf } from '../../../src/release/checks/verbatim.ts';
import { disguisesOf } from '../../../src/release/disguises/disguises.ts';
import type { WholeItem } from '../../../src/release/left-out.ts';
import type { IdentityValue } from '../../../src/vocabulary/identity-sheet.ts';

const surname: IdentityValue = {
  kind: 'name',
  bearer: 'patient',
  entity: 'Patient/p1',
  text: 'Ada Tarquist',
  name: { given: ['Ada'], family: 'Tarquist' },
  source: 'Patient.name',
};
const instructions =
  'List each drug once with its dose, how it is taken and whether it is running, on hold, stopped or only reported.';
const canary = 'q7wkz0m4v1xj9t2c';

const item = (n: number, name: string, more = ''): WholeItem => ({
  key: `M${n}`,
  kind: 'ordered drug',
  name,
  doses: '',
  line: `[M${n}] ordered drug | drug: ${name}${more}`,
});
const ramipril = item(1, 'Ramipril 5 MG Oral Tablet');
const digoxin = item(2, 'Digoxin 0.25 MG Oral Tablet');

const outcome = (text: string, items: readonly WholeItem[], more: Partial<AnswerUnderCheck> = {}) =>
  wholeOutcomeOf(
    {
      text,
      interlock: buildInterlock([surname]),
      disguises: disguisesOf([surname]),
      issuedTokens: new Set(['[[PERSON-ABCDEFGH]]']),
      canary,
      instructionsFingerprint: fingerprintOf(instructions),
      citationKeys: new Set(items.map(({ key }) => key)),
      ...more,
    },
    items,
  );
const verdictOf = (check: string, { verdicts }: ReturnType<typeof outcome>) =>
  verdicts.find((one) => one.check === check)?.verdict;

const heading = (n: number): string => `Left out by the model, added from the record: ${n} item(s).`;

describe('an answer that is a JSON document', () => {
  it('is told by what leaves, not by a member that is written twice', () => {
    const twice = '{"drugs":"Ramipril 5 mg [M1]","drugs":"none"}';
    expect(outcome(twice, [ramipril])).toMatchObject({ text: '{"drugs":"none"}', leftOut: ['M1'] });
  });
  it('is looked at as it leaves: a number is no other one for how it is written', () => {
    const phone: IdentityValue = { ...surname, kind: 'telecom', system: 'phone', text: '4155550142' };
    const interlock = buildInterlock([phone]);
    for (const written of ['4155550142', '4.155550142e9', '4155550142.0', '41555501420e-1'])
      expect(outcome(`\u200b{"call": ${written}}`, [], { interlock }).text).toBeUndefined();
    expect(outcome('{"call": 4155550143}', [], { interlock }).text).toBe('{"call":4155550143}');
  });
});

describe('what a model left out', () => {
  it('stands below its answer, a line an item, and nothing where all is told', () => {
    expect(outcome('She takes ramipril [M1].', [ramipril, digoxin])).toMatchObject({
      text: `She takes ramipril [M1].\n\n${heading(1)}\n- ${digoxin.line}`,
      leftOut: ['M2'],
    });
    const told = 'Ramipril [M1] and digoxin [M2].';
    expect(outcome(told, [ramipril, digoxin])).toMatchObject({ text: told, leftOut: [] });
  });

  it('is all there is below nothing', () => {
    expect(outcome(' \n', [ramipril, digoxin]).text).toBe(
      `${heading(2)}\n- ${ramipril.line}\n- ${digoxin.line}`,
    );
  });

  it('is all there however much it is', () => {
    const many = Array.from({ length: 300 }, (_, n) =>
      item(n + 1, `Drug${'abcdefghij'.charAt(n % 10)}${n} 5 MG`),
    );
    const { text = '' } = outcome('Nothing to report.', many);
    expect(many.filter(({ line }) => text.includes(`\n- ${line}`))).toHaveLength(300);
  });

  it('is not said to be there by a model that writes the line above it', () => {
    const { leftOut, text = '' } = outcome(`${heading(1)}\n[M1] [M2]`, [ramipril, digoxin]);
    expect(leftOut).toEqual(['M1', 'M2']);
    expect(text.endsWith(`${heading(2)}\n- ${ramipril.line}\n- ${digoxin.line}`)).toBe(true);
  });

  it('is what is left out of the answer as it leaves, after masks', () => {
    const hidden = outcome('See https://drugs.example/digoxin [M2]. Ramipril [M1].', [ramipril, digoxin]);
    expect(hidden.text).not.toContain('drugs.example');
    expect(hidden.leftOut).toEqual(['M2']);
  });

  it('breaks no document: its keys are told beside it', () => {
    const document = '{"drugs":["Ramipril [M1]"]}';
    expect(outcome(document, [ramipril, digoxin])).toMatchObject({ text: document, leftOut: ['M2'] });
  });

  it.each(['```\ncode', '~~~~ text\ncode', '- item\n  ```\n  code'])(
    'stands before an answer that leaves code open: %j',
    (open) => {
      const text = `Ramipril [M1].\n${open}`;
      expect(withLines(text, [digoxin.line])).toBe(`${heading(1)}\n- ${digoxin.line}\n\n${text}`);
    },
  );
});

describe('lines of the record are checked as the words of the model are', () => {
  it('links, tokens of others and long runs of a note are masked in them', () => {
    const remark = Array.from(
      { length: 30 },
      (_, n) => `word${'abcdefghijklmnopqrstuvwxyzabcdef'.charAt(n)}${n}`,
    ).join(' ');
    const hostile = item(
      2,
      'Digoxin',
      ` | note: see http://evil.example/x?q=1 or [[PATIENT-ZZZZZZZZ]] ${remark}`,
    );
    const found = outcome('Ramipril [M1].', [ramipril, hostile], { quotable: quotableOf([remark], 10) });
    expect(found.text).toContain('- [M2] ordered drug | drug: Digoxin | note: see (link removed)');
    expect(found.text).toContain('(unknown reference)');
    expect(found.text).toContain('(quotation cut)');
    expect(found.text).not.toMatch(/evil|ZZZZZZZZ/);
    for (const check of ['links', 'foreign-tokens', 'verbatim']) expect(verdictOf(check, found)).toBe('mask');
  });

  it.each([
    ['identifiers', ' | note: call Tarquist'],
    ['disguised', ' | note: t-a-r-q-u-i-s-t'],
  ])('one that %s block is told by key and kind, the others in full', (check, more) => {
    const found = outcome('Nothing to report.', [ramipril, item(2, 'Digoxin', more)]);
    expect(found.text).toBe(
      `Nothing to report.\n\n${heading(2)}\n- ${ramipril.line}\n- [M2] ordered drug: what the record says of it cannot be shown here.`,
    );
    expect(found.leftOut).toEqual(['M1', 'M2']);
    expect(verdictOf(check, found)).toBe('mask');
  });

  it('lines that only together spell a value are all told by key and kind', () => {
    const spelled = 'tarquist'.split('').map((letter, n) => ({
      ...item(n + 1, ''),
      line: `[M${n + 1}] ${letter}`,
    }));
    const found = outcome('Nothing to report.', spelled);
    expect(found.text?.match(/cannot be shown here/g)).toHaveLength(8);
  });

  it.each([
    ['canary', ` | note: ${canary}`],
    ['instructions', ` | note: ${instructions}`],
  ])('one that holds the %s blocks the answer', (check, more) => {
    const found = outcome('Nothing to report.', [ramipril, item(2, 'Digoxin', more)]);
    expect(found.text).toBeUndefined();
    expect(verdictOf(check, found)).toBe('block');
  });

  it('a model that says a value itself is blocked as ever', () => {
    const found = outcome('Her name is Tarquist.', [ramipril]);
    expect(found).toMatchObject({ leftOut: [] });
    expect(found.text).toBeUndefined();
    expect(verdictOf('identifiers', found)).toBe('block');
  });
});
