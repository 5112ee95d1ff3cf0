import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { findLeaks, type Identifiers } from '../../leak/matcher.ts';
import { type AskedAsEither, startEitherDouble } from '../../leak/matrix-answers.ts';
import { aborted, identifiersOf, isRefused, nextStatus, promised, seen } from './bad-input.ts';
import { hurried, type ModelDouble, startModelDouble } from './model-double.ts';
import { fieldInputs, modelInputs } from './model-inputs.ts';

let double: ModelDouble;
/** Answers the same whole and as a stream. */
let either: AskedAsEither;
let sandbox: SandboxUnderTest;
let identifiers: Identifiers;
/** Name of the patient who is asked about: what a model must never get to say. */
let finding = '';
beforeAll(async () => {
  double = await startModelDouble();
  either = await startEitherDouble();
  const down = await startModelDouble();
  await down.close();
  sandbox = await SandboxUnderTest.start({
    configure: hurried({ double: double.baseUrl, either: either.baseUrl, down: down.baseUrl }, 15_000),
  });
  identifiers = identifiersOf(sandbox);
  finding = sandbox.ready.patients[0]?.name ?? '';
}, 60_000);
afterAll(async () => {
  await sandbox.close();
  await double.close();
  await either.close();
});

const askDouble = () => sandbox.ask({ body: { model: 'double' } });
const askEither = (stream: boolean) => sandbox.ask({ body: { model: 'either' }, stream });
const headersOf = (headers: Headers): string => [...headers].map((pair) => pair.join(': ')).join('\n');

describe('a model that fails', () => {
  it('model down', async () => {
    const reply = await sandbox.ask({ body: { model: 'down' } });
    expect(await seen(sandbox, reply, identifiers)).toEqual(
      promised(aborted('model_unavailable', 'model_unavailable')),
    );
  });

  it.each(modelInputs)('$name', async ({ play, outcome }) => {
    double.play = play;
    expect(await seen(sandbox, await askDouble(), identifiers)).toEqual(promised(outcome));
  });

  it.each(modelInputs.slice(3, 8))(
    '$name, asked for as a stream: refused before its first byte',
    async ({ play, outcome }) => {
      double.play = play;
      // A task that is answered whole; what breaks off while it leaves is in gateway/early-answers.
      const reply = await sandbox.ask({ body: { model: 'double' }, stream: true, task: 'problem.list' });
      expect(await seen(sandbox, reply, identifiers)).toEqual(promised(outcome));
    },
  );
});

const refusedFields = fieldInputs.flatMap(({ outcome, ...input }) =>
  isRefused(outcome) ? [{ ...input, outcome }] : [],
);

describe('a finding planted in an answer', () => {
  it.each(refusedFields)('$name', async ({ play, outcome }) => {
    double.play = play(finding);
    const reply = await askDouble();
    expect(`${reply.text}${headersOf(reply.headers)}`).not.toContain(finding);
    expect(await seen(sandbox, reply, identifiers)).toEqual(promised(outcome));
  });

  it.each(fieldInputs.filter(({ outcome }) => !isRefused(outcome)))('$name', async ({ play }) => {
    either.play = play(finding);
    for (const stream of [false, true]) {
      const reply = await askEither(stream);
      expect({ status: reply.status, text: reply.text.slice(0, 200) }).toMatchObject({ status: 200 });
      expect(reply.text).toContain('LDL');
      expect(`${reply.text}${headersOf(reply.headers)}`).not.toContain(finding);
      expect(findLeaks(reply.text, identifiers)).toEqual([]);
    }
    expect(await nextStatus(sandbox)).toBe(200);
  });
});
