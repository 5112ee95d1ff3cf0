import type { Span } from '../redaction/ports.ts';

/**
 * Finds identifiers in texts in another process, for example with a language model of names. What it finds is added
 * to what the gateway finds by itself, never taken from it.
 */
export interface Recogniser {
  /**
   * Spans of each text, in their order.
   *
   * @throws Refusal `recogniser_unavailable`, `recogniser_timeout` or `recogniser_malformed`: a text that was not
   * read is not a text without identifiers. `caller_gone` when `signal` fires.
   */
  find(texts: readonly string[], signal: AbortSignal): Promise<readonly (readonly Span[])[]>;
}
