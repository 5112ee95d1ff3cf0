import { createHmac } from 'node:crypto';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Refusal } from '../errors/refusal.ts';

export interface PerMinute {
  readonly user: number;
  readonly workload: number;
  readonly tenant: number;
  /** From one address (IPv6: one /64). */
  readonly failedSignIns: number;
}

export interface RequestLimitsInput {
  readonly perMinute: PerMinute;
  /** At least 16 random bytes: nobody outside can tell who shares a slot with whom. */
  readonly key: Uint8Array;
  /** Counters at most for each kind of limit. */
  readonly slots?: number;
}

type Kind = keyof PerMinute | 'aboutOthers';

/** Answers of one user that told of another patient, an hour: more is somebody who asks of whom a value is. */
const aboutOthers = { points: 5, duration: 3600 } as const;

/** Seconds. */
const windowSeconds = 60;

/** A /64 of IPv6 belongs to one site, which would otherwise have 2^64 addresses to fail from. */
function siteOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = '', tail] = address.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0');
  return [...front, ...(tail === undefined ? [] : zeros), ...back].slice(0, 4).join(':');
}

const isLimitPassed = (thrown: unknown): thrown is { readonly msBeforeNext: number } =>
  typeof thrown === 'object' &&
  thrown !== null &&
  'msBeforeNext' in thrown &&
  typeof thrown.msBeforeNext === 'number';

/**
 * Requests a minute of each user, workload and tenant, and failed sign-ins of each address, by rate-limiter-flexible.
 * Identities share a fixed number of counters by a keyed hash, so that a flood of distinct ones cannot fill memory;
 * whoever shares one with a flood may be slowed down with it, never let through.
 */
export class RequestLimits {
  readonly #limiters: Readonly<Record<Kind, RateLimiterMemory>>;
  readonly #key: Uint8Array;
  readonly #slots: number;

  constructor({ key, perMinute, slots = 65_536 }: RequestLimitsInput) {
    this.#key = key;
    this.#slots = slots;
    const limiter = (kind: keyof PerMinute): RateLimiterMemory =>
      new RateLimiterMemory({ keyPrefix: kind, points: perMinute[kind], duration: windowSeconds });
    this.#limiters = {
      user: limiter('user'),
      workload: limiter('workload'),
      tenant: limiter('tenant'),
      failedSignIns: limiter('failedSignIns'),
      aboutOthers: new RateLimiterMemory({ keyPrefix: 'aboutOthers', ...aboutOthers }),
    };
  }

  /**
   * Counts one request; a user who is over the limit takes nothing from workload and tenant.
   *
   * @throws Refusal `rate_limited`
   */
  async request(from: {
    readonly tenant: string;
    readonly user: string;
    readonly workload?: string;
  }): Promise<void> {
    const { tenant, user, workload } = from;
    await this.#take('user', tenant, user);
    if (workload !== undefined) await this.#take('workload', tenant, workload);
    await this.#take('tenant', tenant, '');
  }

  /**
   * Counts one failed sign-in. Whoever signs in well is never refused for the failures of others at the same address.
   *
   * @throws Refusal `rate_limited`
   */
  async failedSignIn(address: string): Promise<void> {
    await this.#take('failedSignIns', '', siteOf(address));
  }

  /** Counts an answer that told of another patient. Never refuses: the answer is refused already. */
  async aboutOthers(tenant: string, user: string): Promise<void> {
    await this.#take('aboutOthers', tenant, user).catch((thrown: unknown) => {
      if (!(thrown instanceof Refusal)) throw thrown;
    });
  }

  /**
   * Whether this user may hand in answers: not after several within an hour that told of others.
   *
   * @throws Refusal `rate_limited`
   */
  async mayAnswer(tenant: string, user: string): Promise<void> {
    const wait = await this.waitAboutOthers(tenant, user);
    if (wait > 0) throw new Refusal('rate_limited', { retryAfterSeconds: Math.ceil(wait / 1000) });
  }

  /** Milliseconds for which this user is not told any more whose a value is; 0 where they are. */
  async waitAboutOthers(tenant: string, user: string): Promise<number> {
    const held = await this.#limiters.aboutOthers.get(this.#slotOf('aboutOthers', tenant, user));
    return held === null || held.consumedPoints < aboutOthers.points ? 0 : Math.max(1, held.msBeforeNext);
  }

  #slotOf(kind: Kind, tenant: string, id: string): string {
    const digest = createHmac('sha256', this.#key)
      .update(JSON.stringify([kind, tenant, id]))
      .digest();
    return String(digest.readUInt32BE(0) % this.#slots);
  }

  async #take(kind: Kind, tenant: string, id: string): Promise<void> {
    try {
      await this.#limiters[kind].consume(this.#slotOf(kind, tenant, id));
    } catch (thrown) {
      if (!isLimitPassed(thrown)) throw thrown;
      throw new Refusal('rate_limited', { retryAfterSeconds: Math.ceil(thrown.msBeforeNext / 1000) });
    }
  }
}
