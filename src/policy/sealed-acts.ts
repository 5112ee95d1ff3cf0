import type { Reason } from '../errors/reasons.ts';
import { Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import type { PatientBox, SealedStore } from '../vocabulary/sealed-box.ts';

/** What one person has about one patient's record: acts of some kinds, at most one of each. */
export interface Matter<Kind extends string> {
  readonly id: string;
  readonly tenant: string;
  /** Pseudonyms, 32 hex digits each. */
  readonly patient: string;
  readonly user: string;
  /** The acts that stand, sealed. */
  readonly sealed: Map<Kind, Uint8Array>;
}

export interface SealedActsPorts {
  readonly store: SealedStore;
  /** Undefined where nobody is known by the pseudonym, or the patient was erased. */
  box(tenant: string, patient: string): Promise<PatientBox | undefined>;
}

export interface SealedActsKind<Kind extends string> {
  /** What an act is bound to beside its place: acts of one ledger open in no other one. */
  readonly label: string;
  /** In the order in which they are taken off the disk where the patient is forgotten. */
  readonly kinds: readonly Kind[];
  /** Why an act about a patient without a key is refused. */
  readonly gone: Reason;
}

export type Said = Readonly<Record<string, unknown>>;

/** The value of an entry: pseudonyms of patient and user, 32 hex digits each, then what is sealed. */
const headBytes = 64;
const keyOf = (kind: string, id: string): string => `${kind} ${id}`;
const nameOf = (tenant: string, id: string): string => JSON.stringify([tenant, id]);

/**
 * A ledger of acts, each sealed under its patient's key; an erased patient has none. In memory stands whom they are
 * about and which there are, not what they say.
 */
export class SealedActs<Kind extends string> {
  readonly #ports: SealedActsPorts;
  readonly #kind: SealedActsKind<Kind>;
  readonly #matters = new Map<string, Matter<Kind>>();

  private constructor(ports: SealedActsPorts, kind: SealedActsKind<Kind>) {
    this.#ports = ports;
    this.#kind = kind;
  }

  /** @throws Refusal where the store cannot be read */
  static async open<Kind extends string>(
    ports: SealedActsPorts,
    kind: SealedActsKind<Kind>,
  ): Promise<SealedActs<Kind>> {
    const acts = new SealedActs(ports, kind);
    for (const { key, tenant, value } of await ports.store.entries()) {
      const [name, id] = key.split(' ');
      const act = kind.kinds.find((known) => known === name);
      if (act === undefined || id === undefined) continue;
      const head = Buffer.from(value.subarray(0, headBytes)).toString('ascii');
      acts
        .#matterOf({ id, tenant, patient: head.slice(0, 32), user: head.slice(32) })
        .sealed.set(act, value.subarray(headBytes));
    }
    return acts;
  }

  /** Those of a tenant, of one patient and of one person where they are named. */
  of(
    tenant: string,
    { patient, user }: { readonly patient?: string; readonly user?: string } = {},
  ): readonly Matter<Kind>[] {
    return [...this.#matters.values()].filter(
      (one) =>
        one.tenant === tenant &&
        (patient === undefined || one.patient === patient) &&
        (user === undefined || one.user === user),
    );
  }

  find(tenant: string, id: string): Matter<Kind> | undefined {
    return this.#matters.get(nameOf(tenant, id));
  }

  /** Begins one with its first act; there is one when that is durable. */
  async begin(of: Omit<Matter<Kind>, 'sealed'>, kind: Kind, said: object): Promise<void> {
    const matter: Matter<Kind> = { ...of, sealed: new Map() };
    await this.keep(matter, kind, said);
    this.#matters.set(nameOf(of.tenant, of.id), matter);
  }

  /** Durable when it resolves. `first`: it counts before, because it takes away. */
  async keep(matter: Matter<Kind>, kind: Kind, said: object, first = false): Promise<void> {
    const { patient, sealed, tenant, user } = matter;
    const sealer = await this.#ports.box(tenant, patient);
    if (sealer === undefined) throw new Refusal(this.#kind.gone);
    const key = keyOf(kind, matter.id);
    const act = sealer.seal(JSON.stringify(said), this.#boundTo(matter, key));
    if (first) sealed.set(kind, act);
    const value = Buffer.concat([Buffer.from(`${patient}${user}`, 'ascii'), act]);
    const stands = await this.#ports.store.add({ tenant, key, value });
    sealed.set(kind, stands.subarray(headBytes));
  }

  /** What its acts say; undefined where one that stands cannot be read: nobody can tell then what holds. */
  async read(matter: Matter<Kind>): Promise<ReadonlyMap<Kind, Said> | undefined> {
    const opener = await this.#ports.box(matter.tenant, matter.patient);
    const acts = new Map<Kind, Said>();
    for (const [kind, sealed] of matter.sealed) {
      const plain = opener?.open(sealed, this.#boundTo(matter, keyOf(kind, matter.id)));
      const said: unknown = plain === undefined ? undefined : JSON.parse(plain);
      if (!isRecord(said)) return undefined;
      acts.set(kind, said);
    }
    return acts;
  }

  /** Takes all of a patient whose key was destroyed off the disk; doing it again is no error. */
  async forget(tenant: string, patient: string): Promise<void> {
    for (const matter of this.of(tenant, { patient })) {
      for (const kind of this.#kind.kinds) await this.#ports.store.remove(tenant, keyOf(kind, matter.id));
      this.#matters.delete(nameOf(tenant, matter.id));
    }
  }

  #matterOf(of: Omit<Matter<Kind>, 'sealed'>): Matter<Kind> {
    const name = nameOf(of.tenant, of.id);
    const matter = this.#matters.get(name) ?? { ...of, sealed: new Map<Kind, Uint8Array>() };
    this.#matters.set(name, matter);
    return matter;
  }

  #boundTo({ patient, tenant, user }: Matter<Kind>, key: string): string {
    return JSON.stringify([this.#kind.label, tenant, patient, user, key]);
  }
}

/** Newest first; those made in one millisecond in the order of their ids. */
export const newestFirst = (
  a: { readonly at: number; readonly id: string },
  b: { readonly at: number; readonly id: string },
): number => b.at - a.at || (a.id < b.id ? -1 : 1);
