import { decideConsents } from '../../consent/decide.ts';
import type { ConsentDecision } from '../../consent/decision.ts';
import { notUnderstood } from '../../consent/evaluate.ts';
import { Refusal } from '../../errors/refusal.ts';
import { familyReferences, type ProxyStanding } from '../../policy/proxy-relation.ts';
import { consentLookups } from '../../retrieval/consent-lookups.ts';
import { type Relations, readConsents, readRelations } from '../../retrieval/control-reads.ts';
import type { Resource } from '../../vocabulary/fhir.ts';
import type { Consented, Delegated, StandingCheck } from '../envelope.ts';
import type { Services } from '../services.ts';
import type { StageResult } from '../stage.ts';
import { consentRequest, readingTime, sameDecision } from './consent-request.ts';
import { actsForPatient, forFamily, isFamilyRequest, proxyOf } from './family.ts';
import { rolesHeld } from './roles-held.ts';

/** As what the asker acts for the patient, and what the consents say with that. */
async function evaluate(
  envelope: Delegated,
  services: Services,
  relations: () => Promise<Relations>,
  roles: () => Promise<readonly Resource[] | undefined>,
  together = false,
): Promise<{ readonly consent: ConsentDecision; readonly proxy: ProxyStanding }> {
  const { patient } = envelope.delegation.scope;
  const { fhirUser } = envelope.user;
  const now = services.clinicalClock.now();
  const read = async () => readConsents(await envelope.control(), patient);
  const { config, shared } = envelope.tenant;
  const { breakGlass, consentSource, implicitConsent } = config;
  const { signal, stopwatch } = envelope;
  const atServer = () => (together ? stopwatch.outside(shared.consents.read(patient, signal, read)) : read());
  const here = () =>
    services.keptConsents.ofPatient(config.id, services.pseudonym(config.id, 'patient', patient));
  const [proxy, consents, kept] = await Promise.all([
    proxyOf(envelope, services, relations),
    consentSource === 'own' ? [] : atServer(),
    consentSource === 'fhir' ? [] : here(),
  ]);
  if (kept === undefined) return { consent: notUnderstood(), proxy };
  const from = performance.now();
  const consent = await decideConsents(
    consents,
    consentRequest(envelope, familyReferences(fhirUser, proxy), now),
    {
      implicit: implicitConsent,
      emergency: breakGlass?.implicitConsent ?? 'deny',
      family: actsForPatient(proxy) ? 'permit' : 'deny',
      kept,
      spent: () => performance.now() - from > readingTime,
    },
    consentLookups({ reader: envelope.control, patient, roles, now }),
  );
  return { consent: isFamilyRequest(envelope) ? forFamily(consent, proxy) : consent, proxy };
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
  const { delegation, signal, tenant } = envelope;
  const { patient } = delegation.scope;
  const readNow = async (): Promise<Relations> =>
    readRelations(await envelope.control(), patient, services.clinicalClock.now());
  const relations = readNow();
  const askRoles = () => rolesHeld(envelope);
  // Always asked for, and with the patient's relations: whoever is refused learns nothing from how long it takes.
  const held = askRoles();
  const roles = held.then((found) => found ?? []);
  // The next stage awaits them and refuses with what went wrong; where consent fails first, nobody asks any more.
  for (const one of [relations, roles]) one.catch(() => undefined);
  const { consent, proxy } = await evaluate(
    envelope,
    services,
    () => relations,
    () => held,
  );
  const standing: StandingCheck = {
    name: 'consent',
    when: 'delivery',
    ask: async (together) => {
      const again = () => (together ? tenant.shared.relations.read(patient, signal, readNow) : readNow());
      const now = await evaluate(envelope, services, again, askRoles, together);
      if (!sameDecision(consent, now.consent)) throw new Refusal('revoked');
    },
  };
  return {
    envelope: { ...envelope, proxy, consent, relations, roles, standing: [...envelope.standing, standing] },
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
