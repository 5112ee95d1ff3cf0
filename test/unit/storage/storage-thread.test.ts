import { expect, test } from '@jest/globals';
import { Refusal } from '../../../src/errors/refusal.ts';
import { StorageThread } from '../../../src/storage/sqlite/storage-thread.ts';

/** A thread that ends at the first thing that it is asked. */
const mortal =
  "import { parentPort } from 'node:worker_threads'; parentPort.postMessage({ type: 'ready' }); parentPort.on('message', () => process.exit(0));";

test('what a crowd holds when the thread has ended is refused at closing, and starts no other thread', async () => {
  const thread = new StorageThread<number, undefined>({
    script: new URL(`data:text/javascript,${encodeURIComponent(mortal)}`),
    timeoutMs: 5000,
    startMs: 5000,
    maxWaiting: 10,
    crowd: () => 100,
    says: { closed: 'closed', crowded: 'crowded', ended: 'ended', late: 'late', unstarted: 'unstarted' },
    unavailable: (fault) => new Refusal('trail_unavailable', { cause: new Error(fault) }),
    hear: () => undefined,
  });
  await thread.open();
  await expect(thread.ask((id) => id)).rejects.toMatchObject({ cause: { message: 'ended' } });
  const held = thread.ask((id) => id);
  await Promise.all([
    expect(held).rejects.toMatchObject({ cause: { message: 'closed' } }),
    Promise.resolve().then(() => thread.close()),
  ]);
});
