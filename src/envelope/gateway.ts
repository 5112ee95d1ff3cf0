import { setMaxListeners } from 'node:events';
import type { AsideEvent } from '../audit/event-table.ts';
import type { Reason } from '../errors/reasons.ts';
import { asRefusal, Refusal } from '../errors/refusal.ts';
import { EnvelopeConductor } from './conductor.ts';
import type { Delivery } from './delivery.ts';
import type { Ask, Opened, Released } from './envelope.ts';
import { Lifetime } from './lifetime.ts';
import { orAborted } from './or-aborted.ts';
import { OwedEndings } from './owed-endings.ts';
import { pipeline } from './pipeline.ts';
import type { Services } from './services.ts';
import type { Facts } from './stage.ts';
import { StandingWatch } from './standing-watch.ts';

/** The one way through the gateway, used by every face. */
export class Gateway {
  readonly services: Services;
  #open = 0;
  #stopping = false;
  readonly #stop = new AbortController();
  readonly #owed: OwedEndings;

  constructor(services: Services) {
    this.services = services;
    this.#owed = new OwedEndings(services.trail);
    // One listener an envelope under way.
    setMaxListeners(0, this.#stop.signal);
  }

  /** Envelopes that are neither delivered nor closed. */
  get open(): number {
    return this.#open;
  }

  newTrail(): string {
    return this.services.randomness.uuid();
  }

  /** Takes no new envelopes from now on; those under way may finish. */
  drain(): void {
    this.#stopping = true;
  }

  /** Ends every envelope under way: their trails say `shutting_down`. */
  stop(): void {
    this.drain();
    this.#stop.abort(new Refusal('shutting_down'));
  }

  /**
   * Walks one envelope down the pipeline. `prepare` reads what the caller sent, so that its refusals are on the
   * trail like any other.
   *
   * @throws Refusal, after it has been written to the trail
   */
  async ask(trail: string, prepare: () => Promise<Ask>, caller: AbortSignal): Promise<Delivery> {
    const { clock, config } = this.services;
    const lifetime = new Lifetime(config.limits.requestTimeoutMs, [caller, this.#stop.signal]);
    const watch = new StandingWatch((refusal) => lifetime.abort(refusal));
    const conductor = new EnvelopeConductor(this.services, this.#owed, trail, '-', watch);
    this.#open += 1;
    try {
      if (this.#stopping) throw new Refusal('shutting_down');
      const opened: Opened = {
        trail,
        openedAt: clock.now(),
        tenantId: '-',
        ask: await orAborted(prepare(), lifetime.signal),
        standing: [],
        signal: lifetime.signal,
      };
      const released = await pipeline.walk(opened, conductor);
      return this.#deliver(released, conductor, lifetime, watch);
    } catch (error) {
      const refusal = asRefusal(error);
      watch.end();
      lifetime.end(refusal);
      // Open until its end is on the disk: a gateway that stops waits for it.
      const told = await conductor.close(refusal);
      this.#open -= 1;
      throw told;
    }
  }

  /** Puts the refusal of a request that never became an envelope on the trail; answers what to tell the caller. */
  async refused(trail: string, refusal: Refusal, tenant = '-'): Promise<Refusal> {
    return new EnvelopeConductor(this.services, this.#owed, trail, tenant).close(refusal);
  }

  /**
   * Puts one event outside an envelope on the trail, durable when this resolves.
   *
   * @throws Refusal `trail_unavailable`
   */
  async record(trail: string, event: AsideEvent, tenant: string, facts: Facts): Promise<void> {
    await new EnvelopeConductor(this.services, this.#owed, trail, tenant).record(event, facts);
  }

  #deliver(
    envelope: Released,
    conductor: EnvelopeConductor,
    lifetime: Lifetime,
    watch: StandingWatch,
  ): Delivery {
    let ended = false;
    const end = async (event: 'response.delivered' | 'response.aborted', reason?: Reason): Promise<void> => {
      if (ended) return;
      ended = true;
      watch.end();
      lifetime.end();
      try {
        await conductor.end(event, reason);
      } finally {
        this.#open -= 1;
      }
    };
    const range = conductor.lastRange;
    return {
      model: envelope.modelId,
      phi: {
        trail: envelope.trail,
        decision: { effect: envelope.decision.effect, sentence: envelope.decision.sentence },
        citations: envelope.citations,
        incomplete: envelope.notices.map(({ code, text }) => ({ code, text })),
        ...(range === undefined
          ? {}
          : {
              receipt: this.services.transparency.receipt({
                trail: envelope.trail,
                seq: range.last,
                leaf: range.leaf,
              }),
            }),
      },
      text: this.#pieces(envelope, watch),
      signal: lifetime.signal,
      finish: envelope.finish,
      usage: envelope.usage,
      delivered: () => end('response.delivered'),
      aborted: (reason) => end('response.aborted', reason),
    };
  }

  async *#pieces(envelope: Released, watch: StandingWatch): AsyncGenerator<string> {
    for await (const piece of envelope.released.pieces()) {
      if (envelope.signal.aborted) throw asRefusal(envelope.signal.reason, 'caller_gone');
      await orAborted(watch.answered(), envelope.signal);
      yield piece;
    }
  }
}
