import { describe, expect, test } from '@jest/globals';
import { createActing } from '../../../src/redaction/acting.ts';
import { dayPolicy } from '../../../src/redaction/day-counts.ts';
import type { RedactedContext } from '../../../src/redaction/ports.ts';
import { redactEnvelope } from '../../../src/redaction/redact-envelope.ts';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import type { TokenVault } from '../../../src/vault/ports.ts';
import type { ContextItem } from '../../../src/vocabulary/context-item.ts';
import { tokenPattern } from '../../../src/vocabulary/token.ts';
import fc from '../../fixtures/properties.ts';
import { countingVault, item, scope } from './counting-vault.ts';
import { identity, safeHarbor, withPack } from './identity.ts';
import { spansIn } from './spans-in.ts';

/** 2026-11-20 */
const today = 20_777;

const redact = (
  vault: TokenVault,
  items: readonly ContextItem[],
  messages: readonly string[] = [],
): Promise<RedactedContext> =>
  redactEnvelope({
    find: async (texts) => createRedactor({ identity, packs: [safeHarbor] }).spans(texts),
    acting: createActing([])(),
    vault,
    scope,
    items,
    messages,
    days: dayPolicy(today, identity),
  });

const shown = (context: RedactedContext): string => JSON.stringify([context.items, context.messages]);

describe('an envelope', () => {
  test('every value becomes one token, asked for once', async () => {
    const vault = countingVault();
    const context = await redact(
      vault,
      [
        item('Maria Ortiz and Maria Ortiz, MRN 44713.', [
          { name: 'date', type: 'date', text: '2026-02-03' },
          { name: 'value', type: 'quantity', text: '120 mg' },
          { name: 'test', type: 'coded', text: 'White blood cell count' },
        ]),
      ],
      ['How is Maria Ortiz?'],
    );
    expect(vault.calls).toHaveLength(1);
    expect(vault.calls[0]).toHaveLength(3);
    expect(context.counts).toEqual({ DATE: 1, PATIENT: 1, ID: 1 });
    expect(String(context.messages[0])).toMatch(/^How is \[\[PATIENT-\d{8}\]\]\?$/);
    expect(shown(context)).not.toMatch(/Maria|Ortiz|44713|2026-02-03/);
    expect(shown(context)).toContain('White blood cell count');
    expect(context.items[0]?.parts[1]?.text.toString()).toBe('120 mg');
  });

  test('a name that one text announces is found in all', async () => {
    const context = await redact(countingVault(), [
      item('Okonjo seemed tired.'),
      item('Her aide, Dr. Okonjo, called.'),
    ]);
    expect(shown(context)).not.toContain('Okonjo');
  });

  test('token-like text is inert unless this scope issued it and the caller wrote it', async () => {
    const vault = countingVault();
    const first = await redact(vault, [], ['Maria Ortiz']);
    const own = String(first.messages[0]);
    const forged = '[[PATIENT-ZZZZZZZZ]]';
    const context = await redact(vault, [item(`A note says ${own} and ${forged}`)], [`${own} or ${forged}?`]);
    expect(String(context.messages[0])).toBe(`${own} or ((PATIENT-ZZZZZZZZ))?`);
    expect([...String(context.items[0]?.passages[0]).matchAll(tokenPattern)]).toEqual([]);
  });

  test('what reaches into a token of a caller hides beside it', async () => {
    const vault = countingVault();
    const [own = ''] = (await redact(vault, [], ['Maria Ortiz'])).messages.map(String);
    for (const [text, expected] of [
      [`at Mercy West Hospital of ${own} today`, `at [[ORG-00000001]] ${own} today`],
      [`write a.b@example.org/${own}`, `write [[EMAIL-00000002]]`],
    ] as const) {
      const [message] = (await redact(vault, [], [text])).messages.map(String);
      expect(message).toContain(expected);
      expect(message).toContain(own);
      expect(message).not.toMatch(/Mercy|West|example/);
    }
  });

  test('a failing vault or redactor closes the envelope without a word of the record', async () => {
    const vault = countingVault();
    const broken: TokenVault = { ...vault, issue: async () => Promise.reject(new Error('Maria Ortiz')) };
    const refusal = redact(broken, [item('Maria Ortiz')]);
    await expect(refusal).rejects.toMatchObject({ name: 'Refusal', reason: 'redaction_failed' });
    await expect(refusal).rejects.not.toThrow('Maria');
    const silent: TokenVault = { ...vault, issue: async () => [] };
    await expect(redact(silent, [item('Maria Ortiz')])).rejects.toMatchObject({ reason: 'redaction_failed' });
  });

  test('reveal(redact(x)) is x', async () => {
    const words = fc.constantFrom(
      'Maria Ortiz',
      'ORTIZ, MARIA',
      'Dr. White',
      'May',
      'May Li',
      'white',
      '919-555-0142',
      'maria.ortiz@example.org',
      '2/3/2026',
      'March 14, 1950',
      '12 Elm Street, Springfield, MA 01101',
      'Mercy General Hospital',
      'MRN 44713',
      'metformin',
      '500 mg',
      '120/80',
      'not',
      'Mаria',
      'M\u200baria',
      'é',
      '93-year-old',
      '李',
      ',',
      '.',
      '\n',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(words, { maxLength: 12 }),
        fc.array(words, { maxLength: 12 }),
        async (a, b) => {
          const vault = countingVault();
          const texts = [a.join(' '), b.join(' ')];
          const context = await redact(vault, [], texts);
          const values = await vault.resolve(
            scope,
            context.issued.map(({ token }) => token),
          );
          const revealed = context.messages.map((message) =>
            String(message).replaceAll(tokenPattern, (token) => values.get(token) ?? token),
          );
          expect(revealed).toEqual(texts);
          expect(values.size).toBe(new Set(context.issued.map(({ token }) => token)).size);
        },
      ),
    );
  });

  test('a name that a rule finds in one text is found in the others', () => {
    const texts = ['Seen by Dr. Okonjo today', 'Okonjo and Maria', 'it was okonjo'];
    const [, second, third] = withPack.spans(texts.map((text) => ({ text, type: 'text' })));
    expect(second?.map(({ type }) => type)).toEqual(['CLINICIAN', 'PATIENT']);
    expect(third?.map(({ type }) => type)).toEqual(['CLINICIAN']);
    expect(spansIn(withPack, 'it was okonjo')).toEqual([]);
  });
});
