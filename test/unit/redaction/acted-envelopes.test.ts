import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { buildInterlock } from '../../../src/interlock/build.ts';
import { loadShippedPack } from '../../../src/packs.ts';
import { removedMarks } from '../../../src/redaction/act.ts';
import { type Acting, createActing } from '../../../src/redaction/acting.ts';
import { actionKeys, actions, strictestOf } from '../../../src/redaction/actions.ts';
import { dayPolicy } from '../../../src/redaction/day-counts.ts';
import type { Pack } from '../../../src/redaction/pack.ts';
import { parsePack } from '../../../src/redaction/pack-loader.ts';
import type { RedactedContext } from '../../../src/redaction/ports.ts';
import { redactEnvelope } from '../../../src/redaction/redact-envelope.ts';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import { scanText } from '../../../src/redaction/scan.ts';
import type { TokenVault } from '../../../src/vault/ports.ts';
import type { ContextItem } from '../../../src/vocabulary/context-item.ts';
import type { IdentityValue } from '../../../src/vocabulary/identity-sheet.ts';
import { tokenPattern } from '../../../src/vocabulary/token.ts';
import fc from '../../fixtures/properties.ts';
import { countingVault, item, scope } from './counting-vault.ts';
import { identity, safeHarbor } from './identity.ts';

const schema: unknown = JSON.parse(readFileSync('redaction-rules/pack.schema.json', 'utf8'));
const doing = (said: string): Pack =>
  parsePack(
    `id: site\ntitle: Site\ncovers: own\nextends: hipaa-safe-harbor\nactions: {${said}}\n`,
    schema,
    'site.yaml',
    () => safeHarbor,
  );
/** 2026-11-20 */
const today = 20_777;

interface Options {
  readonly vault?: TokenVault;
  readonly messages?: readonly string[];
  readonly values?: readonly IdentityValue[];
  readonly packs?: readonly Pack[];
}

const redact = (
  acting: Acting,
  items: readonly ContextItem[],
  { vault = countingVault(), messages = [], values = identity, packs = [safeHarbor] }: Options = {},
): Promise<RedactedContext> =>
  redactEnvelope({
    find: async (texts) => createRedactor({ identity: values, packs }).spans(texts),
    acting,
    vault,
    scope,
    items,
    messages,
    days: dayPolicy(today, values),
  });

const acting = (said: string): Acting => createActing([doing(said)])();
const passage = ({ items: [first] }: RedactedContext): string => String(first?.passages[0]);
const note =
  'Maria Ortiz, born 3/14/1950, seen 2/3/2026 at Mercy General Hospital; phone 919-555-0142, 12 Elm St, Springfield, MA 01101. Her mother is 93 years old.';

describe('what is done with what is found', () => {
  test('removed: a mark of its kind stands there, and the vault knows nothing of it', async () => {
    const vault = countingVault();
    const context = await redact(acting('PHONE: remove, ORG: remove, DATE: remove'), [item(note)], { vault });
    expect(passage(context)).toMatch(
      /born \(date removed\), seen \(date removed\) at \(organization removed\); phone \(phone number removed\), \[\[PLACE/,
    );
    expect(context.removed).toEqual({ DATE: 2, ORG: 1, PHONE: 1 });
    expect(context.generalised).toEqual({});
    expect(context.counts).toEqual({ PATIENT: 1, PLACE: 1, AGE: 1 });
    expect(vault.calls.flat().map(({ type }) => type)).toEqual(['PATIENT', 'PLACE', 'AGE']);
  });

  test('generalised: the year, the area of the ZIP code, 90+', async () => {
    const vault = countingVault();
    const context = await redact(acting('B: generalise, C: generalise'), [item(note)], { vault });
    expect(passage(context)).toMatch(
      /\]\], born 1950, seen 2026 at \(organization removed\); phone \[\[PHONE-\d{8}\]\], ZIP 011\. Her mother is 90\+ years old\.$/,
    );
    expect(context.generalised).toEqual({ AGE: 1, DATE: 2, PLACE: 1 });
    expect(context.removed).toEqual({ ORG: 1 });
    expect(context.ages).toEqual([]);
    expect(vault.calls.flat().map(({ type }) => type)).toEqual(['PATIENT', 'PHONE']);
  });

  test('where ages are removed none is told by day counts', async () => {
    const [told, untold] = await Promise.all(
      ['', 'AGE: remove'].map((said) => redact(acting(said), [item('Seen 3/4/2020.')])),
    );
    expect(told?.ages).toEqual([expect.objectContaining({ age: 69 })]);
    expect(untold?.ages).toEqual([]);
    expect(untold?.counts).toEqual({ DATE: 1 });
  });

  test('parts of resources by their kind', async () => {
    const parts: ContextItem['parts'] = [
      { name: 'date', type: 'date', text: '2026-02-03T10:30:00Z' },
      { name: 'onset', type: 'date', text: '2025-11' },
      { name: 'since', type: 'date', text: '2019' },
      { name: 'value', type: 'quantity', text: '120 mg' },
      { name: 'test', type: 'coded', text: 'White blood cell count' },
      { name: 'performer', type: 'text', text: 'Dr. William White' },
    ];
    const shown = async (said: string): Promise<string[]> => {
      const { items } = await redact(acting(said), [item('', parts)]);
      return items[0]?.parts.map(({ text }) => String(text)) ?? [];
    };
    const kept = ['2019', '120 mg', 'White blood cell count'];
    expect(await shown('DATE: generalise, CLINICIAN: remove')).toEqual([
      '2026',
      '2025',
      ...kept,
      'Dr. (clinician removed)',
    ]);
    expect((await shown('DATE: remove')).slice(0, 5)).toEqual(['(date removed)', '(date removed)', ...kept]);
  });

  test('a coarser form that is an identifier of the record does not stand', async () => {
    const values: IdentityValue[] = [
      ...identity,
      {
        entity: 'Patient/p1',
        bearer: 'patient',
        source: 'Patient',
        kind: 'name',
        text: 'ZIP 011',
        name: { given: [], family: 'ZIP 011' },
      },
    ];
    const context = await redact(acting('PLACE: generalise'), [item(note)], { values });
    expect(passage(context)).toContain('(place removed)');
    expect(passage(context)).not.toContain('ZIP');
    expect(context.generalised).toEqual({});
  });

  test('shifted: a token until a model reads it, and no day of the other calendar beside it', async () => {
    const context = await redact(acting('DATE: shift'), [item('Seen 2/3/2026 until January 2, 2300.')]);
    expect(context.shifted).toBe(true);
    expect(passage(context)).toMatch(/^Seen \[\[DATE-\d{8} day \d+\]\] until \(date removed\)\.$/);
    const counted = await redact(acting(''), [item('Seen 2/3/2026 until January 2, 2300.')]);
    expect(counted.shifted).toBe(false);
    expect(passage(counted)).toMatch(/until January 2, 2300\.$/);
  });

  test.each([
    'on 2290-05-17',
    'on 2290-5-17',
    'on 2290/5/17',
    'on 5/17/2290',
    'on 17.05.2290',
    'on 22900517',
    'in May 2290',
    'on May 17,2290',
    'at 2290-05-17T10:00',
    '2290-05-17x',
    'from 2290-05-17/2290-06-01',
  ])('no day of the other calendar reaches a model that a caller writes: %s', async (message) => {
    const context = await redact(acting('DATE: shift'), [], { messages: [message] });
    expect(String(context.messages[0])).not.toMatch(/2290|May 17/);
  });

  test('numbers that are no such day stay, and many days are read in linear time', async () => {
    const [kept] = (
      await redact(acting('DATE: shift'), [], { messages: ['glucose 2345-7, BNP 2290, may 2200 mg'] })
    ).messages;
    expect(String(kept)).toBe('glucose 2345-7, BNP 2290, may 2200 mg');
    const began = process.cpuUsage();
    await redact(acting('DATE: shift'), [], { messages: ['2290/5/17 3/14/2024 '.repeat(8000)] });
    const { system, user } = process.cpuUsage(began);
    expect(user + system).toBeLessThan(4_000_000);
  });

  test('a year does not stand where a pack hides years', async () => {
    const strict = loadShippedPack('strict');
    const context = await redact(acting('DATE: generalise'), [item('Seen 2/3/2026, since 2019.')], {
      packs: [strict],
    });
    expect(passage(context)).toBe('Seen (date removed), since (date removed).');
  });

  test('a coarser form that is not read again closes the envelope', async () => {
    const refused = redactEnvelope({
      find: async (texts) => createRedactor({ identity, packs: [safeHarbor] }).spans(texts),
      again: async () => [],
      acting: acting('DATE: generalise'),
      vault: countingVault(),
      scope,
      items: [item(note)],
      messages: [],
      days: dayPolicy(today, identity),
    });
    await expect(refused).rejects.toMatchObject({ name: 'Refusal', reason: 'redaction_failed' });
  });

  test('what nobody may have a token of has none of an earlier request either', async () => {
    const vault = countingVault();
    const first = await redact(acting(''), [], { vault, messages: ['Maria Ortiz on 1/5/2026'] });
    const said = String(first.messages[0]);
    expect(said).toMatch(/^\[\[PATIENT-\d{8}\]\] on \[\[DATE-\d{8} day \d+\]\]$/);
    const later = await redact(acting('DATE: generalise'), [], { vault, messages: [`${said}?`] });
    expect(String(later.messages[0])).toMatch(/^\[\[PATIENT-\d{8}\]\] on \(date removed\)\?$/);
    expect(later.removed).toEqual({ DATE: 1 });
  });

  test('a name that is removed is removed wherever it stands', async () => {
    const context = await redact(acting('A: remove'), [
      item('Okonjo seemed tired.'),
      item('Her aide, Dr. Okonjo, called.'),
    ]);
    expect(JSON.stringify(context.items)).not.toContain('Okonjo');
    expect(context.issued).toEqual([]);
  });

  test.each([
    ['G: remove', 'MRN 219-09-9999 is on file.', '(number removed)'],
    ['H: remove', 'MRN 919-555-0142 is on file.', 'removed)'],
    ['ID: remove', 'See http://example.org/mrn/0044713 for it.', 'removed)'],
    ['CLINICIAN: remove', 'Mercy General Hospital Dr. William White', 'removed)'],
  ])('%s: %s, which several rules read, is what the strictest says', async (said, text, mark) => {
    const vault = countingVault();
    const site = doing(said);
    const context = await redact(createActing([site])(), [item(text)], { vault, packs: [site] });
    expect(passage(context)).toContain(mark);
    expect(passage(context)).not.toMatch(/\d{4}|White/);
    expect(vault.calls.flat().filter(({ form }) => /\d{4}|White/.test(form))).toEqual([]);
  });
});

describe('marks and coarser forms', () => {
  const forms = [
    ...Object.values(removedMarks),
    '90+',
    '90+ years old',
    '40 to 49 years old',
    'ZIP 011',
    '2024',
  ];

  test('hide nothing, and are no tokens', () => {
    for (const form of forms) {
      expect(form).not.toMatch(tokenPattern);
      expect(scanText(`She was there, ${form}, and well.`, [safeHarbor])).toEqual([]);
    }
  });

  test('are none of the words of a patient whose name they say', () => {
    const names = ['Place', 'Date', 'Person', 'Phone', 'Number', 'Age', 'Link', 'Older', 'Relative', 'Zip'];
    const interlock = buildInterlock(
      names.map((name, at) => ({
        entity: `Patient/${at}`,
        bearer: 'patient',
        source: 'Patient',
        kind: 'name',
        text: `Quila ${name}`,
        name: { given: ['Quila'], family: name },
      })),
    );
    for (const form of forms) expect(interlock.scan(`She was there, ${form}, and well.`)).toEqual([]);
  });
});

describe('with any table of actions', () => {
  const interlock = buildInterlock(identity);
  const said = fc.uniqueArray(fc.tuple(fc.constantFrom(...actionKeys), fc.constantFrom(...actions)), {
    selector: ([key]) => key,
    maxLength: 8,
  });
  const words = fc.array(
    fc.constantFrom(
      'Maria Ortiz',
      'ORTIZ, MARIA',
      'Dr. White',
      'May Li',
      '919-555-0142',
      'maria.ortiz@example.org',
      '2/3/2026',
      '14 March 1950',
      '2026-02-03',
      '12 Elm Street, Springfield, MA 01101',
      'Mercy General Hospital',
      'MRN 44713',
      'aged 93',
      'says she took aspirin 81 mg',
      'since 2019',
    ),
    { minLength: 1, maxLength: 8 },
  );

  test('nothing of the record stays, and every token comes back', async () => {
    let allowed = 0;
    await fc.assert(
      fc.asyncProperty(said, words, async (rows, parts) => {
        let site: Pack;
        try {
          site = doing(rows.map(([key, action]) => `${key}: ${action}`).join(', '));
        } catch {
          return;
        }
        allowed += 1;
        const vault = countingVault();
        const text = parts.join('; ');
        const context = await redact(
          createActing([{ ...site, actions: strictestOf(safeHarbor.actions, site.actions) }])(),
          [item(text, [{ name: 'date', type: 'date', text: '2026-02-03' }])],
          { vault, messages: [text] },
        );
        const shown = [
          passage(context),
          String(context.messages[0]),
          String(context.items[0]?.parts[0]?.text),
        ];
        for (const one of shown) {
          expect(one).not.toMatch(/maria|ortiz|white|may li|0142|44713|elm|springfield|01101|mercy|\b93\b/i);
          expect(one).not.toMatch(/2\/3\/2026|14 March|02-03/);
          expect(interlock.scan(one)).toEqual([]);
        }
        const values = await vault.resolve(
          scope,
          context.issued.map(({ token }) => token),
        );
        const back = passage(context).replaceAll(tokenPattern, (token) => values.get(token) ?? token);
        const acted = Object.keys({ ...context.generalised, ...context.removed }).length > 0;
        expect(acted || back === text).toBe(true);
        expect(back).not.toMatch(tokenPattern);
      }),
      { numRuns: 150 },
    );
    expect(allowed).toBeGreaterThan(10);
  });
});
