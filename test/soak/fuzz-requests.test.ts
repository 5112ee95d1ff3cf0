import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { catalogue } from '../../src/errors/catalogue.ts';
import { Refusal } from '../../src/errors/refusal.ts';
import { parseChatRequest } from '../../src/http/chat-request.ts';
import { SandboxUnderTest } from '../fixtures/running-sandbox.ts';
import { codeOf, identifiersOf } from '../integration/hardening/bad-input.ts';
import { findLeaks, type Identifiers } from '../leak/matcher.ts';
import { othersThan } from '../leak/others.ts';

const full = process.env['SOAK'] === 'full';
const runs = full ? 5000 : 150;
const overHttp = full ? 800 : 40;

let sandbox: SandboxUnderTest;
let identifiers: Identifiers;
let others: Identifiers;
const faults: unknown[] = [];
const note = (reason: unknown): void => {
  faults.push(reason);
};
beforeAll(async () => {
  process.on('unhandledRejection', note);
  sandbox = await SandboxUnderTest.start();
  identifiers = identifiersOf(sandbox);
  others = othersThan(sandbox.running.store, sandbox.ready.patients[0]?.id ?? '');
}, 60_000);
afterAll(async () => {
  process.off('unhandledRejection', note);
  await sandbox.close();
});

/** Texts with what breaks parsers: halves of pairs, controls, bidi, markers of our own, very long runs. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '\ud800',
    '\u0000',
    '\u202e',
    '[[NAME-AAAAAAAA]]',
    '<<<RECORD 00>>>',
    '__proto__',
    '-1',
    'What is the latest LDL?',
    'a'.repeat(20_000),
    'e\u0301'.repeat(500),
  ),
);
const anything = fc.oneof(text, fc.anything({ withBigInt: false, maxDepth: 2, maxKeys: 4 }));
const part = fc.record({ type: fc.oneof(fc.constant('text'), text), text: anything }, { requiredKeys: [] });
const message = fc.record(
  {
    role: fc.oneof(fc.constantFrom('system', 'developer', 'user', 'assistant', 'tool'), anything),
    content: fc.oneof(text, fc.array(part, { maxLength: 3 }), anything),
    name: anything,
  },
  { requiredKeys: ['role', 'content'] },
);
const phi = (patient: string) =>
  fc.record(
    {
      patient: fc.oneof({ weight: 4, arbitrary: fc.constant(patient) }, anything),
      task: fc.oneof({ weight: 4, arbitrary: fc.constant('cholesterol.latest') }, anything),
      purpose: fc.oneof({ weight: 4, arbitrary: fc.constant('TREAT') }, anything),
      encounter: anything,
      conversation: text,
    },
    { requiredKeys: ['patient', 'task', 'purpose'] },
  );
const body = (patient: string) =>
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record(
        {
          messages: fc.oneof({ weight: 6, arbitrary: fc.array(message, { maxLength: 4 }) }, anything),
          phi: fc.oneof({ weight: 6, arbitrary: phi(patient) }, anything),
          model: anything,
          stream: fc.oneof(fc.boolean(), anything),
          temperature: fc.oneof(fc.double(), anything),
          max_tokens: fc.oneof(fc.integer(), anything),
          stream_options: anything,
          metadata: anything,
        },
        { requiredKeys: ['messages'] },
      ),
    },
    // Mostly good ones, with texts of every kind: these go the whole way.
    {
      weight: 2,
      arbitrary: fc.record({
        messages: text.map((content) => [{ role: 'user', content }]),
        phi: fc.constant({ patient, task: 'cholesterol.latest', purpose: 'TREAT' }),
      }),
    },
    { weight: 1, arbitrary: anything },
  );

const isRefusal = (read: () => unknown): boolean => {
  try {
    read();
    return true;
  } catch (thrown) {
    return thrown instanceof Refusal && Object.hasOwn(catalogue, thrown.code);
  }
};

describe('fuzzed request bodies', () => {
  it(`${runs} are read or refused by the catalogue`, () => {
    fc.assert(
      fc.property(body('p1'), (one) => {
        expect(isRefusal(() => parseChatRequest(JSON.parse(JSON.stringify(one) ?? 'null')))).toBe(true);
      }),
      { numRuns: runs },
    );
  });

  it(`${overHttp} over HTTP, some of them cut or spoiled: an answer or a documented error, nothing else`, async () => {
    const token = await sandbox.token('clinician');
    const tally = new Map<string, number>();
    const cut = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cuts: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(body(sandbox.ready.patients[0]?.id ?? ''), cut, async (one, { at, cuts }) => {
        const whole = JSON.stringify(one) ?? 'null';
        const sent = cuts && at < 0.3 ? whole.slice(0, Math.floor(whole.length * at * 3)) : whole;
        const reply = await sandbox.call('/v1/chat/completions', token, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: sent,
        });
        const ok = reply.status === 200;
        const code = ok ? 'answered' : String(codeOf(reply.body));
        tally.set(code, (tally.get(code) ?? 0) + 1);
        expect(ok || Object.hasOwn(catalogue, code)).toBe(true);
        expect(reply.status).not.toBe(500);
        expect(findLeaks(reply.text, ok ? others : identifiers)).toEqual([]);
      }),
      { numRuns: overHttp },
    );
    for (const { body: received } of await sandbox.received())
      expect(findLeaks(JSON.stringify(received), identifiers)).toEqual([]);
    console.log(`fuzzed requests over HTTP: ${[...tally].map(([code, n]) => `${code} ${n}`).join(', ')}`);
    expect(faults).toEqual([]);
  }, 1_800_000);
});
