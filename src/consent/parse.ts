import { codeSystems, isFhirId, isResource, type Resource } from '../vocabulary/fhir.ts';
import { intervalOf } from './instants.ts';
import { type Provision, readProvision, readReference } from './provision.ts';
import { isResearch } from './purpose-of-use.ts';
import { type Budget, NotUnderstood, readConcept, readList, readObject, readText, walk } from './reading.ts';

/** A Consent in force that speaks of this patient and this kind of request. */
export interface ReadConsent {
  readonly id: string;
  /** References of the organizations that hold it, sorted and joined; undefined where it names none. */
  readonly source: string | undefined;
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
const notInForce = new Set(['draft', 'proposed', 'rejected', 'inactive', 'entered-in-error']);

const scopeSystem = 'http://terminology.hl7.org/CodeSystem/consentscope';
/** Consents to a procedure and advance directives say nothing about privacy. */
const otherScopes = new Set(['adr', 'treatment']);

const privacyPolicyCodes = 'http://terminology.hl7.org/CodeSystem/consentpolicycodes';
const baseRules: Readonly<Record<string, 'permit' | 'forbid'>> = {
  OPTIN: 'permit',
  OPTINR: 'permit',
  OPTOUT: 'forbid',
  OPTOUTE: 'forbid',
};

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
  references: [],
  nested: [],
};
/** The policies that IHE PCF publishes by URI, as provisions. */
const publishedPolicies: Readonly<Record<string, Provision>> = {
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
};

/**
 * Reads one R4 Consent. Undefined where it is plainly not in force, about somebody else, or about another matter;
 * throws NotUnderstood where that cannot be told, or where anything in it is unknown.
 */
export function readConsent(
  resource: Resource,
  request: { readonly patient: string; readonly purpose: string },
  budget: Budget,
): ReadConsent | undefined {
  if (!isResource(resource) || resource.resourceType !== 'Consent') throw new NotUnderstood();
  const status = resource['status'];
  if (typeof status === 'string' && notInForce.has(status)) return undefined;
  if (status !== 'active') throw new NotUnderstood();
  walk(resource, budget);
  const consent = readObject(resource, consentKeys);
  const patient = readReference(consent['patient']);
  if (patient.type !== 'Patient') throw new NotUnderstood();
  if (patient.id !== request.patient) return undefined;
  const scope = readScope(consent['scope']);
  if (otherScopes.has(scope) || (scope === 'research' && !isResearch(request.purpose))) return undefined;
  readVerification(consent['verification']);
  readList(consent['category']);
  const id = consent['id'];
  if (!isFhirId(id)) throw new NotUnderstood();
  const { root, otherwiseDeny } = readRules(consent);
  const organizations = readList(consent['organization']).map(readReference);
  return {
    id,
    scope,
    source:
      organizations.length === 0
        ? undefined
        : organizations
            .map(({ type, id: organization }) => `${type}/${organization}`)
            .toSorted()
            .join(' '),
    recorded: readRecorded(consent['dateTime']),
    otherwiseDeny,
    root,
  };
}

function readScope(value: unknown): string {
  const [coding, ...more] = readConcept(value);
  if (coding === undefined || more.length > 0 || coding.system !== scopeSystem) throw new NotUnderstood();
  const { code } = coding;
  if (code !== 'patient-privacy' && code !== 'research' && !otherScopes.has(code)) throw new NotUnderstood();
  return code;
}

/** A verification that says "not verified" leaves open whether the patient said so at all. */
function readVerification(value: unknown): void {
  const keys = new Set(['id', 'extension', 'verified', 'verifiedWith', 'verificationDate']);
  for (const entry of readList(value)) {
    if (readObject(entry, keys)['verified'] !== true) throw new NotUnderstood();
  }
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
function readRules(consent: Readonly<Record<string, unknown>>): {
  root: Provision;
  otherwiseDeny: boolean;
} {
  const rule = consent['policyRule'] === undefined ? undefined : readPolicyRule(consent['policyRule']);
  const published = readList(consent['policy']).map(readPolicyUri);
  if (consent['policyRule'] === undefined && published.length === 0) throw new NotUnderstood();
  const known = published.filter((policy) => policy !== undefined);
  const otherwiseDeny = rule === 'forbid' || known.some(({ type }) => type === 'forbid');
  if (consent['provision'] !== undefined) {
    return { root: readProvision(consent['provision'], rule), otherwiseDeny };
  }
  const [policy, ...more] = known;
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
