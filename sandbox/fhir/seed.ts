import { createHash } from 'node:crypto';
import { isRecord } from '../../src/vocabulary/fhir.ts';
import { type Purpose, purposeSystem } from '../../src/vocabulary/purpose.ts';
import { referencesAt, valuesAt } from './elements.ts';
import { intervalOf } from './search/dates.ts';
import { codesOf } from './search/tokens.ts';
import type { FhirStore, StoredResource } from './store.ts';

export interface SeedOptions {
  /** The Practitioner that the sandbox's clinician account stands for. */
  readonly clinician?: {
    readonly id: string;
    readonly name?: { readonly given: readonly string[]; readonly family: string };
  };
  /** Milliseconds since the epoch: when the consents were given. */
  readonly now: number;
}

export interface SeedReport {
  readonly patients: number;
  readonly careTeams: number;
  readonly consents: number;
}

const permitted: readonly Purpose[] = ['TREAT', 'ETREAT', 'HPAYMT', 'HOPERAT', 'PATRQT'];
const consentScope = 'http://terminology.hl7.org/CodeSystem/consentscope';

/**
 * Gives every patient of a foreign data set what the gateway asks for and the set lacks: the sandbox clinician on an
 * active care team, and an active Consent that permits. A patient who has a privacy Consent of any kind keeps
 * to it: nothing is added beside it. For sets named by `--patients` only; nothing clinical is added.
 */
export function seedForSandbox(store: FhirStore, options: SeedOptions): SeedReport {
  const { id = 'sandbox-clinician', name } = options.clinician ?? {};
  if (store.get('Practitioner', id) === undefined) {
    store.put({
      resourceType: 'Practitioner',
      id,
      active: true,
      ...(name === undefined ? {} : { name: [{ use: 'official', family: name.family, given: name.given }] }),
    });
  }
  const patients = store.all('Patient');
  let careTeams = 0;
  let consents = 0;
  for (const patient of patients) {
    if (!store.byPatient(patient.id, 'CareTeam').some((team) => hasActiveMember(team, id))) {
      store.put(careTeam(patient.id, id), options.now);
      careTeams += 1;
    }
    if (!store.byPatient(patient.id, 'Consent').some(isPrivacyConsent)) {
      store.put(permittingConsent(patient.id, options.now), options.now);
      consents += 1;
    }
  }
  return { patients: patients.length, careTeams, consents };
}

const hasActiveMember = (team: StoredResource, practitioner: string): boolean =>
  team['status'] === 'active' &&
  referencesAt(team, [['participant', 'member']]).some(
    (member) => member.type === 'Practitioner' && member.id === practitioner,
  );

const isPrivacyConsent = (consent: StoredResource): boolean =>
  codesOf(consent['scope']).some(({ code }) => code === 'patient-privacy');

/** Ids are fixed by the patient's, whatever its length. */
const seedId = (kind: string, patient: string): string =>
  `sandbox-${kind}-${createHash('sha256').update(patient).digest('hex').slice(0, 24)}`;

const careTeam = (patient: string, practitioner: string) => ({
  resourceType: 'CareTeam',
  id: seedId('team', patient),
  status: 'active',
  subject: { reference: `Patient/${patient}` },
  participant: [{ member: { reference: `Practitioner/${practitioner}` } }],
});

/** The shape of IHE PCF's basic consent: https://profiles.ihe.net/ITI/PCF/ */
const permittingConsent = (patient: string, now: number) => ({
  resourceType: 'Consent',
  id: seedId('consent', patient),
  status: 'active',
  scope: { coding: [{ system: consentScope, code: 'patient-privacy' }] },
  category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
  patient: { reference: `Patient/${patient}` },
  dateTime: new Date(now).toISOString(),
  policy: [{ uri: 'https://profiles.ihe.net/ITI/PCF/Policy-basic-normal' }],
  provision: {
    type: 'permit',
    purpose: permitted.map((code) => ({ system: purposeSystem, code })),
  },
});

/**
 * The sandbox's clock for a foreign data set: the day after the start of its last encounter, in milliseconds since
 * the epoch. Undefined when no encounter has a start.
 */
export function lastEncounter(store: FhirStore): number | undefined {
  let last = -Infinity;
  for (const encounter of store.all('Encounter')) {
    for (const period of valuesAt(encounter, ['period'])) {
      if (!isRecord(period)) continue;
      const start = intervalOf(period['start'])?.start;
      if (start !== undefined && start > last) last = start;
    }
  }
  return Number.isFinite(last) ? last + 24 * 60 * 60 * 1000 : undefined;
}
