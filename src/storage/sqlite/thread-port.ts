import type { parentPort } from 'node:worker_threads';

/** Hears what a storage thread is sent, one by one: calls come in lists, see `WaitingCalls`. */
export function onEveryMessage(port: NonNullable<typeof parentPort>, hear: (message: unknown) => void): void {
  port.on('message', (sent: unknown) => {
    const messages: readonly unknown[] = Array.isArray(sent) ? sent : [sent];
    for (const message of messages) hear(message);
  });
}
