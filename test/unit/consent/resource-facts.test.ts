import { expect, test } from '@jest/globals';
import { resourceFacts } from '../../../src/consent/resource-facts.ts';
import type { Label } from '../../../src/vocabulary/context-item.ts';
import type { Resource } from '../../../src/vocabulary/fhir.ts';
import { actCode, snomed } from './builders.ts';

const loinc = 'http://loinc.org';
const hiv: Label = { system: actCode, code: 'HIV', origin: 'gateway' };

test('references that a resource holds anywhere, and those of its authors', () => {
  const found = resourceFacts(
    {
      resourceType: 'Observation',
      id: 'o1',
      subject: { reference: 'Patient/p1' },
      encounter: { reference: 'https://ehr.example/fhir/Encounter/7', display: 'Encounter/8' },
      performer: [{ reference: 'Practitioner/8' }, { display: 'somebody' }],
      component: [{ extension: [{ valueReference: { reference: 'Device/d' } }] }],
    },
    [],
  );
  expect(found.mentions).toEqual([
    'Patient/p1',
    'https://ehr.example/fhir/Encounter/7',
    'Practitioner/8',
    'Device/d',
  ]);
  expect(found.authors).toEqual(['Practitioner/8']);
});

const cases: readonly [resource: Resource, date: string | undefined, codes: readonly string[]][] = [
  [
    {
      resourceType: 'Observation',
      id: 'o1',
      effectiveDateTime: '2026-06-01T08:00:00Z',
      issued: '2026-06-03T08:00:00Z',
      code: { coding: [{ system: loinc, code: '2093-3' }, { display: 'only words' }] },
    },
    '2026-06-01T08:00:00Z',
    ['2093-3'],
  ],
  [{ resourceType: 'Observation', effectivePeriod: { start: '2026-01' } }, '2026-01', []],
  [
    {
      resourceType: 'Immunization',
      occurrenceDateTime: '2020',
      vaccineCode: { coding: [{ system: 'cvx', code: '08' }] },
    },
    '2020',
    ['08'],
  ],
  [
    {
      resourceType: 'MedicationRequest',
      authoredOn: '2026-02-02',
      medicationCodeableConcept: { coding: [{ system: 'rx', code: '1' }] },
    },
    '2026-02-02',
    ['1'],
  ],
  [
    {
      resourceType: 'DocumentReference',
      date: '2026-03-03',
      type: { coding: [{ system: loinc, code: '11488-4' }] },
    },
    '2026-03-03',
    ['11488-4'],
  ],
  [
    {
      resourceType: 'Encounter',
      period: { start: '2026-04' },
      class: { system: 'act', code: 'AMB' },
      type: [{ coding: [{ system: snomed, code: '2' }] }],
    },
    '2026-04',
    ['2', 'AMB'],
  ],
  [{ resourceType: 'AllergyIntolerance', code: { text: 'nuts' } }, undefined, []],
  [{ resourceType: 'Condition', onsetDateTime: 7, code: 'x' }, undefined, []],
];

test.each(cases)('%j', (resource, date, codes) => {
  const found = resourceFacts(resource, [hiv]);
  expect(found.class).toBe(resource.resourceType);
  expect(found.date).toBe(date);
  expect(found.codes.map(({ code }) => code)).toEqual(codes);
  expect(found.labels).toEqual([hiv]);
  expect(found.reference).toBe(`${resource.resourceType}/${resource.id ?? ''}`);
});
