import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
} from 'cockatiel';
import { Refusal } from '../errors/refusal.ts';

export interface ServerGuardOptions {
  /** Calls to one server at the same time; others wait for their turn. */
  readonly maxConcurrent: number;
  /** Calls that may wait; one more is refused at once. */
  readonly maxWaiting: number;
  /** Calls in a row that found no server, or no answer in time, before the server is left alone. */
  readonly failures: number;
  /** How long it is left alone before one call tries again, in milliseconds. */
  readonly restMs: number;
}

/** What every call to one FHIR server passes, whoever makes it. Refuses as `fhir_unavailable` where it does not let it through. */
export type ServerGuard = <T>(call: () => Promise<T>) => Promise<T>;

/** The server did not answer: nobody listened, the connection broke, or time ran out. An error status is an answer. */
export class NoAnswer extends Refusal {}

/** A concurrency limit and a circuit breaker for one FHIR server, shared by all readers of it. */
export function createServerGuard(options: ServerGuardOptions): ServerGuard {
  const turns = bulkhead(options.maxConcurrent, options.maxWaiting);
  const circuit = circuitBreaker(
    handleWhen((error) => error instanceof NoAnswer),
    { halfOpenAfter: options.restMs, breaker: new ConsecutiveBreaker(options.failures) },
  );
  return async (call) => {
    try {
      return await turns.execute(() => circuit.execute(call));
    } catch (thrown) {
      if (thrown instanceof BrokenCircuitError || thrown instanceof BulkheadRejectedError)
        throw new Refusal('fhir_unavailable');
      throw thrown;
    }
  };
}
