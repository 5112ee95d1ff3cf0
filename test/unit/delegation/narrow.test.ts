import { expect, test } from '@jest/globals';
import { actClaim, actorsOf } from '../../../src/delegation/actor-chain.ts';
import { narrow } from '../../../src/delegation/narrow.ts';
import { openRevocations } from '../../../src/delegation/revocations.ts';
import { createMemoryRevocationStore } from '../../fixtures/memory-revocations.ts';
import { now, seconds, stillClock } from '../identity/tokens.ts';

const limits = { dataTypes: ['Condition', 'AllergyIntolerance'], retentionSeconds: 3600, once: false };

test('where nothing is asked, all that the task reads is granted and nothing is called a reduction', () => {
  expect(narrow({}, limits)).toEqual({
    data: ['AllergyIntolerance', 'Condition'],
    retention: 3600,
    once: false,
    reductions: [],
  });
});

test.each([
  ['a type that the task does not read', { data: ['Condition', 'Patient'] }, {}, 'data', 'task'],
  ['longer than the policy keeps', { retention: 7200 }, {}, 'retention', 'policy'],
  ['longer than the task keeps', { retention: 7200 }, { taskRetentionSeconds: 60 }, 'retention', 'task'],
  ['often, where the task says once', {}, { once: true }, 'use', 'task'],
] as const)('less is granted, and the answer says why: %s', (_name, asked, change, member, reason) => {
  const granted = narrow(asked, { ...limits, ...change });
  expect(granted.reductions).toEqual([{ member, reason }]);
  expect(granted.data.every((type) => limits.dataTypes.includes(type))).toBe(true);
  expect(granted.retention).toBeLessThanOrEqual(3600);
});

test('what is asked for and less than allowed is granted as asked', () => {
  expect(narrow({ data: ['Condition'], retention: 60, use: 'once' }, limits)).toEqual({
    data: ['Condition'],
    retention: 60,
    once: true,
    reductions: [],
  });
});

test('nothing in common is nothing to be granted', () => {
  expect(() => narrow({ data: ['Patient'] }, limits)).toThrow(
    expect.objectContaining({ reason: 'scope_exceeded' }),
  );
});

test('a chain of actors is written and read back, the present one first', () => {
  const claim = actClaim(['c', 'b', 'a']);
  expect(claim).toEqual({ sub: 'c', act: { sub: 'b', act: { sub: 'a' } } });
  expect(actorsOf(claim)).toEqual(['c', 'b', 'a']);
});

test.each([
  ['deeper than four', ['a', 'b', 'c', 'd', 'e']],
  ['a party that stands twice', ['a', 'b', 'a']],
] as const)('a chain that nobody would believe is not written: %s', (_name, [first, ...others]) => {
  expect(() => actClaim([first, ...others])).toThrow(expect.objectContaining({ reason: 'scope_exceeded' }));
});

test('a token that is good once is used up once, also of two at a time and after a restart', async () => {
  const store = createMemoryRevocationStore();
  const revocations = await openRevocations(store, stillClock);
  const both = [1, 2].map(() => revocations.takeOnce('clinic', 'token-1', seconds + 300));
  expect(await Promise.all(both)).toEqual([true, false]);
  const again = await openRevocations(store, { now: () => now + 1000 });
  expect(await again.takeOnce('clinic', 'token-1', seconds + 300)).toBe(false);
  expect(await again.takeOnce('hospital', 'token-1', seconds + 300)).toBe(true);
  // Used is not revoked: the request that uses it up goes on.
  expect(await again.isRevoked('clinic', 'token-1')).toBe(false);
});

test('a use that the store does not take counts for nobody', async () => {
  const store = createMemoryRevocationStore();
  const revocations = await openRevocations(
    { ...store, add: () => Promise.reject(new Error('disk')) },
    stillClock,
  );
  await expect(revocations.takeOnce('clinic', 'token-1', seconds + 300)).rejects.toThrow('disk');
  await expect(revocations.takeOnce('clinic', 'token-1', seconds + 300)).resolves.toBe(false);
});
