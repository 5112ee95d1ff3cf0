import { parentPort } from 'node:worker_threads';
import { lexicon } from '../redaction/lexicon.ts';
import type { IdentityValue } from '../vocabulary/identity-sheet.ts';
import { KnownRecords } from './known-records.ts';
import { type FromThread, isLast, isToThread, needsIdentity } from './messages.ts';
import { createReadings, type Readings } from './reading.ts';

const classOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'name' in error && typeof error.name === 'string'
    ? error.name
    : 'unknown';

function listen(port: NonNullable<typeof parentPort>): void {
  const say = (message: FromThread): void => port.postMessage(message);
  const known = new KnownRecords<readonly IdentityValue[]>();
  let readings: Readings | undefined;
  port.on('message', (message: unknown) => {
    if (!isToThread(message)) return;
    if (message.type === 'packs') {
      readings = createReadings(message.packs, message.labels);
      // The first text should not wait for it.
      lexicon();
      return;
    }
    if (message.type === 'forget') {
      if (message.record !== undefined) known.forget(message.record);
      readings?.forget(message);
      return;
    }
    const { id, envelope, goesOn, record, task } = message;
    const needed = needsIdentity(task);
    const identity = needed ? (message.identity ?? known.get(record)) : [];
    try {
      if (readings === undefined || identity === undefined) throw new Error('no packs or no identity');
      if (needed) known.use(record, identity);
      if (isLast({ ...task, goesOn })) known.forget(record);
      say({ type: 'read', id, result: readings.read({ ...task, envelope, record, goesOn, identity }) });
    } catch (error) {
      say({ type: 'failed', id, fault: classOf(error) });
    }
  });
}

if (parentPort !== null) listen(parentPort);
