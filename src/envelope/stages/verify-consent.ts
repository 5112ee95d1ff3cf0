import { decideConsents } from '../../consent/decide.ts';
import type { ConsentDecision } from '../../consent/decision.ts';
import { notUnderstood } from '../../consent/evaluate.ts';
import { Refusal } from '../../errors/refusal.ts';
import { actorReferences } from '../../policy/relations.ts';
import { consentLookups } from '../../retrieval/consent-lookups.ts';
import { readConsents, readRelations } from '../../retrieval/control-reads.ts';
import type { Consented, Delegated, StandingCheck } from '../envelope.ts';
import type { Services } from '../services.ts';
import type { StageResult } from '../stage.ts';
import { consentRequest, readingTime, sameDecision } from './consent-request.ts';

async function evaluate(envelope: Delegated, services: Services, together = false): Promise<ConsentDecision> {
  const { patient } = envelope.delegation.scope;
  const { fhirUser } = envelope.user;
  const now = services.clinicalClock.now();
  const read = async () => readConsents(await envelope.control(), patient);
  const { config, shared } = envelope.tenant;
  const { breakGlass, consentSource, implicitConsent } = config;
  const atServer = () => (together ? shared.consents.read(patient, envelope.signal, read) : read());
  const here = () =>
    services.keptConsents.ofPatient(config.id, services.pseudonym(config.id, 'patient', patient));
  const [consents, kept] = await Promise.all([
    consentSource === 'own' ? [] : atServer(),
    consentSource === 'fhir' ? [] : here(),
  ]);
  if (kept === undefined) return notUnderstood();
  const from = performance.now();
  return decideConsents(
    consents,
    consentRequest(envelope, actorReferences(fhirUser), now),
    {
      implicit: implicitConsent,
      emergency: breakGlass?.implicitConsent ?? 'deny',
      kept,
      spent: () => performance.now() - from > readingTime,
    },
    consentLookups({ reader: envelope.control, patient, fhirUser, now }),
  );
}

/**
 * Whether the patient allows this now, and what is left out. A denial is not thrown here: the policy decides with
 * it as a fact, so that the answer to a stranger is the same whatever the consents say. What was decided must
 * still stand before delivery, read anew.
 */
export async function verifyConsent(
  envelope: Delegated,
  services: Services,
): Promise<StageResult<Consented>> {
  const relations = envelope
    .control()
    .then((reader) => readRelations(reader, envelope.delegation.scope.patient, services.clinicalClock.now()));
  // The next stage awaits them and refuses with what went wrong; where consent fails first, nobody asks any more.
  relations.catch(() => undefined);
  const consent = await evaluate(envelope, services);
  const standing: StandingCheck = {
    name: 'consent',
    when: 'delivery',
    ask: async (together) => {
      const now = await evaluate(envelope, services, together);
      if (!sameDecision(consent, now)) throw new Refusal('revoked');
    },
  };
  return {
    envelope: { ...envelope, consent, relations, standing: [...envelope.standing, standing] },
    before: envelope.servers.take(),
    outcome: consent.effect === 'permit' ? 'success' : 'refused',
    facts: {
      effect: consent.effect,
      sentence: consent.phrase,
      consents: consent.consents.map((id) => services.saltedHash(envelope, 'consent', id)),
      server: envelope.tenant.config.fhir.id,
      ...envelope.seal('consent.verified', { residualRules: consent.residual.length }),
    },
  };
}
