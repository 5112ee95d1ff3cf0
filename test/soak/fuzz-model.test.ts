import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { catalogue } from '../../src/errors/catalogue.ts';
import { Refusal } from '../../src/errors/refusal.ts';
import { readCompletion } from '../../src/model/answer-shape.ts';
import { createChunkReader } from '../../src/model/chunk-reader.ts';
import { SandboxUnderTest } from '../fixtures/running-sandbox.ts';
import { codeOf, identifiersOf } from '../integration/hardening/bad-input.ts';
import {
  answers,
  completion,
  hurried,
  type ModelDouble,
  startModelDouble,
} from '../integration/hardening/model-double.ts';
import { findLeaks, type Identifiers } from '../leak/matcher.ts';
import { othersThan } from '../leak/others.ts';

const full = process.env['SOAK'] === 'full';
const runs = full ? 5000 : 150;
const overHttp = full ? 800 : 40;

let double: ModelDouble;
let sandbox: SandboxUnderTest;
let identifiers: Identifiers;
let others: Identifiers;
const faults: unknown[] = [];
const note = (reason: unknown): void => {
  faults.push(reason);
};
beforeAll(async () => {
  process.on('unhandledRejection', note);
  double = await startModelDouble();
  sandbox = await SandboxUnderTest.start({ configure: hurried({ double: double.baseUrl }, 15_000) });
  identifiers = identifiersOf(sandbox);
  others = othersThan(sandbox.running.store, sandbox.ready.patients[0]?.id ?? '');
}, 60_000);
afterAll(async () => {
  process.off('unhandledRejection', note);
  await sandbox.close();
  await double.close();
});

const anything = fc.anything({ withBigInt: false, maxDepth: 2, maxKeys: 4 });
const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.constantFrom(
    '[[NAME-AAAAAAAA]]',
    '[O1, O2]',
    '![x](https://a.invalid)',
    '\ud800',
    '\u202e',
    '[['.repeat(3000),
    'a.'.repeat(5000),
  ),
);
/** A finding stands where it must never pass; content, by which a model speaks, gets words only. */
const spoiled = (finding: string) =>
  fc.record(
    {
      message: fc.record(
        {
          role: fc.oneof({ weight: 6, arbitrary: fc.constant('assistant') }, anything),
          content: fc.oneof({ weight: 6, arbitrary: words }, anything),
          refusal: fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, words),
          annotations: fc.constantFrom(null, [], [{ title: finding }]),
          tool_calls: fc.constantFrom(null, [], [{ id: finding }]),
          [finding]: anything,
        },
        { requiredKeys: ['content'] },
      ),
      index: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, anything),
      finish_reason: fc.oneof({ weight: 6, arbitrary: fc.constantFrom('stop', 'length') }, anything),
      logprobs: fc.constantFrom(null, { content: [{ token: finding }] }),
    },
    { requiredKeys: ['message'] },
  );
const upstream = (finding: string) =>
  fc
    .record(
      {
        choices: fc.oneof(
          { weight: 6, arbitrary: fc.array(spoiled(finding), { minLength: 1, maxLength: 1 }) },
          { weight: 1, arbitrary: fc.array(spoiled(finding), { maxLength: 3 }) },
          { weight: 1, arbitrary: anything },
        ),
        id: fc.constantFrom('x', finding),
        usage: fc.constantFrom(
          null,
          { prompt_tokens: finding },
          { prompt_tokens: 1, completion_tokens: 1e300 },
        ),
        error: fc.constantFrom(null, null, null, { message: finding }),
        system_fingerprint: fc.constant(finding),
      },
      { requiredKeys: ['choices'] },
    )
    .map((fields) => completion('x', fields));
const bytes = (finding: string) =>
  fc.tuple(upstream(finding), fc.double({ min: 0, max: 1, noNaN: true })).map(([one, at]) => {
    const whole = JSON.stringify(one);
    return at < 0.2 ? whole.slice(0, Math.floor(whole.length * at * 5)) : whole;
  });

const readOrRefused = (read: () => unknown): boolean => {
  try {
    const deltas = read();
    return Array.isArray(deltas) || typeof deltas === 'object';
  } catch (thrown) {
    return thrown instanceof Refusal && !thrown.message.includes('Zzyzx');
  }
};

describe('fuzzed model answers', () => {
  it(`${runs} whole and as streams are read or refused, and the refusal quotes nothing`, () => {
    fc.assert(
      fc.property(bytes('Zzyzx Road'), fc.integer({ min: 1, max: 40 }), (answer, size) => {
        expect(readOrRefused(() => readCompletion(answer))).toBe(true);
        const stream = `data: ${answer.replaceAll('"message"', '"delta"')}\n\ndata: [DONE]\n\n`;
        expect(
          readOrRefused(() => {
            const reader = createChunkReader();
            for (let at = 0; at < stream.length; at += size * 50)
              reader.read(stream.slice(at, at + size * 50));
            return reader.finish();
          }),
        ).toBe(true);
      }),
      { numRuns: runs },
    );
  });

  it(`${overHttp} over HTTP: an answer or a documented error, and no finding in either`, async () => {
    const finding = sandbox.ready.patients[1]?.name ?? '';
    const tally = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(bytes(finding), fc.boolean(), async (answer, stream) => {
        double.play = answers(answer);
        const reply = await sandbox.ask({ body: { model: 'double' }, stream });
        const ok = reply.status === 200;
        const code = ok ? 'answered' : String(codeOf(reply.body));
        tally.set(code, (tally.get(code) ?? 0) + 1);
        expect(ok || Object.hasOwn(catalogue, code)).toBe(true);
        expect(reply.status).not.toBe(500);
        expect(reply.text).not.toContain(finding);
        expect(findLeaks(reply.text, ok ? others : identifiers)).toEqual([]);
      }),
      { numRuns: overHttp },
    );
    console.log(
      `fuzzed model answers over HTTP: ${[...tally].map(([code, n]) => `${code} ${n}`).join(', ')}`,
    );
    expect(faults).toEqual([]);
  }, 1_800_000);
});
