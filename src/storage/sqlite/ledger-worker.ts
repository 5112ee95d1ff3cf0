import { parentPort, workerData } from 'node:worker_threads';
import { isRecord } from '../../vocabulary/fhir.ts';
import { LedgerFile } from './ledger-file.ts';
import { type FromLedger, isToLedger, type ToLedger } from './ledger-messages.ts';
import { faultOf, onEveryMessage } from './thread-port.ts';

function run(ledger: LedgerFile, message: ToLedger): unknown {
  switch (message.call) {
    case 'get':
      return ledger.get(message.tenant, message.key);
    case 'remove':
      return ledger.remove(message.tenant, message.key);
    case 'add':
      return ledger.add(message.entry);
    case 'prune':
      return ledger.prune(message.now);
    case 'hash_at':
      return ledger.hashAt(message.tenant, message.version);
    case 'forget':
      ledger.forget(message.tenant, message.version);
      break;
    case 'entries':
      return ledger.entries();
    case 'heads':
      return ledger.heads();
    case 'close':
      ledger.close();
      break;
  }
  return undefined;
}

/** Runs the calls one after the other; `workerData` names file and store. */
function serve(port: NonNullable<typeof parentPort>, path: string, store: string): void {
  let ledger: LedgerFile | undefined;
  let broken = 'unknown';
  try {
    ledger = new LedgerFile(path, store);
  } catch (error) {
    broken = faultOf(error);
  }
  onEveryMessage(port, (message) => {
    if (!isToLedger(message)) return;
    const { id } = message;
    let said: FromLedger;
    try {
      said = ledger === undefined ? { id, fault: broken } : { id, answer: run(ledger, message) };
    } catch (error) {
      said = { id, fault: faultOf(error) };
    }
    port.postMessage(said);
    if (message.call === 'close') port.close();
  });
}

const data: unknown = workerData;
if (parentPort !== null && isRecord(data)) {
  const { path, store } = data;
  if (typeof path === 'string' && typeof store === 'string') serve(parentPort, path, store);
}
