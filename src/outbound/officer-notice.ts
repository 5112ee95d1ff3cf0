/** Milliseconds after which it is tried again; it is not tried for ever. */
const pauses = [0, 5_000, 30_000, 120_000, 600_000] as const;

interface NoticePorts {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Told once it has arrived. */
  readonly onTold: () => void;
  /** Told at each failure. */
  readonly onFault: () => void;
}

/**
 * Tells an officer's system that a trail wants to be looked at: the trail's id and nothing else, neither who nor about
 * whom. Tried at once and, where it fails, a few times again; whoever waits for care does not wait for it.
 */
export function tellOfficer(url: string, trail: string, ports: NoticePorts): void {
  const attempt = async (left: readonly number[]): Promise<void> => {
    try {
      const answer = await ports.fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ trail }),
        redirect: 'error',
        signal: AbortSignal.timeout(5_000),
      });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      ports.onTold();
    } catch {
      ports.onFault();
      next(left);
    }
  };
  const next = ([pause, ...left]: readonly number[]): void => {
    if (pause === undefined) return;
    setTimeout(() => void attempt(left), pause).unref();
  };
  next(pauses);
}
