import { expect, test } from '@jest/globals';
import { createWorkloadKeys } from '../../../src/identity/workload-keys.ts';
import type { Workload } from '../../../src/vocabulary/person.ts';
import { newKeyPair } from '../../fixtures/key-pair.ts';

const pair = newKeyPair();
const open = pair.publicKey.export({ format: 'jwk' });
const set = (...keys: readonly object[]): string => JSON.stringify({ keys });
const app: Workload = {
  id: 'app',
  tenant: 'clinic',
  clientIds: ['app'],
  tasks: 'all',
  purposes: 'all',
  models: 'all',
  humanReads: true,
  keys: [{ kty: 'EC', kid: 'of the entry' }],
};

test('keys of a file take the place of those of the entry, for that workload of that tenant only', () => {
  const files = [{ tenant: 'clinic', workload: 'app', path: 'a' }];
  const keys = createWorkloadKeys(
    files,
    () => set(open),
    () => undefined,
  );
  expect(keys.keysOf(app)).toEqual([open]);
  expect(keys.keysOf({ ...app, tenant: 'other' })).toEqual(app.keys);
  const { keys: _keys, ...bare } = app;
  expect(keys.keysOf({ ...bare, id: 'without' })).toBeUndefined();
  expect(keys.files).toEqual(['a']);
});

test.each<[string, string | undefined, readonly object[], number]>([
  ['half written', '{"keys":', [open], 1],
  ['with a private key', set(pair.privateKey.export({ format: 'jwk' })), [open], 1],
  ['with a shared key', set({ kty: 'oct', k: 'AA' }), [open], 1],
  ['without a key', set(), [open], 1],
  ['the same', set(open), [open], 0],
  ['another one', set({ ...open, kid: 'next' }), [{ ...open, kid: 'next' }], 0],
  ['empty', ' ', [], 0],
  ['gone', undefined, [], 0],
])('a file that is %s', (_what, text, expected, faultsExpected) => {
  let faults = 0;
  let now: string | undefined = set(open);
  const keys = createWorkloadKeys(
    [{ tenant: 'clinic', workload: 'app', path: 'a' }],
    () => now,
    () => {
      faults += 1;
    },
  );
  now = text;
  keys.reload();
  expect(keys.keysOf(app)).toEqual(expected);
  expect(faults).toBe(faultsExpected);
});

test('a file that cannot be read leaves the last keys standing', () => {
  let broken = false;
  let faults = 0;
  const keys = createWorkloadKeys(
    [{ tenant: 'clinic', workload: 'app', path: 'a' }],
    () => {
      if (broken) throw new Error('EIO');
      return set(open);
    },
    () => {
      faults += 1;
    },
  );
  broken = true;
  keys.reload();
  expect(keys.keysOf(app)).toEqual([open]);
  expect(faults).toBe(1);
});
