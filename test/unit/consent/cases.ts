import type { ConsentDecision, ConsentRequest } from '../../../src/consent/decision.ts';
import type { Resource } from '../../../src/vocabulary/fhir.ts';
import {
  action,
  actor,
  concept,
  consent,
  data,
  deny,
  label,
  permit,
  policyRule,
  policyUri,
  purpose,
  scope,
  snomed,
  verified,
} from './builders.ts';

export interface Case {
  readonly name: string;
  readonly consents: readonly Resource[];
  readonly request?: Partial<ConsentRequest>;
  readonly implicit?: 'permit' | 'deny';
  /** Consents that the gateway keeps itself. */
  readonly kept?: readonly Resource[];
  readonly expect: 'permit' | NonNullable<ConsentDecision['reason']>;
}

const org = (name: string, dateTime: string, id: string) => ({
  id,
  dateTime,
  organization: [{ reference: `Organization/${name}` }],
});
const deepest = (depth: number): Readonly<Record<string, unknown>> =>
  depth === 0 ? deny() : permit({ provision: [deepest(depth - 1)] });
const manyActors = (count: number) =>
  Array.from({ length: count }, (_, index) => actor(`Practitioner/x${index}`));
const practitionerRole = 'http://terminology.hl7.org/CodeSystem/practitioner-role';

/** Decisions by name: `expect` is `permit`, or the reason of the denial. */
export const cases: readonly Case[] = [
  // No consent speaks.
  { name: 'no consent, implicit deny', consents: [], expect: 'consent_absent' },
  { name: 'no consent, implicit permit', consents: [], implicit: 'permit', expect: 'permit' },
  {
    name: 'no consent, implicit permit, BTG needs its own name',
    consents: [],
    implicit: 'permit',
    request: { purpose: 'BTG' },
    expect: 'consent_absent',
  },
  {
    name: 'no consent, implicit permit, family request needs its own name',
    consents: [],
    implicit: 'permit',
    request: { purpose: 'FAMRQT' },
    expect: 'consent_absent',
  },
  {
    name: 'unknown purpose of the request',
    consents: [consent(permit())],
    implicit: 'permit',
    request: { purpose: 'FUN' },
    expect: 'consent_not_understood',
  },

  // Status.
  { name: 'active permit', consents: [consent(permit())], expect: 'permit' },
  { name: 'active deny', consents: [consent(deny())], implicit: 'permit', expect: 'consent_denied' },
  ...['draft', 'proposed', 'rejected', 'inactive', 'entered-in-error'].map(
    (status): Case => ({
      name: `${status} permit does not count`,
      consents: [consent(permit(), { status })],
      expect: 'consent_absent',
    }),
  ),
  {
    name: 'inactive deny does not count',
    consents: [consent(deny(), { status: 'inactive' })],
    implicit: 'permit',
    expect: 'permit',
  },
  {
    name: 'unknown status',
    consents: [consent(permit(), { status: 'revoked' })],
    implicit: 'permit',
    expect: 'consent_not_understood',
  },
  {
    name: 'no status',
    consents: [consent(permit(), { status: undefined })],
    implicit: 'permit',
    expect: 'consent_not_understood',
  },

  // Scope.
  {
    name: 'advance directive says nothing about privacy',
    consents: [consent(deny(), { scope: scope('adr') })],
    implicit: 'permit',
    expect: 'permit',
  },
  {
    name: 'consent to a procedure opens nothing',
    consents: [consent(permit(), { scope: scope('treatment') })],
    expect: 'consent_absent',
  },
  {
    name: 'research scope, research request',
    consents: [consent(permit({ purpose: purpose('HRESCH') }), { scope: scope('research') })],
    request: { purpose: 'HRESCH' },
    expect: 'permit',
  },
  {
    name: 'research scope, treatment request',
    consents: [consent(permit(), { scope: scope('research') })],
    expect: 'consent_absent',
  },
  {
    name: 'unknown scope',
    consents: [consent(permit(), { scope: scope('everything') })],
    implicit: 'permit',
    expect: 'consent_not_understood',
  },
  {
    name: 'scope as text only',
    consents: [consent(permit(), { scope: { text: 'privacy' } })],
    implicit: 'permit',
    expect: 'consent_not_understood',
  },
  {
    name: 'scope of another code system',
    consents: [consent(permit(), { scope: concept(snomed, 'patient-privacy') })],
    expect: 'consent_not_understood',
  },

  // Patient.
  {
    name: 'consent of another patient',
    consents: [consent(permit(), { patient: { reference: 'Patient/p2' } })],
    expect: 'consent_absent',
  },
  {
    name: 'deny of another patient',
    consents: [consent(deny(), { patient: { reference: 'Patient/p2' } })],
    implicit: 'permit',
    expect: 'permit',
  },
  {
    name: 'patient missing',
    consents: [consent(deny(), { patient: undefined })],
    implicit: 'permit',
    expect: 'consent_not_understood',
  },
  {
    name: 'patient by absolute address',
    consents: [consent(permit(), { patient: { reference: 'https://x.example/Patient/p1' } })],
    expect: 'consent_not_understood',
  },
  {
    name: 'patient by identifier only',
    consents: [consent(permit(), { patient: { identifier: { value: '1' } } })],
    expect: 'consent_not_understood',
  },
  {
    name: 'patient is a group',
    consents: [consent(permit(), { patient: { reference: 'Group/p1' } })],
    expect: 'consent_not_understood',
  },

  // Root rule.
  {
    name: 'OPTIN without provision',
    consents: [consent(undefined, { policyRule: policyRule('OPTIN') })],
    expect: 'permit',
  },
  {
    name: 'OPTOUT without provision',
    consents: [consent(undefined, { policyRule: policyRule('OPTOUT') })],
    implicit: 'permit',
    expect: 'consent_denied',
  },
  {
    name: 'OPTIN, root without type, purpose fits',
    consents: [consent({ purpose: purpose('TREAT') }, { policyRule: policyRule('OPTIN') })],
    expect: 'permit',
  },
  {
    name: 'OPTIN, root without type, purpose does not fit',
    consents: [consent({ purpose: purpose('HRESCH') }, { policyRule: policyRule('OPTIN') })],
    expect: 'consent_absent',
  },
  {
    name: 'OPTIN, root denies',
    consents: [consent(deny(), { policyRule: policyRule('OPTIN') })],
    implicit: 'permit',
    expect: 'consent_denied',
  },
  {
    name: 'OPTOUT except what the root permits',
    consents: [consent(permit({ purpose: purpose('TREAT') }), { policyRule: policyRule('OPTOUT') })],
    expect: 'permit',
  },
  {
    name: 'OPTOUT stays in force beside the root',
    consents: [consent(permit({ purpose: purpose('TREAT') }), { policyRule: policyRule('OPTOUT') })],
    request: { purpose: 'HRESCH' },
    implicit: 'permit',
    expect: 'consent_denied',
  },
  {
    name: 'unknown policyRule',
    consents: [consent(permit(), { policyRule: policyRule('MAYBE') })],
    implicit: 'permit',
    expect: 'consent_not_understood',
  },
  {
    name: 'policyRule as text only',
    consents: [consent(permit(), { policyRule: { text: 'see paper' } })],
    implicit: 'permit',
    expect: 'consent_not_understood',
  },
  {
    name: 'a named form with a root type',
    consents: [
      consent(permit(), {
        policyRule: concept('http://terminology.hl7.org/CodeSystem/consentpolicycodes', 'hipaa-auth'),
      }),
    ],
    expect: 'permit',
  },
  {
    name: 'a named form without a root type',
    consents: [
      consent(
        {},
        { policyRule: concept('http://terminology.hl7.org/CodeSystem/consentpolicycodes', 'hipaa-auth') },
      ),
    ],
    implicit: 'permit',
    expect: 'consent_not_understood',
  },
  {
    name: 'neither policy nor policyRule (ppc-1)',
    consents: [consent(permit(), { policy: undefined })],
    expect: 'consent_not_understood',
  },
  { name: 'no type at all', consents: [consent({})], implicit: 'permit', expect: 'consent_not_understood' },
  {
    name: 'unknown root type',
    consents: [consent({ type: 'allow' })],
    implicit: 'permit',
    expect: 'consent_not_understood',
  },
  {
    name: 'PCF basic-normal, treatment',
    consents: [consent(undefined, { policy: policyUri('basic-normal') })],
    expect: 'permit',
  },
  {
    name: 'PCF basic-normal, research',
    consents: [consent(undefined, { policy: policyUri('basic-normal') })],
    request: { purpose: 'HRESCH' },
    expect: 'consent_absent',
  },
  {
    name: 'PCF all-normal, research',
    consents: [consent(undefined, { policy: policyUri('all-normal') })],
    request: { purpose: 'HRESCH' },
    expect: 'permit',
  },
  {
    name: 'PCF deny',
    consents: [consent(undefined, { policy: policyUri('deny') })],
    implicit: 'permit',
    expect: 'consent_denied',
  },
  {
    name: 'PCF deny beside OPTIN',
    consents: [consent(undefined, { policy: policyUri('deny'), policyRule: policyRule('OPTIN') })],
    implicit: 'permit',
    expect: 'consent_denied',
  },
  {
    name: 'PCF break-glass-only, treatment',
    consents: [consent(undefined, { policy: policyUri('break-glass-only') })],
    implicit: 'permit',
    expect: 'consent_denied',
  },
  {
    name: 'PCF break-glass-only, BTG',
    consents: [consent(undefined, { policy: policyUri('break-glass-only') })],
    request: { purpose: 'BTG' },
    expect: 'permit',
  },
  {
    name: 'PCF dissent except break-glass of named users, treatment',
    consents: [
      consent(deny({ provision: [permit({ purpose: purpose('BTG'), actor: [actor('Practitioner/7')] })] }), {
        policy: policyUri('break-glass-only'),
      }),
    ],
    expect: 'consent_denied',
  },
  {
    name: 'PCF dissent except break-glass of named users, BTG',
    consents: [
      consent(deny({ provision: [permit({ purpose: purpose('BTG'), actor: [actor('Practitioner/7')] })] }), {
        policy: policyUri('break-glass-only'),
      }),
    ],
    request: { purpose: 'BTG' },
    expect: 'permit',
  },
  {
    name: 'PCF dissent except break-glass of a group that is not resolved, BTG',
    consents: [
      consent(deny({ provision: [permit({ purpose: purpose('BTG'), actor: [actor('Group/g')] })] }), {
        policy: policyUri('break-glass-only'),
      }),
    ],
    request: { purpose: 'BTG' },
    expect: 'consent_denied',
  },

  // Purpose.
  { name: 'permit for TREAT', consents: [consent(permit({ purpose: purpose('TREAT') }))], expect: 'permit' },
  {
    name: 'permit for TREAT covers ETREAT',
    consents: [consent(permit({ purpose: purpose('TREAT') }))],
    request: { purpose: 'ETREAT' },
    expect: 'permit',
  },
  {
    name: 'permit for TREAT never implies BTG',
    consents: [consent(permit({ purpose: purpose('TREAT') }))],
    request: { purpose: 'BTG' },
    implicit: 'permit',
    expect: 'consent_absent',
  },
  {
    name: 'permit for ETREAT never implies BTG',
    consents: [consent(permit({ purpose: purpose('ETREAT') }))],
    request: { purpose: 'BTG' },
    expect: 'consent_absent',
  },
  {
    name: 'permit for every purpose never implies BTG',
    consents: [consent(permit())],
    request: { purpose: 'BTG' },
    expect: 'consent_absent',
  },
  {
    name: 'permit that names BTG',
    consents: [consent(permit({ purpose: purpose('TREAT', 'BTG') }))],
    request: { purpose: 'BTG' },
    expect: 'permit',
  },
  {
    name: 'permit for ETREAT does not cover TREAT',
    consents: [consent(permit({ purpose: purpose('ETREAT') }))],
    expect: 'consent_absent',
  },
  {
    name: 'denial of TREAT covers BTG',
    consents: [
      consent(deny({ purpose: purpose('TREAT') })),
      consent(permit({ purpose: purpose('BTG') }), { id: 'c2' }),
    ],
    request: { purpose: 'BTG' },
    expect: 'consent_denied',
  },
  {
    name: 'denial of research leaves treatment to the default',
    consents: [consent(deny({ purpose: purpose('HRESCH') }))],
    implicit: 'permit',
    expect: 'permit',
  },
  {
    name: 'permit for research opens no treatment',
    consents: [consent(permit({ purpose: purpose('HRESCH') }))],
    expect: 'consent_absent',
  },
  {
    name: 'unknown purpose in a permit',
    consents: [consent(permit({ purpose: purpose('TREAT', 'FUN') }))],
    expect: 'consent_not_understood',
  },
  {
    name: 'purpose of another code system',
    consents: [consent(permit({ purpose: [{ system: 'urn:x', code: 'TREAT' }] }))],
    expect: 'consent_not_understood',
  },
  {
    name: 'purpose without code',
    consents: [consent(permit({ purpose: [{ display: 'treatment' }] }))],
    expect: 'consent_not_understood',
  },
  {
    name: 'empty list of purposes',
    consents: [consent(permit({ purpose: [] }))],
    expect: 'consent_not_understood',
  },
  {
    name: 'purpose not in a list',
    consents: [consent(permit({ purpose: purpose('TREAT')[0] }))],
    expect: 'consent_not_understood',
  },

  // Period.
  {
    name: 'period covers now',
    consents: [consent(permit({ period: { start: '2026-01-01', end: '2026-12-31' } }))],
    expect: 'permit',
  },
  {
    name: 'period has ended',
    consents: [consent(permit({ period: { end: '2026-11-19' } }))],
    expect: 'consent_absent',
  },
  {
    name: 'period ends today',
    consents: [consent(permit({ period: { end: '2026-11-20' } }))],
    expect: 'permit',
  },
  {
    name: 'period ends with the year',
    consents: [consent(permit({ period: { end: '2026' } }))],
    expect: 'permit',
  },
  {
    name: 'period begins tomorrow',
    consents: [consent(permit({ period: { start: '2026-11-21' } }))],
    expect: 'consent_absent',
  },
  {
    name: 'period with a time zone that has ended',
    consents: [consent(permit({ period: { end: '2026-11-20T13:30:00+02:00' } }))],
    expect: 'consent_absent',
  },
  {
    name: 'ended denial',
    consents: [consent(deny({ period: { end: '2025' } }))],
    implicit: 'permit',
    expect: 'permit',
  },
  {
    name: 'period that does not exist',
    consents: [consent(permit({ period: { end: '2026-02-30' } }))],
    expect: 'consent_not_understood',
  },
  {
    name: 'period in words',
    consents: [consent(deny({ period: { start: 'last spring' } }))],
    implicit: 'permit',
    expect: 'consent_not_understood',
  },
  {
    name: 'period turned around',
    consents: [consent(deny({ period: { start: '2027', end: '2025' } }))],
    implicit: 'permit',
    expect: 'consent_not_understood',
  },
  { name: 'empty period', consents: [consent(permit({ period: {} }))], expect: 'consent_not_understood' },
  {
    name: 'absent date with a reason (primitive extension)',
    consents: [consent(permit({ period: { start: '2020', _end: { extension: [] } } }))],
    expect: 'consent_not_understood',
  },

  // Actor.
  {
    name: 'actor is the asker',
    consents: [consent(permit({ actor: [actor('Practitioner/7')] }))],
    expect: 'permit',
  },
  {
    name: 'actor is somebody else',
    consents: [consent(permit({ actor: [actor('Practitioner/8')] }))],
    expect: 'consent_absent',
  },
  {
    name: 'one of several actors is the asker',
    consents: [consent(permit({ actor: [actor('Practitioner/8'), actor('Practitioner/7')] }))],
    expect: 'permit',
  },
  {
    name: 'denial of the asker',
    consents: [consent(permit({ provision: [deny({ actor: [actor('Practitioner/7')] })] }))],
    implicit: 'permit',
    expect: 'consent_denied',
  },
  {
    name: 'denial of somebody else',
    consents: [consent(permit({ provision: [deny({ actor: [actor('Practitioner/8')] })] }))],
    expect: 'permit',
  },
  {
    name: 'denial of an organization that is not resolved',
    consents: [consent(permit({ provision: [deny({ actor: [actor('Organization/o')] })] }))],
    expect: 'consent_not_understood',
  },
  {
    name: 'denial of an organization of the asker',
    consents: [consent(permit({ provision: [deny({ actor: [actor('Organization/o')] })] }))],
    request: { actors: ['Practitioner/7', 'Organization/o'] },
    expect: 'consent_denied',
  },
  {
    name: 'permit of an organization of the asker',
    consents: [consent(permit({ actor: [actor('Organization/o', 'PRCP')] }))],
    request: { actors: ['Practitioner/7', 'Organization/o'] },
    expect: 'permit',
  },
  {
    name: 'permit of an organization that is not resolved',
    consents: [consent(permit({ actor: [actor('Organization/o')] }))],
    expect: 'consent_absent',
  },
  {
    name: "denial of a PractitionerRole that may be the asker's",
    consents: [consent(permit({ provision: [deny({ actor: [actor('PractitionerRole/r')] })] }))],
    expect: 'consent_not_understood',
  },
  {
    name: 'denial of a person, asker without any reference',
    consents: [consent(permit({ provision: [deny({ actor: [actor('Practitioner/8')] })] }))],
    request: { actors: [] },
    expect: 'consent_not_understood',
  },
  {
    name: 'contained actor',
    consents: [consent(permit({ actor: [actor('#me')] }))],
    expect: 'consent_not_understood',
  },
  {
    name: 'actor by absolute address',
    consents: [consent(deny({ actor: [actor('https://x.example/Practitioner/7')] }))],
    implicit: 'permit',
    expect: 'consent_not_understood',
  },
  {
    name: 'actor of a version',
    consents: [consent(deny({ actor: [actor('Practitioner/7/_history/1')] }))],
    implicit: 'permit',
    expect: 'consent_not_understood',
  },
  {
    name: 'actor by display only',
    consents: [consent(deny({ actor: [{ role: actor('x').role, reference: { display: 'Dr. X' } }] }))],
    implicit: 'permit',
    expect: 'consent_not_understood',
  },
  {
    name: 'actor type that contradicts its reference',
    consents: [
      consent(
        permit({
          actor: [{ role: actor('x').role, reference: { reference: 'Practitioner/7', type: 'Group' } }],
        }),
      ),
    ],
    expect: 'consent_not_understood',
  },
  {
    name: 'actor in a role other than recipient',
    consents: [consent(deny({ actor: [actor('Practitioner/7', 'AUT')] }))],
    implicit: 'permit',
    expect: 'consent_not_understood',
  },
  {
    name: 'actor without role',
    consents: [consent(permit({ actor: [{ reference: { reference: 'Practitioner/7' } }] }))],
    expect: 'consent_not_understood',
  },
  {
    name: 'role of the asker without reference',
    consents: [consent(permit({ actor: [{ role: concept(practitionerRole, 'doctor') }] }))],
    expect: 'permit',
  },
  {
    name: 'role of others without reference',
    consents: [consent(permit({ actor: [{ role: concept(practitionerRole, 'nurse') }] }))],
    expect: 'consent_absent',
  },
  {
    name: "denial of the asker's role",
    consents: [
      consent(permit({ provision: [deny({ actor: [{ role: concept(practitionerRole, 'doctor') }] })] })),
    ],
    expect: 'consent_denied',
  },

  // Action.
  {
    name: 'permit of the action',
    consents: [consent(permit({ action: action('access') }))],
    expect: 'permit',
  },
  {
    name: 'permit of another action',
    consents: [consent(permit({ action: action('collect') }))],
    expect: 'consent_absent',
  },
  {
    name: 'denial of the action',
    consents: [consent(permit({ provision: [deny({ action: action('access', 'use') })] }))],
    expect: 'consent_denied',
  },
  {
    name: 'unknown action',
    consents: [consent(permit({ action: action('look') }))],
    expect: 'consent_not_understood',
  },

  // Nesting.
  {
    name: 'nested denial of research, treatment request',
    consents: [consent(permit({ provision: [deny({ purpose: purpose('HRESCH') })] }))],
    expect: 'permit',
  },
  {
    name: 'nested denial of research, research request',
    consents: [consent(permit({ provision: [deny({ purpose: purpose('HRESCH') })] }))],
    request: { purpose: 'HRESCH' },
    expect: 'consent_denied',
  },
  {
    name: 'nested permit inside a denial',
    consents: [consent(deny({ provision: [permit({ purpose: purpose('TREAT') })] }))],
    expect: 'permit',
  },
  {
    name: 'siblings: deny beats permit',
    consents: [consent(deny({ provision: [permit(), deny()] }))],
    expect: 'consent_denied',
  },
  {
    name: 'deeper beats shallower',
    consents: [consent(permit({ provision: [deny({ provision: [permit()] })] }))],
    expect: 'permit',
  },
  {
    name: 'third level denies again',
    consents: [consent(deny({ provision: [permit({ provision: [deny({ purpose: purpose('TREAT') })] })] }))],
    expect: 'consent_denied',
  },
  {
    name: 'nested permit takes the purposes of its parent',
    consents: [
      consent(
        permit({ purpose: purpose('HRESCH'), provision: [permit({ actor: [actor('Practitioner/7')] })] }),
      ),
    ],
    expect: 'consent_absent',
  },
  {
    name: 'nested permit with a purpose of its own',
    consents: [
      consent(permit({ purpose: purpose('TREAT'), provision: [permit({ purpose: purpose('BTG') })] })),
    ],
    request: { purpose: 'BTG' },
    expect: 'permit',
  },
  {
    name: 'nested denial is not narrowed by its parent',
    consents: [
      consent(
        permit({ purpose: purpose('HRESCH'), provision: [deny({ actor: [actor('Practitioner/7')] })] }),
      ),
    ],
    implicit: 'permit',
    expect: 'consent_denied',
  },
  {
    name: 'nested provision without type',
    consents: [consent(permit({ provision: [{ purpose: purpose('TREAT') }] }))],
    expect: 'consent_not_understood',
  },
  {
    name: 'nested provision not in a list',
    consents: [consent(permit({ provision: deny() }))],
    expect: 'consent_not_understood',
  },
  {
    name: 'too deep',
    consents: [consent(deepest(40))],
    implicit: 'permit',
    expect: 'consent_not_understood',
  },
  {
    name: 'too many actors',
    consents: [consent(permit({ actor: [actor('Practitioner/7'), ...manyActors(100_000)] }))],
    expect: 'consent_not_understood',
  },
  {
    name: 'too many consents',
    consents: Array.from({ length: 1_000 }, () => consent(permit())),
    expect: 'consent_not_understood',
  },

  // What is not understood.
  {
    name: 'modifierExtension at the root',
    consents: [consent(permit(), { modifierExtension: [{ url: 'urn:x', valueBoolean: true }] })],
    expect: 'consent_not_understood',
  },
  {
    name: 'modifierExtension in a provision',
    consents: [consent(permit({ modifierExtension: [{ url: 'urn:x' }] }))],
    expect: 'consent_not_understood',
  },
  {
    name: 'modifierExtension far from any rule',
    consents: [
      consent(permit(), {
        performer: [{ reference: 'Patient/p1', extension: [{ url: 'urn:y', modifierExtension: [] }] }],
      }),
    ],
    expect: 'consent_not_understood',
  },
  {
    name: 'modifierExtension in a consent that does not fit',
    consents: [
      consent(permit()),
      consent(deny({ purpose: purpose('HRESCH') }), { id: 'c2', modifierExtension: [{ url: 'urn:x' }] }),
    ],
    expect: 'consent_not_understood',
  },
  {
    name: 'plain extension',
    consents: [consent(permit({ extension: [{ url: 'urn:x', valueString: 'y' }] }))],
    expect: 'permit',
  },
  {
    name: 'implicitRules',
    consents: [consent(permit(), { implicitRules: 'urn:x' })],
    expect: 'consent_not_understood',
  },
  {
    name: 'contained resources',
    consents: [consent(permit(), { contained: [{ resourceType: 'Group', id: 'g' }] })],
    expect: 'consent_not_understood',
  },
  {
    name: 'unknown element of a provision',
    consents: [consent(permit({ unless: 'x' }))],
    expect: 'consent_not_understood',
  },
  {
    name: 'not verified with the patient',
    consents: [consent(permit(), { verification: [{ verified: false }] })],
    expect: 'consent_not_understood',
  },
  {
    name: 'verified with the patient',
    consents: [consent(permit(), { verification: [{ verified: true, verificationDate: '2026-01-10' }] })],
    expect: 'permit',
  },
  { name: 'no id', consents: [consent(permit(), { id: undefined })], expect: 'consent_not_understood' },
  {
    name: 'bad date of record',
    consents: [consent(permit(), { dateTime: '10.1.2026' })],
    expect: 'consent_not_understood',
  },
  {
    name: 'another resource type',
    consents: [{ ...consent(permit()), resourceType: 'OperationOutcome' }],
    implicit: 'permit',
    expect: 'consent_not_understood',
  },
  {
    name: 'unknown label',
    consents: [consent(permit({ provision: [deny({ securityLabel: label('XYZ') })] }))],
    expect: 'consent_not_understood',
  },
  {
    name: 'denial of data by authorship',
    consents: [consent(permit({ provision: [deny({ data: data('authoredby', 'Practitioner/8') })] }))],
    expect: 'permit',
  },
  {
    name: 'denial of what is related to an instance that was read',
    consents: [consent(permit({ provision: [deny({ data: data('related', 'Encounter/7') })] }))],
    request: { refersTo: new Map([['Encounter/7', ['Condition/2']]]) },
    expect: 'permit',
  },
  {
    name: 'denial of what is related to an instance that could not be read',
    consents: [consent(permit({ provision: [deny({ data: data('related', 'Encounter/7') })] }))],
    implicit: 'permit',
    expect: 'consent_not_understood',
  },
  {
    name: 'permit of what is related to an instance that could not be read',
    consents: [consent(permit({ data: data('related', 'Encounter/7') }))],
    implicit: 'permit',
    expect: 'consent_not_understood',
  },
  {
    name: 'data of an unknown meaning',
    consents: [consent(permit({ provision: [deny({ data: data('nearby', 'Encounter/7') })] }))],
    expect: 'consent_not_understood',
  },
  {
    name: 'data without meaning',
    consents: [consent(permit({ data: [{ reference: { reference: 'Encounter/7' } }] }))],
    expect: 'consent_not_understood',
  },
  {
    name: 'code as text only',
    consents: [consent(permit({ provision: [deny({ code: [{ text: 'HIV' }] })] }))],
    expect: 'consent_not_understood',
  },
  {
    name: 'class of an unknown kind',
    consents: [
      consent(permit({ provision: [deny({ class: [{ system: 'urn:ietf:bcp:13', code: 'text/plain' }] })] })),
    ],
    expect: 'consent_not_understood',
  },
  {
    name: 'provision in a list',
    consents: [{ ...consent(undefined), provision: [permit()] }],
    expect: 'consent_not_understood',
  },

  // Several consents.
  {
    name: 'permit and deny without organizations: deny wins',
    consents: [consent(permit(), { dateTime: '2026-06-01' }), consent(deny(), { id: 'c2' })],
    implicit: 'permit',
    expect: 'consent_denied',
  },
  {
    name: 'newer verified permit of the same organization supersedes',
    consents: [
      consent(deny(), org('a', '2026-01-01', 'c1')),
      consent(permit(), { ...org('a', '2026-02-01', 'c2'), ...verified }),
    ],
    expect: 'permit',
  },
  {
    name: 'newer permit that nobody verified does not',
    consents: [
      consent(deny(), org('a', '2026-01-01', 'c1')),
      consent(permit(), { ...org('a', '2026-02-01', 'c2'), performer: [{ reference: 'Patient/p1' }] }),
    ],
    implicit: 'permit',
    expect: 'consent_denied',
  },
  {
    name: 'newer permit verified with the performer, who is the patient',
    consents: [
      consent(deny(), org('a', '2026-01-01', 'c1')),
      consent(permit(), {
        ...org('a', '2026-02-01', 'c2'),
        performer: [{ reference: 'Patient/p1' }],
        verification: [{ verified: true }],
      }),
    ],
    expect: 'permit',
  },
  {
    name: 'newer permit verified without a word on whom with',
    consents: [
      consent(deny(), org('a', '2026-01-01', 'c1')),
      consent(permit(), { ...org('a', '2026-02-01', 'c2'), verification: [{ verified: true }] }),
    ],
    expect: 'consent_denied',
  },
  {
    name: 'newer permit verified with a relative',
    consents: [
      consent(deny(), org('a', '2026-01-01', 'c1')),
      consent(permit(), {
        ...org('a', '2026-02-01', 'c2'),
        verification: [{ verified: true, verifiedWith: { reference: 'RelatedPerson/r1' } }],
      }),
    ],
    expect: 'consent_denied',
  },
  {
    name: 'newer permit performed by a relative and verified with the patient',
    consents: [
      consent(deny(), org('a', '2026-01-01', 'c1')),
      consent(permit(), {
        ...org('a', '2026-02-01', 'c2'),
        ...verified,
        performer: [{ reference: 'RelatedPerson/r1' }],
      }),
    ],
    expect: 'consent_denied',
  },
  {
    name: 'newer permit verified with another patient',
    consents: [
      consent(deny(), org('a', '2026-01-01', 'c1')),
      consent(permit(), {
        ...org('a', '2026-02-01', 'c2'),
        verification: [{ verified: true, verifiedWith: { reference: 'Patient/p2' } }],
      }),
    ],
    expect: 'consent_denied',
  },
  {
    name: 'newer permit one of whose verifications is a relative',
    consents: [
      consent(deny(), org('a', '2026-01-01', 'c1')),
      consent(permit(), {
        ...org('a', '2026-02-01', 'c2'),
        verification: [
          ...verified.verification,
          { verified: true, verifiedWith: { reference: 'RelatedPerson/r1' } },
        ],
      }),
    ],
    expect: 'consent_denied',
  },
  {
    name: 'newer unverified permit still ends what the older one permits elsewhere',
    consents: [
      consent(permit(), org('a', '2026-01-01', 'c1')),
      consent(permit({ actor: [actor('Practitioner/8')] }), org('a', '2026-02-01', 'c2')),
    ],
    expect: 'consent_absent',
  },
  {
    name: 'a withdrawn newer permit does not bring the older one back',
    consents: [
      consent(permit(), org('a', '2026-01-01', 'c1')),
      consent(permit(), { ...org('a', '2026-02-01', 'c2'), status: 'inactive' }),
    ],
    expect: 'consent_absent',
  },
  {
    name: 'a newer permit that has run out does not bring the older one back',
    consents: [
      consent(permit(), org('a', '2026-01-01', 'c1')),
      consent(permit({ period: { end: '2026-06' } }), org('a', '2026-02-01', 'c2')),
    ],
    expect: 'consent_absent',
  },
  {
    name: 'a newer permit entered in error leaves the older one',
    consents: [
      consent(permit(), org('a', '2026-01-01', 'c1')),
      consent(permit(), { ...org('a', '2026-02-01', 'c2'), status: 'entered-in-error' }),
    ],
    expect: 'permit',
  },
  {
    name: 'a withdrawn denial leaves the older permit',
    consents: [
      consent(permit(), org('a', '2026-01-01', 'c1')),
      consent(deny(), { ...org('a', '2026-02-01', 'c2'), status: 'inactive' }),
    ],
    expect: 'permit',
  },
  {
    name: 'a withdrawn permit lifts no denial',
    consents: [
      consent(deny(), org('a', '2026-01-01', 'c1')),
      consent(permit(), { ...org('a', '2026-02-01', 'c2'), ...verified, status: 'inactive' }),
    ],
    implicit: 'permit',
    expect: 'consent_denied',
  },
  {
    name: 'a withdrawn consent with an unreadable date',
    consents: [
      consent(permit(), org('a', '2026-01-01', 'c1')),
      consent(permit(), { ...org('a', 'last week', 'c2'), status: 'inactive' }),
    ],
    implicit: 'permit',
    expect: 'consent_not_understood',
  },

  // Two stores.
  {
    name: 'a permit that the gateway keeps',
    consents: [],
    kept: [consent(permit())],
    expect: 'permit',
  },
  {
    name: 'a denial that the gateway keeps beats a permit of the server',
    consents: [consent(permit())],
    kept: [consent(deny(), { id: 'k1' })],
    implicit: 'permit',
    expect: 'consent_denied',
  },
  {
    name: 'a denial of the server beats a permit that the gateway keeps',
    consents: [consent(deny())],
    kept: [consent(permit(), { id: 'k1' })],
    expect: 'consent_denied',
  },
  {
    name: 'a newer verified permit of one store does not supersede the denial of the other',
    consents: [consent(deny(), org('a', '2026-01-01', 'c1'))],
    kept: [consent(permit(), { ...org('a', '2026-02-01', 'k1'), ...verified })],
    expect: 'consent_denied',
  },
  {
    name: 'what the gateway keeps is read as strictly',
    consents: [consent(permit())],
    kept: [consent(permit({ unless: 'x' }), { id: 'k1' })],
    expect: 'consent_not_understood',
  },

  // Groups.
  {
    name: 'permit for a group, membership not known',
    consents: [consent(permit({ actor: [actor('Group/g')] }))],
    expect: 'consent_absent',
  },
  {
    name: 'permit for a group of which the asker is known not to be',
    consents: [consent(permit({ actor: [actor('Group/g')] }))],
    request: { settled: new Set(['Group/g']) },
    expect: 'consent_absent',
  },
  {
    name: 'permit for a group of the asker',
    consents: [consent(permit({ actor: [actor('Group/g')] }))],
    request: { actors: ['Practitioner/7', 'Group/g'], settled: new Set(['Group/g']) },
    expect: 'permit',
  },
  {
    name: 'denial for a group, membership not known',
    consents: [consent(permit({ provision: [deny({ actor: [actor('Group/g')] })] }))],
    implicit: 'permit',
    expect: 'consent_not_understood',
  },
  {
    name: 'denial for a group of which the asker is known not to be',
    consents: [consent(permit({ provision: [deny({ actor: [actor('Group/g')] })] }))],
    request: { settled: new Set(['Group/g']) },
    expect: 'permit',
  },
  {
    name: 'denial for a group of the asker',
    consents: [consent(permit({ provision: [deny({ actor: [actor('Group/g')] })] }))],
    request: { actors: ['Practitioner/7', 'Group/g'], settled: new Set(['Group/g']) },
    expect: 'consent_denied',
  },
  {
    name: 'denial for a care team whose members are known, and one whose are not',
    consents: [consent(permit({ provision: [deny({ actor: [actor('CareTeam/t'), actor('CareTeam/u')] })] }))],
    request: { settled: new Set(['CareTeam/t']) },
    expect: 'consent_not_understood',
  },

  // What an action brings with it.
  {
    name: 'denial of disclosure, access that entails it',
    consents: [consent(permit({ provision: [deny({ action: action('disclose') })] }))],
    request: { entails: ['use', 'disclose'] },
    expect: 'consent_denied',
  },
  {
    name: 'denial of correction, access that does not entail it',
    consents: [consent(permit({ provision: [deny({ action: action('correct') })] }))],
    request: { entails: ['use', 'disclose'] },
    expect: 'permit',
  },
  {
    name: 'permit of disclosure alone is none of access',
    consents: [consent(permit({ action: action('disclose') }))],
    request: { entails: ['use', 'disclose'] },
    expect: 'consent_absent',
  },
  {
    name: 'newer permit of another organization does not',
    consents: [
      consent(deny(), org('a', '2026-01-01', 'c1')),
      consent(permit(), org('b', '2026-02-01', 'c2')),
    ],
    expect: 'consent_denied',
  },
  {
    name: 'permit with a date in the future supersedes nothing',
    consents: [
      consent(deny(), org('a', '2026-01-01', 'c1')),
      consent(permit(), org('a', '2026-12-01', 'c2')),
    ],
    expect: 'consent_denied',
  },
  {
    name: 'permit of the same day supersedes nothing',
    consents: [
      consent(deny(), org('a', '2026-01-01', 'c1')),
      consent(permit(), org('a', '2026-01-01', 'c2')),
    ],
    expect: 'consent_denied',
  },
  {
    name: 'permit without date supersedes nothing',
    consents: [
      consent(deny(), org('a', '2026-01-01', 'c1')),
      consent(permit(), { ...org('a', '', 'c2'), dateTime: undefined }),
    ],
    expect: 'consent_denied',
  },
  {
    name: 'newer permit of another purpose leaves the denial',
    consents: [
      consent(deny(), org('a', '2026-01-01', 'c1')),
      consent(permit({ purpose: purpose('HRESCH') }), org('a', '2026-02-01', 'c2')),
    ],
    implicit: 'permit',
    expect: 'consent_denied',
  },
  {
    name: 'newer permit of another purpose ends the older permit',
    consents: [
      consent(permit(), org('a', '2026-01-01', 'c1')),
      consent(permit({ purpose: purpose('HRESCH') }), org('a', '2026-02-01', 'c2')),
    ],
    expect: 'consent_absent',
  },
  {
    name: 'newer denial supersedes the permit',
    consents: [
      consent(permit(), org('a', '2026-01-01', 'c1')),
      consent(deny(), org('a', '2026-02-01', 'c2')),
    ],
    implicit: 'permit',
    expect: 'consent_denied',
  },
  {
    name: 'newer denial of research leaves treatment',
    consents: [
      consent(permit(), org('a', '2026-01-01', 'c1')),
      consent(deny({ purpose: purpose('HRESCH') }), org('a', '2026-02-01', 'c2')),
    ],
    expect: 'permit',
  },
  {
    name: 'newer narrow denial does not undo an older wide one',
    consents: [
      consent(deny(), org('a', '2026-01-01', 'c1')),
      consent(deny({ purpose: purpose('HRESCH') }), org('a', '2026-02-01', 'c2')),
    ],
    implicit: 'permit',
    expect: 'consent_denied',
  },
  {
    name: 'newer permit that has not begun does not count',
    consents: [
      consent(deny(), org('a', '2026-01-01', 'c1')),
      consent(permit({ period: { start: '2027' } }), org('a', '2026-02-01', 'c2')),
    ],
    expect: 'consent_denied',
  },
  {
    name: 'one that is not understood spoils all',
    consents: [consent(permit()), consent(permit({ purpose: purpose('FUN') }), { id: 'c2' })],
    implicit: 'permit',
    expect: 'consent_not_understood',
  },

  // The patient's own request.
  {
    name: 'own record without consent',
    consents: [],
    request: { purpose: 'PATRQT', roles: ['patient'], actors: ['Patient/p1'] },
    expect: 'permit',
  },
  {
    name: 'own record is not narrowed by consents given to others',
    consents: [consent(deny())],
    request: { purpose: 'PATRQT', roles: ['patient'], actors: ['Patient/p1'] },
    expect: 'permit',
  },
  {
    name: 'record of another at own request',
    consents: [],
    request: { purpose: 'PATRQT', roles: ['patient'], actors: ['Patient/p2'] },
    expect: 'consent_absent',
  },
  {
    name: 'own record for another purpose',
    consents: [],
    request: { purpose: 'TREAT', roles: ['patient'], actors: ['Patient/p1'] },
    expect: 'consent_absent',
  },
  {
    name: "staff who name the patient's request",
    consents: [],
    request: { purpose: 'PATRQT' },
    expect: 'consent_absent',
  },
];
