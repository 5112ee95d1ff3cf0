import {
  BrokenCircuitError,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleWhen,
  retry,
  wrap,
} from 'cockatiel';
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
  /** How long it is left alone before one exchange tries again, in milliseconds. */
  readonly restMs?: number;
}

/** What every exchange with one endpoint passes up to the head of its answer. */
export type ModelCircuit = <T>(exchange: () => Promise<T>, signal: AbortSignal) => Promise<T>;

/** Milliseconds before the second, third and fourth time. */
const pauses = [100, 400, 1_600] as const;

/**
 * Bounded retries and a circuit breaker for one endpoint, shared by all who ask it. Sent again is what was cleared for this
 * very endpoint, and only before any byte of an answer: an answer, also one that is refused, is never asked for twice. Refuses as
 * `model_unavailable` while the endpoint is left alone.
 */
export function createModelCircuit({
  failures = 10,
  restMs = 1_000,
  retries,
}: ModelCircuitOptions): ModelCircuit {
  const circuit = circuitBreaker(
    handleWhen((error) => error instanceof NoModelAnswer && error.how === 'silent'),
    { halfOpenAfter: restMs, breaker: new ConsecutiveBreaker(failures) },
  );
  const again = retry(
    handleWhen((error) => error instanceof NoModelAnswer && error.reason !== 'model_timeout'),
    {
      maxAttempts: retries,
      backoff: new DelegateBackoff<{ attempt: number }>(
        ({ attempt }) => pauses[Math.min(attempt, pauses.length) - 1] ?? 0,
      ),
    },
  );
  const policy = wrap(again, circuit);
  return async (exchange, signal) => {
    try {
      return await policy.execute(exchange, signal);
    } catch (thrown) {
      if (thrown instanceof BrokenCircuitError) throw new NoModelAnswer('model_unavailable', 'resting');
      throw thrown;
    }
  };
}
