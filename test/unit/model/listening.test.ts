import { expect, test } from '@jest/globals';
import { Refusal } from '../../../src/errors/refusal.ts';
import { Listening } from '../../../src/model/listening.ts';
import type { ModelDelta } from '../../../src/model/ports.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function* inPieces(): AsyncGenerator<ModelDelta> {
  yield { type: 'text', text: 'one ' };
  yield { type: 'text', text: 'two' };
  await turn();
  yield { type: 'text', text: ' three' };
  yield { type: 'finish', reason: 'stop' };
}

test('is told of what was said meanwhile all at once, and of the end', async () => {
  const listening = new Listening(inPieces());
  expect(await listening.beyond(4)).toBe(true);
  expect(listening.text).toBe('one two');
  expect(await listening.beyond(100)).toBe(false);
  expect(listening.text).toBe('one two three');
  expect(listening.finish).toEqual({ type: 'finish', reason: 'stop' });
});

test('a model is not read far ahead of what is done with its answer', async () => {
  let spoken = 0;
  let left = false;
  async function* speaking(): AsyncGenerator<ModelDelta> {
    try {
      for (;;) {
        spoken += 1000;
        yield { type: 'text', text: 'x'.repeat(1000) };
        await turn();
      }
    } finally {
      left = true;
    }
  }
  const listening = new Listening(speaking());
  const settled = async (): Promise<number> => {
    for (let before = -1; before !== spoken; await turn(), await turn(), await turn()) before = spoken;
    return spoken;
  };
  const first = await settled();
  expect(first).toBeLessThan(70_000);
  await listening.beyond(first - 1);
  const second = await settled();
  expect(second).toBeGreaterThan(first);
  expect(second).toBeLessThan(first + 70_000);
  listening.stop();
  await settled();
  expect(left).toBe(true);
});

test.each([
  ['breaks off', () => Promise.reject(new Refusal('model_timeout')), 'model_timeout'],
  ['ends without saying so', () => Promise.resolve(), 'model_malformed'],
])('a model that %s', async (_, end, reason) => {
  async function* speaking(): AsyncGenerator<ModelDelta> {
    yield { type: 'text', text: 'one' };
    await end();
  }
  await expect(new Listening(speaking()).beyond(10)).rejects.toMatchObject({ reason });
});
