import { parentPort } from 'node:worker_threads';
import { lexicon } from '../redaction/lexicon.ts';
import type { IdentityValue } from '../vocabulary/identity-sheet.ts';
import { KnownEnvelopes } from './known-envelopes.ts';
import { type FromThread, isLast, isToThread, needsIdentity } from './messages.ts';
import { createReadings, type Reading, type ReadingResult } from './reading.ts';

const classOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'name' in error && typeof error.name === 'string'
    ? error.name
    : 'unknown';

function listen(port: NonNullable<typeof parentPort>): void {
  const say = (message: FromThread): void => port.postMessage(message);
  const known = new KnownEnvelopes<readonly IdentityValue[]>();
  let read: ((reading: Reading) => ReadingResult) | undefined;
  port.on('message', (message: unknown) => {
    if (!isToThread(message)) return;
    if (message.type === 'packs') {
      read = createReadings(message.packs, message.labels);
      // The first text should not wait for it.
      lexicon();
      return;
    }
    const { id, envelope, task } = message;
    const needed = needsIdentity(task);
    const identity = needed ? (message.identity ?? known.get(envelope)) : [];
    try {
      if (read === undefined || identity === undefined) throw new Error('no packs or no identity');
      if (needed) known.use(envelope, identity);
      if (isLast(task)) known.forget(envelope);
      say({ type: 'read', id, result: read({ ...task, envelope, identity }) });
    } catch (error) {
      say({ type: 'failed', id, fault: classOf(error) });
    }
  });
}

if (parentPort !== null) listen(parentPort);
