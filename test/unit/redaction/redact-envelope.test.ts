import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dayPolicy } from '../../../src/redaction/day-counts.ts';
import { findSpans } from '../../../src/redaction/find-spans.ts';
import type { RedactedContext } from '../../../src/redaction/ports.ts';
import { redactEnvelope } from '../../../src/redaction/redact-envelope.ts';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import type { IssuedToken, TokenRequest, TokenVault } from '../../../src/vault/ports.ts';
import type { ContextItem } from '../../../src/vocabulary/context-item.ts';
import type { VaultScope } from '../../../src/vocabulary/scope.ts';
import { spellToken, tokenPattern } from '../../../src/vocabulary/token.ts';
import { identity, safeHarbor, withPack } from './identity.ts';

const scope: VaultScope = { tenant: 't', patient: 'p1', purpose: 'TREAT', user: 'u', conversation: 'c' };

/** A vault of one scope that counts instead of drawing at random. */
function countingVault(): TokenVault & { readonly calls: TokenRequest[][] } {
  const stems = new Map<string, { random: string; forms: string[] }>();
  const values = new Map<string, string>();
  const calls: TokenRequest[][] = [];
  return {
    calls,
    issue: async (_, requests) => {
      calls.push([...requests]);
      return requests.map((request): IssuedToken => {
        const key = `${request.type} ${request.entity}`;
        const stem = stems.get(key) ?? { random: String(stems.size).padStart(8, '0'), forms: [] };
        stems.set(key, stem);
        if (!stem.forms.includes(request.form)) stem.forms.push(request.form);
        const form = stem.forms.indexOf(request.form) + 1;
        const day = request.epochDay === undefined ? {} : { day: request.epochDay + 40_000 };
        const token = spellToken({ type: request.type, random: stem.random, form, ...day });
        values.set(token, request.form);
        return { request, token };
      });
    },
    resolve: async (_, tokens) =>
      new Map(tokens.flatMap((token) => (values.has(token) ? [[token, values.get(token) ?? '']] : []))),
    anchor: async () => 0,
    forget: async () => undefined,
    erase: async () => false,
    purge: async () => 0,
    close: async () => {},
  };
}

const item = (text: string, parts: ContextItem['parts'] = []): ContextItem => ({
  key: 'N1',
  resource: { type: 'DocumentReference', id: 'd1' },
  kind: 'note',
  parts,
  passages: [{ text, start: 0, end: text.length, labels: [] }],
  labels: [],
  provenance: { server: 's', step: 'notes' },
});

/** 2026-11-20 */
const today = 20_777;

const redact = (
  vault: TokenVault,
  items: readonly ContextItem[],
  messages: readonly string[] = [],
): Promise<RedactedContext> =>
  redactEnvelope({
    find: async (texts) => findSpans(createRedactor({ identity, packs: [safeHarbor] }), texts),
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

  test('the same redactor serves both passes', () => {
    const extended = withPack.extend([
      { kind: 'name', bearer: 'other', entity: 'name:okonjo', text: 'Okonjo', source: 'name.title' },
    ]);
    expect(extended.spans('Okonjo and Maria', 'text').map(({ type }) => type)).toEqual(['PERSON', 'PATIENT']);
    expect(withPack.spans('it was okonjo', 'text')).toEqual([]);
  });
});
