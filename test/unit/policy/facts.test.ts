import { describe, expect, test } from '@jest/globals';
import type { ConsentDecision } from '../../../src/consent/decision.ts';
import { type FactSources, factsFrom, trailFactsFrom } from '../../../src/policy/facts.ts';
import { actorReferences, actorsOf, type RelationResources } from '../../../src/policy/relations.ts';
import type { Resource } from '../../../src/vocabulary/fhir.ts';
import type { VerifiedUser, Workload } from '../../../src/vocabulary/person.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const user: VerifiedUser = {
  tenant: 't1',
  issuer: 'https://login.example',
  subject: 's',
  clientId: 'copilot',
  roles: ['physician'],
  fhirUser: { type: 'Practitioner', id: '7' },
  amr: [],
  authTime: now / 1000 - 90,
  expiresAt: now / 1000 + 300,
};
const workload: Workload = {
  id: 'w',
  tenant: 't1',
  clientIds: ['copilot'],
  tasks: ['allergies'],
  purposes: ['TREAT'],
  models: ['m1'],
  humanReads: true,
};
const consent: ConsentDecision = {
  effect: 'permit',
  consents: ['c1'],
  residual: [],
  separately: [],
  phrase: '',
};
const relations: RelationResources = { careTeams: [], encounters: [], appointments: [] };
const sources: FactSources = {
  tenant: 't1',
  patient: 'p1',
  purpose: 'TREAT',
  user,
  workload,
  task: { name: 'allergies', roles: { physician: ['TREAT'], billing: ['HPAYMT'] } },
  model: { id: 'm1', trusted: true, residency: 'de-BY' },
  law: { jurisdictions: [], lawfulBases: { TREAT: '6.1.e+9.2.h' } },
  patientBound: true,
  relations,
  consent,
  now,
};

const ref = (reference: string) => ({ reference });
const careTeam = (more: object = {}): Resource => ({
  resourceType: 'CareTeam',
  id: 'ct',
  status: 'active',
  subject: ref('Patient/p1'),
  participant: [{ member: ref('Practitioner/7') }],
  ...more,
});
const encounter = (more: object = {}): Resource => ({
  resourceType: 'Encounter',
  id: 'e',
  status: 'in-progress',
  subject: ref('Patient/p1'),
  period: { start: '2026-11-20T11:00:00Z' },
  participant: [{ individual: ref('Practitioner/7') }],
  ...more,
});
const appointment = (more: object = {}): Resource => ({
  resourceType: 'Appointment',
  id: 'a',
  status: 'booked',
  start: '2026-11-25T09:00:00Z',
  participant: [
    { actor: ref('Patient/p1'), status: 'accepted' },
    { actor: ref('Practitioner/7'), status: 'accepted' },
  ],
  ...more,
});
const patient = (more: object = {}): Resource => ({
  resourceType: 'Patient',
  id: 'p1',
  generalPractitioner: [ref('Practitioner/7')],
  ...more,
});
const role = (more: object = {}): Resource => ({
  resourceType: 'PractitionerRole',
  id: 'r1',
  practitioner: ref('Practitioner/7'),
  ...more,
});

type Relation = 'onCareTeam' | 'encounterOpen' | 'appointmentSoon' | 'generalPractitioner';
const cases: readonly [name: string, fact: Relation, more: Partial<RelationResources>, holds: boolean][] = [
  ['care team', 'onCareTeam', { careTeams: [careTeam()] }, true],
  [
    'care team among others',
    'onCareTeam',
    { careTeams: [careTeam({ status: 'inactive' }), careTeam()] },
    true,
  ],
  ['care team that is not active', 'onCareTeam', { careTeams: [careTeam({ status: 'proposed' })] }, false],
  ['care team without status', 'onCareTeam', { careTeams: [careTeam({ status: undefined })] }, false],
  [
    'care team of another patient',
    'onCareTeam',
    { careTeams: [careTeam({ subject: ref('Patient/p2') })] },
    false,
  ],
  ['care team without subject', 'onCareTeam', { careTeams: [careTeam({ subject: undefined })] }, false],
  [
    'care team of others',
    'onCareTeam',
    { careTeams: [careTeam({ participant: [{ member: ref('Practitioner/8') }] })] },
    false,
  ],
  [
    'care team by id without type',
    'onCareTeam',
    { careTeams: [careTeam({ participant: [{ member: ref('7') }] })] },
    false,
  ],
  [
    'care team at another server',
    'onCareTeam',
    { careTeams: [careTeam({ participant: [{ member: ref('https://x.example/Practitioner/7') }] })] },
    false,
  ],
  [
    'care team that has ended',
    'onCareTeam',
    { careTeams: [careTeam({ period: { end: '2026-11-19' } })] },
    false,
  ],
  [
    'care team that begins tomorrow',
    'onCareTeam',
    { careTeams: [careTeam({ period: { start: '2026-11-21' } })] },
    false,
  ],
  [
    'care team with an unreadable period',
    'onCareTeam',
    { careTeams: [careTeam({ period: { end: 'never' } })] },
    false,
  ],
  [
    'care team left',
    'onCareTeam',
    {
      careTeams: [careTeam({ participant: [{ member: ref('Practitioner/7'), period: { end: '2026-01' } }] })],
    },
    false,
  ],
  [
    'care team with a modifier',
    'onCareTeam',
    { careTeams: [careTeam({ modifierExtension: [{ url: 'urn:not' }] })] },
    false,
  ],
  [
    'care team participant with a modifier',
    'onCareTeam',
    { careTeams: [careTeam({ participant: [{ member: ref('Practitioner/7'), modifierExtension: [] }] })] },
    false,
  ],
  [
    'another type in the place of a care team',
    'onCareTeam',
    { careTeams: [{ ...careTeam(), resourceType: 'Group' }] },
    false,
  ],
  ['open encounter', 'encounterOpen', { encounters: [encounter()] }, true],
  ['finished encounter', 'encounterOpen', { encounters: [encounter({ status: 'finished' })] }, false],
  ['planned encounter', 'encounterOpen', { encounters: [encounter({ status: 'planned' })] }, false],
  [
    'encounter of another patient',
    'encounterOpen',
    { encounters: [encounter({ subject: ref('Patient/p2') })] },
    false,
  ],
  ['encounter of others', 'encounterOpen', { encounters: [encounter({ participant: [] })] }, false],
  [
    'encounter whose period has ended',
    'encounterOpen',
    { encounters: [encounter({ period: { start: '2026-11-01', end: '2026-11-02' } })] },
    false,
  ],
  ['appointment in five days', 'appointmentSoon', { appointments: [appointment()] }, true],
  [
    'appointment earlier today',
    'appointmentSoon',
    { appointments: [appointment({ start: '2026-11-20T08:00:00Z' })] },
    true,
  ],
  [
    'appointment yesterday',
    'appointmentSoon',
    { appointments: [appointment({ start: '2026-11-19T23:00:00Z' })] },
    false,
  ],
  [
    'appointment in 31 days',
    'appointmentSoon',
    { appointments: [appointment({ start: '2026-12-21T13:00:00Z' })] },
    false,
  ],
  [
    'cancelled appointment',
    'appointmentSoon',
    { appointments: [appointment({ status: 'cancelled' })] },
    false,
  ],
  [
    'appointment without start',
    'appointmentSoon',
    { appointments: [appointment({ start: undefined })] },
    false,
  ],
  [
    'appointment declined by the patient',
    'appointmentSoon',
    {
      appointments: [
        appointment({
          participant: [
            { actor: ref('Patient/p1'), status: 'declined' },
            { actor: ref('Practitioner/7'), status: 'accepted' },
          ],
        }),
      ],
    },
    false,
  ],
  [
    'appointment declined by the asker',
    'appointmentSoon',
    {
      appointments: [
        appointment({
          participant: [
            { actor: ref('Patient/p1'), status: 'accepted' },
            { actor: ref('Practitioner/7'), status: 'declined' },
          ],
        }),
      ],
    },
    false,
  ],
  [
    'appointment of another patient',
    'appointmentSoon',
    {
      appointments: [
        appointment({
          participant: [
            { actor: ref('Patient/p2'), status: 'accepted' },
            { actor: ref('Practitioner/7'), status: 'accepted' },
          ],
        }),
      ],
    },
    false,
  ],
  ['general practitioner', 'generalPractitioner', { patient: patient() }, true],
  [
    'general practitioner at another server',
    'generalPractitioner',
    { patient: patient({ generalPractitioner: [ref('https://x.example/Practitioner/7')] }) },
    false,
  ],
  [
    'encounter with somebody of another server',
    'encounterOpen',
    { encounters: [encounter({ participant: [{ individual: ref('https://x.example/Practitioner/7') }] })] },
    false,
  ],
  [
    'appointment with somebody of another server',
    'appointmentSoon',
    {
      appointments: [
        appointment({
          participant: [
            { actor: ref('Patient/p1'), status: 'accepted' },
            { actor: ref('https://x.example/Practitioner/7'), status: 'accepted' },
          ],
        }),
      ],
    },
    false,
  ],
  [
    'appointment of the patient of that id of another server',
    'appointmentSoon',
    {
      appointments: [
        appointment({
          participant: [
            { actor: ref('https://x.example/Patient/p1'), status: 'accepted' },
            { actor: ref('Practitioner/7'), status: 'accepted' },
          ],
        }),
      ],
    },
    false,
  ],
  ['general practitioner of another', 'generalPractitioner', { patient: patient({ id: 'p2' }) }, false],
  [
    'another general practitioner',
    'generalPractitioner',
    { patient: patient({ generalPractitioner: [ref('Practitioner/8')] }) },
    false,
  ],
  ['record that is not active', 'generalPractitioner', { patient: patient({ active: false }) }, false],
  ['no Patient at all', 'generalPractitioner', {}, false],
];

const own = (type: 'Patient' | 'RelatedPerson', id: string) =>
  factsFrom({ ...sources, user: { ...user, fhirUser: { type, id } } }).ownRecord;

describe('relations', () => {
  test.each(cases)('%s', (_name, fact, more, holds) => {
    expect(factsFrom({ ...sources, relations: { ...relations, ...more } })[fact]).toBe(holds);
  });

  test('somebody without fhirUser has no relation', () => {
    const { fhirUser: _gone, ...anonymous } = user;
    const all = {
      careTeams: [careTeam({ participant: [{ member: ref('') }, {}] })],
      encounters: [encounter()],
      appointments: [appointment()],
      patient: patient(),
    };
    const facts = factsFrom({ ...sources, user: anonymous, relations: all });
    expect([facts.onCareTeam, facts.encounterOpen, facts.appointmentSoon, facts.generalPractitioner]).toEqual(
      [false, false, false, false],
    );
    expect(actorReferences(undefined)).toEqual([]);
  });

  const byRole = (reference: string): Partial<RelationResources> => ({
    careTeams: [careTeam({ participant: [{ member: ref(reference) }] })],
    encounters: [encounter({ participant: [{ individual: ref(reference) }] })],
    appointments: [
      appointment({
        participant: [
          { actor: ref('Patient/p1'), status: 'accepted' },
          { actor: ref(reference), status: 'accepted' },
        ],
      }),
    ],
    patient: patient({ generalPractitioner: [ref(reference)] }),
  });
  const related = (reference: string, roles: readonly Resource[], asker: Partial<VerifiedUser> = {}) => {
    const facts = factsFrom({
      ...sources,
      user: { ...user, ...asker },
      relations: { ...relations, ...byRole(reference) },
      practitionerRoles: roles,
    });
    return [facts.onCareTeam, facts.encounterOpen, facts.appointmentSoon, facts.generalPractitioner];
  };
  const all = [true, true, true, true];
  const none = [false, false, false, false];

  test('name a PractitionerRole that the asker holds now, and no other', () => {
    expect(related('PractitionerRole/r1', [role()])).toEqual(all);
    expect(
      related('PractitionerRole/r1', [role({ period: { start: '2026-11-20', end: '2026-11-20' } })]),
    ).toEqual(all);
    expect(related('PractitionerRole/r1', [])).toEqual(none);
    expect(related('PractitionerRole/r2', [role()])).toEqual(none);
  });

  test('name an Organization in which the asker holds a role, where FHIR lets them name one', () => {
    const ward = role({ organization: ref('Organization/ward') });
    expect(related('Organization/ward', [ward])).toEqual([true, false, false, true]);
    expect(related('Organization/ward', [role()])).toEqual(none);
    expect(related('Organization/house', [ward])).toEqual(none);
    expect(related('Practitioner/8', [role({ organization: ref('Practitioner/8') })])).toEqual(none);
  });

  test.each([
    ['is off', { active: false }],
    ['is not said to be on', { active: 'true' }],
    ['has ended', { period: { end: '2026-11-19' } }],
    ['has not begun', { period: { start: '2026-11-21' } }],
    ['has a period that cannot be read', { period: { end: 'never' } }],
    ['is of somebody else', { practitioner: ref('Practitioner/8') }],
    ['is of nobody', { practitioner: undefined }],
    ['has a modifier', { modifierExtension: [] }],
    ['has rules of its own', { implicitRules: 'urn:x' }],
    ['has an id that is none', { id: '../r1' }],
    ['is another resource', { resourceType: 'Practitioner' }],
  ])('count by no role that %s', (_what, more) => {
    const odd = role({ organization: ref('Organization/ward'), ...more });
    expect(related('PractitionerRole/r1', [odd])).toEqual(none);
    expect(related('Organization/ward', [odd])).toEqual(none);
  });

  test('of somebody who signs in as a role: by the role and its organization while it is held', () => {
    const as = { fhirUser: { type: 'PractitionerRole', id: 'r1' } as const };
    const ward = role({ organization: ref('Organization/ward') });
    expect(related('PractitionerRole/r1', [], as)).toEqual(all);
    expect(related('Organization/ward', [ward], as)).toEqual([true, false, false, true]);
    expect(related('Organization/ward', [{ ...ward, id: 'r2' }], as)).toEqual(none);
    for (const over of [{ active: false }, { period: { end: '2026-11-19' } }, { implicitRules: 'urn:x' }])
      expect(related('PractitionerRole/r1', [{ ...ward, ...over }], as)).toEqual(none);
    expect(actorsOf(undefined, [ward], now)).toEqual({ self: [], organizations: [] });
  });

  test('the own record is that of the fhirUser', () => {
    expect([own('Patient', 'p1'), own('Patient', 'p2'), own('RelatedPerson', 'p1')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('other facts', () => {
  test('everything in place', () => {
    expect(factsFrom(sources)).toEqual({
      roles: ['physician'],
      purpose: 'TREAT',
      task: 'allergies',
      taskPermitsRole: true,
      workloadPermitsTask: true,
      workloadPermitsPurpose: true,
      workloadPermitsModel: true,
      tenantMatches: true,
      ownRecord: false,
      onCareTeam: false,
      encounterOpen: false,
      appointmentSoon: false,
      generalPractitioner: false,
      relationSettled: true,
      relationSource: 'none',
      relationAge: -1,
      coverByRoster: false,
      roster: 'none',
      rosterAge: -1,
      consentPermits: true,
      grantInForce: false,
      breakGlassOpen: false,
      chosenProxy: false,
      parentOfMinor: false,
      executor: false,
      patientDeceased: false,
      modelTrusted: true,
      modelAttested: false,
      modelResidency: 'DE',
      modelKeepsNothing: false,
      modelRetentionDays: -1,
      modelNoTraining: false,
      underUsLaw: false,
      underEuLaw: false,
      lawfulBasis: '6.1.e+9.2.h',
      patientBound: true,
      acr: '',
      authAge: 90,
    });
  });

  test('a model endpoint has proven itself where somebody says so, and not otherwise', () => {
    const model = { id: 'm', residency: 'DE', trusted: true };
    const of = (more: object) => factsFrom({ ...sources, model: { ...model, ...more } }).modelAttested;
    expect([of({}), of({ attested: false }), of({ attested: true })]).toEqual([false, false, true]);
  });

  test('a model endpoint is trusted for its purposes only', () => {
    const at = (purposes: readonly string[], purpose: string) => {
      const model = { id: 'm', residency: 'DE', trusted: true, purposes };
      return factsFrom({ ...sources, model, purpose }).modelTrusted;
    };
    expect([at(['TREAT'], 'TREAT'), at(['TREAT'], 'HPAYMT'), at(['HPAYMT', 'TREAT'], 'HPAYMT')]).toEqual([
      true,
      false,
      true,
    ]);
    const untrusted = { id: 'm', residency: 'DE', trusted: false, purposes: ['TREAT'] };
    expect(factsFrom({ ...sources, model: untrusted, purpose: 'TREAT' }).modelTrusted).toBe(false);
  });

  test.each([
    ['nothing said', undefined, false, -1, false],
    ['nothing kept, nothing trained', { days: 0, training: false }, true, 0, true],
    ['nothing kept, but trained', { days: 0, training: true }, false, 0, false],
    ['kept for a while, nothing trained', { days: 30, training: false }, false, 30, true],
  ])('what the contract of a model promises: %s', (_name, said, keepsNothing, days, noTraining) => {
    const retention = said === undefined ? {} : { retention: { ...said, contract: 'BAA-1' } };
    expect(
      factsFrom({ ...sources, model: { id: 'm1', trusted: true, residency: 'DE', ...retention } }),
    ).toMatchObject({
      modelKeepsNothing: keepsNothing,
      modelRetentionDays: days,
      modelNoTraining: noTraining,
    });
  });

  test('one role never borrows the task of another', () => {
    const both: VerifiedUser = { ...user, roles: ['nurse', 'billing'] };
    const at = (purpose: string) => factsFrom({ ...sources, user: both, purpose });
    expect(at('HPAYMT')).toMatchObject({ roles: ['billing'], taskPermitsRole: true });
    expect(at('TREAT')).toMatchObject({ roles: ['nurse', 'billing'], taskPermitsRole: false });
    const inherited = factsFrom({
      ...sources,
      task: { name: 'allergies', roles: Object.create({ physician: ['TREAT'] }) },
    });
    expect(inherited.taskPermitsRole).toBe(false);
  });

  test('what is not given is false', () => {
    const { model: _model, relations: _relations, consent: _consent, ...bare } = sources;
    expect(factsFrom(bare)).toMatchObject({
      workloadPermitsModel: false,
      modelTrusted: false,
      consentPermits: false,
      ownRecord: false,
    });
  });

  test.each([
    ['workload of another tenant', { workload: { ...workload, tenant: 't2' } }, { tenantMatches: false }],
    ['user of another tenant', { user: { ...user, tenant: 't2' } }, { tenantMatches: false }],
    ['record of another tenant', { tenant: 't2' }, { tenantMatches: false }],
    ['another task', { workload: { ...workload, tasks: ['x'] } }, { workloadPermitsTask: false }],
    ['every task', { workload: { ...workload, tasks: 'all' as const } }, { workloadPermitsTask: true }],
    ['another purpose', { workload: { ...workload, purposes: [] } }, { workloadPermitsPurpose: false }],
    [
      'another model',
      { model: { id: 'm2', trusted: true, residency: 'US' } },
      { workloadPermitsModel: false, modelTrusted: true },
    ],
    [
      'a model that is not trusted',
      { model: { id: 'm1', trusted: false, residency: 'US' } },
      { modelTrusted: false },
    ],
    ['a basis of another purpose', { purpose: 'HPAYMT' }, { lawfulBasis: '' }],
    ['a purpose that is a name of objects', { purpose: 'toString' }, { lawfulBasis: '' }],
    [
      'both laws',
      { law: { jurisdictions: ['EU', 'US'] as const, lawfulBases: {} } },
      { underEuLaw: true, underUsLaw: true, lawfulBasis: '', modelResidency: 'DE' },
    ],
    ['consent denies', { consent: { ...consent, effect: 'deny' as const } }, { consentPermits: false }],
    ['signed in later than now', { user: { ...user, authTime: now / 1000 + 5.5 } }, { authAge: 0 }],
  ])('%s', (_name, changes, expected) => {
    expect(factsFrom({ ...sources, ...changes })).toMatchObject(expected);
  });

  test('a trail', () => {
    expect(trailFactsFrom(user, { tenant: 't1', sameUser: true })).toEqual({
      roles: ['physician'],
      tenantMatches: true,
      ownTrail: true,
    });
    expect(trailFactsFrom(user, { tenant: 't2', sameUser: false })).toMatchObject({
      tenantMatches: false,
      ownTrail: false,
    });
  });
});
