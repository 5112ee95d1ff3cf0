/** Time as a port: cores never read the system clock. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
}

/**
 * A clock that does not run back, nor stand still while time passes: set back, it goes on from where it was, at the pace of
 * `elapsed` (milliseconds from any beginning, monotonic). `floor`: it has been so late already.
 */
export function steadyClock(clock: Clock, elapsed: () => number, floor = -Infinity): Clock {
  let [latest, at] = [floor, elapsed()];
  return {
    now() {
      const then = at;
      at = elapsed();
      latest = Math.max(clock.now(), Math.floor(latest + Math.max(0, at - then)));
      return latest;
    },
  };
}

/** Seconds by which clocks may differ: a token is good for so much longer than it says. */
export const clockSkewSeconds = 5;

/** Randomness and ids as a port, so that tests can replay a request. */
export interface Randomness {
  /** Cryptographically strong random bytes. */
  bytes(length: number): Uint8Array;
  /** UUIDv7 (RFC 9562, section 5.7) whose time is the clock's. */
  uuid(): string;
}

/** Milliseconds of a day. */
export const dayMs = 86_400_000;

/** `YYYY-MM-DD` of an instant, in UTC. */
export const isoDate = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 10);

/** RFC 3339, in UTC. */
export const isoInstant = (epochMs: number): string => new Date(epochMs).toISOString();

/** Days since the Unix epoch of `YYYY-MM-DD`; undefined for anything else and for days that no calendar has. */
export function epochDayOf(date: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  const at = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(at) || isoDate(at) !== date ? undefined : at / dayMs;
}
