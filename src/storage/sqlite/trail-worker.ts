import { parentPort, workerData } from 'node:worker_threads';
import { isRecord } from '../../vocabulary/fhir.ts';
import { faultOf, onEveryMessage } from './thread-port.ts';
import { TrailLog, type TrailRow } from './trail-log.ts';
import { type FromWriter, isToWriter } from './trail-messages.ts';

/**
 * Group commit: whatever arrived while the last transaction was on its way to the disk goes into the next one,
 * and is answered after its commit. Runs as a worker thread; `workerData.path` names the file.
 */
interface Waiting {
  readonly id: number;
  readonly rows: readonly TrailRow[];
}

function serve(port: NonNullable<typeof parentPort>, path: string): void {
  const say = (message: FromWriter): void => port.postMessage(message);
  let log: TrailLog;
  try {
    log = new TrailLog(path);
  } catch (error) {
    say({ type: 'unusable', fault: faultOf(error) });
    port.close();
    return;
  }
  let waiting: Waiting[] = [];

  const commit = (): void => {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    const ids = batch.map(({ id }) => id);
    try {
      say({ type: 'written', ids, ranges: log.append(batch.map(({ rows }) => rows)) });
    } catch (error) {
      say({ type: 'failed', ids, fault: faultOf(error) });
    }
  };

  /** Rare: a transaction of its own, behind the events that wait. */
  const keep = (id: number, write: () => void): void => {
    commit();
    try {
      write();
      say({ type: 'kept', id });
    } catch (error) {
      say({ type: 'failed', ids: [id], fault: faultOf(error) });
    }
  };

  onEveryMessage(port, (message) => {
    if (!isToWriter(message)) return;
    switch (message.type) {
      case 'append':
        if (waiting.length === 0) setImmediate(commit);
        waiting.push(message);
        break;
      case 'purge':
        keep(message.id, () => log.purge(message.places, message.row));
        break;
      case 'keep_signed':
        keep(message.id, () => log.keepSigned(message.size, message.note));
        break;
      case 'keep_keys':
        keep(message.id, () => log.keepKeys(message.vkeys));
        break;
      case 'probe':
        keep(message.id, () => log.probe());
        break;
      case 'close':
        commit();
        log.close();
        say({ type: 'closed' });
        port.close();
        break;
    }
  });
  say({ type: 'ready' });
}

const data: unknown = workerData;
if (parentPort !== null && isRecord(data) && typeof data['path'] === 'string')
  serve(parentPort, data['path']);
