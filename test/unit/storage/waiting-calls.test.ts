import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Refusal } from '../../../src/errors/refusal.ts';
import { WaitingCalls } from '../../../src/storage/sqlite/waiting-calls.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const refused = (fault: string) => ({ status: 'rejected', reason: { cause: { message: fault } } });

/** Calls of which it is noted which were sent to the thread, and which of them together. */
function calls(maxWaiting = 100, crowd?: () => number) {
  const sent: (readonly number[])[] = [];
  const waiting = new WaitingCalls<number, string>({
    send: (messages) => sent.push(messages),
    timeoutMs: 5000,
    maxWaiting,
    ...(crowd === undefined ? {} : { crowd }),
    late: 'late',
    crowded: 'crowded',
    unavailable: (fault) => new Refusal('trail_unavailable', { cause: new Error(fault) }),
  });
  const ask = () => Promise.allSettled([waiting.ask((id) => id)]).then(([one]) => one);
  return { ask, sent, waiting };
}

const failing = (): Promise<never> => Promise.reject(new Error('EIO'));

describe('calls to a thread', () => {
  test('answered each by its number, refused when their time is over', async () => {
    const { ask, sent, waiting } = calls();
    const [first, second] = [ask(), ask()];
    waiting.refuse(0, 'full');
    waiting.answer(1, 'b');
    expect(await Promise.all([first, second])).toMatchObject([
      refused('full'),
      { status: 'fulfilled', value: 'b' },
    ]);
    const third = ask();
    jest.advanceTimersByTime(5000);
    expect(await third).toMatchObject(refused('late'));
    expect(sent).toEqual([[0], [1], [2]]);
  });

  test('what is asked while the thread is at work goes together when all before it is answered', async () => {
    const { ask, sent, waiting } = calls();
    const all = [ask(), ask(), ask()];
    expect(sent).toEqual([[0]]);
    waiting.answer(0, 'a');
    all.push(ask());
    expect(sent).toEqual([[0], [1, 2]]);
    waiting.answer(2, 'c');
    expect(sent).toEqual([[0], [1, 2]]);
    waiting.refuse(1, 'full');
    waiting.answer(3, 'd');
    expect(sent).toEqual([[0], [1, 2], [3]]);
    expect(await Promise.all(all)).toMatchObject([
      { value: 'a' },
      refused('full'),
      { value: 'c' },
      { value: 'd' },
    ]);
  });

  test('who was refused while held is never sent, and for a thread that is to end all is sent', async () => {
    const { ask, sent, waiting } = calls();
    const first = ask();
    jest.advanceTimersByTime(3000);
    const second = ask();
    jest.advanceTimersByTime(2000);
    const third = ask();
    jest.advanceTimersByTime(1000);
    expect(await Promise.all([first, third])).toMatchObject([refused('late'), refused('late')]);
    waiting.sendHeld();
    expect(sent).toEqual([[0], [1]]);
    waiting.answer(1, 'b');
    expect(await second).toMatchObject({ value: 'b' });
    void ask();
    waiting.sendHeld();
    expect(sent).toEqual([[0], [1], [3]]);
    waiting.sendHeld();
    expect(sent).toHaveLength(3);
  });

  test('in a crowd a message waits a moment for more calls, also behind an answer', async () => {
    let requests = 6;
    const { ask, sent, waiting } = calls(100, () => requests);
    const all = [ask()];
    jest.advanceTimersByTime(9);
    all.push(ask());
    expect(sent).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(sent).toEqual([[0, 1]]);
    all.push(ask());
    waiting.answer(0, 'a');
    waiting.answer(1, 'b');
    expect(sent).toHaveLength(1);
    jest.advanceTimersByTime(10);
    expect(sent).toEqual([[0, 1], [2]]);
    requests = 5;
    waiting.answer(2, 'c');
    all.push(ask());
    expect(sent).toEqual([[0, 1], [2], [3]]);
    waiting.answer(3, 'd');
    expect(await Promise.all(all)).toMatchObject(['a', 'b', 'c', 'd'].map((value) => ({ value })));
  });

  test('what a crowd holds goes before the end of the thread, and with a thread that is gone', async () => {
    const { ask, sent, waiting } = calls(100, () => 100);
    const first = ask();
    waiting.sendHeld();
    expect(sent).toEqual([[0]]);
    const second = ask();
    waiting.refuseAll('ended');
    jest.advanceTimersByTime(100);
    expect(await Promise.all([first, second])).toMatchObject([refused('ended'), refused('ended')]);
    expect(sent).toEqual([[0]]);
  });

  test('a thread that cannot be asked refuses those calls alone, also where a crowd was gathered', async () => {
    let [broken, requests] = [true, 0];
    const sent: (readonly number[])[] = [];
    const waiting = new WaitingCalls<number, string>({
      send: (messages) => {
        if (broken) throw new Error('no memory for a thread');
        sent.push(messages);
      },
      timeoutMs: 5000,
      maxWaiting: 100,
      crowd: () => requests,
      late: 'late',
      crowded: 'crowded',
      unavailable: (fault) => new Refusal('trail_unavailable', { cause: new Error(fault) }),
    });
    const ask = () => Promise.allSettled([waiting.ask((id) => id)]).then(([one]) => one);
    expect(await ask()).toMatchObject(refused('the thread could not be asked'));
    requests = 6;
    const gathered = [ask(), ask()];
    jest.advanceTimersByTime(10);
    expect(await Promise.all(gathered)).toMatchObject([
      refused('the thread could not be asked'),
      refused('the thread could not be asked'),
    ]);
    [broken, requests] = [false, 0];
    const after = ask();
    expect(sent).toEqual([[3]]);
    waiting.answer(3, 'd');
    expect(await after).toMatchObject({ value: 'd' });
  });

  test('nothing is sent to a thread that stalls, and whoever waits for it is told sooner', async () => {
    const { ask, sent, waiting } = calls();
    const first = ask();
    jest.advanceTimersByTime(5000);
    expect(await first).toMatchObject(refused('late'));
    for (let hour = 0; hour < 100; hour += 1) {
      const next = ask();
      jest.advanceTimersByTime(1000);
      expect(await next).toMatchObject(refused('late'));
    }
    expect(sent).toEqual([[0]]);
    expect(await waiting.writable(() => Promise.reject(new Error('EIO')))).toBe(false);
  });

  test('what is still held is sent in order when the thread is heard of, with its whole time', async () => {
    const { ask, sent, waiting } = calls();
    const first = ask();
    jest.advanceTimersByTime(5000);
    await first;
    const held = [ask(), ask()];
    jest.advanceTimersByTime(900);
    waiting.answer(0, 'too late for anybody');
    expect(sent).toEqual([[0], [1, 2]]);
    jest.advanceTimersByTime(4900);
    waiting.answer(1, 'a');
    waiting.answer(2, 'b');
    expect(await Promise.all(held)).toMatchObject([{ value: 'a' }, { value: 'b' }]);
  });

  test('one too many is refused at once, also where they are held', async () => {
    const { ask, sent } = calls(2);
    const first = ask();
    jest.advanceTimersByTime(5000);
    await first;
    const held = [ask(), ask()];
    expect(await ask()).toMatchObject(refused('crowded'));
    jest.advanceTimersByTime(1000);
    expect(await Promise.all(held)).toMatchObject([refused('late'), refused('late')]);
    expect(sent).toEqual([[0]]);
  });

  test('after a failure only a write that meets the disk shows that it takes writes again', async () => {
    const { ask, waiting } = calls();
    expect(await waiting.writable(failing)).toBe(true);
    const first = ask();
    waiting.refuse(0, 'EIO');
    await first;
    const second = ask();
    waiting.answer(1, 'a read');
    await second;
    expect(await waiting.writable(failing)).toBe(false);
    expect(await waiting.writable(() => Promise.resolve())).toBe(true);
    expect(await waiting.writable(failing)).toBe(true);
  });

  test('a thread that is gone takes all with it, and the next one is sent to at once', async () => {
    const { ask, sent, waiting } = calls();
    const first = ask();
    jest.advanceTimersByTime(5000);
    await first;
    const held = ask();
    waiting.refuseAll('ended');
    expect(await held).toMatchObject(refused('ended'));
    void ask();
    expect(sent).toEqual([[0], [2]]);
  });
});
