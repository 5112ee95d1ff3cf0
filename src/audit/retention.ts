import { dayMs } from '../vocabulary/time.ts';
/**
 * How long a trail is kept at least: six years of at most 366 days (45 CFR 164.316(b)(2)(i)). No setting goes below;
 * the database and the verifier hold every purge to it.
 */
export const floorDays = 2192;
export const floorMs = floorDays * dayMs;

/** A payload that was purged: its leaf hash, hex, stands in its place. No event looks like it. */
const purgedPattern = /^[0-9a-f]{64}$/;

/** The leaf hash that stands in place of a purged payload; undefined for an event. */
export const purgedLeaf = (payload: string): Buffer | undefined =>
  purgedPattern.test(payload) ? Buffer.from(payload, 'hex') : undefined;

/** An event as the purge looks at it; without `at` where it is purged already. */
export interface AgedRow {
  readonly seq: number;
  readonly tenant: string;
  readonly trail: string;
  /** Milliseconds since the epoch. */
  readonly at?: number;
}

/** What a purge says of itself on the trail. */
export interface PurgeFacts {
  /** Payloads removed this time, by tenant; and all that were ever removed. */
  readonly purged: Readonly<Record<string, number>>;
  readonly purgedTotal: number;
  /** Only events before this place were removed, and every event before it was older than `before`. */
  readonly boundary: number;
  /** Milliseconds since the epoch. */
  readonly before: number;
  readonly retentionDays: number;
}

export interface PurgePorts {
  /** Rows from this place on, by place. */
  rows(from: number, limit: number): Promise<readonly AgedRow[]>;
  /** All rows of one trail. */
  rowsOf(tenant: string, trail: string): Promise<readonly AgedRow[]>;
  /** What the newest purge on the trail says was removed until then. */
  purgedTotal(): Promise<number>;
  /** Removes these payloads and states it on the trail, both or neither; durable when it resolves. */
  purge(places: readonly number[], facts: PurgeFacts): Promise<void>;
  /** Resolves when others had their turn. */
  pause(): Promise<void>;
}

/** Rows that are looked at in one go, and trails that are removed in one transaction. */
const stride = 1000;

/**
 * Removes the payloads of trails that are older than their tenant's retention. Whole trails only, and only up to the
 * first event of the log that is not that old, so that the log itself shows that nothing was removed before its
 * time. Events of no tenant (starts, stops, heads, purges) are kept: they are what dates the rest.
 */
export class TrailPurge {
  readonly #ports: PurgePorts;
  readonly #tenants = new Map<number, Set<string>>();
  readonly #from = new Map<number, number>();
  #running: Promise<number> | undefined;

  /** `retention`: days, by tenant; anything below the floor counts as the floor. */
  constructor(ports: PurgePorts, retention: ReadonlyMap<string, number>) {
    this.#ports = ports;
    for (const [tenant, asked] of retention) {
      const days = Math.max(asked, floorDays);
      this.#tenants.set(days, (this.#tenants.get(days) ?? new Set()).add(tenant));
    }
  }

  /** Removes what has expired by `now`; answers how many payloads. Two calls at once are one. */
  run(now: number): Promise<number> {
    this.#running ??= this.#all(now).finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #all(now: number): Promise<number> {
    let removed = 0;
    for (const [days, tenants] of this.#tenants) removed += await this.#expired(now, days, tenants);
    return removed;
  }

  /** The place of the first event that is not older than `before`. */
  async #boundary(from: number, before: number): Promise<number> {
    for (let place = from; ; ) {
      const rows = await this.#ports.rows(place, stride);
      const young = rows.find(({ at }) => at !== undefined && at >= before);
      if (young !== undefined) return young.seq;
      if (rows.length === 0) return place;
      place = (rows.at(-1)?.seq ?? place) + 1;
      await this.#ports.pause();
    }
  }

  async #expired(now: number, days: number, tenants: ReadonlySet<string>): Promise<number> {
    const before = now - days * dayMs;
    const from = this.#from.get(days) ?? 0;
    const boundary = await this.#boundary(from, before);
    let removed = 0;
    for (let place = from; place < boundary; place += stride) {
      const rows = await this.#ports.rows(place, Math.min(stride, boundary - place));
      removed += await this.#remove(rows, { boundary, before, retentionDays: days }, tenants);
      await this.#ports.pause();
    }
    this.#from.set(days, boundary);
    return removed;
  }

  async #remove(
    rows: readonly AgedRow[],
    stated: Pick<PurgeFacts, 'boundary' | 'before' | 'retentionDays'>,
    tenants: ReadonlySet<string>,
  ): Promise<number> {
    const trails = new Map<string, AgedRow>();
    for (const row of rows)
      if (row.at !== undefined && tenants.has(row.tenant))
        trails.set(JSON.stringify([row.tenant, row.trail]), row);
    const places: number[] = [];
    const purged: Record<string, number> = {};
    for (const { tenant, trail } of trails.values()) {
      const all = (await this.#ports.rowsOf(tenant, trail)).filter(({ at }) => at !== undefined);
      if (all.some(({ seq, at = 0 }) => seq >= stated.boundary || at >= stated.before)) continue;
      places.push(...all.map(({ seq }) => seq));
      purged[tenant] = (purged[tenant] ?? 0) + all.length;
    }
    if (places.length === 0) return 0;
    const purgedTotal = (await this.#ports.purgedTotal()) + places.length;
    await this.#ports.purge(
      places.toSorted((a, b) => a - b),
      { purged, purgedTotal, ...stated },
    );
    return places.length;
  }
}
