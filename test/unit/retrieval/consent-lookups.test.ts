import { describe, expect, test } from '@jest/globals';
import { decideConsents } from '../../../src/consent/decide.ts';
import { Refusal } from '../../../src/errors/refusal.ts';
import { consentLookups } from '../../../src/retrieval/consent-lookups.ts';
import type { FhirReader } from '../../../src/retrieval/ports.ts';
import { readRolesHeld } from '../../../src/retrieval/roles-held.ts';
import type { Resource } from '../../../src/vocabulary/fhir.ts';
import type { FhirUser } from '../../../src/vocabulary/person.ts';
import { actor, consent, data, deny, now, permit, request } from '../consent/builders.ts';

const refuse = (): never => {
  throw new Refusal('fhir_unavailable');
};

/** A server with these resources; `broken` answers every read and search with an error. */
function serverOf(resources: readonly Resource[], broken = false): FhirReader & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    server: 'main',
    search: async (type, params) => {
      asked.push(`${type}?${String(params['practitioner'])}`);
      const matches = broken ? refuse() : resources.filter(({ resourceType }) => resourceType === type);
      return { matches, included: [], pages: 1, bytes: 1, cut: false };
    },
    read: async (type, id) => {
      asked.push(`${type}/${id}`);
      return broken ? refuse() : resources.find((one) => one.resourceType === type && one.id === id);
    },
    binary: async () => undefined,
    capabilities: async () => ({
      fhirVersion: '4.0.1',
      types: new Set(['PractitionerRole', 'Organization', 'Group', 'CareTeam', 'Encounter', 'Condition']),
    }),
  };
}

const clinician: FhirUser = { type: 'Practitioner', id: '7' };
const lookups = (reader: FhirReader, fhirUser: FhirUser | undefined = clinician) =>
  consentLookups({
    reader: async () => reader,
    patient: 'p1',
    roles: async () => (fhirUser === undefined ? undefined : readRolesHeld(reader, fhirUser)),
    now,
  });

const named = (reference: string) => ({ reference });
const role = (id: string, more: object = {}): Resource => ({
  resourceType: 'PractitionerRole',
  id,
  practitioner: named('Practitioner/7'),
  ...more,
});
const group = (id: string, members: readonly object[], more: object = {}): Resource => ({
  resourceType: 'Group',
  id,
  actual: true,
  member: members,
  ...more,
});

describe('roles and organizations of the asker', () => {
  test('held now, and the organizations above', async () => {
    const server = serverOf([
      role('r1', { organization: named('Organization/ward') }),
      role('ended', { organization: named('Organization/old'), period: { end: '2020' } }),
      role('off', { active: false }),
      role('odd', { modifierExtension: [{ url: 'urn:x' }] }),
      { ...role('foreign'), practitioner: named('Practitioner/8') },
      { resourceType: 'Organization', id: 'ward', partOf: named('Organization/house') },
      { resourceType: 'Organization', id: 'house', partOf: named('Organization/ward') },
    ]);
    const affiliations = await lookups(server).affiliations();
    expect([...new Set(affiliations)]).toEqual([
      'PractitionerRole/r1',
      'Practitioner/7',
      'Organization/ward',
      'Organization/house',
    ]);
  });

  test('organizations above one another without an end are an error', async () => {
    const chain = Array.from({ length: 20 }, (_, index) => ({
      resourceType: 'Organization',
      id: `o${index}`,
      partOf: named(`Organization/o${index + 1}`),
    }));
    const server = serverOf([role('r1', { organization: named('Organization/o0') }), ...chain]);
    await expect(lookups(server).affiliations()).rejects.toMatchObject({ reason: 'consent_unavailable' });
  });

  test('an organization that the roles do not name is known not to be the asker, but not where roles cannot be read', async () => {
    const known = lookups(serverOf([role('r1')]));
    expect(await known.membersOf('Organization/other')).toEqual([]);
    const unknown = lookups(serverOf([]), { type: 'RelatedPerson', id: 'r' });
    expect(await unknown.membersOf('Organization/other')).toBeUndefined();
  });

  test.each([
    ['a modifier', { modifierExtension: [{ url: 'urn:x' }] }],
    ['rules of its own', { implicitRules: 'urn:x' }],
    ['a period that is no date', { period: { end: 'soon' } }],
    ['a period that is none', { period: 'always' }],
    ['an odd activity', { active: 'false' }],
  ])('a role with %s may be the one that is denied', async (_, more) => {
    const server = serverOf([role('r1', { organization: named('Organization/ward'), ...more })]);
    expect(await lookups(server).membersOf('Organization/ward')).toBeUndefined();
    expect(await lookups(serverOf([role('r1', { active: false })])).membersOf('Organization/ward')).toEqual(
      [],
    );
  });

  test.each([
    ['a name', { display: 'Ward 7' }],
    ['an identifier', { identifier: { system: 'urn:wards', value: '7' } }],
    ['a version', named('Organization/ward/_history/2')],
    ['another server', named('https://x.example/Organization/ward')],
    ['no reference', 'Organization/ward'],
  ])('an organization known by %s alone may be the one that is denied', async (_, organization) => {
    const ward = 'Organization/ward';
    expect(await lookups(serverOf([role('r1', { organization })])).membersOf(ward)).toBeUndefined();
    const ended = role('r1', { organization, active: false });
    expect(await lookups(serverOf([ended])).membersOf(ward)).toEqual([]);
    const unit = { resourceType: 'Organization', id: 'unit', partOf: organization };
    const above = serverOf([role('r1', { organization: named('Organization/unit') }), unit]);
    expect(await lookups(above).membersOf(ward)).toBeUndefined();
    expect(await lookups(above).affiliations()).toEqual([
      'PractitionerRole/r1',
      'Practitioner/7',
      'Organization/unit',
    ]);
  });

  test('a denial of the house above, named by its identifier alone, is not understood', async () => {
    const unit = {
      resourceType: 'Organization',
      id: 'unit',
      partOf: { identifier: { system: 'urn:houses', value: '1' } },
    };
    const server = serverOf([role('r1', { organization: named('Organization/unit') }), unit]);
    const consents = [consent(permit({ provision: [deny({ actor: [actor('Organization/house')] })] }))];
    const decided = await decideConsents(consents, request, { implicit: 'permit' }, lookups(server));
    expect(decided.effect).toBe('deny');
  });
});

const team = (status: string): Resource => ({
  resourceType: 'CareTeam',
  id: 't',
  status,
  participant: [{ member: named('Practitioner/8') }],
});

const member = (reference: string, more: object = {}) => ({ entity: named(reference), ...more });

describe('members of groups', () => {
  const cases: readonly [name: string, group: Resource, members: readonly string[] | undefined][] = [
    [
      'named one by one',
      group('g', [member('Practitioner/8'), member('Group/h')]),
      ['Practitioner/8', 'Group/h'],
    ],
    ['a description of whom is meant', group('g', [], { actual: false }), undefined],
    ['with characteristics', group('g', [], { characteristic: [{}] }), undefined],
    ['not active', group('g', [member('Practitioner/8')], { active: false }), undefined],
    [
      'an entry that has ended',
      group('g', [member('Practitioner/8', { period: { end: '2020' } })]),
      undefined,
    ],
    ['an inactive entry', group('g', [member('Practitioner/8', { inactive: true })]), undefined],
    ['an entry without reference', group('g', [{ entity: { display: 'the night shift' } }]), undefined],
    [
      'an entry with a modifier',
      group('g', [member('Practitioner/8', { modifierExtension: [] })]),
      undefined,
    ],
    ['a modifier', group('g', [member('Practitioner/8')], { modifierExtension: [] }), undefined],
  ];
  test.each(cases)('%s', async (_, resource, members) => {
    expect(await lookups(serverOf([resource])).membersOf('Group/g')).toEqual(members);
  });

  test.each(['constructor', 'toString', '__proto__'])(
    'what calls itself a %s, and a server offers, names nobody',
    async (word) => {
      const odd = { resourceType: word, id: 'g', status: 'active', actual: true };
      const reader: FhirReader = {
        ...serverOf([odd]),
        capabilities: async () => ({ fhirVersion: '4.0.1', types: new Set([word]) }),
      };
      expect(await lookups(reader).membersOf(`${word}/g`)).toBeUndefined();
    },
  );

  test('a care team while it is active', async () => {
    expect(await lookups(serverOf([team('active')])).membersOf('CareTeam/t')).toEqual(['Practitioner/8']);
    expect(await lookups(serverOf([team('inactive')])).membersOf('CareTeam/t')).toBeUndefined();
    expect(await lookups(serverOf([])).membersOf('CareTeam/t')).toBeUndefined();
    expect(await lookups(serverOf([])).membersOf('Group/../Patient/p2')).toBeUndefined();
  });
});

describe('what instances refer to', () => {
  test('of this patient and of a type that the control token reads', async () => {
    const encounter = {
      resourceType: 'Encounter',
      id: 'e1',
      subject: named('Patient/p1'),
      diagnosis: [{ condition: named('Condition/2') }],
    };
    const server = serverOf([
      encounter,
      { ...encounter, id: 'foreign', subject: named('Patient/p2') },
      { resourceType: 'Condition', id: '2', subject: named('Patient/p1') },
    ]);
    const { refersTo } = lookups(server);
    expect(await refersTo('Encounter/e1')).toEqual(['Patient/p1', 'Condition/2']);
    expect(await refersTo('Encounter/foreign')).toBeUndefined();
    expect(await refersTo('Encounter/none')).toBeUndefined();
    expect(await refersTo('Condition/2')).toBeUndefined();
    expect(server.asked).not.toContain('Condition/2');
  });
});

const decide = (root: ReturnType<typeof permit>, reader: FhirReader) =>
  decideConsents([consent(root)], request, { implicit: 'deny' }, lookups(reader));
const deniesGroup = permit({ provision: [deny({ actor: [actor('Group/g')] })] });
const inGroup = (reference: string) => serverOf([group('g', [{ entity: named(reference) }]), role('r1')]);

const denies = (person: string) => permit({ provision: [deny({ actor: [actor(person)] })] });

describe('who signs in as a role', () => {
  const asRole: FhirUser = { type: 'PractitionerRole', id: 'r1' };
  const decideAs = (root: ReturnType<typeof permit>, resources: readonly Resource[]) =>
    decideConsents(
      [consent(root)],
      { ...request, actors: ['PractitionerRole/r1'] },
      { implicit: 'deny' },
      lookups(serverOf(resources), asRole),
    );

  test('is the person whom a consent denies, also when the role has ended', async () => {
    for (const more of [
      {},
      { active: false },
      { period: { end: '2020' } },
      { practitioner: named('Practitioner/7/_history/2') },
    ])
      expect(await decideAs(denies('Practitioner/7'), [role('r1', more)])).toMatchObject({
        effect: 'deny',
        reason: 'consent_denied',
      });
    expect((await decideAs(denies('Practitioner/8'), [role('r1')])).effect).toBe('permit');
  });

  test('is nobody of whom it can be told that they are not denied, where the role names nobody or is not there', async () => {
    const { practitioner: _nobody, ...bare } = role('r1');
    for (const resources of [[bare], []])
      expect((await decideAs(denies('Practitioner/8'), resources)).effect).toBe('deny');
    expect((await decideAs(permit(), [bare])).effect).toBe('permit');
  });
});

describe('consents that name groups and instances', () => {
  test('are decided by who is in the group', async () => {
    expect((await decide(deniesGroup, inGroup('Practitioner/8'))).effect).toBe('permit');
    expect((await decide(deniesGroup, inGroup('Practitioner/7'))).reason).toBe('consent_denied');
    expect((await decide(deniesGroup, inGroup('PractitionerRole/r1'))).reason).toBe('consent_denied');
    expect((await decide(deniesGroup, serverOf([]))).reason).toBe('consent_not_understood');
    const permitsGroup = permit({ actor: [actor('Group/g')] });
    expect((await decide(permitsGroup, inGroup('Practitioner/7'))).effect).toBe('permit');
    expect((await decide(permitsGroup, inGroup('Practitioner/8'))).reason).toBe('consent_absent');
  });

  test('a group too large or a consent too deep to look through is a denial', async () => {
    const crowd = Array.from({ length: 100_000 }, (_, index) => ({
      entity: named(`Practitioner/x${index}`),
    }));
    const decision = await decide(deniesGroup, serverOf([group('g', crowd)]));
    expect(decision.reason).toBe('consent_not_understood');
    let deep = deny();
    for (let depth = 0; depth < 5_000; depth += 1) deep = permit({ provision: [deep] });
    expect((await decide(deep, serverOf([]))).reason).toBe('consent_not_understood');
  });

  test('a server that fails is an error, and nothing is asked where nothing is named', async () => {
    await expect(decide(deniesGroup, serverOf([], true))).rejects.toMatchObject({
      reason: 'consent_unavailable',
    });
    const related = permit({ provision: [deny({ data: data('related', 'Encounter/e1') })] });
    await expect(decide(related, serverOf([], true))).rejects.toMatchObject({
      reason: 'consent_unavailable',
    });
    const silent = serverOf([], true);
    expect((await decide(permit(), silent)).effect).toBe('permit');
    expect(silent.asked).toEqual([]);
  });
});
