import { Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import type { PatientBox, SealedStore } from '../vocabulary/sealed-box.ts';
import type { Clock } from '../vocabulary/time.ts';

/** As what somebody acts: named by the patient, as a parent or guardian of a minor, as the executor of the dead. */
export const proxyRelations = ['chosen', 'parent', 'executor'] as const;
export type ProxyRelation = (typeof proxyRelations)[number];

/** What was asked for, or given. Pseudonyms stand for people, but for the person who was named. */
export interface ProxyTerms {
  readonly relation: ProxyRelation;
  /** Pseudonym of the person. */
  readonly user: string;
  readonly person: { readonly issuer: string; readonly subject: string };
  /** Who said so. */
  readonly by: string;
  /** Tasks that are open to the person; none named: every task that is open to proxies. */
  readonly tasks: readonly string[];
  /** Kinds of sensitive information (v3-ActCode) that the patient shares with the person. */
  readonly shares: readonly string[];
  /** RelatedPerson of the record system that shows the relation; not where the patient chose. */
  readonly relatedPerson?: string;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

export interface ProxyGrant extends ProxyTerms {
  readonly id: string;
  readonly tenant: string;
  readonly patient: string;
  /** Milliseconds since the epoch, as all times here. */
  readonly at: number;
  readonly confirmed?: { readonly by: string; readonly evidence: string; readonly at: number };
  readonly revoked?: { readonly by: string; readonly at: number };
}

export type ProxyState = 'requested' | 'in_force' | 'ended' | 'revoked';

export interface ProxyPorts {
  readonly store: SealedStore;
  /** Undefined where nobody is known by the pseudonym, or the patient was erased. */
  box(tenant: string, patient: string): Promise<PatientBox | undefined>;
  readonly clock: Clock;
  readonly newId: () => string;
}

const kinds = ['asked', 'confirmed', 'revoked'] as const;
type Kind = (typeof kinds)[number];

const day = 86_400_000;
/** What nobody confirmed within so many days is over. */
const waits = 14 * day;
/** At most so many in force of one patient, and so many unconfirmed ones of one person, ever. */
export const proxyCaps = { inForce: 20, unconfirmed: 20 } as const;

interface Known {
  readonly id: string;
  readonly tenant: string;
  readonly patient: string;
  readonly user: string;
  readonly sealed: Map<Kind, Uint8Array>;
}

const keyOf = (kind: Kind, id: string): string => `${kind} ${id}`;
const boundTo = ({ patient, tenant, user }: Known, key: string): string =>
  JSON.stringify(['proxy', tenant, patient, user, key]);

/** The value of an entry: pseudonyms of patient and person, 32 hex digits each, then what is sealed. */
const headBytes = 64;
const valueOf = ({ patient, user }: Known, sealed: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.from(`${patient}${user}`, 'ascii'), sealed]);

/** Also from when on: a grant made after `now` is one of a clock that was set back, and opens nothing. */
export const stateOf = ({ at, confirmed, relation, revoked, until }: ProxyGrant, now: number): ProxyState => {
  if (revoked !== undefined) return 'revoked';
  if (now >= until) return 'ended';
  if (relation !== 'chosen' && confirmed === undefined) return now < at + waits ? 'requested' : 'ended';
  return (confirmed?.at ?? at) <= now ? 'in_force' : 'ended';
};

type Said = Readonly<Record<string, unknown>>;
const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

function termsOf(said: Said): (Omit<ProxyTerms, 'user'> & { at: number }) | undefined {
  const { at, by, person, relatedPerson, shares, tasks, until } = said;
  const relation = proxyRelations.find((one) => one === said['relation']);
  if (relation === undefined || !isRecord(person)) return undefined;
  const { issuer, subject } = person;
  return typeof at === 'number' &&
    typeof until === 'number' &&
    typeof by === 'string' &&
    typeof issuer === 'string' &&
    typeof subject === 'string' &&
    isTexts(tasks) &&
    isTexts(shares)
    ? {
        relation,
        person: { issuer, subject },
        by,
        tasks,
        shares,
        until,
        at,
        ...(typeof relatedPerson === 'string' ? { relatedPerson } : {}),
      }
    : undefined;
}
const confirmationOf = ({ at, by, evidence }: Said) =>
  typeof at === 'number' && typeof by === 'string' && typeof evidence === 'string'
    ? { by, evidence, at }
    : undefined;
const revocationOf = ({ at, by }: Said) =>
  typeof at === 'number' && typeof by === 'string' ? { by, at } : undefined;

/**
 * Who may act for which patient: named by the patient, or, for a minor or a dead patient, asked for by one person and
 * confirmed by another. Terms and acts are sealed under the patient's key; an erased patient has none.
 */
export class Proxies {
  readonly #ports: ProxyPorts;
  readonly #known = new Map<string, Known>();

  private constructor(ports: ProxyPorts) {
    this.#ports = ports;
  }

  /** @throws Refusal where the store cannot be read */
  static async open(ports: ProxyPorts): Promise<Proxies> {
    const proxies = new Proxies(ports);
    for (const { key, tenant, value } of await ports.store.entries()) {
      const [name, id] = key.split(' ');
      const kind = kinds.find((known) => known === name);
      if (kind === undefined || id === undefined) continue;
      const head = Buffer.from(value.subarray(0, headBytes)).toString('ascii');
      const known = proxies.#knownOf({ id, tenant, patient: head.slice(0, 32), user: head.slice(32) });
      known.sealed.set(kind, value.subarray(headBytes));
    }
    return proxies;
  }

  /**
   * Keeps what a patient gave, which counts from now on, or what somebody asks for; durable when it resolves.
   *
   * @throws Refusal `proxy_limit`, `store_unavailable`
   */
  async ask(tenant: string, patient: string, terms: ProxyTerms): Promise<ProxyGrant> {
    const { clock, newId } = this.#ports;
    await this.#demandRoom(tenant, patient, terms);
    const { user } = terms;
    const known: Known = { id: newId(), tenant, patient, user, sealed: new Map() };
    const at = clock.now();
    await this.#keep(known, 'asked', { ...terms, at });
    this.#known.set(JSON.stringify([tenant, known.id]), known);
    return { ...terms, id: known.id, tenant, patient, at };
  }

  /** @throws Refusal `proxy_not_pending` where it was confirmed, ended or forgotten meanwhile */
  async confirm(grant: ProxyGrant, by: string, evidence: string): Promise<ProxyGrant> {
    const at = this.#ports.clock.now();
    const known = this.#known.get(JSON.stringify([grant.tenant, grant.id]));
    const isOwn = grant.user === by || grant.by === by;
    if (known === undefined || isOwn || known.sealed.has('revoked') || stateOf(grant, at) !== 'requested')
      throw new Refusal('proxy_not_pending');
    await this.#keep(known, 'confirmed', { by, evidence, at });
    const standing = await this.#read(known);
    if (standing?.confirmed === undefined) throw new Refusal('proxy_not_pending');
    return standing;
  }

  /** Counts at once, also for requests under way and where the disk then fails; doing it again changes nothing. */
  async revoke(grant: ProxyGrant, by: string): Promise<ProxyGrant> {
    const known = this.#known.get(JSON.stringify([grant.tenant, grant.id]));
    if (known === undefined) throw new Refusal('proxy_not_visible');
    const revoked = grant.revoked ?? { by, at: this.#ports.clock.now() };
    await this.#keep(known, 'revoked', revoked, true);
    return { ...grant, revoked };
  }

  /** Those of a tenant that fit, the newest first; those that cannot be read are left out. */
  async list(
    tenant: string,
    of: { readonly patient?: string; readonly user?: string } = {},
  ): Promise<readonly ProxyGrant[]> {
    const some = [...this.#known.values()].filter(
      (one) =>
        one.tenant === tenant &&
        (of.patient === undefined || one.patient === of.patient) &&
        (of.user === undefined || one.user === of.user),
    );
    const read = await Promise.all(some.map((one) => this.#read(one)));
    return read.filter((one) => one !== undefined).toSorted((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
  }

  async find(tenant: string, id: string): Promise<ProxyGrant | undefined> {
    const known = this.#known.get(JSON.stringify([tenant, id]));
    return known === undefined ? undefined : this.#read(known);
  }

  /** What stands now for this person about this patient. */
  async inForce(tenant: string, patient: string, user: string): Promise<readonly ProxyGrant[]> {
    const now = this.#ports.clock.now();
    return (await this.list(tenant, { patient, user })).filter((one) => stateOf(one, now) === 'in_force');
  }

  /** Takes all of a patient whose key was destroyed off the disk; doing it again is no error. */
  async forget(tenant: string, patient: string): Promise<void> {
    for (const [name, known] of this.#known) {
      if (known.tenant !== tenant || known.patient !== patient) continue;
      // First what gives: what takes it away stands to the end.
      for (const kind of kinds) await this.#ports.store.remove(tenant, keyOf(kind, known.id));
      this.#known.delete(name);
    }
  }

  /** Against floods: of what a patient has given, and of what one person asks for. */
  async #demandRoom(tenant: string, patient: string, { relation, user }: ProxyTerms): Promise<void> {
    const now = this.#ports.clock.now();
    const given = relation === 'chosen';
    const all = await this.list(tenant, given ? { patient } : { user });
    const counted = all.filter((one) =>
      given
        ? one.relation === 'chosen' && stateOf(one, now) === 'in_force'
        : one.relation !== 'chosen' && one.confirmed === undefined,
    );
    if (counted.length >= (given ? proxyCaps.inForce : proxyCaps.unconfirmed))
      throw new Refusal('proxy_limit');
  }

  #knownOf({ id, patient, tenant, user }: Omit<Known, 'sealed'>): Known {
    const name = JSON.stringify([tenant, id]);
    const known = this.#known.get(name) ?? { id, tenant, patient, user, sealed: new Map<Kind, Uint8Array>() };
    this.#known.set(name, known);
    return known;
  }

  /** `first`: it counts before it is durable, because it takes away. */
  async #keep(known: Known, kind: Kind, said: object, first = false): Promise<void> {
    const { id, patient, tenant } = known;
    const sealer = await this.#ports.box(tenant, patient);
    if (sealer === undefined) throw new Refusal('proxy_not_visible');
    const key = keyOf(kind, id);
    const sealed = sealer.seal(JSON.stringify(said), boundTo(known, key));
    if (first) known.sealed.set(kind, sealed);
    const stands = await this.#ports.store.add({ tenant, key, value: valueOf(known, sealed) });
    known.sealed.set(kind, stands.subarray(headBytes));
  }

  /** Undefined where the terms or an act that stands cannot be read: nobody can tell whether it holds. */
  async #read(known: Known): Promise<ProxyGrant | undefined> {
    const { id, patient, tenant, user } = known;
    const opener = await this.#ports.box(tenant, patient);
    const said = (kind: Kind): Said | undefined => {
      const sealed = known.sealed.get(kind);
      const plain = sealed === undefined ? undefined : opener?.open(sealed, boundTo(known, keyOf(kind, id)));
      const value: unknown = plain === undefined ? undefined : JSON.parse(plain);
      return isRecord(value) ? value : undefined;
    };
    const [asked, confirmation, revocation] = [said('asked'), said('confirmed'), said('revoked')];
    const terms = asked === undefined ? undefined : termsOf(asked);
    const confirmed = confirmation === undefined ? undefined : confirmationOf(confirmation);
    const revoked = revocation === undefined ? undefined : revocationOf(revocation);
    const isMissing =
      (known.sealed.has('confirmed') && confirmed === undefined) ||
      (known.sealed.has('revoked') && revoked === undefined);
    if (terms === undefined || isMissing) return undefined;
    return {
      ...terms,
      id,
      tenant,
      patient,
      user,
      ...(confirmed === undefined ? {} : { confirmed }),
      ...(revoked === undefined ? {} : { revoked }),
    };
  }
}
