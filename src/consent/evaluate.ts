import type { Resource } from '../vocabulary/fhir.ts';
import { isPurpose, purposes } from '../vocabulary/purpose.ts';
import { covers } from './applies.ts';
import { denialsOf, forbidsAll, ownConsent, permitsSome, residualOf, rulesOf } from './combine.ts';
import type { ConsentDecision, ConsentRequest, ResidualRule } from './decision.ts';
import { type ConsentStoreName, type ReadConsent, readConsent } from './parse.ts';
import { isKnownPurpose, needsOwnName } from './purpose-of-use.ts';
import { type Budget, caps, NotUnderstood } from './reading.ts';

export interface ConsentPolicy {
  /** The tenant's policy where no consent speaks. It never opens a purpose that needs its own name (BTG). */
  readonly implicit: 'permit' | 'deny';
  /** The same for breaking the glass alone; deny where nothing is said. */
  readonly emergency?: 'permit' | 'deny';
  /** The same for a request of the family (FAMRQT): permit where the patient, or the law, made the asker their proxy. */
  readonly family?: 'permit' | 'deny';
  /** Consents that the gateway keeps itself, beside those of the server. */
  readonly kept?: readonly Resource[];
  /** Whether the time for reading them is over: the rest is then not read, and the whole is a denial. */
  readonly spent?: () => boolean;
}

/**
 * What the patient's R4 Consents say to one request (IHE PCF Basic, Intermediate and Advanced; nesting up to the
 * caps). Pure: `consents` of the FHIR server in any order, as received. Never throws: whatever is not understood is a
 * denial. A patient who asks about their own record (PATRQT) is not narrowed by the consents they gave to others.
 */
export function evaluateConsents(
  consents: readonly Resource[],
  request: ConsentRequest,
  options: ConsentPolicy,
): ConsentDecision {
  const purpose = isPurpose(request.purpose) ? purposes[request.purpose].name : 'this purpose';
  if (isOwnRequest(request)) return permit([], [], [], "the request is for the patient's own record");
  try {
    if (!isKnownPurpose(request.purpose)) throw new NotUnderstood();
    const read = readAll(consents, request, options);
    const spoken = read.filter(isInForce(request.now)).map((consent) => ({
      consent,
      rules: rulesOf(consent, request),
    }));
    const speaking = withoutSuperseded(spoken, read, request.now).filter(({ rules }) => rules.length > 0);
    const ids = [...new Set(speaking.map(({ consent }) => consent.id))].toSorted();
    const rules = speaking.flatMap((one) => one.rules);
    const base = permitsWithout(request.purpose, options) ? 'permit' : 'forbid';
    if (speaking.length === 0) {
      return base === 'permit'
        ? permit([], [], ownConsent([]), `the default policy permits ${purpose} where no consent speaks`)
        : deny('consent_absent', [], `no active consent permits ${purpose}`);
    }
    if (forbidsAll({ type: base, exceptions: rules })) {
      return deny('consent_denied', ids, `the consents on record do not permit ${purpose}`);
    }
    return permit(ids, residualOf(base, rules), ownConsent(rules), `an active consent permits ${purpose}`);
  } catch {
    // NotUnderstood by intent, and anything unforeseen by invariant 1.
    return notUnderstood();
  }
}

const permit = (
  consents: readonly string[],
  residual: readonly ResidualRule[],
  separately: readonly ResidualRule[],
  phrase: string,
): ConsentDecision => ({ effect: 'permit', consents, residual, separately, phrase });

const deny = (
  reason: NonNullable<ConsentDecision['reason']>,
  consents: readonly string[],
  phrase: string,
): ConsentDecision => ({ effect: 'deny', reason, consents, residual: [], separately: [], phrase });

/** The denial of the whole where anything in a consent is not understood. */
export const notUnderstood = (): ConsentDecision =>
  deny('consent_not_understood', [], 'a consent on record could not be understood');

/** Whether the tenant's policy permits a purpose of which no consent speaks. */
function permitsWithout(purpose: string, { emergency, family, implicit }: ConsentPolicy): boolean {
  if (purpose === 'BTG') return emergency === 'permit';
  if (purpose === 'FAMRQT') return family === 'permit';
  return implicit === 'permit' && !needsOwnName(purpose);
}

const isOwnRequest = (request: ConsentRequest): boolean =>
  request.purpose === 'PATRQT' &&
  request.roles.includes('patient') &&
  request.actors.includes(`Patient/${request.patient}`);

/** Every consent that has begun, in force or not any more. */
function readAll(
  consents: readonly Resource[],
  request: ConsentRequest,
  { kept = [], spent }: ConsentPolicy,
): readonly ReadConsent[] {
  if (!Array.isArray(consents) || consents.length + kept.length > caps.consents) throw new NotUnderstood();
  const budget: Budget = { left: caps.elements, ...(spent === undefined ? {} : { spent }) };
  const { patient, purpose, refersTo = new Map<string, readonly string[]>() } = request;
  const read = (store: ConsentStoreName) => (consent: Resource) =>
    readConsent(consent, { patient, purpose, store, refersTo, budget });
  return [...consents.map(read('server')), ...kept.map(read('gateway'))]
    .filter((consent) => consent !== undefined)
    .filter(({ root }) => root.period === undefined || root.period.start <= request.now);
}

const isInForce =
  (now: number) =>
  ({ active, root }: ReadConsent): boolean =>
    active && covers(root.period, now);

interface Spoken {
  readonly consent: ReadConsent;
  readonly rules: readonly ResidualRule[];
}

/**
 * Supersession, within the same store, organizations and scope, by the date of record. A newer consent that permits,
 * and that was verified with the patient, takes the place of an older one where it speaks of this request. Any other
 * newer one that permitted, also one that has been withdrawn or has run out meanwhile, ends what the older one permits
 * and leaves what it denies: what was replaced does not come back. A newer one that denies adds to what stands, so
 * that adding a denial never widens. Dates in the future, absent dates and absent organizations supersede nothing:
 * then a denial wins.
 */
function withoutSuperseded(
  spoken: readonly Spoken[],
  read: readonly ReadConsent[],
  now: number,
): readonly Spoken[] {
  return spoken.map(({ consent, rules }) => {
    const lifted = spoken.some(
      (other) =>
        other.consent.verified && supersedes(other.consent, consent, now) && permitsSome(other.rules),
    );
    if (lifted) return { consent, rules: [] };
    const ended = read.some((other) => supersedes(other, consent, now));
    return { consent, rules: ended ? rules.flatMap(denialsOf) : rules };
  });
}

const supersedes = (newer: ReadConsent, older: ReadConsent, now: number): boolean =>
  newer.root.type === 'permit' &&
  newer.source !== undefined &&
  newer.source === older.source &&
  newer.scope === older.scope &&
  newer.recorded !== undefined &&
  older.recorded !== undefined &&
  newer.recorded <= now &&
  newer.recorded > older.recorded;
