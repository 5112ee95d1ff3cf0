import { randomFillSync } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { createVaultUnits, type VaultUnits } from '../../vault/units.ts';
import { onEveryMessage } from './thread-port.ts';
import { type Outcome, VaultFile } from './vault-file.ts';
import {
  type Answered,
  type FromVault,
  isToVault,
  type ToVault,
  type VaultAnswer,
  type VaultCall,
} from './vault-messages.ts';

type Open = Extract<ToVault, { type: 'open' }>;
type Asked = Extract<ToVault, { type: 'call' }>;

/** Code or class of an error, never its words: those could quote a value. */
function faultOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'name' in error && typeof error.name === 'string' ? error.name : 'unknown';
}

function run(units: VaultUnits, call: VaultCall): VaultAnswer {
  switch (call.unit) {
    case 'issue':
      return { tokens: units.issue(call.scope, call.requests, call.now) };
    case 'resolve':
      return { values: units.resolve(call.scope, call.tokens, call.now) };
    case 'anchor':
      return { number: units.anchor(call.scope, call.now) };
    case 'purge':
      return { number: units.purge(call.now) };
    case 'erase':
      return { number: units.erase(call.tenant, call.patient) ? 1 : 0 };
    case 'of_others':
      return { number: units.ofOthers(call.tenant, call.patient, call.values) };
    case 'remember':
      units.remember(call.tenant, call.patient, call.values, call.now);
      break;
    case 'enrol':
      return { key: units.enrol(call.enrolment) };
    case 'subject':
      return { subject: units.subject(call.tenant, call.pseudonym) };
    case 'facts_key':
      return { key: units.factsKey(call.tenant, call.pseudonym) };
    case 'heads':
      return { heads: units.heads() };
    case 'hash_at':
      return { hash: units.hashAt(call.tenant, call.version) };
    case 'noted':
      units.noted(call.tenant, call.version);
      break;
    case 'forget':
      units.forget(call.scopes);
      break;
    case 'probe':
      units.probe();
      break;
  }
  return {};
}

/** Units that only read. */
const reading: ReadonlySet<VaultCall['unit']> = new Set([
  'resolve',
  'of_others',
  'subject',
  'facts_key',
  'heads',
  'hash_at',
]);

/**
 * Group commit: whatever arrived while the last group was on its way to the disk goes into the next one, and is
 * answered after its commit. What only reads is kept apart, so that it still works where nothing can be written.
 */
class Desk {
  readonly #file: VaultFile;
  readonly #units: VaultUnits;
  #waiting: Asked[] = [];

  constructor({ path, keys, retentionSeconds }: Open) {
    this.#file = new VaultFile(path);
    this.#units = createVaultUnits({
      rows: this.#file.rows,
      keys,
      randomness: { bytes: (length) => randomFillSync(new Uint8Array(length)) },
      retentionSeconds,
    });
  }

  /** Whether the call is the first that waits. */
  take(asked: Asked): boolean {
    return this.#waiting.push(asked) === 1;
  }

  serve(): readonly Answered[] {
    const asked = this.#waiting;
    this.#waiting = [];
    const writes = asked.filter(({ call }) => !reading.has(call.unit));
    const reads = asked.filter(({ call }) => reading.has(call.unit));
    const outcomes = writes.length === 0 ? [] : this.#write(writes);
    return [
      ...outcomes.map((outcome, at) => answered(writes[at], outcome)),
      ...reads.map((one) =>
        answered(
          one,
          this.#file.read(() => run(this.#units, one.call)),
        ),
      ),
    ];
  }

  #write(asked: readonly Asked[]): readonly Outcome<VaultAnswer>[] {
    const outcomes = this.#file.write(
      asked.map(
        ({ call }) =>
          () =>
            run(this.#units, call),
      ),
    );
    if (!asked.some(({ call }) => call.unit === 'erase')) return outcomes;
    try {
      this.#file.forget();
      return outcomes;
    } catch (error) {
      return outcomes.map((outcome, at) =>
        asked[at]?.call.unit === 'erase' ? { done: false, error } : outcome,
      );
    }
  }

  close(): void {
    this.#file.close();
  }
}

const answered = (asked: Asked | undefined, outcome: Outcome<VaultAnswer>): Answered => {
  const id = asked?.id ?? -1;
  return outcome.done ? { id, answer: outcome.result } : { id, fault: faultOf(outcome.error) };
};

function listen(port: NonNullable<typeof parentPort>): void {
  const say = (message: FromVault): void => port.postMessage(message);
  let desk: Desk | undefined;
  const serve = (): void => {
    const answers = desk?.serve() ?? [];
    if (answers.length > 0) say({ type: 'answered', answers });
  };
  onEveryMessage(port, (message) => {
    if (!isToVault(message)) return;
    switch (message.type) {
      case 'open':
        try {
          desk = new Desk(message);
          say({ type: 'ready' });
        } catch (error) {
          say({ type: 'unusable', fault: faultOf(error) });
          port.close();
        }
        break;
      case 'call':
        if (desk?.take(message) === true) setImmediate(serve);
        break;
      case 'close':
        serve();
        desk?.close();
        say({ type: 'closed' });
        port.close();
        break;
    }
  });
}

if (parentPort !== null) listen(parentPort);
