import { describe, expect, test } from '@jest/globals';
import { heldReader } from '../../../src/envelope/held-reader.ts';

const reader = (name: string) => ({ name });

const setUp = (lifetime = 60) => {
  let now = 1_000_000;
  let minted = 0;
  let failing = false;
  const control = heldReader({ now: () => now }, async () => {
    minted += 1;
    if (failing) throw new Error('no key');
    return { reader: reader(`r${minted}`), expiresIn: lifetime };
  });
  return {
    control,
    at: (ms: number) => {
      now = 1_000_000 + ms;
    },
    fail: (fails: boolean) => {
      failing = fails;
    },
    minted: () => minted,
  };
};

describe('the control reader of one envelope', () => {
  test('is one while its token is good, also for readers that ask at once', async () => {
    const { control, at, minted } = setUp();
    const both = await Promise.all([control(), control()]);
    expect(both[0]).toBe(both[1]);
    at(44_000);
    expect(await control()).toBe(both[0]);
    expect(minted()).toBe(1);
  });

  test('is another one before the token ends', async () => {
    const { control, at, minted } = setUp();
    const first = await control();
    at(45_000);
    expect(await control()).not.toBe(first);
    expect(minted()).toBe(2);
  });

  test('is another one after the clock was set back', async () => {
    const { control, at } = setUp();
    const first = await control();
    at(-1);
    expect(await control()).not.toBe(first);
  });

  test('is refused when it cannot be minted, and minted again when asked again', async () => {
    const { control, fail } = setUp();
    fail(true);
    await expect(control()).rejects.toThrow('no key');
    fail(false);
    expect(await control()).toEqual(reader('r2'));
  });

  test('is never held where the token is shorter than what must remain', async () => {
    const { control, minted } = setUp(10);
    await control();
    await control();
    expect(minted()).toBe(2);
  });
});
