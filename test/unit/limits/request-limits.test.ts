import { expect, test } from '@jest/globals';
import { Refusal } from '../../../src/errors/refusal.ts';
import { RequestLimits } from '../../../src/limits/request-limits.ts';

const perMinute = { user: 3, workload: 5, tenant: 7, failedSignIns: 2 };
const limits = (slots?: number) =>
  new RequestLimits({
    perMinute,
    key: new Uint8Array(32).fill(7),
    ...(slots === undefined ? {} : { slots }),
  });

/** How many of so many tries are let through, and the refusal of the first that is not. */
async function passing(tries: number, one: (at: number) => Promise<void>) {
  let passed = 0;
  let refusal: Refusal | undefined;
  for (let at = 0; at < tries; at += 1)
    await one(at).then(
      () => (passed += 1),
      (thrown: unknown) => (refusal ??= thrown instanceof Refusal ? thrown : undefined),
    );
  return { passed, refusal };
}

test.each([
  ['user', 3, () => ({ tenant: 't', user: 'u' })],
  ['workload', 5, (at: number) => ({ tenant: 't', user: `u${at}`, workload: 'w' })],
  ['tenant', 7, (at: number) => ({ tenant: 't', user: `u${at}`, workload: `w${at}` })],
])('requests of one %s: past its limit 429 with the time to wait', async (_name, limit, from) => {
  const all = limits();
  const { passed, refusal } = await passing(10, (at) => all.request(from(at)));
  expect(passed).toBe(limit);
  expect(refusal).toMatchObject({ reason: 'rate_limited', code: 'rate_limited' });
  expect(refusal?.retryAfterSeconds).toBeGreaterThan(0);
  expect(refusal?.retryAfterSeconds).toBeLessThanOrEqual(60);
});

test('one user over the limit does not use up what others share', async () => {
  const all = limits();
  await passing(20, () => all.request({ tenant: 't', user: 'loud', workload: 'w' }));
  await expect(all.request({ tenant: 't', user: 'quiet', workload: 'w' })).resolves.toBeUndefined();
});

test('failed sign-ins count by address, in IPv6 by the site', async () => {
  const all = limits();
  const sites = ['2001:db8::1', '2001:db8:0:0:ffff::2', '2001:db8:0:0::3'];
  expect((await passing(3, (at) => all.failedSignIn(sites[at] ?? ''))).passed).toBe(2);
  await expect(all.failedSignIn('2001:db8:0:1::1')).resolves.toBeUndefined();
  expect((await passing(3, () => all.failedSignIn('::ffff:10.0.0.1'))).passed).toBe(2);
  await expect(all.failedSignIn('10.0.0.2')).resolves.toBeUndefined();
});

test('a flood of distinct identities shares a fixed number of counters', async () => {
  const all = limits(16);
  const { passed } = await passing(20_000, (at) => all.failedSignIn(`host-${at}`));
  expect(passed).toBe(16 * perMinute.failedSignIns);
});
