import { describe, expect, test } from '@jest/globals';
import { Strangers } from '../../../src/envelope/strangers.ts';
import { type Reason } from '../../../src/errors/reasons.ts';
import { Refusal } from '../../../src/errors/refusal.ts';

const refusal = (reason: Reason = 'token_missing'): Refusal => new Refusal(reason);
const counts = (strangers: Strangers) =>
  strangers.take().map(({ count, reason, since, tenant }) => ({ count, reason, since, tenant }));

describe('refusals of strangers', () => {
  test('the first of each tenant stand alone, the rest is counted by reason from its first', () => {
    const strangers = new Strangers(2);
    const alone = [1, 2, 3, 4].map((at) => strangers.standsAlone('-', refusal(), at));
    expect(alone).toEqual([true, true, false, false]);
    expect(strangers.standsAlone('-', refusal('unknown_route'), 5)).toBe(false);
    expect(strangers.standsAlone('north', refusal('token_expired'), 6)).toBe(true);
    expect(counts(strangers)).toEqual([
      { tenant: '-', reason: 'token_missing', count: 2, since: 3 },
      { tenant: '-', reason: 'unknown_route', count: 1, since: 5 },
    ]);
  });

  test('a span that was taken begins anew', () => {
    const strangers = new Strangers(1);
    expect(strangers.standsAlone('-', refusal(), 1)).toBe(true);
    expect(strangers.standsAlone('-', refusal(), 2)).toBe(false);
    expect(strangers.take()).toHaveLength(1);
    expect(strangers.take()).toEqual([]);
    expect(strangers.standsAlone('-', refusal(), 3)).toBe(true);
  });

  test('what could not be written is counted on', () => {
    const strangers = new Strangers(0);
    for (const at of [10, 11, 12]) strangers.standsAlone('-', refusal(), at);
    const lost = strangers.take();
    strangers.standsAlone('-', refusal(), 20);
    strangers.putBack(lost);
    expect(counts(strangers)).toEqual([{ tenant: '-', reason: 'token_missing', count: 4, since: 10 }]);
  });

  test('a flood keeps no more than tenants and reasons', () => {
    const strangers = new Strangers(0);
    for (let n = 0; n < 100_000; n += 1)
      strangers.standsAlone('-', refusal(n % 2 === 0 ? 'token_missing' : 'token_signature'), n);
    expect(counts(strangers).map(({ count }) => count)).toEqual([50_000, 50_000]);
  });
});

test('a refusal keeps what it says within a tenant, and the first tenant that was told', () => {
  const before = new Refusal('rate_limited', { retryAfterSeconds: 7, facts: { failed: ['x'] }, fault: '/x' });
  const after = before.within('north').within('south');
  expect(after).toMatchObject({
    reason: 'rate_limited',
    tenant: 'north',
    retryAfterSeconds: 7,
    facts: { failed: ['x'] },
    fault: '/x',
    message: before.message,
  });
});
