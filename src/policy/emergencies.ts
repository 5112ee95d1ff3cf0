import { Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import type { PatientBox, SealedStore } from '../vocabulary/sealed-box.ts';
import type { Clock } from '../vocabulary/time.ts';

/** Why somebody breaks the glass; the text beside it says it in their words. */
export const emergencyReasons = [
  'life_threatening',
  'patient_unable',
  'relation_not_recorded',
  'mass_casualty',
  'other',
] as const;
export type EmergencyReason = (typeof emergencyReasons)[number];

/** What an officer found of it. */
export const emergencyFindings = ['appropriate', 'inappropriate', 'unclear'] as const;
export type EmergencyFinding = (typeof emergencyFindings)[number];

/** What was declared. Pseudonyms stand for people. */
export interface EmergencyTerms {
  readonly reason: EmergencyReason;
  readonly text: string;
  readonly minutes: number;
}

export interface Emergency extends EmergencyTerms {
  readonly id: string;
  readonly tenant: string;
  readonly patient: string;
  readonly user: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly reviewed?: EmergencyReview & { readonly at: number };
}

export interface EmergencyReview {
  readonly by: string;
  readonly finding: EmergencyFinding;
  readonly text: string;
}

export type EmergencyState = 'open' | 'review_due' | 'reviewed';

export interface EmergencyPorts {
  readonly store: SealedStore;
  /** Undefined where nobody is known by the pseudonym, or the patient was erased. */
  box(tenant: string, patient: string): Promise<PatientBox | undefined>;
  readonly clock: Clock;
  readonly newId: () => string;
}

const kinds = ['declared', 'reviewed'] as const;
type Kind = (typeof kinds)[number];
const minute = 60_000;

interface Known {
  readonly id: string;
  readonly tenant: string;
  readonly patient: string;
  readonly user: string;
  readonly sealed: Map<Kind, Uint8Array>;
}

const keyOf = (kind: Kind, id: string): string => `${kind} ${id}`;
const boundTo = ({ patient, tenant, user }: Known, key: string): string =>
  JSON.stringify(['emergency', tenant, patient, user, key]);

/** The value of an entry: pseudonyms of patient and user, 32 hex digits each, then what is sealed. */
const headBytes = 64;
const valueOf = ({ patient, user }: Known, sealed: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.from(`${patient}${user}`, 'ascii'), sealed]);

export const stateOf = ({ at, minutes, reviewed }: Emergency, now: number): EmergencyState => {
  if (reviewed !== undefined) return 'reviewed';
  return at <= now && now < at + minutes * minute ? 'open' : 'review_due';
};

type Said = Readonly<Record<string, unknown>>;
const oneOf = <T extends string>(list: readonly T[], value: unknown): T | undefined =>
  list.find((one) => one === value);

function termsOf({ at, minutes, reason, text }: Said): (EmergencyTerms & { at: number }) | undefined {
  const known = oneOf(emergencyReasons, reason);
  return known !== undefined &&
    typeof text === 'string' &&
    typeof minutes === 'number' &&
    typeof at === 'number'
    ? { reason: known, text, minutes, at }
    : undefined;
}
function reviewOf({ at, by, finding, text }: Said): (EmergencyReview & { at: number }) | undefined {
  const known = oneOf(emergencyFindings, finding);
  return known !== undefined && typeof by === 'string' && typeof text === 'string' && typeof at === 'number'
    ? { by, finding: known, text, at }
    : undefined;
}

/**
 * Who broke the glass on which record: for some minutes, and reviewed before the same person may do it again. Reasons
 * and reviews are sealed under the patient's key; an erased patient has none.
 */
export class Emergencies {
  readonly #ports: EmergencyPorts;
  readonly #known = new Map<string, Known>();
  /** Who is just declaring one, so that two at once are not two. */
  readonly #declaring = new Set<string>();

  private constructor(ports: EmergencyPorts) {
    this.#ports = ports;
  }

  /** @throws Refusal where the store cannot be read */
  static async open(ports: EmergencyPorts): Promise<Emergencies> {
    const emergencies = new Emergencies(ports);
    for (const { key, tenant, value } of await ports.store.entries()) {
      const [name, id] = key.split(' ');
      const kind = oneOf(kinds, name);
      if (kind === undefined || id === undefined) continue;
      const head = Buffer.from(value.subarray(0, headBytes)).toString('ascii');
      const known = emergencies.#knownOf({ id, tenant, patient: head.slice(0, 32), user: head.slice(32) });
      known.sealed.set(kind, value.subarray(headBytes));
    }
    return emergencies;
  }

  /**
   * Opens one record to one person for some minutes; durable when it resolves.
   *
   * @throws Refusal `review_open` where an earlier one of this person has not been reviewed
   */
  async declare(tenant: string, patient: string, user: string, terms: EmergencyTerms): Promise<Emergency> {
    const who = JSON.stringify([tenant, user]);
    const due = [...this.#known.values()].some(
      (one) => one.tenant === tenant && one.user === user && !one.sealed.has('reviewed'),
    );
    if (due || this.#declaring.has(who)) throw new Refusal('review_open', { sentence: reviewDue });
    this.#declaring.add(who);
    try {
      const at = this.#ports.clock.now();
      const known: Known = { id: this.#ports.newId(), tenant, patient, user, sealed: new Map() };
      const { id } = known;
      await this.#keep(known, 'declared', { ...terms, at });
      this.#known.set(JSON.stringify([tenant, id]), known);
      return { ...terms, id, tenant, patient, user, at };
    } finally {
      this.#declaring.delete(who);
    }
  }

  /** Whether this person has broken the glass on this record, its time is not over and nobody has closed it. */
  async inForce(tenant: string, patient: string, user: string): Promise<boolean> {
    const now = this.#ports.clock.now();
    const own = [...this.#known.values()].filter(
      (one) => one.tenant === tenant && one.patient === patient && one.user === user,
    );
    const read = await Promise.all(own.map((one) => this.#read(one)));
    return read.some((one) => one !== undefined && stateOf(one, now) === 'open');
  }

  /** Those of a tenant, the newest first; those that cannot be read are left out. */
  async list(tenant: string): Promise<readonly Emergency[]> {
    const read = await Promise.all(
      [...this.#known.values()].filter((one) => one.tenant === tenant).map((one) => this.#read(one)),
    );
    return read.filter((one) => one !== undefined).toSorted((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
  }

  /** By the clock that decides: one that is set back does not give back what was over. */
  stateOf(emergency: Emergency): EmergencyState {
    return stateOf(emergency, this.#ports.clock.now());
  }

  async find(tenant: string, id: string): Promise<Emergency | undefined> {
    const known = this.#known.get(JSON.stringify([tenant, id]));
    return known === undefined ? undefined : this.#read(known);
  }

  /**
   * Closes one, also before its time is over; from then on the person may declare another.
   *
   * @throws Refusal `break_glass_not_visible` where it was reviewed already, or is gone
   */
  async review(emergency: Emergency, review: EmergencyReview): Promise<Emergency> {
    const known = this.#known.get(JSON.stringify([emergency.tenant, emergency.id]));
    if (known === undefined || known.sealed.has('reviewed')) throw new Refusal('break_glass_not_visible');
    await this.#keep(known, 'reviewed', { ...review, at: this.#ports.clock.now() });
    const closed = await this.#read(known);
    if (closed?.reviewed === undefined) throw new Refusal('store_unavailable');
    return closed;
  }

  /** Takes all of a patient whose key was destroyed off the disk; doing it again is no error. */
  async forget(tenant: string, patient: string): Promise<void> {
    for (const [name, known] of this.#known) {
      if (known.tenant !== tenant || known.patient !== patient) continue;
      for (const kind of kinds.toReversed()) await this.#ports.store.remove(tenant, keyOf(kind, known.id));
      this.#known.delete(name);
    }
  }

  #knownOf({ id, patient, tenant, user }: Omit<Known, 'sealed'>): Known {
    const name = JSON.stringify([tenant, id]);
    const known = this.#known.get(name) ?? { id, tenant, patient, user, sealed: new Map<Kind, Uint8Array>() };
    this.#known.set(name, known);
    return known;
  }

  async #keep(known: Known, kind: Kind, said: object): Promise<void> {
    const { id, patient, tenant } = known;
    const sealer = await this.#ports.box(tenant, patient);
    if (sealer === undefined) throw new Refusal('break_glass_not_visible');
    const key = keyOf(kind, id);
    const sealed = sealer.seal(JSON.stringify(said), boundTo(known, key));
    const stands = await this.#ports.store.add({ tenant, key, value: valueOf(known, sealed) });
    known.sealed.set(kind, stands.subarray(headBytes));
  }

  /** Undefined where what was declared cannot be read, or a review that stands: nobody can tell what it says. */
  async #read(known: Known): Promise<Emergency | undefined> {
    const { id, patient, tenant, user } = known;
    const opener = await this.#ports.box(tenant, patient);
    const said = (kind: Kind): Said | undefined => {
      const sealed = known.sealed.get(kind);
      const plain = sealed === undefined ? undefined : opener?.open(sealed, boundTo(known, keyOf(kind, id)));
      const value: unknown = plain === undefined ? undefined : JSON.parse(plain);
      return isRecord(value) ? value : undefined;
    };
    const declared = said('declared');
    const terms = declared === undefined ? undefined : termsOf(declared);
    if (terms === undefined) return undefined;
    const emergency = { ...terms, id, tenant, patient, user };
    if (!known.sealed.has('reviewed')) return emergency;
    const closing = said('reviewed');
    const reviewed = closing === undefined ? undefined : reviewOf(closing);
    return reviewed === undefined ? undefined : { ...emergency, reviewed };
  }
}

const reviewDue =
  'Not allowed: your last emergency access has not been reviewed yet. In an emergency use the record system itself or your local emergency path.';
