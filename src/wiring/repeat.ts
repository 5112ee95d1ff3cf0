/**
 * Does each of these again and again, `[milliseconds, what]`; none of them keeps the process alive, and each says its
 * own faults. Answers how to end them all.
 */
export function repeat(chores: readonly (readonly [everyMs: number, act: () => void])[]): () => void {
  const timers = chores.map(([everyMs, act]) => setInterval(act, everyMs).unref());
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}
