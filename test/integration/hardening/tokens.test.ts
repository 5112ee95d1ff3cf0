import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import type { Identifiers } from '../../leak/matcher.ts';
import { identifiersOf, promised, seen } from './bad-input.ts';
import { type SteppedClock, tokenInputs } from './token-inputs.ts';

const clock: SteppedClock = {
  offset: 0,
  now() {
    return Date.now() + this.offset;
  },
};
let sandbox: SandboxUnderTest;
let identifiers: Identifiers;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start({ clock });
  identifiers = identifiersOf(sandbox);
}, 60_000);
afterAll(() => sandbox.close());

describe('a token that is not good', () => {
  it.each(tokenInputs)('$name', async ({ header, outcome, query = '', step = 0 }) => {
    await sandbox.forgetReceived();
    const authorization = await header(sandbox);
    clock.offset = step;
    const reply = await sandbox.call(`/v1/chat/completions${query}`, undefined, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(authorization === undefined ? {} : { authorization }),
      },
      body: JSON.stringify({ messages: [{ role: 'user', content: 'What is the latest LDL?' }] }),
    });
    clock.offset = 0;
    // By a clock that stepped forward the session rested too long, and what ended stays ended.
    if (step > 0) sandbox.signInAgain();
    expect(await sandbox.received()).toEqual([]);
    expect(await seen(sandbox, reply, identifiers)).toEqual(promised(outcome));
    expect(reply.headers.get('www-authenticate')).toMatch(/^Bearer /);
    const sent = authorization?.split(' ')[1] ?? 'no token was sent';
    expect(`${reply.text}${[...reply.headers].join('\n')}`).not.toContain(sent);
  });
});
