import { describe, expect, it } from '@jest/globals';
import type { ProxyGrant } from '../../../src/policy/proxies.ts';
import {
  familyReferences,
  isDeceased,
  type ProxySources,
  type ProxyStanding,
  proxyStanding,
} from '../../../src/policy/proxy-relation.ts';

const now = Date.parse('2026-03-01T12:00:00Z');
const day = 86_400_000;
const rules = { majority: 18, withhold: ['HIV', 'MH', 'ADOL'] };
const roleCode = (code: string) => [
  { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code }] },
];

const chosen: ProxyGrant = {
  id: 'one',
  tenant: 'north',
  patient: 'p',
  user: 'u',
  person: { issuer: 'https://issuer.example', subject: 'u' },
  relation: 'chosen',
  by: 'p',
  tasks: [],
  shares: [],
  at: now - 10 * day,
  until: now + 100 * day,
};
const parent: ProxyGrant = {
  ...chosen,
  relation: 'parent',
  relatedPerson: 'rel',
  confirmed: { by: 'officer', evidence: 'seen', at: now - 5 * day },
};
const executor: ProxyGrant = { ...parent, relation: 'executor' };
const child = { resourceType: 'Patient', id: 'p', birthDate: '2015-06-01' };
const adult = { resourceType: 'Patient', id: 'p', birthDate: '1970-06-01' };
const dead = { ...adult, deceasedDateTime: '2026-01-02' };
const mother = {
  resourceType: 'RelatedPerson',
  id: 'rel',
  meta: { lastUpdated: '2026-02-01T00:00:00Z' },
  active: true,
  patient: { reference: 'Patient/p' },
  relationship: roleCode('MTH'),
};
const heir = { ...mother, relationship: roleCode('EXCEST') };
const sources: ProxySources = {
  grants: [],
  patient: adult,
  patientId: 'p',
  relatedPersons: new Map([['rel', mother]]),
  ownRelatedPerson: undefined,
  task: 'visit.prep',
  rules,
  now,
};
const asking = (changes: Partial<ProxySources>): ProxyStanding => proxyStanding({ ...sources, ...changes });
const asParent = (person: object, changes: Partial<ProxySources> = {}): boolean =>
  asking({
    grants: [parent],
    patient: child,
    relatedPersons: new Map([['rel', { resourceType: 'RelatedPerson', ...person }]]),
    ...changes,
  }).parentOfMinor;

describe('as what somebody acts for a patient', () => {
  it('a relative on record alone is nobody', () => {
    expect(asking({ patient: child })).toEqual({
      chosenProxy: false,
      parentOfMinor: false,
      executor: false,
      withheld: ['HIV', 'MH', 'ADOL'],
      relatives: [],
    });
  });

  it('whom the patient named, in the tasks named', () => {
    expect(asking({ grants: [chosen] }).chosenProxy).toBe(true);
    expect(asking({ grants: [{ ...chosen, tasks: ['visit.prep'] }] }).chosenProxy).toBe(true);
    expect(asking({ grants: [{ ...chosen, tasks: ['allergies'] }] }).chosenProxy).toBe(false);
  });

  it('what the patient shares is shown, by a grant that counts for this task and no other', () => {
    const sharing = { ...chosen, shares: ['HIV'] };
    expect(asking({ grants: [sharing] }).withheld).toEqual(['MH', 'ADOL']);
    expect(asking({ grants: [chosen, { ...sharing, tasks: ['allergies'] }] }).withheld).toEqual(
      rules.withhold,
    );
    // A relation that staff confirmed shares nothing, whatever stands in it.
    const claims = asking({ grants: [{ ...parent, shares: ['HIV'] }], patient: child });
    expect(claims).toMatchObject({ parentOfMinor: true, withheld: rules.withhold });
  });

  it('what was made while the patient was a minor ends at the age of majority', () => {
    const of = (birthDate: string, at: number) =>
      asking({ grants: [{ ...chosen, at }], patient: { ...adult, birthDate } }).chosenProxy;
    expect(of('2008-03-02', now - day)).toBe(true);
    expect(of('2008-03-01', now - 10 * day)).toBe(false);
    expect(of('2008-02-20', now - 20 * day)).toBe(false);
    expect(of('2008-02-20', now - 2 * day)).toBe(true);
    // In a year or a month of birth it is told against the proxy.
    expect(of('2008-03', now - day)).toBe(false);
    expect(of('2008', now - day)).toBe(false);
    expect(of('1990', now - day)).toBe(true);
    for (const birthDate of ['', '08-01-01', '2008-13-01'])
      expect([birthDate, of(birthDate, now - day)]).toEqual([birthDate, false]);
    const { birthDate: _, ...unborn } = adult;
    expect(asking({ grants: [chosen], patient: unborn }).chosenProxy).toBe(false);
    const later = { ...rules, majority: 21 };
    expect(
      asking({ grants: [parent], patient: { ...child, birthDate: '2006-01-01' }, rules: later })
        .parentOfMinor,
    ).toBe(true);
  });

  it('a parent of a minor, while the patient is one', () => {
    expect(asParent(mother)).toBe(true);
    for (const birthDate of ['2008-03-01', '2008', '1970-06-01', 'unknown'])
      expect([birthDate, asParent(mother, { patient: { ...child, birthDate } })]).toEqual([birthDate, false]);
    expect(asParent(mother, { patient: undefined })).toBe(false);
    expect(asParent(mother, { patient: { ...child, id: 'q' } })).toBe(false);
    expect(asParent(mother, { patient: { ...child, modifierExtension: [] } })).toBe(false);
  });

  it.each([
    ['of another patient', { patient: { reference: 'Patient/q' } }],
    ['without a patient', { patient: undefined }],
    ['not active', { active: false }],
    ['not known whether active', { active: 'yes' }],
    ['of the past', { period: { end: '2026-01-01' } }],
    ['of the future', { period: { start: '2026-09-01' } }],
    ['of a period that cannot be read', { period: { start: 'once' } }],
    ['who is an aunt', { relationship: roleCode('AUNT') }],
    [
      'who is a parent in a system of their own',
      {
        relationship: [{ coding: [{ system: 'urn:own', code: 'MTH' }] }],
      },
    ],
    ['in words only', { relationship: [{ text: 'mother' }] }],
    ['with a modifier', { modifierExtension: [{ url: 'urn:not' }] }],
    ['changed since it was confirmed', { meta: { lastUpdated: '2026-02-28T00:00:00Z' } }],
    ['changed nobody knows when', { meta: {} }],
    ['another one', { id: 'rel-2' }],
    ['an executor', { relationship: roleCode('EXCEST') }],
  ])('a parent on record %s does not count', (_name, changes) => {
    expect(asParent({ ...mother, ...changes })).toBe(false);
  });

  it('a relation that nobody confirmed does not count, nor one that names no relative, nor another one of the asker', () => {
    const { confirmed: _, ...unconfirmed } = parent;
    expect(asParent(mother, { grants: [unconfirmed] })).toBe(false);
    const { relatedPerson: __, ...nobody } = parent;
    expect(asParent(mother, { grants: [nobody] })).toBe(false);
    expect(asParent(mother, { ownRelatedPerson: 'rel' })).toBe(true);
    expect(asParent(mother, { ownRelatedPerson: 'rel-2' })).toBe(false);
  });

  it('an executor is a relation of its own', () => {
    const persons = new Map([['rel', heir]]);
    expect(asking({ grants: [executor], patient: dead, relatedPersons: persons })).toMatchObject({
      executor: true,
      chosenProxy: false,
      parentOfMinor: false,
    });
    expect(asking({ grants: [executor], patient: dead }).executor).toBe(false);
    expect(asking({ grants: [parent], patient: dead, relatedPersons: persons }).executor).toBe(false);
  });

  it('an executor acts for nobody of whom the record does not clearly say that they died', () => {
    const persons = new Map([['rel', heir]]);
    const of = (said: object) =>
      asking({ grants: [executor], patient: { ...adult, ...said }, relatedPersons: persons }).executor;
    for (const said of [{ deceasedBoolean: true }, { deceasedDateTime: '2026' }])
      expect([said, of(said)]).toEqual([said, true]);
    for (const said of [
      {},
      { deceasedBoolean: false },
      { deceasedBoolean: false, _deceasedBoolean: { extension: [] } },
      { deceasedBoolean: false, deceasedDateTime: '2026-01-02' },
      { deceasedBoolean: 'no' },
      { deceasedDateTime: '2026-03-02' },
      { deceasedDateTime: 'unreadable' },
      { _deceasedDateTime: { extension: [] } },
    ])
      expect([said, of(said)]).toEqual([said, false]);
  });

  it('the dead share nothing with an executor whom they had named', () => {
    const both = {
      grants: [{ ...chosen, shares: ['HIV'] }, executor],
      relatedPersons: new Map([['rel', heir]]),
    };
    expect(asking(both).withheld).toEqual(['MH', 'ADOL']);
    expect(asking({ ...both, patient: dead })).toMatchObject({ executor: true, withheld: rules.withhold });
  });

  it('a consent that names a parent as the relative on record means them, whoever their issuer says they are', () => {
    const standing = asking({ grants: [parent], patient: child });
    expect(familyReferences({ type: 'Patient', id: 'q' }, standing)).toEqual([
      'Patient/q',
      'RelatedPerson/rel',
    ]);
    expect(familyReferences({ type: 'RelatedPerson', id: 'rel' }, standing)).toEqual(['RelatedPerson/rel']);
    // Who they are beside it is not known: a consent that names anybody is not understood.
    expect(familyReferences(undefined, standing)).toEqual([]);
    const { confirmed: _, ...unconfirmed } = parent;
    expect(asking({ grants: [unconfirmed, chosen], patient: child }).relatives).toEqual([]);
  });

  it('the patient is dead where the record says anything of it', () => {
    expect([child, { ...child, deceasedBoolean: false }, undefined].map(isDeceased)).toEqual([
      false,
      false,
      false,
    ]);
    expect(
      [
        { ...child, deceasedBoolean: true },
        { ...child, deceasedBoolean: 'no' },
        { ...child, deceasedDateTime: '2026' },
        { ...child, deceasedDateTime: 'unreadable' },
        { ...child, _deceasedDateTime: { extension: [] } },
      ].map(isDeceased),
    ).toEqual([true, true, true, true, true]);
  });
});
