import { describe, expect, it } from '@jest/globals';
import { FhirFailure } from '../../../sandbox/fhir/outcome.ts';
import { isShared, listedTypes, parametersOf } from '../../../sandbox/fhir/search/parameters.ts';
import { project } from '../../../sandbox/fhir/search/projection.ts';
import { compileFilter, parseQuery } from '../../../sandbox/fhir/search/query.ts';
import { runSearch } from '../../../sandbox/fhir/search/search.ts';
import { splitUnescaped, tokenMatcher } from '../../../sandbox/fhir/search/tokens.ts';
import { FhirStore, patientsOf } from '../../../sandbox/fhir/store.ts';
import type { Resource } from '../../../src/vocabulary/fhir.ts';
import fc from '../../fixtures/properties.ts';

const base = 'http://127.0.0.1:1/fhir';
const matches = (resource: Resource, name: string, value: string) =>
  compileFilter(resource.resourceType, name, value, base)?.matches(resource);

const escape = (text: string) => text.replace(/[\\,|$]/g, '\\$&');

const flag = (patient: string) => ({
  resourceType: 'Flag',
  id: 'f',
  subject: { reference: `Patient/${patient}` },
});

describe('tokens', () => {
  const concept = { coding: [{ system: 'http://loinc.org', code: '2093-3' }, { code: 'CHOL' }] };

  it.each([
    ['2093-3', true],
    ['http://loinc.org|2093-3', true],
    ['http://loinc.org|', true],
    ['|CHOL', true],
    ['|2093-3', false],
    ['http://snomed.info/sct|2093-3', false],
    ['2093', false],
  ])('CodeableConcept by %s: %s', (value, expected) => {
    expect(tokenMatcher(value)(concept)).toBe(expected);
  });

  it('matches codes, booleans, identifiers and contact points', () => {
    expect(tokenMatcher('final')('final')).toBe(true);
    expect(tokenMatcher('http://hl7.org/fhir/observation-status|final')('final')).toBe(true);
    expect(tokenMatcher('true')(true)).toBe(true);
    expect(tokenMatcher('urn:mrn|7')({ system: 'urn:mrn', value: '7' })).toBe(true);
    expect(tokenMatcher('urn:other|7')({ system: 'urn:mrn', value: '7' })).toBe(false);
    expect(tokenMatcher('555-1')({ system: 'phone', value: '555-1' })).toBe(true);
  });

  it('honours escapes: what was joined with escapes splits into the same parts', () => {
    const part = fc.string({ unit: fc.constantFrom('a', ',', '|', '\\', '$', 'ü') });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
        expect(splitUnescaped(parts.map(escape).join(','), ',')).toEqual(parts.map(escape));
      }),
    );
    expect(tokenMatcher('urn:x|a\\|b')({ system: 'urn:x', value: 'a|b' })).toBe(true);
  });
});

describe('filters', () => {
  const condition: Resource = {
    resourceType: 'Condition',
    id: 'c1',
    clinicalStatus: { coding: [{ code: 'active' }] },
    subject: { reference: 'Patient/p1' },
    onsetPeriod: { start: '2020-01' },
  };

  it.each([
    ['clinical-status', 'active', true],
    ['clinical-status', 'resolved,active', true],
    ['clinical-status:not', 'active', false],
    ['clinical-status:not', 'resolved', true],
    ['verification-status:not', 'refuted', true],
    ['verification-status:missing', 'true', true],
    ['subject', 'p1', true],
    ['subject:Patient', 'p1', true],
    ['subject:Group', 'p1', false],
    ['patient', `${base}/Patient/p1`, true],
    ['patient', 'http://elsewhere/fhir/Patient/p1', false],
    ['patient', 'Group/p1', false],
    ['patient', 'p', false],
    ['onset-date', 'ge2021', true],
  ])('Condition %s=%s: %s', (name, value, expected) => {
    expect(matches(condition, name, value)).toBe(expected);
  });

  it('finds names by their start, without case and accents', () => {
    const patient: Resource = {
      resourceType: 'Patient',
      name: [{ family: "O'Brien-Núñez", given: ['Élodie'] }],
    };
    expect(matches(patient, 'family', "o'brien-nun")).toBe(true);
    expect(matches(patient, 'family', 'nunez')).toBe(false);
    expect(matches(patient, 'family:contains', 'nunez')).toBe(true);
    expect(matches(patient, 'given:exact', 'elodie')).toBe(false);
    expect(matches(patient, 'name', 'ELOD')).toBe(true);
  });

  it('does not know chains, _has, elements that are no parameters or names of the prototype', () => {
    for (const name of [
      'subject.name',
      '_has:Observation:patient:code',
      'note',
      'constructor',
      '__proto__',
    ]) {
      expect(compileFilter('Condition', name, 'x', base)).toBeUndefined();
    }
  });

  it.each([
    ['patient:identifier', 'x'],
    ['onset-date', 'soon'],
    ['clinical-status:in', 'x'],
    ['clinical-status', ''],
    ['clinical-status', ','],
    ['patient:missing', 'maybe'],
  ])('refuses %s=%s', (name, value) => {
    expect(() => compileFilter('Condition', name, value, base)).toThrow(FhirFailure);
  });

  it('knows every parameter of its table on every type', () => {
    for (const type of listedTypes) {
      for (const [name, parameter] of Object.entries(parametersOf(type))) {
        const value = parameter.kind === 'date' ? '2024' : 'x';
        expect(compileFilter(type, name, value, base)?.matches({ resourceType: type })).toBe(false);
      }
    }
  });
});

describe('searching the store', () => {
  const store = new FhirStore();
  const put = (id: string, more: Record<string, unknown>) =>
    store.put({ resourceType: 'Observation', id, subject: { reference: 'Patient/p1' }, ...more });
  put('a', { effectiveDateTime: '2024-03-01', status: 'final' });
  put('b', { effectiveDateTime: '2024-01-01', status: 'amended' });
  put('c', { status: 'final' });
  put('d', { effectivePeriod: { start: '2024-02-01', end: '2024-04-01' }, status: 'final' });
  const found = (...pairs: [string, string][]) =>
    runSearch(store, parseQuery('Observation', pairs, base, true), base, () => true).map(({ id }) => id);

  it.each([
    ['date', ['b', 'd', 'a', 'c']],
    ['-date', ['a', 'd', 'b', 'c']],
    ['status,-date', ['b', 'a', 'd', 'c']],
    ['-_id', ['d', 'c', 'b', 'a']],
    ['-_lastUpdated', ['d', 'a', 'b', 'c']],
  ])('sorts by %s, what has none last', (sort, expected) => {
    expect(found(['_sort', sort])).toEqual(expected);
  });

  it('gives the same with and without the patient index', () => {
    expect(found(['patient', 'p1'], ['date', 'ge2024-02'])).toEqual(['a', 'd']);
    expect(found(['subject:Patient', 'p1'], ['date', 'ge2024-02'])).toEqual(['a', 'd']);
    expect(found(['date', 'ge2024-02'])).toEqual(['a', 'd']);
    expect(found(['patient', 'p1'], ['patient', 'p2'])).toEqual([]);
    expect(found(['_id', 'b,b,x'], ['patient', 'p2'])).toEqual([]);
  });

  it('follows a resource that changes its patient or is deleted', () => {
    const moved = new FhirStore();
    moved.put(flag('p1'));
    expect(moved.put(flag('p2'))).toMatchObject({ meta: { versionId: '2' } });
    expect(moved.byPatient('p1', 'Flag')).toEqual([]);
    expect(moved.byPatient('p2')).toHaveLength(1);
    expect(moved.delete('Flag', 'f')).toBe(true);
    expect([moved.byPatient('p2').length, moved.count(), moved.wasDeleted('Flag', 'f')]).toEqual([
      0,
      0,
      true,
    ]);
    expect(() => moved.put({ resourceType: 'Flag', id: 'a/b' })).toThrow(TypeError);
  });

  it('limits the page, reads zero as a count and names what it ignored', () => {
    const query = parseQuery(
      'Observation',
      [
        ['_count', '999999'],
        ['x', '1'],
      ],
      base,
      false,
    );
    expect(query).toMatchObject({ count: 1000, ignored: ['x'], countOnly: false });
    expect(parseQuery('Observation', [['_count', '0']], base, true).countOnly).toBe(true);
    expect(() => parseQuery('Observation', [['_sort', 'colour']], base, true)).toThrow(/not supported/);
    expect(() => parseQuery('Observation', [['_include', 'Observation:code']], base, true)).toThrow(
      FhirFailure,
    );
  });
});

describe('what a resource is about', () => {
  it("counts persons and groups as their patients, and only directories as nobody's", () => {
    const person = { resourceType: 'Person', id: 'x', link: [{ target: { reference: 'Patient/p1' } }] };
    const group = { resourceType: 'Group', id: 'g', member: [{ entity: { reference: 'Patient/p2' } }] };
    expect([patientsOf(person), patientsOf(group)]).toEqual([['p1'], ['p2']]);
    expect(listedTypes.filter(isShared).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'Binary',
      'Location',
      'Medication',
      'Organization',
      'Practitioner',
      'PractitionerRole',
      'Substance',
    ]);
  });

  it('says when it was last written: the end of a visit, the start of a coverage, never a birth', () => {
    const store = new FhirStore();
    const updated = (resource: Resource) => store.put({ ...resource, id: 'x' })['meta'];
    const period = { start: '2024-05-01', end: '2024-05-03T10:00:00Z' };
    expect(updated({ resourceType: 'Encounter', period })).toMatchObject({
      lastUpdated: '2024-05-03T10:00:00.999Z',
    });
    expect(updated({ resourceType: 'Encounter', period: { start: '2024-05-01' } })).toMatchObject({
      lastUpdated: '2024-05-01T00:00:00.000Z',
    });
    expect(updated({ resourceType: 'Coverage', period })).toMatchObject({
      lastUpdated: '2024-05-01T00:00:00.000Z',
    });
    expect(updated({ resourceType: 'Patient', birthDate: '1980' })).toEqual({ versionId: '1' });
    expect(updated({ resourceType: 'Flag', meta: { lastUpdated: 'kept' }, period })).toHaveProperty(
      'lastUpdated',
      'kept',
    );
  });
});

describe('projection', () => {
  it('keeps a choice by its base name and a status without its reason', () => {
    const request = {
      resourceType: 'MedicationRequest',
      id: 'r',
      status: 'active',
      statusReason: { text: 'x' },
      medicationCodeableConcept: { text: 'y' },
      _authoredOn: { extension: [] },
      authoredOn: '2024',
      note: [{ text: 'z' }],
      modifierExtension: [],
    };
    expect(Object.keys(project(request, ['MedicationRequest.authoredOn'])).toSorted()).toEqual(
      [
        '_authoredOn',
        'authoredOn',
        'id',
        'medicationCodeableConcept',
        'meta',
        'modifierExtension',
        'resourceType',
        'status',
      ].toSorted(),
    );
  });
});
