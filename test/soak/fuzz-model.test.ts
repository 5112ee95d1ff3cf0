import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Refusal } from '../../src/errors/refusal.ts';
import { readCompletion } from '../../src/model/answer-shape.ts';
import { createChunkReader } from '../../src/model/chunk-reader.ts';
import fc from '../fixtures/properties.ts';
import { answers, completion } from '../integration/hardening/model-double.ts';
import { cutting, Fuzz, fuzzTimeout, runs, seed, sound } from './fuzz/frame.ts';

const [parsed, overHttp] = [runs(150), runs(40)];

let fuzz: Fuzz;
beforeAll(async () => {
  fuzz = await Fuzz.start();
}, 60_000);
afterAll(() => fuzz.close());

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
          role: fc.oneof({ weight: 24, arbitrary: fc.constant('assistant') }, anything),
          content: fc.oneof({ weight: 24, arbitrary: words }, anything),
          refusal: fc.oneof({ weight: 24, arbitrary: fc.constant(null) }, words),
          annotations: fc.constantFrom(null, [], [{ title: finding }]),
          tool_calls: fc.oneof(
            { weight: 24, arbitrary: fc.constantFrom(null, []) },
            fc.constant([{ id: finding }]),
          ),
          [finding]: anything,
        },
        { requiredKeys: ['content', 'role', 'refusal'] },
      ),
      index: fc.oneof({ weight: 24, arbitrary: fc.constant(0) }, anything),
      finish_reason: fc.oneof({ weight: 24, arbitrary: fc.constantFrom('stop', 'length') }, anything),
      logprobs: fc.constantFrom(null, { content: [{ token: finding }] }),
    },
    { requiredKeys: ['message', 'index', 'finish_reason'] },
  );
const upstream = (finding: string) =>
  fc
    .record(
      {
        choices: fc.oneof(
          { weight: 24, arbitrary: fc.array(spoiled(finding), { minLength: 1, maxLength: 1 }) },
          { weight: 1, arbitrary: fc.array(spoiled(finding), { maxLength: 3 }) },
          { weight: 1, arbitrary: anything },
        ),
        id: fc.constantFrom('x', finding),
        usage: fc.constantFrom(
          null,
          { prompt_tokens: finding },
          { prompt_tokens: 1, completion_tokens: 1e300 },
        ),
        error: fc.oneof({ weight: 24, arbitrary: fc.constant(null) }, fc.constant({ message: finding })),
        system_fingerprint: fc.constant(finding),
      },
      { requiredKeys: ['choices', 'error'] },
    )
    .map((fields) => completion('x', fields));
const bytes = (finding: string) =>
  fc.tuple(upstream(finding), cutting).map(([one, at]) => {
    const whole = JSON.stringify(one);
    return whole.slice(0, Math.ceil(whole.length * at));
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
  it(`${parsed} whole and as streams are read or refused, and the refusal quotes nothing`, () => {
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
      { numRuns: parsed, seed },
    );
  });

  it(
    `${overHttp} over HTTP: an answer or a documented error, and no finding in either`,
    async () => {
      const { sandbox, double } = fuzz;
      const patient = sandbox.ready.patients[0]?.id ?? '';
      const finding = sandbox.ready.patients[1]?.name ?? '';
      await fc.assert(
        fc.asyncProperty(bytes(finding), fc.boolean(), async (answer, stream) => {
          double.play = answers(answer);
          const reply = await sandbox.ask({ patient, body: { model: 'double' }, stream });
          expect(reply.text).not.toContain(finding);
          expect(await fuzz.faultsOf(reply, patient)).toEqual([]);
        }),
        { numRuns: overHttp, seed, endOnFailure: true },
      );
      expect(await fuzz.conclude(`fuzzed model answers over HTTP: ${overHttp}`)).toEqual(sound);
      expect(fuzz.heard).toBe(overHttp);
    },
    fuzzTimeout,
  );
});
