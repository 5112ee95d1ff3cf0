import { Refusal } from '../errors/refusal.ts';
import { codeSystems, isFhirId, isResource, type Resource } from '../vocabulary/fhir.ts';
import { purposeSystem } from '../vocabulary/purpose.ts';
import { canBeTold, namedIn } from './named.ts';
import { type ReadConsent, readConsent } from './parse.ts';
import { gatewayRoles, participation, practitionerRole, readReference } from './provision.ts';
import { NotUnderstood } from './reading.ts';

/** A consent in plain words, before it is a Consent. Empty lists and what is absent set no condition. */
export interface ConsentForm {
  readonly decision: 'permit' | 'deny';
  /** v3-ActReason codes. */
  readonly purposes?: readonly string[];
  /** Roles of the gateway: physician, nurse, pharmacist. */
  readonly roles?: readonly string[];
  /** References: `Practitioner/7`, `Organization/2` … */
  readonly actors?: readonly string[];
  /** Sensitivity codes: a permit leaves these out, a denial is about these alone. */
  readonly withhold?: readonly string[];
  /** FHIR dates; the days named are part of it. */
  readonly from?: string;
  readonly until?: string;
}

/** A consent larger than this is refused: it is read again for every request about the patient. */
export const captureCaps = { elements: 500, bytes: 65_536 } as const;

const concept = (system: string, code: string) => ({ coding: [{ system, code }] });
const recipient = concept(participation, 'IRCP');
const practitionerRoleOf = (role: string): string | undefined =>
  Object.entries(gatewayRoles).find(([, gatewayRole]) => gatewayRole === role)?.[0];

const list = <T>(name: string, entries: readonly T[]): Readonly<Record<string, readonly T[]>> =>
  entries.length === 0 ? {} : { [name]: entries };

/** The Consent that a form becomes. What its words mean is still to be read: a purpose that nobody knows, say. */
export function consentOfForm(form: ConsentForm, patient: string): Resource {
  const { actors = [], decision, from, purposes = [], roles = [], until, withhold = [] } = form;
  const conditions = {
    ...(from === undefined && until === undefined
      ? {}
      : {
          period: {
            ...(from === undefined ? {} : { start: from }),
            ...(until === undefined ? {} : { end: until }),
          },
        }),
    ...list('actor', [
      ...actors.map((reference) => ({ role: recipient, reference: { reference } })),
      ...roles.map((role) => ({ role: concept(practitionerRole, practitionerRoleOf(role) ?? role) })),
    ]),
    ...list(
      'purpose',
      purposes.map((code) => ({ system: purposeSystem, code })),
    ),
  };
  const labels = list(
    'securityLabel',
    withhold.map((code) => ({ system: codeSystems.actCode, code })),
  );
  const provision =
    decision === 'deny'
      ? { type: 'deny', ...conditions, ...labels }
      : {
          type: 'permit',
          ...conditions,
          ...list('provision', withhold.length === 0 ? [] : [{ type: 'deny', ...conditions, ...labels }]),
        };
  return {
    resourceType: 'Consent',
    status: 'active',
    scope: concept('http://terminology.hl7.org/CodeSystem/consentscope', 'patient-privacy'),
    category: [concept(codeSystems.loinc, '59284-0')],
    patient: { reference: `Patient/${patient}` },
    // What the provision says is all that is said: nothing is denied or permitted besides.
    policyRule: concept(codeSystems.actCode, 'OPTIN'),
    provision,
  };
}

/** Whom a Consent is about; undefined where that cannot be told. */
export function patientOf(consent: unknown): string | undefined {
  if (!isResource(consent) || consent.resourceType !== 'Consent') return undefined;
  try {
    const { id, type } = readReference(consent['patient']);
    return type === 'Patient' && isFhirId(id) ? id : undefined;
  } catch {
    return undefined;
  }
}

/** Reads a Consent that the gateway keeps or is to keep; undefined where it is not understood as a whole. */
export function readKept(consent: Resource, patient: string): ReadConsent | undefined {
  const budget = { left: captureCaps.elements };
  try {
    const named = namedIn([consent]);
    if (!canBeTold(named)) return undefined;
    const refersTo = new Map(named.related.map((one): [string, string[]] => [one, []]));
    // A Consent of scope research is read for research alone; what the others say does not turn on the purpose here.
    return readConsent(consent, { patient, purpose: 'HRESCH', store: 'gateway', refersTo, budget });
  } catch (thrown) {
    if (thrown instanceof NotUnderstood) return undefined;
    throw thrown;
  }
}

export interface Taken {
  readonly resource: Resource;
  readonly read: ReadConsent;
}

const unusable =
  'The consent is not active, says nothing about privacy, or holds something that this gateway does not understand; kept, it would count for nothing or deny everything.';

/**
 * The Consent as it is kept: read as a whole, so that none is kept that would deny everything for not being
 * understood. The gateway states what it knows better than the body does: id, time of recording, and whether the
 * patient gave it here. A verification that somebody else states counts for nothing.
 *
 * @throws Refusal `consent_unusable`
 */
export function takeConsent(
  consent: Resource,
  taking: { readonly id: string; readonly patient: string; readonly at: number; readonly byPatient: boolean },
): Taken {
  const { at, byPatient, id, patient } = taking;
  const dateTime = new Date(at).toISOString();
  const { meta: _meta, verification, ...said } = consent;
  const self = { reference: `Patient/${patient}` };
  const given = byPatient
    ? {
        performer: [self],
        verification: [{ verified: true, verifiedWith: self, verificationDate: dateTime }],
      }
    : {};
  const resource: Resource = { ...said, id, dateTime, ...given };
  // As it was said first: what somebody states to be unverified is not kept as if nothing had been stated.
  const understood =
    verification === undefined || readKept({ ...resource, verification }, patient) !== undefined;
  const read = understood ? readKept(resource, patient) : undefined;
  if (read?.active !== true) throw new Refusal('consent_unusable', { sentence: unusable });
  return { resource, read };
}
