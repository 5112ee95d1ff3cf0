import type { parentPort } from 'node:worker_threads';

/** Hears what a storage thread is sent, one by one: calls come in lists, see `WaitingCalls`. */
export function onEveryMessage(port: NonNullable<typeof parentPort>, hear: (message: unknown) => void): void {
  port.on('message', (sent: unknown) => {
    const messages: readonly unknown[] = Array.isArray(sent) ? sent : [sent];
    for (const message of messages) hear(message);
  });
}

/** Code of an error, or the first line of one that has none: those are ours, or say that SQLite could not be loaded. */
export function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const [first = ''] = error.message.split('\n', 1);
  return 'code' in error && typeof error.code === 'string' ? error.code : first;
}
