import type { ConsentAction, ConsentFacts, TrailAction } from '../policy/decision.ts';
import { consentFactsFrom, trailFactsFrom } from '../policy/facts.ts';
import type { VerifiedUser } from '../vocabulary/person.ts';
import { askerFacts, type Caller } from './caller.ts';
import type { Face } from './face.ts';

/** Who asks for what an office may do: the rights of an office are not delegated. */
export const inOffice = ({ presented, user }: Caller): VerifiedUser =>
  presented === undefined ? user : { ...user, roles: [] };

/** The id of the caller's own record; undefined where the caller is no patient, or shows a delegated token. */
export const ownId = ({ presented, user }: Caller): string | undefined =>
  presented === undefined && user.fhirUser?.type === 'Patient' ? user.fhirUser.id : undefined;

/** Its pseudonym. */
export function ownRecordOf({ gateway }: Face, caller: Caller): string | undefined {
  const id = ownId(caller);
  return id === undefined ? undefined : gateway.services.pseudonym(caller.user.tenant, 'patient', id);
}

type Decided = ReturnType<Face['gateway']['services']['policy']['decideTrail' | 'decideConsent']>;

/** What the trail says of every decision about an office. */
const toldOf = ({ effect, facts: { tenantMatches }, policies, policyHash, sentence }: Decided) => ({
  effect,
  sentence,
  policies,
  policyHash,
  tenantMatches,
});

/**
 * Whether policy gives the caller this right in their own tenant, and what the trail says of the decision. `own`: what
 * it is about is the caller's; with a delegated token nothing is.
 */
export function decideOffice({ gateway }: Face, caller: Caller, action: TrailAction, own = false) {
  const { presented, user } = caller;
  const decision = gateway.services.policy.decideTrail(
    trailFactsFrom(inOffice(caller), { tenant: user.tenant, sameUser: own && presented === undefined }),
    action,
  );
  return {
    allowed: decision.effect === 'allow',
    sentence: decision.sentence,
    ownTrail: decision.facts.ownTrail,
    facts: { ...askerFacts(gateway.services, user), ...toldOf(decision) },
  };
}

/** The same about one thing of somebody's: the trail says too whether policy took it for the caller's own. */
export function decideOwn(face: Face, caller: Caller, action: TrailAction, own: boolean) {
  const { facts, ownTrail, ...decision } = decideOffice(face, caller, action, own);
  return { ...decision, facts: { ...facts, ownTrail } };
}

/** The same for a consent that the gateway keeps, or is to keep: with a delegated token none is the caller's own. */
export function decideConsentOffice(
  { gateway }: Face,
  caller: Caller,
  action: ConsentAction,
  consent: Pick<ConsentFacts, 'ownRecord' | 'opensToAsker' | 'patientsDenial'>,
) {
  const { presented, user } = caller;
  const decision = gateway.services.policy.decideConsent(
    consentFactsFrom(inOffice(caller), {
      ...consent,
      tenant: user.tenant,
      ownRecord: consent.ownRecord && presented === undefined,
    }),
    action,
  );
  const { ownRecord, opensToAsker, patientsDenial } = decision.facts;
  return {
    allowed: decision.effect === 'allow',
    sentence: decision.sentence,
    facts: {
      ...askerFacts(gateway.services, user),
      ...toldOf(decision),
      ownRecord,
      opensToAsker,
      patientsDenial,
    },
  };
}
