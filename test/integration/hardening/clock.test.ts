import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyTrail } from '../../../src/storage/sqlite/trail-verify.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { codeOf, endedTrail, nextStatus } from './bad-input.ts';
import { answers, completion, hurried, type ModelDouble, startModelDouble } from './model-double.ts';
import type { SteppedClock } from './token-inputs.ts';

const clock: SteppedClock = {
  offset: 0,
  now() {
    return Date.now() + this.offset;
  },
};
let double: ModelDouble;
let sandbox: SandboxUnderTest;
beforeAll(async () => {
  double = await startModelDouble();
  sandbox = await SandboxUnderTest.start({ clock, configure: hurried({ double: double.baseUrl }, 15_000) });
}, 60_000);
afterAll(async () => {
  await sandbox.close();
  await double.close();
});

const [second, hour, day] = [1000, 3_600_000, 86_400_000];

describe('the clock steps while the model answers', () => {
  it.each([
    ['a second forward', second],
    ['a second back', -second],
    ['an hour forward', hour],
    ['an hour back', -hour],
    ['thirty years forward', 30 * 365 * day],
    ['thirty years back', -30 * 365 * day],
  ])('%s: an answer or a documented refusal, a trail in order, and it heals', async (_name, step) => {
    double.play = (response, request) => {
      clock.offset = step;
      answers(completion('The LDL is in the record.'))(response, request);
    };
    const reply = await sandbox.ask({ body: { model: 'double' } });
    clock.offset = 0;
    // By a clock that stepped forward the session rested too long, and what ended stays ended.
    sandbox.signInAgain();
    const events = await endedTrail(sandbox, reply.trail);
    // Before the first byte the consents are read anew, and the record system knows its own time.
    expect([
      [200, undefined, 'response.delivered', undefined],
      [401, 'invalid_token', 'response.aborted', 'token_expired'],
      [403, 'access_denied', 'response.aborted', 'revoked'],
      [502, 'fhir_unavailable', 'response.aborted', 'consent_unavailable'],
      [503, 'store_unavailable', 'response.aborted', 'vault_unavailable'],
      [403, 'content_refused', 'response.aborted', 'answer_blocked'],
    ]).toContainEqual([reply.status, codeOf(reply.body), events.at(-1)?.event, events.at(-1)?.reason]);
    expect(events.filter(({ event }) => /^response\.(delivered|aborted)$/.test(event))).toHaveLength(1);
    expect(await nextStatus(sandbox)).toBe(200);
    expect(verifyTrail(sandbox.ready.dataDir)).toMatchObject({ ok: true });
  });

  it('a small step changes nothing that the caller sees', async () => {
    double.play = (response, request) => {
      clock.offset = -second;
      answers(completion('The LDL is in the record.'))(response, request);
    };
    const reply = await sandbox.ask({ body: { model: 'double' } });
    clock.offset = 0;
    expect(reply.status).toBe(200);
  });
});
