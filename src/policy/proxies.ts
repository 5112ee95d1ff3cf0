import { Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import { type Clock, dayMs } from '../vocabulary/time.ts';
import { type Matter, newestFirst, type Said, SealedActs, type SealedActsPorts } from './sealed-acts.ts';

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

export interface ProxyPorts extends SealedActsPorts {
  readonly clock: Clock;
  readonly newId: () => string;
}

// First what gives: what takes it away stands to the end.
const kinds = ['asked', 'confirmed', 'revoked'] as const;
type Kind = (typeof kinds)[number];

/** What nobody confirmed within so many days is over. */
const waits = 14 * dayMs;
/** At most so many in force of one patient, and so many unconfirmed ones of one person, ever. */
export const proxyCaps = { inForce: 20, unconfirmed: 20 } as const;

/** Also from when on: a grant made after `now` is one of a clock that was set back, and opens nothing. */
export const stateOf = ({ at, confirmed, relation, revoked, until }: ProxyGrant, now: number): ProxyState => {
  if (revoked !== undefined) return 'revoked';
  if (now >= until) return 'ended';
  if (relation !== 'chosen' && confirmed === undefined) return now < at + waits ? 'requested' : 'ended';
  return (confirmed?.at ?? at) <= now ? 'in_force' : 'ended';
};

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
  readonly #acts: SealedActs<Kind>;

  private constructor(ports: ProxyPorts, acts: SealedActs<Kind>) {
    this.#ports = ports;
    this.#acts = acts;
  }

  /** @throws Refusal where the store cannot be read */
  static async open(ports: ProxyPorts): Promise<Proxies> {
    return new Proxies(
      ports,
      await SealedActs.open(ports, { label: 'proxy', kinds, gone: 'proxy_not_visible' }),
    );
  }

  /**
   * Keeps what a patient gave, which counts from now on, or what somebody asks for; durable when it resolves.
   *
   * @throws Refusal `proxy_limit`, `store_unavailable`
   */
  async ask(tenant: string, patient: string, terms: ProxyTerms): Promise<ProxyGrant> {
    const { clock, newId } = this.#ports;
    await this.#demandRoom(tenant, patient, terms);
    const of = { id: newId(), tenant, patient };
    const at = clock.now();
    await this.#acts.begin({ ...of, user: terms.user }, 'asked', { ...terms, at });
    return { ...terms, ...of, at };
  }

  /** @throws Refusal `proxy_not_pending` where it was confirmed, ended or forgotten meanwhile */
  async confirm(grant: ProxyGrant, by: string, evidence: string): Promise<ProxyGrant> {
    const at = this.#ports.clock.now();
    const known = this.#acts.find(grant.tenant, grant.id);
    const isOwn = grant.user === by || grant.by === by;
    if (known === undefined || isOwn || known.sealed.has('revoked') || stateOf(grant, at) !== 'requested')
      throw new Refusal('proxy_not_pending');
    await this.#acts.keep(known, 'confirmed', { by, evidence, at });
    const standing = await this.#read(known);
    if (standing?.confirmed === undefined) throw new Refusal('proxy_not_pending');
    return standing;
  }

  /** Counts at once, also for requests under way and where the disk then fails; doing it again changes nothing. */
  async revoke(grant: ProxyGrant, by: string): Promise<ProxyGrant> {
    const known = this.#acts.find(grant.tenant, grant.id);
    if (known === undefined) throw new Refusal('proxy_not_visible');
    const revoked = grant.revoked ?? { by, at: this.#ports.clock.now() };
    await this.#acts.keep(known, 'revoked', revoked, true);
    return { ...grant, revoked };
  }

  /** Those of a tenant that fit, the newest first; those that cannot be read are left out. */
  async list(
    tenant: string,
    of: { readonly patient?: string; readonly user?: string } = {},
  ): Promise<readonly ProxyGrant[]> {
    const read = await Promise.all(this.#acts.of(tenant, of).map((one) => this.#read(one)));
    return read.filter((one) => one !== undefined).toSorted(newestFirst);
  }

  /**
   * Those of a tenant, the newest first, at most `limit`; those that cannot be read are left out. `before`: only those asked for
   * before this one. `next`: there are more, before this one.
   */
  async page(
    tenant: string,
    { before, limit }: { readonly before?: string; readonly limit: number },
  ): Promise<{ readonly proxies: readonly ProxyGrant[]; readonly next?: string }> {
    // Ids begin with the time at which they were given.
    const all = this.#acts
      .of(tenant)
      .filter(({ id }) => before === undefined || id < before)
      .toSorted((a, b) => (a.id < b.id ? 1 : -1));
    const page = all.slice(0, limit);
    const read = await Promise.all(page.map((one) => this.#read(one)));
    const last = page.at(-1);
    return {
      proxies: read.filter((one) => one !== undefined),
      ...(all.length > limit && last !== undefined ? { next: last.id } : {}),
    };
  }

  async find(tenant: string, id: string): Promise<ProxyGrant | undefined> {
    const known = this.#acts.find(tenant, id);
    return known === undefined ? undefined : this.#read(known);
  }

  /** What stands now for this person about this patient. */
  async inForce(tenant: string, patient: string, user: string): Promise<readonly ProxyGrant[]> {
    const now = this.#ports.clock.now();
    return (await this.list(tenant, { patient, user })).filter((one) => stateOf(one, now) === 'in_force');
  }

  /** Takes all of a patient whose key was destroyed off the disk; doing it again is no error. */
  async forget(tenant: string, patient: string): Promise<void> {
    await this.#acts.forget(tenant, patient);
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

  /** Undefined where the terms or an act that stands cannot be read: nobody can tell whether it holds. */
  async #read(known: Matter<Kind>): Promise<ProxyGrant | undefined> {
    const { id, patient, tenant, user } = known;
    const acts = await this.#acts.read(known);
    const [asked, confirmation, revocation] = kinds.map((kind) => acts?.get(kind));
    const terms = asked && termsOf(asked);
    const confirmed = confirmation && confirmationOf(confirmation);
    const revoked = revocation && revocationOf(revocation);
    const isMissing =
      (confirmation !== undefined && confirmed === undefined) ||
      (revocation !== undefined && revoked === undefined);
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
