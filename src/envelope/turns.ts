/**
 * Resolves when the caller may compute: callers take turns, one in each round of the event loop, the envelope that
 * was opened first before the others. `since` in epoch milliseconds.
 */
export type Turns = (since: number) => Promise<void>;

interface Waiting {
  readonly since: number;
  resume(): void;
}

/**
 * Stages that compute or send for milliseconds wait here first. Without it one answer of the disk to sixty-four
 * envelopes would set off sixty-four such stages in a row, and no socket, timer or probe would be looked at
 * meanwhile. The oldest goes first, so that envelopes end one after the other instead of all together at the last
 * moment.
 */
export function createTurns(): Turns {
  const waiting: Waiting[] = [];
  let running = false;
  const next = (): void => {
    const one = waiting.shift();
    if (one === undefined) {
      running = false;
      return;
    }
    one.resume();
    // An immediate that is set during one runs in the next round, after timers and sockets had theirs.
    setImmediate(next);
  };
  return (since) =>
    new Promise((resume) => {
      const behind = waiting.findLastIndex((one) => one.since <= since);
      waiting.splice(behind + 1, 0, { since, resume });
      if (running) return;
      running = true;
      setImmediate(next);
    });
}
