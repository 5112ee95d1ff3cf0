import { Refusal } from '../errors/refusal.ts';
import type { Clock } from '../vocabulary/time.ts';
import { type Opening, openingUntil } from './opening.ts';
import { type Matter, newestFirst, type Said, SealedActs, type SealedActsPorts } from './sealed-acts.ts';

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

export interface EmergencyPorts extends SealedActsPorts {
  readonly clock: Clock;
  readonly newId: () => string;
}

const kinds = ['reviewed', 'declared'] as const;
type Kind = (typeof kinds)[number];
const minute = 60_000;

export const stateOf = ({ at, minutes, reviewed }: Emergency, now: number): EmergencyState => {
  if (reviewed !== undefined) return 'reviewed';
  return at <= now && now < at + minutes * minute ? 'open' : 'review_due';
};

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
  readonly #acts: SealedActs<Kind>;
  /** Who is just declaring one, so that two at once are not two. */
  readonly #declaring = new Set<string>();

  private constructor(ports: EmergencyPorts, acts: SealedActs<Kind>) {
    this.#ports = ports;
    this.#acts = acts;
  }

  /** @throws Refusal where the store cannot be read */
  static async open(ports: EmergencyPorts): Promise<Emergencies> {
    return new Emergencies(
      ports,
      await SealedActs.open(ports, { label: 'emergency', kinds, gone: 'break_glass_not_visible' }),
    );
  }

  /**
   * Opens one record to one person for some minutes; durable when it resolves.
   *
   * @throws Refusal `review_open` where an earlier one of this person has not been reviewed
   */
  async declare(tenant: string, patient: string, user: string, terms: EmergencyTerms): Promise<Emergency> {
    const who = JSON.stringify([tenant, user]);
    const due = this.#acts.of(tenant, { user }).some(({ sealed }) => !sealed.has('reviewed'));
    if (due || this.#declaring.has(who)) throw new Refusal('review_open', { sentence: reviewDue });
    this.#declaring.add(who);
    try {
      const at = this.#ports.clock.now();
      const of = { id: this.#ports.newId(), tenant, patient, user };
      await this.#acts.begin(of, 'declared', { ...terms, at });
      return { ...terms, ...of, at };
    } finally {
      this.#declaring.delete(who);
    }
  }

  /** The access of this person who has broken the glass on this record; its time is not over and nobody has closed it. */
  async inForce(tenant: string, patient: string, user: string): Promise<Opening | undefined> {
    const now = this.#ports.clock.now();
    const own = this.#acts.of(tenant, { patient, user });
    const read = await Promise.all(own.map((one) => this.#read(one)));
    const open = read
      .filter((one) => one !== undefined)
      .toSorted(newestFirst)
      .findLast((one) => stateOf(one, now) === 'open');
    return open && openingUntil(open.id, open.at + open.minutes * minute, now);
  }

  /** Those of a tenant, the newest first; those that cannot be read are left out. */
  async list(tenant: string): Promise<readonly Emergency[]> {
    const read = await Promise.all(this.#acts.of(tenant).map((one) => this.#read(one)));
    return read.filter((one) => one !== undefined).toSorted(newestFirst);
  }

  /** By the clock that decides: one that is set back does not give back what was over. */
  stateOf(emergency: Emergency): EmergencyState {
    return stateOf(emergency, this.#ports.clock.now());
  }

  async find(tenant: string, id: string): Promise<Emergency | undefined> {
    const known = this.#acts.find(tenant, id);
    return known === undefined ? undefined : this.#read(known);
  }

  /**
   * Closes one, also before its time is over; from then on the person may declare another.
   *
   * @throws Refusal `break_glass_not_visible` where it was reviewed already, or is gone
   */
  async review(emergency: Emergency, review: EmergencyReview): Promise<Emergency> {
    const known = this.#acts.find(emergency.tenant, emergency.id);
    if (known === undefined || known.sealed.has('reviewed')) throw new Refusal('break_glass_not_visible');
    await this.#acts.keep(known, 'reviewed', { ...review, at: this.#ports.clock.now() });
    const closed = await this.#read(known);
    if (closed?.reviewed === undefined) throw new Refusal('store_unavailable');
    return closed;
  }

  /** Takes all of a patient whose key was destroyed off the disk; doing it again is no error. */
  async forget(tenant: string, patient: string): Promise<void> {
    await this.#acts.forget(tenant, patient);
  }

  /** Undefined where what was declared cannot be read, or a review that stands: nobody can tell what it says. */
  async #read(known: Matter<Kind>): Promise<Emergency | undefined> {
    const { id, patient, tenant, user } = known;
    const acts = await this.#acts.read(known);
    const [declared, closing] = [acts?.get('declared'), acts?.get('reviewed')];
    const terms = declared && termsOf(declared);
    const reviewed = closing && reviewOf(closing);
    if (terms === undefined || (closing !== undefined && reviewed === undefined)) return undefined;
    return { ...terms, id, tenant, patient, user, ...(reviewed === undefined ? {} : { reviewed }) };
  }
}

const reviewDue =
  'Not allowed: your last emergency access has not been reviewed yet. In an emergency use the record system itself or your local emergency path.';
