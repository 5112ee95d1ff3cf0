import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { exportJWK } from 'jose';
import { replaceFile } from '../../../sandbox/svids.ts';
import { newKeyPair } from '../../fixtures/key-pair.ts';
import { clientAssertion } from './token-matrix/assertions.ts';
import { startWorld, type World } from './token-matrix/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
}, 60_000);
afterAll(() => world.close());

const next = newKeyPair();

/** Status of an exchange whose workload shows an assertion under this key. */
const exchangedWith = async (key = world.clientKey): Promise<number> =>
  (await world.exchange({ form: await clientAssertion(world, { key }) })).status;

async function untilAccepted(key: typeof next.privateKey): Promise<void> {
  while ((await exchangedWith(key)) !== 200) await delay(500);
}

test("a workload's keys are turned without a restart; what cannot be used leaves the last ones, nothing leaves none", async () => {
  const before = readFileSync(world.clientKeysFile, 'utf8');
  expect(await exchangedWith()).toBe(200);
  expect(await exchangedWith(next.privateKey)).toBe(401);

  replaceFile(world.clientKeysFile, JSON.stringify({ keys: [await exportJWK(next.publicKey)] }));
  await untilAccepted(next.privateKey);
  expect(await exchangedWith()).toBe(401);

  // Half written, and one with a private key: neither counts.
  for (const unusable of ['{"keys": [', JSON.stringify({ keys: [await exportJWK(next.privateKey)] })]) {
    replaceFile(world.clientKeysFile, unusable);
    await delay(500);
    expect(await exchangedWith(next.privateKey)).toBe(200);
  }

  replaceFile(world.clientKeysFile, '');
  while ((await exchangedWith(next.privateKey)) === 200) await delay(500);
  expect(await exchangedWith()).toBe(401);

  replaceFile(world.clientKeysFile, before);
  await untilAccepted(world.clientKey);
}, 60_000);
