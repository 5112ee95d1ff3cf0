import { describe, expect, it } from '@jest/globals';
import { type FactSources, factsFrom, namesOfAsker, unsettledRelations } from '../../../src/policy/facts.ts';
import { ageOf, isConfirmed, isSettled } from '../../../src/policy/settled.ts';
import type { Resource } from '../../../src/vocabulary/fhir.ts';

const now = Date.parse('2026-03-01T12:00:00Z');
const ref = (reference: string) => ({ reference });
const ago = (seconds: number): string => new Date(now - seconds * 1000).toISOString();
const team = (seconds: number, more: object = {}): Resource => ({
  resourceType: 'CareTeam',
  id: 't',
  meta: { versionId: '4', lastUpdated: ago(seconds) },
  status: 'active',
  subject: ref('Patient/p'),
  participant: [{ member: ref('Practitioner/7') }],
  ...more,
});
const encounter = (seconds: number, more: object = {}): Resource => ({
  resourceType: 'Encounter',
  id: 'e',
  meta: { lastUpdated: ago(seconds) },
  status: 'in-progress',
  subject: ref('Patient/p'),
  participant: [{ individual: ref('Practitioner/7') }],
  ...more,
});

const settling = { settleSeconds: 900, provenanceAgents: ['Device/adt'] };
const sources: FactSources = {
  tenant: 't',
  patient: 'p',
  purpose: 'TREAT',
  user: {
    tenant: 't',
    issuer: 'https://login.example',
    subject: 's',
    clientId: 'c',
    roles: ['physician'],
    fhirUser: { type: 'Practitioner', id: '7' },
    amr: [],
    expiresAt: now / 1000 + 60,
  },
  workload: {
    id: 'w',
    tenant: 't',
    clientIds: ['c'],
    tasks: 'all',
    purposes: 'all',
    models: 'all',
    humanReads: true,
  },
  task: { name: 'allergies', roles: { physician: ['TREAT'] } },
  law: { jurisdictions: [], lawfulBases: {} },
  patientBound: true,
  settling,
  now,
};
const at = (
  found: Partial<Pick<Required<FactSources>['relations'], 'careTeams' | 'encounters' | 'patient'>>,
) => ({
  ...sources,
  relations: { careTeams: [], encounters: [], appointments: [], ...found },
});
const told = (from: FactSources) => {
  const { coverByRoster, relationAge, relationSettled, relationSource } = factsFrom(from);
  return { coverByRoster, relationAge, relationSettled, relationSource };
};
const kindsOf = (from: FactSources) => {
  const { encounterOpen, onCareTeam } = factsFrom(from);
  return { encounterOpen, onCareTeam };
};

describe('the age of what shows a relation', () => {
  it.each([
    ['whole seconds since it was written', ago(61.7), 61],
    ['to the second', '2026-03-01T11:59:00Z', 59],
    ['nothing', undefined, -1],
    ['no date', 'yesterday', -1],
    ['no text', 5, -1],
    ['a time to come', ago(-1), -1],
    ['a day that is not over', '2026-03-01', -1],
    ['a year that is not over', '2026', -1],
    ['a day that does not exist', '2026-02-30T00:00:00Z', -1],
  ])('%s', (_name, lastUpdated, expected) => {
    expect(ageOf({ resourceType: 'CareTeam', id: 't', meta: { lastUpdated } }, now)).toBe(expected);
  });

  it('is not known where there is no meta', () => {
    for (const meta of [undefined, null, 'x', []])
      expect(ageOf({ resourceType: 'CareTeam', id: 't', meta }, now)).toBe(-1);
  });

  it.each([
    ['old enough, to the second', 900, 900, true],
    ['a second short', 900, 899, false],
    ['of the future', 900, -5, false],
    ['not asked for', 0, -5, true],
  ])('%s', (_name, settleSeconds, age, settled) => {
    expect(isSettled(team(age), { settleSeconds }, new Set(), now)).toBe(settled);
    expect(isSettled(team(age), { settleSeconds }, new Set(['CareTeam/t']), now)).toBe(true);
    expect(isSettled(team(age), { settleSeconds }, new Set(['CareTeam/u']), now)).toBe(settled);
  });
});

const record = (seconds: number): Resource => ({
  resourceType: 'Patient',
  id: 'p',
  meta: { lastUpdated: ago(seconds) },
  generalPractitioner: [ref('Practitioner/7')],
});

const role = (meta: object): Resource => ({
  resourceType: 'PractitionerRole',
  id: 'r',
  meta,
  practitioner: ref('Practitioner/7'),
  organization: ref('Organization/ward'),
});
/** Somebody on an old care team by this reference, with one role. */
const by = (reference: string, held: Resource): FactSources => ({
  ...at({ careTeams: [team(5000, { participant: [{ member: ref(reference) }] })] }),
  practitionerRoles: [held],
  confirmed: new Set(['PractitionerRole/r']),
});

describe('facts of relations', () => {
  it('name the oldest one that counts, and where it stands', () => {
    expect(told(at({ careTeams: [team(30)], encounters: [encounter(1000)] }))).toMatchObject({
      relationSettled: true,
      relationSource: 'Encounter',
      relationAge: 1000,
    });
    expect(told(at({ careTeams: [team(30)], encounters: [encounter(40)] }))).toMatchObject({
      relationSettled: false,
      relationSource: 'Encounter',
      relationAge: 40,
    });
    expect(told(at({}))).toMatchObject({ relationSettled: true, relationSource: 'none', relationAge: -1 });
  });

  it('count the record that names a general practitioner as any other', () => {
    expect(told(at({ patient: record(10) }))).toMatchObject({
      relationSettled: false,
      relationSource: 'Patient',
    });
    expect(told(at({ patient: record(900) })).relationSettled).toBe(true);
  });

  it('say the age also where none is asked for, and count at once', () => {
    const { settling: _gone, ...plain } = at({ careTeams: [team(3)] });
    expect(told(plain)).toMatchObject({ relationSettled: true, relationAge: 3 });
    const unknown = { ...plain, ...at({ careTeams: [team(3, { meta: undefined })] }), settling: undefined };
    const { settling: _undefined, ...odd } = unknown;
    expect(told(odd)).toMatchObject({ relationSettled: true, relationSource: 'CareTeam', relationAge: -1 });
  });

  it('a confirmed one counts, and nothing is left to ask', () => {
    const young = at({ careTeams: [team(3)] });
    expect(unsettledRelations(young).map(({ id }) => id)).toEqual(['t']);
    const confirmed = { ...young, confirmed: new Set(['CareTeam/t']) };
    expect(told(confirmed).relationSettled).toBe(true);
    expect(unsettledRelations(confirmed)).toEqual([]);
    expect(unsettledRelations(at({ careTeams: [team(3), team(901)] }))).toEqual([]);
    expect(unsettledRelations(at({}))).toEqual([]);
  });

  it('a role that was written just now puts nobody into an organization, confirmed or not', () => {
    for (const reference of ['Organization/ward', 'PractitionerRole/r']) {
      for (const meta of [{ lastUpdated: ago(899) }, { lastUpdated: ago(-1) }, {}])
        expect(factsFrom(by(reference, role(meta))).onCareTeam).toBe(false);
      expect(factsFrom(by(reference, role({ lastUpdated: ago(900) }))).onCareTeam).toBe(true);
      expect(
        factsFrom({ ...by(reference, role({})), settling: { settleSeconds: 0, provenanceAgents: [] } })
          .onCareTeam,
      ).toBe(true);
    }
  });

  it('who signs in as a role that was ended just now is nobody by it', () => {
    const asRole = { ...sources.user, fhirUser: { type: 'PractitionerRole', id: 'r' } as const };
    const ended = { ...role({ lastUpdated: ago(5) }), active: false };
    expect(
      factsFrom({ ...by('PractitionerRole/r', role({})), user: asRole, practitionerRoles: [ended] })
        .onCareTeam,
    ).toBe(false);
  });

  it('one that is old enough lends its age to no other kind, which is left to be confirmed', () => {
    const both = at({ careTeams: [team(3)], encounters: [encounter(901)] });
    expect(kindsOf(both)).toEqual({ encounterOpen: true, onCareTeam: false });
    expect(unsettledRelations(both).map(({ id }) => id)).toEqual(['t']);
    expect(kindsOf({ ...both, confirmed: new Set(['CareTeam/t']) })).toEqual({
      encounterOpen: true,
      onCareTeam: true,
    });
  });

  it('nobody confirms their own under another name of theirs: a role that has ended, or the person', () => {
    const ended = {
      resourceType: 'PractitionerRole',
      id: 'r7',
      active: false,
      practitioner: ref('Practitioner/7'),
    };
    expect(namesOfAsker({ ...sources, practitionerRoles: [ended] })).toEqual([
      'Practitioner/7',
      'PractitionerRole/r7',
    ]);
    const asRole = { ...sources.user, fhirUser: { type: 'PractitionerRole', id: 'r7' } as const };
    expect(namesOfAsker({ ...sources, user: asRole, practitionerRoles: [ended] })).toEqual([
      'PractitionerRole/r7',
      'Practitioner/7',
    ]);
  });

  it('a colleague put on the team just now is covered by nobody, unless that is confirmed', () => {
    const member = { participant: [{ member: ref('Practitioner/9') }] };
    const covering = (seconds: number): FactSources => ({
      ...at({ careTeams: [team(seconds, member)] }),
      roster: {
        roster: 'read',
        since: now,
        covers: [{ by: 'Practitioner/7', of: 'Practitioner/9', from: now - 1, until: now + 1 }],
      },
    });
    expect(told(covering(5)).coverByRoster).toBe(false);
    expect(unsettledRelations(covering(5)).map(({ id }) => id)).toEqual(['t']);
    expect(told({ ...covering(5), confirmed: new Set(['CareTeam/t']) }).coverByRoster).toBe(true);
    expect(told(covering(900)).coverByRoster).toBe(true);
  });
});

const provenance = (more: object = {}): Resource => ({
  resourceType: 'Provenance',
  id: 'v',
  target: [ref('CareTeam/t')],
  recorded: ago(20),
  agent: [{ who: ref('Device/adt') }],
  ...more,
});
const confirms = (...found: readonly Resource[]): boolean =>
  isConfirmed(team(20), found, ['Practitioner/7', 'PractitionerRole/r7'], settling.provenanceAgents, now);

describe('a Provenance', () => {
  it('of somebody trusted confirms what was written with it, by its time or its version', () => {
    expect(confirms(provenance())).toBe(true);
    expect(confirms(provenance({ recorded: ago(80) }))).toBe(true);
    expect(confirms(provenance({ recorded: ago(80), meta: { lastUpdated: ago(20) } }))).toBe(true);
    expect(
      confirms(provenance({ target: [ref('Patient/p'), ref('CareTeam/t/_history/4')], recorded: ago(500) })),
    ).toBe(true);
    expect(confirms(provenance(), provenance({ id: 'old', recorded: ago(5000), agent: [] }))).toBe(true);
  });

  it.each([
    ['there is none', []],
    ['it tells of what stood there before', [provenance({ recorded: ago(81) })]],
    [
      'it was kept before what stands there now was written',
      [provenance({ recorded: ago(0), meta: { lastUpdated: ago(22) } })],
    ],
    ['nobody knows when it was kept', [provenance({ meta: { lastUpdated: 'then' } })]],
    ['it tells of an older version', [provenance({ target: [ref('CareTeam/t/_history/3')] })]],
    ['it tells of something else', [provenance({ target: [ref('CareTeam/u')] })]],
    ['it has no target', [provenance({ target: 'CareTeam/t' })]],
    ['its agent is nobody who is trusted', [provenance({ agent: [{ who: ref('Practitioner/8') }] })]],
    ['its agent is the asker', [provenance({ agent: [{ who: ref('Practitioner/7') }] })]],
    [
      'the asker took part',
      [provenance({ agent: [{ who: ref('Device/adt') }, { who: ref('Practitioner/7') }] })],
    ],
    [
      'the asker wrote it too',
      [provenance(), provenance({ id: 'w', agent: [{ who: ref('Practitioner/7') }] })],
    ],
    ['it has no agent', [provenance({ agent: [] })]],
    ['its agent is a name', [provenance({ agent: [{ who: { display: 'Device/adt' } }] })]],
    [
      'its agent is of another server',
      [provenance({ agent: [{ who: ref('https://x.example/Device/adt') }] })],
    ],
    ['an agent has a modifier', [provenance({ agent: [{ who: ref('Device/adt'), modifierExtension: [] }] })]],
    ['an agent is none', [provenance({ agent: [{ who: ref('Device/adt') }, 'x'] })]],
    ['it has a modifier', [provenance({ modifierExtension: [] })]],
    ['it was recorded in the future', [provenance({ recorded: ago(-61) })]],
    ['nobody knows when it was recorded', [provenance({ recorded: 'then' })]],
    ['it is another resource', [provenance({ resourceType: 'AuditEvent' })]],
  ])('confirms nothing where %s', (_why, found) => {
    expect(confirms(...found)).toBe(false);
  });

  it('confirms nothing for an asker who is among the trusted, nor of what has no age', () => {
    const trusted = ['Practitioner/7', 'PractitionerRole/r7'];
    for (const who of trusted)
      expect(isConfirmed(team(20), [provenance({ agent: [{ who: ref(who) }] })], trusted, trusted, now)).toBe(
        false,
      );
    expect(isConfirmed(team(20, { meta: {} }), [provenance()], [], ['Device/adt'], now)).toBe(false);
    expect(isConfirmed(team(-100), [provenance()], [], ['Device/adt'], now)).toBe(false);
  });
});
