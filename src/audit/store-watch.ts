import { Refusal } from '../errors/refusal.ts';
import type { StoreFault } from '../vocabulary/kept-fault.ts';
import type { TrailReader } from './ports.ts';
import { type HeadedStore, headsOf, headText, judgeStore, type StoreHead } from './store-heads.ts';

/** Events that state heads: what the gateway noted, and what an operator accepted instead. */
const headEvents = 'store.';

export interface StoreWatchPorts {
  readonly stores: readonly HeadedStore[];
  readonly trail: Pick<TrailReader, 'newest'>;
  /** Puts heads of one store on the trail; durable when it resolves. */
  note(facts: { readonly store: string; readonly heads: readonly string[] }): Promise<void>;
  /** Milliseconds that only run forward. */
  readonly elapsed: () => number;
  /** A store is closed. */
  readonly onFault: (store: string, fault: StoreFault) => void;
  /** The trail did not take the heads of a store; the next tick tries again. */
  readonly onUnnoted: (thrown: unknown) => void;
}

interface Watched {
  readonly store: HeadedStore;
  fault: StoreFault | undefined;
  /** What the trail states: `headText` of each. */
  stated: ReadonlySet<string>;
  notedAt: number;
}

/** Also where nothing changed: what is looked for at the next start is then not far from the trail's end. */
const renewAfterMs = 3_600_000;

/**
 * Keeps the heads of the stores on the trail, and holds each store to the head that was noted last. A store that is
 * older than the trail, or another one, stays closed until an operator accepts it; nothing is answered meanwhile.
 */
export class StoreWatch {
  readonly #ports: StoreWatchPorts;
  readonly #watched: readonly Watched[];
  #ticking: Promise<void> | undefined;

  private constructor(ports: StoreWatchPorts) {
    this.#ports = ports;
    this.#watched = ports.stores.map((store) => ({
      store,
      fault: undefined,
      stated: new Set(),
      notedAt: Number.NEGATIVE_INFINITY,
    }));
  }

  /** Judges every store by the trail, then notes the heads of those that fit. */
  static async open(ports: StoreWatchPorts): Promise<StoreWatch> {
    const watch = new StoreWatch(ports);
    for (const watched of watch.#watched) await watch.#judge(watched);
    await watch.tick();
    return watch;
  }

  /** Names of the stores that stay closed. */
  get closed(): readonly string[] {
    return this.#watched.flatMap(({ store, fault }) => (fault === undefined ? [] : [store.store]));
  }

  isOpen(store: string): boolean {
    return !this.closed.includes(store);
  }

  /** @throws Refusal `store_behind` while a store is closed */
  demand(): void {
    if (this.closed.length > 0) throw new Refusal('store_behind');
  }

  async #judge(watched: Watched): Promise<void> {
    const { store } = watched;
    try {
      const event = await this.#ports.trail.newest(headEvents, ({ facts }) => facts['store'] === store.store);
      const stated = event === undefined ? [] : headsOf(event);
      watched.stated = new Set(stated.map((head) => headText(head)));
      watched.fault = await judgeStore(store, stated);
    } catch {
      watched.fault = 'unreadable';
    }
    if (watched.fault !== undefined) this.#ports.onFault(store.store, watched.fault);
  }

  /** Notes what changed, and asks again for stores that are closed. Never rejects; call it about once a second. */
  tick(): Promise<void> {
    this.#ticking ??= this.#advance().finally(() => {
      this.#ticking = undefined;
    });
    return this.#ticking;
  }

  async #advance(): Promise<void> {
    for (const watched of this.#watched) {
      if (watched.fault !== undefined) await this.#judge(watched);
      if (watched.fault === undefined)
        await this.#note(watched).catch((thrown: unknown) => this.#ports.onUnnoted(thrown));
    }
  }

  async #note(watched: Watched): Promise<void> {
    const heads: readonly StoreHead[] = await watched.store.heads();
    const texts = heads.map((head) => headText(head));
    const changed = texts.some((text) => !watched.stated.has(text));
    const due = this.#ports.elapsed() - watched.notedAt >= renewAfterMs;
    if (texts.length === 0 || (!changed && !due)) return;
    await this.#ports.note({ store: watched.store.store, heads: texts });
    watched.stated = new Set(texts);
    watched.notedAt = this.#ports.elapsed();
    for (const head of heads) await watched.store.noted(head);
  }

  /** Notes all that changed before it is called. Never rejects. */
  async settle(): Promise<void> {
    await this.#ticking;
    await this.tick();
  }
}
