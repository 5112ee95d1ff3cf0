/** What opens one record to one person for some minutes: a grant, or an emergency access. */
export interface Opening {
  readonly id: string;
  /** Until it ends by itself; it may be ended sooner. */
  readonly secondsLeft: number;
}

/** `until` and `now` in milliseconds since the epoch. */
export const openingUntil = (id: string, until: number, now: number): Opening => ({
  id,
  secondsLeft: Math.ceil((until - now) / 1000),
});
