import { Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import { CommandFailure } from './output.ts';

/** Words of ours, and the code or class of anything else: others quote what they could not read. */
function wordsOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'unknown fault';
  if (isRecord(thrown) && typeof thrown['code'] === 'string' && thrown.name !== 'StorageFault')
    return thrown['code'];
  return thrown.name === 'Error' || thrown.name === 'StorageFault' ? thrown.message : thrown.name;
}

const causesOf = (thrown: unknown): readonly unknown[] =>
  thrown instanceof Error && thrown.cause !== undefined ? [thrown.cause, ...causesOf(thrown.cause)] : [];

/**
 * Starts a gateway. Callers learn only that something cannot be used. Here nobody has asked anything yet, so the
 * operator learns what: `… nothing is answered (audit.db: SQLITE_NOTADB)`.
 *
 * @throws CommandFailure where the start was refused; any other fault as it is
 */
export async function starting<Started>(start: () => Promise<Started>): Promise<Started> {
  try {
    return await start();
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    const causes = causesOf(thrown).map((cause) =>
      cause instanceof Refusal ? cause.message : wordsOf(cause),
    );
    const why = causes.length === 0 ? '' : ` (${causes.join('; ')})`;
    throw new CommandFailure(`phi-gateway failed: ${thrown.message.replace(/\.$/, '')}${why}.`);
  }
}
