import type { Issuer } from '../config/config.ts';

/**
 * Knows which issuers' Shared Signals streams live. A stream from which nothing was heard for its configured time, or
 * that its transmitter stopped, is down: what it would have told is unknown. `elapsed` in milliseconds that only run
 * forward.
 */
export class StreamWatch {
  readonly #elapsed: () => number;
  readonly #streams = new Map<string, { readonly silenceMs: number; heardAt: number; stopped: boolean }>();

  constructor(issuers: readonly Pick<Issuer, 'issuer' | 'signals'>[], elapsed: () => number) {
    this.#elapsed = elapsed;
    for (const { issuer, signals } of issuers)
      if (signals?.whenSilent === 'closed')
        this.#streams.set(issuer, {
          silenceMs: signals.silenceSeconds * 1000,
          heardAt: elapsed(),
          stopped: false,
        });
  }

  /** A verified token came, whatever it said. */
  heard(issuer: string): void {
    const stream = this.#streams.get(issuer);
    if (stream !== undefined) stream.heardAt = this.#elapsed();
  }

  said(issuer: string, state: 'alive' | 'stopped'): void {
    const stream = this.#streams.get(issuer);
    if (stream !== undefined) stream.stopped = state === 'stopped';
  }

  /** Whether sign-ins of this issuer may be relied on; true for one without a stream that must not fall silent. */
  lives(issuer: string): boolean {
    const stream = this.#streams.get(issuer);
    if (stream === undefined) return true;
    return !stream.stopped && this.#elapsed() - stream.heardAt <= stream.silenceMs;
  }
}
