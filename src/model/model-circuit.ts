import { setTimeout as delay } from 'node:timers/promises';
import { Refusal } from '../errors/refusal.ts';

/** Why an exchange came to no answer that could be read, and before which byte of one. */
export class NoModelAnswer extends Refusal {
  /**
   * `silent`: nobody listened, the connection broke or time ran out; `busy`: the endpoint said that it cannot now;
   * `resting`: it was not asked, because it had not answered many others.
   */
  readonly how: 'silent' | 'busy' | 'resting';

  constructor(reason: 'model_unavailable' | 'model_timeout', how: NoModelAnswer['how']) {
    super(reason);
    this.how = how;
  }
}

export interface ModelCircuitOptions {
  /** How often the same bytes are sent once more where no answer had begun; 0 by default. */
  readonly retries: number;
  /** Exchanges in a row without any answer before the endpoint is left alone. */
  readonly failures?: number;
  /** How long it is left alone before one exchange tries again, in milliseconds; the next one may after as long. */
  readonly restMs?: number;
  /** Milliseconds by a clock that is never set back. */
  readonly now?: () => number;
}

/** What every exchange with one endpoint passes up to the head of its answer. */
export type ModelCircuit = <T>(exchange: () => Promise<T>, signal: AbortSignal) => Promise<T>;

/** Milliseconds before the second, third and fourth time. */
const pauses = [100, 400, 1_600] as const;

const monotonic = (): number => performance.now();

/**
 * Leaves an endpoint alone that was silent so many times in a row. While it rests, one exchange in `restMs` is let
 * through, and the first answer to any ends the rest. Nobody waits for the outcome of another's exchange: how long a question
 * takes is its asker's choice, and must not be everybody's.
 */
function createRest(failures: number, restMs: number, now: () => number) {
  let silences = 0;
  let until = 0;
  return async <T>(exchange: () => Promise<T>): Promise<T> => {
    if (silences >= failures) {
      if (now() < until) throw new NoModelAnswer('model_unavailable', 'resting');
      until = now() + restMs;
    }
    try {
      const head = await exchange();
      silences = 0;
      return head;
    } catch (thrown) {
      if (thrown instanceof NoModelAnswer && thrown.how === 'silent') {
        silences += 1;
        // Those who asked before it was left alone do not prolong that.
        if (silences >= failures && now() >= until) until = now() + restMs;
      } else if (!(thrown instanceof Refusal && thrown.reason === 'caller_gone')) {
        silences = 0;
      }
      throw thrown;
    }
  };
}

const mayBeAskedAgain = (thrown: unknown): boolean =>
  thrown instanceof NoModelAnswer && thrown.how !== 'resting' && thrown.reason !== 'model_timeout';

/** Resolves with whether the time was waited out. */
const waited = (milliseconds: number, signal: AbortSignal): Promise<boolean> =>
  delay(milliseconds, true, { signal }).catch(() => false);

/**
 * Bounded retries and a circuit breaker for one endpoint, shared by all who ask it. Sent again is what was cleared for this
 * very endpoint, and only before any byte of an answer: an answer, also one that is refused, is never asked for twice.
 *
 * @throws NoModelAnswer, also while the endpoint is left alone; what the exchange throws
 */
export function createModelCircuit({
  failures = 10,
  now = monotonic,
  restMs = 1_000,
  retries,
}: ModelCircuitOptions): ModelCircuit {
  const rest = createRest(failures, restMs, now);
  return async (exchange, signal) => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await rest(exchange);
      } catch (thrown) {
        if (attempt >= retries || !mayBeAskedAgain(thrown)) throw thrown;
        // A request that is over is not sent again.
        if (!(await waited(pauses[attempt] ?? 0, signal))) throw thrown;
      }
    }
  };
}
