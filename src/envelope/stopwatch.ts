import { performance } from 'node:perf_hooks';
import type { FhirReader } from '../retrieval/ports.ts';

/** Milliseconds with one decimal. */
const spelled = (milliseconds: number): string => Math.max(0, milliseconds).toFixed(1);

/**
 * How long one envelope took, by the monotonic clock: each stage, and the gateway itself, which is everything but the time
 * in which at least one answer of a model or a record system was waited for.
 */
export class Stopwatch {
  readonly #began = performance.now();
  readonly #stages = new Map<string, number>();
  #waiting = 0;
  #since = 0;
  #waited = 0;

  /** Time from `began` (`performance.now()`) to now goes to this stage. */
  took(stage: string, began: number): void {
    this.#stages.set(stage, (this.#stages.get(stage) ?? 0) + performance.now() - began);
  }

  /** As long as this work takes, something outside is waited for. */
  async outside<Done>(work: Promise<Done>): Promise<Done> {
    if (this.#waiting === 0) this.#since = performance.now();
    this.#waiting += 1;
    try {
      return await work;
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#waited += performance.now() - this.#since;
    }
  }

  /** A reader whose answers are waited for outside. */
  reader(inner: FhirReader): FhirReader {
    return Object.freeze({
      server: inner.server,
      search: (...asked: Parameters<FhirReader['search']>) => this.outside(inner.search(...asked)),
      read: (...asked: Parameters<FhirReader['read']>) => this.outside(inner.read(...asked)),
      binary: (...asked: Parameters<FhirReader['binary']>) => this.outside(inner.binary(...asked)),
      capabilities: () => this.outside(inner.capabilities()),
      suspect: (...told: Parameters<NonNullable<FhirReader['suspect']>>) => inner.suspect?.(...told),
    });
  }

  /** What `Server-Timing` says of all that until now (W3C, section 3): `retrieve;dur=12.3, gateway;dur=4.5`. */
  get timing(): string {
    const now = performance.now();
    const waited = this.#waited + (this.#waiting === 0 ? 0 : now - this.#since);
    return [...this.#stages, ['gateway', now - this.#began - waited] as const]
      .map(([name, milliseconds]) => `${name};dur=${spelled(milliseconds)}`)
      .join(', ');
  }
}
