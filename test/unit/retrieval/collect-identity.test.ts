import { describe, expect, test } from '@jest/globals';
import { collectIdentity } from '../../../src/retrieval/collect-identity.ts';
import { hasEntropy, spokenName } from '../../../src/retrieval/identity-values.ts';
import type { Resource } from '../../../src/vocabulary/fhir.ts';

const patient: Resource = {
  resourceType: 'Patient',
  id: '38f38890-b80f-6542-51d4-882c7b37b0bf',
  meta: { lastUpdated: '2026-11-19T00:00:00Z' },
  extension: [
    {
      url: 'http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName',
      valueString: 'Gemma Altenwerth',
    },
    {
      url: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace',
      valueAddress: { city: 'Walpole', state: 'MA' },
    },
  ],
  identifier: [{ system: 'urn:mrn', value: 'MRN-0042917' }],
  name: [
    { use: 'official', prefix: ['Ms.'], given: ['María', 'del Carmen'], family: 'Ortiz' },
    { use: 'maiden', family: 'Vega' },
    { use: 'nickname', text: 'Mari' },
  ],
  telecom: [{ system: 'phone', value: '555-0142' }],
  birthDate: '1961-04-09',
  deceasedDateTime: '2026-01-05T10:00:00Z',
  address: [
    { line: ['12 Elm St', 'Apt 3'], city: 'Springfield', state: 'MA', postalCode: '01101', country: 'US' },
  ],
  contact: [
    { name: { given: ['Tom'], family: 'Ortiz' }, telecom: [{ system: 'email', value: 'tom@example.org' }] },
  ],
  generalPractitioner: [{ reference: 'Practitioner/gp-2207-ruiz', display: 'Dr. Ana Ruiz' }],
  communication: [{ language: { text: 'Spanish' } }],
};

const values = collectIdentity([patient]);
const of = (kind: string, from: readonly (typeof values)[number][] = values): readonly string[] =>
  from.filter((one) => one.kind === kind).map((one) => `${one.bearer}: ${one.text}`);

describe('the identifiers of a Patient', () => {
  test('are names of every use, relatives and clinicians named', () => {
    expect(of('name')).toEqual([
      'relative: Gemma Altenwerth',
      'patient: Ms. María del Carmen Ortiz',
      'patient: Vega',
      'patient: Mari',
      'relative: Tom Ortiz',
      'clinician: Dr. Ana Ruiz',
    ]);
    expect(values.find((one) => one.text.startsWith('Ms.'))?.name).toEqual({
      given: ['María', 'del Carmen'],
      family: 'Ortiz',
      prefix: ['Ms.'],
    });
  });

  test('are addresses, contacts, identifiers, ids and days', () => {
    expect(of('address')).toEqual([
      'patient: Walpole, MA',
      'patient: 12 Elm St, Apt 3, Springfield, MA 01101',
    ]);
    expect(of('telecom')).toEqual(['patient: 555-0142', 'relative: tom@example.org']);
    expect(of('identifier')).toEqual([
      'patient: 38f38890-b80f-6542-51d4-882c7b37b0bf',
      'patient: MRN-0042917',
      'clinician: gp-2207-ruiz',
    ]);
    expect(
      values.flatMap((one) => (one.date === undefined ? [] : `${one.date.day} ${one.date.role}`)),
    ).toEqual(['1961-04-09 birth', '2026-01-05 death']);
  });

  test('share an entity per person, and name the element they came from', () => {
    const own = values
      .filter((one) => one.bearer === 'patient' && one.kind === 'name')
      .map((one) => one.entity);
    expect(new Set(own)).toEqual(new Set([`Patient/${patient.id ?? ''}`]));
    const tom = values.filter((one) => one.text.startsWith('Tom') || one.text.startsWith('tom@'));
    expect(new Set(tom.map((one) => one.entity)).size).toBe(1);
    expect(tom.map((one) => one.source)).toEqual(['Patient.contact.name', 'Patient.contact.telecom']);
    for (const one of values) expect(one.source).not.toMatch(/Ortiz|Elm|0142/);
  });
});

describe('the identifiers of clinical resources', () => {
  test('are displays of persons and places, not of findings', () => {
    const found = collectIdentity([
      {
        resourceType: 'Encounter',
        id: 'e1',
        subject: { reference: 'Patient/p1', display: 'Mr. Napoleon Fay' },
        participant: [
          { individual: { reference: 'Practitioner?identifier=x|9', display: 'Dr. Darrick Franecki' } },
        ],
        serviceProvider: { display: 'NEWTON-WELLESLEY HOSPITAL' },
        location: [{ location: { reference: 'Location/l1', display: 'Ward 7' } }],
        reasonReference: [{ reference: 'Condition/c1', display: 'Bronchitis' }],
        period: { start: '2026-01-05T23:30:00-05:00', end: '2026-01-06' },
        type: [{ coding: [{ display: 'Check up' }], text: 'Check up' }],
      },
    ]);
    expect(of('name', found)).toEqual(['patient: Mr. Napoleon Fay', 'clinician: Dr. Darrick Franecki']);
    expect(of('organization', found)).toEqual([
      'organization: NEWTON-WELLESLEY HOSPITAL',
      'organization: Ward 7',
    ]);
    expect(of('date', found)).toEqual(['patient: 2026-01-05', 'patient: 2026-01-06']);
    expect(found.map((one) => one.text)).not.toContain('Bronchitis');
    expect(found.map((one) => one.text)).not.toContain('Check up');
  });

  test('are displays also where a person is named by an address, a URN or a contained resource', () => {
    const at = 'https://public.example/fhir';
    const found = collectIdentity([
      {
        resourceType: 'Observation',
        id: 'o1',
        performer: [
          { reference: `${at}/Practitioner/staff-7719402`, display: 'Dr. Ana Ruiz' },
          { reference: 'Practitioner/p7/_history/2', display: 'Dr. Bo Lind' },
          { reference: 'urn:uuid:0b1a7c9e-7a51-4c6b-8a30-7d7e9a1c9d55', display: 'Dr. Cyd Marsh' },
          { reference: '#d', display: 'Dr. Dara Quist' },
        ],
        device: { reference: `${at}/Device/d1`, display: 'Glucose meter' },
        derivedFrom: [{ reference: `${at}/Observation/o2`, display: 'Sodium' }],
      },
    ]);
    expect(of('name', found)).toEqual([
      'clinician: Dr. Ana Ruiz',
      'clinician: Dr. Bo Lind',
      'clinician: Dr. Cyd Marsh',
      'clinician: Dr. Dara Quist',
    ]);
    expect(of('identifier', found)).toEqual(['clinician: staff-7719402']);
  });

  test('stand in contained persons, PRAPARE answers, coverage, notes and organisations', () => {
    const found = collectIdentity([
      {
        resourceType: 'Observation',
        id: 'o1',
        contained: [{ resourceType: 'Practitioner', id: 'x', name: [{ family: 'Okafor', given: ['Chi'] }] }],
        code: { coding: [{ system: 'http://loinc.org', code: '93025-5' }] },
        component: [{ code: { text: 'Address' }, valueString: '921 Bergnaum Route' }],
        note: [{ authorString: 'Nurse Betty Miles', time: '2026-01-07' }],
      },
      { resourceType: 'Observation', id: 'o2', code: { text: 'x' }, valueString: 'not an address' },
      {
        resourceType: 'Coverage',
        id: 'c1',
        subscriberId: 'XYZ123456789',
        beneficiary: { reference: 'Patient/p1' },
      },
      {
        resourceType: 'Organization',
        id: 'g1',
        name: 'Springfield Clinic',
        telecom: [{ system: 'fax', value: '555-0199' }],
      },
      { resourceType: 'Account', id: 'a1', name: 'Bill for Peter Chalmers' },
      {
        resourceType: 'Device',
        id: 'd1',
        serialNumber: 'SN-77120-A',
        udiCarrier: [{ carrierHRF: '(01)00643169001763' }],
      },
    ]);
    expect(of('name', found)).toEqual([
      'clinician: Chi Okafor',
      'other: Nurse Betty Miles',
      'patient: Bill for Peter Chalmers',
    ]);
    expect(of('address', found)).toEqual(['patient: 921 Bergnaum Route']);
    expect(of('identifier', found)).toEqual([
      'patient: XYZ123456789',
      'patient: SN-77120-A',
      'patient: (01)00643169001763',
    ]);
    expect(of('organization', found)).toEqual(['organization: Springfield Clinic']);
    expect(of('telecom', found)).toEqual(['organization: 555-0199']);
  });

  test('are listed once, and dates of meta are nobody’s', () => {
    const twice = {
      resourceType: 'Procedure',
      meta: { lastUpdated: '2026-05-05T00:00:00Z' },
      performedDateTime: '2026-01-01',
    };
    expect(
      collectIdentity([
        { ...twice, id: 'a' },
        { ...twice, id: 'b' },
      ]).map((one) => one.text),
    ).toEqual(['2026-01-01']);
  });

  test('what many searches brought again is no more than what one brought', () => {
    const resource = {
      resourceType: 'Patient',
      id: 'p1',
      contact: Array.from({ length: 5_000 }, (_one, n) => ({ name: { family: `Family${n}` } })),
    };
    const once = collectIdentity([resource]);
    expect(once.length).toBeGreaterThan(4_999);
    expect(collectIdentity(Array.from({ length: 8 }, () => ({ ...resource })))).toEqual(once);
  });

  test('of absurd depth or number are refused', () => {
    let deep: unknown = { city: 'x' };
    for (let level = 0; level < 60; level += 1) deep = { inner: deep };
    expect(() => collectIdentity([{ resourceType: 'Basic', deep }])).toThrow('record system');
    const contacts = Array.from({ length: 100_000 }, (_one, index) => ({ name: { family: `F${index}` } }));
    expect(() => collectIdentity([{ resourceType: 'Patient', id: 'p', contact: contacts }])).toThrow(
      'record system',
    );
  });
});

describe('ids', () => {
  test.each(['38f38890-b80f-6542-51d4-882c7b37b0bf', '123456', 'gp-2207-ruiz', 'a1b2c3d4', 'mrn00042'])(
    '%s stands for somebody',
    (id) => {
      expect(hasEntropy(id)).toBe(true);
    },
  );
  test.each(['', 'example', 'patient', 'p1', '42', '12345', 'stage-2', 'metformin'])(
    '%p is an ordinary word or number',
    (id) => {
      expect(hasEntropy(id)).toBe(false);
    },
  );
});

describe('names in one piece', () => {
  const place = { bearer: 'clinician', entity: 'x', source: 'y' } as const;
  test.each([
    ['Dr. Ana Ruiz', ['Ana'], 'Ruiz'],
    ['Ruiz, Ana Maria', ['Ana', 'Maria'], 'Ruiz'],
    ['Ana Ruiz, MD', ['Ana'], 'Ruiz'],
    ['Priya Raghunathan, PharmD', ['Priya'], 'Raghunathan'],
    ['Lena Falk, RN, FNP-BC', ['Lena'], 'Falk'],
    ['ORTIZ, ANA', ['ANA'], 'ORTIZ'],
    ['Cher', [], 'Cher'],
  ])('%s', (text, given, family) => {
    expect(spokenName(text, place).name).toEqual({ given, family });
  });
});
