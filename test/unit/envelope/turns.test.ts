import { describe, expect, test } from '@jest/globals';
import { createTurns } from '../../../src/envelope/turns.ts';

describe('turns', () => {
  test('go one by one, in order, and timers and other work get round between them', async () => {
    const turn = createTurns();
    const order: string[] = [];
    const beside = (): void => {
      order.push('-');
      if (order.length < 12) setImmediate(beside);
    };
    setImmediate(beside);
    await Promise.all(
      ['a', 'b', 'c', 'd'].map(async (name) => {
        await turn(0);
        order.push(name);
      }),
    );
    expect(order.filter((name) => name !== '-')).toEqual(['a', 'b', 'c', 'd']);
    expect(order.join('')).not.toMatch(/[a-d][a-d]/);
  });

  test('begin anew after everybody had one', async () => {
    const turn = createTurns();
    await turn(0);
    await turn(0);
    const [first, second] = [turn(0), turn(0)];
    await Promise.all([first, second]);
    await expect(turn(0)).resolves.toBeUndefined();
  });

  test('go to the oldest first, and among equals to who came first', async () => {
    const turn = createTurns();
    const order: string[] = [];
    const asked: readonly (readonly [string, number])[] = [
      ['new', 30],
      ['old', 10],
      ['newer', 40],
      ['old too', 10],
      ['middle', 20],
    ];
    await Promise.all(
      asked.map(async ([name, since]) => {
        await turn(since);
        order.push(name);
      }),
    );
    expect(order).toEqual(['old', 'old too', 'middle', 'new', 'newer']);
  });
});
