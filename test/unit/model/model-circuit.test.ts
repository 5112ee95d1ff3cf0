import { describe, expect, test } from '@jest/globals';
import { Refusal } from '../../../src/errors/refusal.ts';
import { createModelCircuit, type ModelCircuit, NoModelAnswer } from '../../../src/model/model-circuit.ts';

const never = new AbortController().signal;
const silent = () => new NoModelAnswer('model_unavailable', 'silent');
const late = () => new NoModelAnswer('model_timeout', 'silent');
const busy = () => new NoModelAnswer('model_unavailable', 'busy');

/** A circuit by a clock of the test: three silences, then a second of rest. */
class Rested {
  at = 0;
  readonly circuit: ModelCircuit;

  constructor(retries = 0) {
    this.circuit = createModelCircuit({ retries, failures: 3, restMs: 1000, now: () => this.at });
  }

  /** How one exchange ends: `asked` or the thrown refusal's reason, `resting` where it was not made. */
  async one(fails?: Refusal): Promise<string> {
    let asked = false;
    try {
      await this.circuit(async () => {
        asked = true;
        if (fails !== undefined) throw fails;
      }, never);
      return 'answered';
    } catch (thrown) {
      if (!asked && thrown instanceof NoModelAnswer) return thrown.how;
      return thrown instanceof Refusal ? thrown.reason : 'unknown';
    }
  }

  async silences(times: number): Promise<void> {
    for (let n = 0; n < times; n += 1) await this.one(silent());
  }

  /** An exchange that goes on until the test ends it. */
  begin(): { readonly outcome: Promise<unknown>; readonly end: (fails?: Refusal) => void } {
    let end: ((fails?: Refusal) => void) | undefined;
    const held = new Promise<void>((resolve, reject) => {
      end = (fails) => (fails === undefined ? resolve() : reject(fails));
    });
    return {
      outcome: this.circuit(() => held, never).catch((thrown: unknown) => thrown),
      end: (fails) => end?.(fails),
    };
  }
}

describe('an endpoint that gives no answer', () => {
  test('is left alone after so many in a row, and not asked meanwhile', async () => {
    const rested = new Rested();
    await rested.silences(3);
    rested.at = 999;
    expect(await rested.one()).toBe('resting');
    rested.at = 1000;
    expect(await rested.one()).toBe('answered');
    await rested.silences(2);
    expect(await rested.one()).toBe('answered');
  });

  test.each([
    ['an answer', undefined],
    ['one that it refused with', new Refusal('model_malformed')],
    ['one that it is busy', busy()],
  ])('is none where %s came between', async (_, between) => {
    const rested = new Rested();
    for (let n = 0; n < 3; n += 1) {
      await rested.silences(2);
      expect(await rested.one(between)).not.toBe('resting');
    }
  });

  test('holds nobody up who comes while it is tried: they are told at once, however long that takes', async () => {
    const rested = new Rested();
    await rested.silences(3);
    rested.at = 1000;
    const trying = rested.begin();
    rested.at = 1999;
    expect(await rested.one()).toBe('resting');
    trying.end();
    await trying.outcome;
    expect(await rested.one()).toBe('answered');
  });

  test('is tried by somebody else a second later: one who asks for much does not keep it from all others', async () => {
    const rested = new Rested();
    await rested.silences(3);
    rested.at = 1000;
    const slow = rested.begin();
    rested.at = 2000;
    expect(await rested.one()).toBe('answered');
    expect(await rested.one()).toBe('answered');
    slow.end(late());
    await slow.outcome;
    expect(await rested.one()).toBe('answered');
  });

  test('is not left alone for longer by those who asked before it was', async () => {
    const rested = new Rested();
    const before = [rested.begin(), rested.begin()];
    await rested.silences(3);
    rested.at = 900;
    for (const one of before) one.end(silent());
    await Promise.all(before.map(({ outcome }) => outcome));
    rested.at = 1000;
    expect(await rested.one()).toBe('answered');
  });

  test('counts nobody who went away: neither as silence nor as an answer', async () => {
    const rested = new Rested();
    const gone = new Refusal('caller_gone');
    for (let n = 0; n < 5; n += 1) await rested.one(gone);
    expect(await rested.one()).toBe('answered');
    await rested.silences(2);
    await rested.one(gone);
    await rested.silences(1);
    expect(await rested.one()).toBe('resting');
    rested.at = 1000;
    await rested.one(gone);
    expect(await rested.one()).toBe('resting');
  });
});

describe('retries', () => {
  test('are not made of a silence that took its time, of a refusal, or of an endpoint that rests', async () => {
    for (const refusal of [late(), new Refusal('model_unavailable'), new Refusal('model_malformed')]) {
      let calls = 0;
      const circuit = createModelCircuit({ retries: 3 });
      const outcome = circuit(async () => {
        calls += 1;
        throw refusal;
      }, never);
      await expect(outcome).rejects.toBe(refusal);
      expect(calls).toBe(1);
    }
  });

  test('stop in the pause before them where the request is over, with what came before', async () => {
    const over = new AbortController();
    const refusal = busy();
    let calls = 0;
    const began = performance.now();
    const outcome = createModelCircuit({ retries: 3 })(async () => {
      calls += 1;
      if (calls === 2) setTimeout(() => over.abort(), 20);
      throw refusal;
    }, over.signal);
    await expect(outcome).rejects.toBe(refusal);
    expect(calls).toBe(2);
    // The pause after the second would be 400 ms.
    expect(performance.now() - began).toBeLessThan(400);
  });
});
