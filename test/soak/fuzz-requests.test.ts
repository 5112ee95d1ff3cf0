import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { catalogue } from '../../src/errors/catalogue.ts';
import { Refusal } from '../../src/errors/refusal.ts';
import { parseChatRequest } from '../../src/http/chat-request.ts';
import { diceOf } from '../fixtures/honest-log.ts';
import fc from '../fixtures/properties.ts';
import { cutting, Fuzz, fuzzTimeout, runs, seed, sound } from './fuzz/frame.ts';
import { exchangeOf, wireFaults } from './fuzz/raw-exchange.ts';

const [parsed, overHttp, onWire] = [runs(150), runs(40), runs(60)];

let fuzz: Fuzz;
beforeAll(async () => {
  fuzz = await Fuzz.start();
}, 60_000);
afterAll(() => fuzz.close());

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
/** Good most of the time: a body with one thing wrong goes further than one with five. */
const mostly = <T>(good: fc.Arbitrary<T>) => fc.oneof({ weight: 16, arbitrary: good }, anything);
const absent = fc.constant(undefined);

const part = fc.record({ type: mostly(fc.constant('text')), text: mostly(text) });
const message = fc.record(
  {
    role: mostly(fc.constantFrom('system', 'developer', 'user', 'assistant')),
    content: mostly(fc.oneof(text, fc.array(part, { minLength: 1, maxLength: 3 }))),
    name: absent,
  },
  { requiredKeys: ['role', 'content'] },
);
/** What was said before, and what the person asks now. */
const messages = fc
  .tuple(fc.array(message, { maxLength: 3 }), mostly(text))
  .map(([before, content]) => [...before, { role: 'user', content }]);
const phi = (patient: string) =>
  fc.record({
    patient: mostly(fc.constant(patient)),
    task: mostly(fc.constant('cholesterol.latest')),
    purpose: mostly(fc.constant('TREAT')),
    encounter: mostly(absent),
    conversation: mostly(fc.constantFrom(undefined, 'c1', 'c2')),
  });
const body = (patient: string) =>
  fc.oneof(
    {
      weight: 20,
      arbitrary: fc.record({
        messages: mostly(messages),
        phi: mostly(phi(patient)),
        model: mostly(absent),
        stream: mostly(fc.boolean()),
        temperature: mostly(fc.double({ min: 0, max: 2, noNaN: true })),
        max_tokens: mostly(fc.integer({ min: 1, max: 9000 })),
        stream_options: mostly(fc.constantFrom(undefined, { include_usage: true })),
        metadata: mostly(absent),
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
  it(`${parsed} are read or refused by the catalogue`, () => {
    fc.assert(
      fc.property(body('p1'), (one) => {
        expect(isRefusal(() => parseChatRequest(JSON.parse(JSON.stringify(one) ?? 'null')))).toBe(true);
      }),
      { numRuns: parsed, seed },
    );
  });

  it(
    `${overHttp} over HTTP, some of them cut or spoiled: an answer or a documented error, nothing else`,
    async () => {
      const { sandbox } = fuzz;
      const patient = sandbox.ready.patients[0]?.id ?? '';
      await fc.assert(
        fc.asyncProperty(body(patient), cutting, async (one, at) => {
          const whole = JSON.stringify(one) ?? 'null';
          const sent = whole.slice(0, Math.ceil(whole.length * at));
          const reply = await sandbox.call('/v1/chat/completions', await fuzz.token(), {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: sent,
          });
          expect(await fuzz.faultsOf(reply, patient)).toEqual([]);
        }),
        { numRuns: overHttp, seed, endOnFailure: true },
      );
      expect(await fuzz.conclude(`fuzzed requests over HTTP: ${overHttp}`)).toEqual(sound);
      expect(fuzz.heard).toBeGreaterThan(0);
    },
    fuzzTimeout,
  );

  it(
    `${onWire} on bare sockets: every answer is one of ours, no more answers than requests, it ends`,
    async () => {
      const { sandbox } = fuzz;
      const patient = sandbox.ready.patients[0]?.id ?? '';
      const spoiled = new Map<string, number>();
      for (let run = 0; run < onWire; run += 1) {
        const dice = diceOf(seed * 100_000 + run);
        const exchange = await exchangeOf(sandbox.ready.gateway, await fuzz.token(), patient, dice);
        spoiled.set(exchange.what, (spoiled.get(exchange.what) ?? 0) + 1);
        expect({ run, what: exchange.what, faults: wireFaults(exchange) }).toEqual({
          run,
          what: exchange.what,
          faults: [],
        });
        for (const reply of exchange.replies.filter(({ trail }) => trail !== ''))
          expect({ run, what: exchange.what, faults: await fuzz.faultsOf(reply, patient) }).toEqual({
            run,
            what: exchange.what,
            faults: [],
          });
      }
      console.log(`spoiled on the wire: ${[...spoiled].map(([what, n]) => `${what} ${n}`).join(', ')}`);
      expect(await fuzz.conclude(`fuzzed requests on bare sockets: ${onWire}`)).toEqual(sound);
    },
    fuzzTimeout,
  );
});
