import { Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import type { PatientBox } from '../vocabulary/sealed-box.ts';
import type { Clock } from '../vocabulary/time.ts';
import { type Opening, openingUntil } from './opening.ts';

/** What a grant opens, as it was asked for. Pseudonyms stand for people. */
export interface GrantTerms {
  readonly user: string;
  readonly task: string;
  readonly purpose: string;
  readonly ticket: string;
  /** How long it holds from its approval. */
  readonly minutes: number;
}

export interface Grant extends GrantTerms {
  readonly id: string;
  readonly tenant: string;
  readonly patient: string;
  /** Milliseconds since the epoch. */
  readonly requestedAt: number;
  readonly approved?: { readonly by: string; readonly at: number };
  readonly revoked?: { readonly by: string; readonly at: number };
}

export type GrantState = 'requested' | 'in_force' | 'ended' | 'revoked';

/** A durable store: what was added has returned from fsync when the promise resolves. */
export interface GrantStore {
  entries(): Promise<
    readonly {
      readonly tenant: string;
      readonly key: string;
      readonly value: Uint8Array;
      readonly expires?: number;
    }[]
  >;
  add(entry: {
    readonly tenant: string;
    readonly key: string;
    readonly value: Uint8Array;
    readonly expires: number;
  }): Promise<Uint8Array>;
  prune(now: number): Promise<number>;
}

export interface GrantPorts {
  readonly store: GrantStore;
  /** Undefined where nobody is known by the pseudonym, or the patient was erased. */
  box(tenant: string, patient: string): Promise<PatientBox | undefined>;
  readonly clock: Clock;
  readonly newId: () => string;
}

const kinds = ['asked', 'approved', 'revoked'] as const;
type Kind = (typeof kinds)[number];

const minute = 60_000;
/** A request that nobody approved within a day is over. */
const waits = 24 * 60 * minute;
/** How long grants can be looked at after their end: by the patient, and by officers. */
const remembered = 30 * 24 * 60 * minute;

/** One sealed entry of the store. */
interface Kept {
  readonly tenant: string;
  readonly patient: string;
  readonly id: string;
  /** Milliseconds since the epoch when it is forgotten. */
  readonly expires: number;
  readonly sealed: ReadonlyMap<Kind, Uint8Array>;
}

const keyOf = (kind: Kind, id: string): string => `${kind} ${id}`;
const boundTo = (tenant: string, patient: string, key: string): string =>
  JSON.stringify(['grant', tenant, patient, key]);

/** The value of an entry: pseudonym of the patient, 32 hex digits, then what is sealed. */
const valueOf = (patient: string, sealed: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.from(patient, 'ascii'), sealed]);
const patientIn = (value: Uint8Array): string => Buffer.from(value.subarray(0, 32)).toString('ascii');

export const stateOf = ({ approved, minutes, requestedAt, revoked }: Grant, now: number): GrantState => {
  if (revoked !== undefined) return 'revoked';
  if (approved === undefined) return now < requestedAt + waits ? 'requested' : 'ended';
  return approved.at <= now && now < approved.at + minutes * minute ? 'in_force' : 'ended';
};

type Said = Readonly<Record<string, unknown>>;
const parsed = (text: string): Said => {
  const value: unknown = JSON.parse(text);
  if (!isRecord(value)) throw new TypeError('a grant is malformed');
  return value;
};
const text = (said: Said, name: string): string => {
  const value = said[name];
  if (typeof value !== 'string') throw new TypeError('a grant is malformed');
  return value;
};
const whole = (said: Said, name: string): number => {
  const value = said[name];
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new TypeError('a grant is malformed');
  return value;
};
const actOf = (said: Said | undefined) =>
  said === undefined ? undefined : { by: text(said, 'by'), at: whole(said, 'at') };

/**
 * Grants of one task on one record to one person, for a ticket and some minutes: asked for by one person, approved by
 * another, revocable at any time. Terms and acts are sealed under the patient's key; an erased patient has none.
 */
export class Grants {
  readonly #ports: GrantPorts;
  readonly #kept = new Map<string, Kept>();

  private constructor(ports: GrantPorts) {
    this.#ports = ports;
  }

  /** @throws Refusal where the store cannot be read */
  static async open(ports: GrantPorts): Promise<Grants> {
    const grants = new Grants(ports);
    for (const { expires = 0, key, tenant, value } of await ports.store.entries()) {
      const [name, id] = key.split(' ');
      const kind = kinds.find((known) => known === name);
      if (kind !== undefined && id !== undefined)
        grants.#remember({ tenant, patient: patientIn(value), id, expires }, kind, value.subarray(32));
    }
    return grants;
  }

  async request(tenant: string, patient: string, terms: GrantTerms): Promise<Grant> {
    const { clock, newId } = this.#ports;
    const id = newId();
    const requestedAt = clock.now();
    await this.#forget(requestedAt);
    await this.#keep(tenant, patient, id, 'asked', { ...terms, requestedAt });
    return { ...terms, id, tenant, patient, requestedAt };
  }

  /** Grants of a tenant, of one patient where one is named; the newest first. */
  async list(tenant: string, patient?: string): Promise<readonly Grant[]> {
    const kept = [...this.#kept.values()].filter(
      (one) => one.tenant === tenant && (patient === undefined || one.patient === patient),
    );
    const opened = await Promise.all(kept.map((one) => this.#opened(one)));
    return opened
      .filter((grant) => grant !== undefined)
      .toSorted((a, b) => b.requestedAt - a.requestedAt || (a.id < b.id ? -1 : 1));
  }

  /** By the clock that decides: one that is set back does not give back what was over. */
  stateOf(grant: Grant): GrantState {
    return stateOf(grant, this.#ports.clock.now());
  }

  async find(tenant: string, id: string): Promise<Grant | undefined> {
    const kept = this.#kept.get(JSON.stringify([tenant, id]));
    return kept === undefined ? undefined : this.#opened(kept);
  }

  /** @throws Refusal `grant_not_pending` where it was approved, revoked or forgotten meanwhile */
  async approve(grant: Grant, by: string): Promise<Grant> {
    const now = this.#ports.clock.now();
    if (stateOf(grant, now) !== 'requested' || grant.user === by) throw new Refusal('grant_not_pending');
    await this.#keep(grant.tenant, grant.patient, grant.id, 'approved', { by, at: now });
    const standing = await this.find(grant.tenant, grant.id);
    if (standing?.approved === undefined) throw new Refusal('grant_not_pending');
    return standing;
  }

  /**
   * Counts at once, also for requests under way. Doing it again changes nothing where it is durable, and makes it durable
   * where the disk failed the first time.
   */
  async revoke(grant: Grant, by: string): Promise<Grant> {
    const revoked = grant.revoked ?? { by, at: this.#ports.clock.now() };
    await this.#keep(grant.tenant, grant.patient, grant.id, 'revoked', revoked);
    return { ...grant, revoked };
  }

  /**
   * The grant that opens this very request now; of more than one that which was approved first, so that a later approval
   * changes nothing, whenever it was asked for. A grant that cannot be read opens nothing.
   */
  async inForce(
    tenant: string,
    patient: string,
    asked: Omit<GrantTerms, 'minutes' | 'ticket'> & { readonly ticket: string | undefined },
  ): Promise<Opening | undefined> {
    const now = this.#ports.clock.now();
    const [first] = (await this.list(tenant, patient))
      .flatMap((grant) => {
        const { approved, id, minutes, purpose, task, ticket, user } = grant;
        const same =
          user === asked.user && task === asked.task && purpose === asked.purpose && ticket === asked.ticket;
        return same && approved !== undefined && stateOf(grant, now) === 'in_force'
          ? [{ id, minutes, at: approved.at }]
          : [];
      })
      .toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
    return first && openingUntil(first.id, first.at + first.minutes * minute, now);
  }

  #remember(of: Omit<Kept, 'sealed'>, kind: Kind, sealed: Uint8Array): void {
    const name = JSON.stringify([of.tenant, of.id]);
    const before = this.#kept.get(name)?.sealed ?? [];
    this.#kept.set(name, { ...of, sealed: new Map([...before, [kind, sealed]]) });
  }

  async #forget(now: number): Promise<void> {
    for (const [name, { expires }] of this.#kept) if (expires < now) this.#kept.delete(name);
    await this.#ports.store.prune(now);
  }

  async #keep(tenant: string, patient: string, id: string, kind: Kind, said: Said): Promise<void> {
    const { clock, store } = this.#ports;
    const sealer = await this.#ports.box(tenant, patient);
    if (sealer === undefined) throw new Refusal('grant_not_visible');
    const key = keyOf(kind, id);
    const sealed = sealer.seal(JSON.stringify(said), boundTo(tenant, patient, key));
    // What takes away counts before it is durable, what gives only after.
    const expires = clock.now() + waits + remembered;
    const of = { tenant, patient, id, expires };
    if (kind === 'revoked') this.#remember(of, kind, sealed);
    const stands = await store.add({ tenant, key, value: valueOf(patient, sealed), expires });
    this.#remember(of, kind, stands.subarray(32));
  }

  async #opened(kept: Kept): Promise<Grant | undefined> {
    const { tenant, patient, id, sealed } = kept;
    const opener = await this.#ports.box(tenant, patient);
    if (opener === undefined) return undefined;
    const saidOf = (kind: Kind): Said | undefined | 'unreadable' => {
      const bytes = sealed.get(kind);
      if (bytes === undefined) return undefined;
      const plain = opener.open(bytes, boundTo(tenant, patient, keyOf(kind, id)));
      return plain === undefined ? 'unreadable' : parsed(plain);
    };
    const [asked, approval, revocation] = [saidOf('asked'), saidOf('approved'), saidOf('revoked')];
    // Of a patient who was erased, or with an act that cannot be read: nobody can tell whether the grant stands.
    if (
      asked === undefined ||
      asked === 'unreadable' ||
      approval === 'unreadable' ||
      revocation === 'unreadable'
    )
      return undefined;
    const approved = actOf(approval);
    const revoked = actOf(revocation);
    return {
      id,
      tenant,
      patient,
      user: text(asked, 'user'),
      task: text(asked, 'task'),
      purpose: text(asked, 'purpose'),
      ticket: text(asked, 'ticket'),
      minutes: whole(asked, 'minutes'),
      requestedAt: whole(asked, 'requestedAt'),
      ...(approved === undefined ? {} : { approved }),
      ...(revoked === undefined ? {} : { revoked }),
    };
  }
}
