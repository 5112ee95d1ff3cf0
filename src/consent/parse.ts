import { codeSystems, isFhirId, isRecord, isResource, type Resource } from '../vocabulary/fhir.ts';
import { table } from '../vocabulary/table.ts';
import { intervalOf } from './instants.ts';
import { type Instances, type Provision, readProvision, readReference } from './provision.ts';
import { isResearch } from './purpose-of-use.ts';
import { type Budget, NotUnderstood, readConcept, readList, readObject, readText, walk } from './reading.ts';

/** A Consent that speaks of this patient and this kind of request. */
export interface ReadConsent {
  readonly id: string;
  /** False where it was withdrawn: it says nothing any more, but what it took the place of stays ended. */
  readonly active: boolean;
  /** Where it is kept and the organizations that hold it; undefined where it names none. */
  readonly source: string | undefined;
  /** The patient is known to have given it: somebody verified it with the patient. */
  readonly verified: boolean;
  readonly scope: string;
  /** When it was recorded, milliseconds since the epoch (the earliest it can mean). */
  readonly recorded: number | undefined;
  /** The base rule denies what no provision speaks of (OPTOUT, PCF deny). */
  readonly otherwiseDeny: boolean;
  readonly root: Provision;
}

const consentKeys = new Set([
  'resourceType',
  'id',
  'meta',
  'language',
  'text',
  'extension',
  'identifier',
  'status',
  'scope',
  'category',
  'patient',
  'dateTime',
  'performer',
  'organization',
  'sourceAttachment',
  'sourceReference',
  'policy',
  'policyRule',
  'verification',
  'provision',
]);
const neverInForce = new Set(['draft', 'proposed', 'rejected', 'entered-in-error']);

const scopeSystem = 'http://terminology.hl7.org/CodeSystem/consentscope';
/** Consents to a procedure and advance directives say nothing about privacy. */
const otherScopes = new Set(['adr', 'treatment']);

const privacyPolicyCodes = 'http://terminology.hl7.org/CodeSystem/consentpolicycodes';
const baseRules: Readonly<Record<string, 'permit' | 'forbid'>> = table({
  OPTIN: 'permit',
  OPTINR: 'permit',
  OPTOUT: 'forbid',
  OPTOUTE: 'forbid',
});

const normalLabel = [{ system: codeSystems.confidentiality, code: 'N' }];
const bare: Provision = {
  type: 'forbid',
  period: undefined,
  actors: [],
  purposes: [],
  actions: [],
  securityLabels: [],
  classes: [],
  codes: [],
  dataPeriod: undefined,
  data: [],
  nested: [],
};
/** The policies that IHE PCF publishes by URI, as provisions. */
const publishedPolicies: Readonly<Record<string, Provision>> = table({
  'https://profiles.ihe.net/ITI/PCF/Policy-basic-normal': {
    ...bare,
    type: 'permit',
    purposes: ['TREAT', 'HPAYMT', 'HOPERAT'],
    securityLabels: normalLabel,
  },
  'https://profiles.ihe.net/ITI/PCF/Policy-all-normal': {
    ...bare,
    type: 'permit',
    securityLabels: normalLabel,
  },
  'https://profiles.ihe.net/ITI/PCF/Policy-break-glass-only': {
    ...bare,
    nested: [{ ...bare, type: 'permit', purposes: ['BTG'] }],
  },
  'https://profiles.ihe.net/ITI/PCF/Policy-deny': bare,
});

/** Where a Consent is kept: by the FHIR server or by the gateway itself. */
export type ConsentStoreName = 'server' | 'gateway';

/** What a Consent is read for, and where it is kept. */
export interface ConsentReading {
  readonly patient: string;
  readonly purpose: string;
  /** Consents of different stores do not supersede each other. */
  readonly store: ConsentStoreName;
  /** What instances refer to that consents name as related. */
  readonly refersTo: Instances;
  readonly budget: Budget;
}

/**
 * Reads one R4 Consent. Undefined where it was plainly never in force, is about somebody else, or about another
 * matter; throws NotUnderstood where that cannot be told, or where anything in it is unknown.
 */
export function readConsent(resource: Resource, reading: ConsentReading): ReadConsent | undefined {
  if (!isResource(resource) || resource.resourceType !== 'Consent') throw new NotUnderstood();
  const status = resource['status'];
  if (typeof status === 'string' && neverInForce.has(status)) return undefined;
  const active = status === 'active';
  if (!active && status !== 'inactive') throw new NotUnderstood();
  if (active) walk(resource, reading.budget);
  const consent = active ? readObject(resource, consentKeys) : resource;
  const patient = readReference(consent['patient']);
  if (patient.type !== 'Patient') throw new NotUnderstood();
  if (patient.id !== reading.patient) return undefined;
  const scope = readScope(consent['scope']);
  if (otherScopes.has(scope) || (scope === 'research' && !isResearch(reading.purpose))) return undefined;
  const head = {
    scope,
    active,
    source: readSource(consent['organization'], reading.store),
    recorded: readRecorded(consent['dateTime']),
  };
  if (!active)
    return { ...head, id: '', verified: false, otherwiseDeny: false, root: withdrawnRoot(consent) };
  readList(consent['category']);
  const id = consent['id'];
  if (!isFhirId(id)) throw new NotUnderstood();
  const verified = readVerification(consent['verification'], consent['performer'], reading.patient);
  return { ...head, id, verified, ...readRules(consent, reading.refersTo) };
}

/** Of a withdrawn consent only this counts: a denial takes the place of nothing, whatever else may have. */
function withdrawnRoot(consent: Readonly<Record<string, unknown>>): Provision {
  const provision = consent['provision'];
  const denied = isRecord(provision) && provision['type'] === 'deny';
  return { ...bare, type: denied ? 'forbid' : 'permit' };
}

function readSource(value: unknown, store: ConsentStoreName): string | undefined {
  const organizations = readList(value).map(readReference);
  // What the gateway keeps, it has itself taken down: it is one source, whoever else is named.
  if (store === 'gateway') return store;
  if (organizations.length === 0) return undefined;
  const names = organizations.map(({ type, id }) => `${type}/${id}`).toSorted();
  return [store, ...new Set(names)].join(' ');
}

function readScope(value: unknown): string {
  const [coding, ...more] = readConcept(value);
  if (coding === undefined || more.length > 0 || coding.system !== scopeSystem) throw new NotUnderstood();
  const { code } = coding;
  if (code !== 'patient-privacy' && code !== 'research' && !otherScopes.has(code)) throw new NotUnderstood();
  return code;
}

/**
 * Whether the consent was verified with the patient: R4 Consent.verification, with `verifiedWith` or else the
 * performer being the patient, and nobody else. A relative's word is not the patient's. A verification that says "not
 * verified" leaves open whether the patient said so at all.
 */
function readVerification(value: unknown, performer: unknown, patient: string): boolean {
  const keys = new Set(['id', 'extension', 'verified', 'verifiedWith', 'verificationDate']);
  const isPatient = (reference: unknown): boolean => {
    const { type, id } = readReference(reference);
    return type === 'Patient' && id === patient;
  };
  const performers = readList(performer).map(isPatient);
  const verifications = readList(value).map((entry) => {
    const { verified, verifiedWith } = readObject(entry, keys);
    if (verified !== true) throw new NotUnderstood();
    return verifiedWith === undefined ? performers.length > 0 : isPatient(verifiedWith);
  });
  return verifications.length > 0 && [...verifications, ...performers].every(Boolean);
}

function readRecorded(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const interval = intervalOf(value);
  if (interval === undefined) throw new NotUnderstood();
  return interval.start;
}

/**
 * The base rule and the root provision: the root's own type, else policyRule, else a published policy. A base rule
 * that denies stays in force for whatever the provisions do not permit.
 */
function readRules(
  consent: Readonly<Record<string, unknown>>,
  instances: Instances,
): {
  root: Provision;
  otherwiseDeny: boolean;
} {
  const rule = consent['policyRule'] === undefined ? undefined : readPolicyRule(consent['policyRule']);
  const published = readList(consent['policy']).map(readPolicyUri);
  if (consent['policyRule'] === undefined && published.length === 0) throw new NotUnderstood();
  const named = published.filter((policy) => policy !== undefined);
  const otherwiseDeny = rule === 'forbid' || named.some(({ type }) => type === 'forbid');
  if (consent['provision'] !== undefined) {
    return { root: readProvision(consent['provision'], instances, rule), otherwiseDeny };
  }
  const [policy, ...more] = named;
  if (more.length > 0) throw new NotUnderstood();
  if (rule === 'forbid' || (policy === undefined && rule !== undefined)) {
    return { root: { ...bare, type: rule }, otherwiseDeny };
  }
  if (policy === undefined) throw new NotUnderstood();
  return { root: policy, otherwiseDeny };
}

/** The effect of a base rule; undefined for a named form that says what was signed, not what it permits. */
function readPolicyRule(value: unknown): 'permit' | 'forbid' | undefined {
  const codes = readConcept(value);
  const effects = codes.map(({ system, code }) => {
    if (system === privacyPolicyCodes) return undefined;
    if (system !== codeSystems.actCode || !Object.hasOwn(baseRules, code)) throw new NotUnderstood();
    return baseRules[code];
  });
  if (effects.includes('forbid')) return 'forbid';
  return effects.includes('permit') ? 'permit' : undefined;
}

/** R4 Consent.policy: a URI that PCF publishes, or the address of a text for people (undefined). */
function readPolicyUri(value: unknown): Provision | undefined {
  const entry = readObject(value, new Set(['id', 'extension', 'authority', 'uri']));
  const uri = readText(entry['uri'] ?? entry['authority']);
  return Object.hasOwn(publishedPolicies, uri) ? publishedPolicies[uri] : undefined;
}
