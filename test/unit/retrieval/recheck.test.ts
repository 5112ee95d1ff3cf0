import { describe, expect, test } from '@jest/globals';
import { isAbout } from '../../../src/retrieval/elements.ts';
import { type FilledStep, recheck } from '../../../src/retrieval/recheck.ts';
import { outside } from '../../../src/retrieval/search-parameters.ts';
import type { Resource } from '../../../src/vocabulary/fhir.ts';

const params = {
  patient: 'Patient/p1',
  code: 'http://loinc.org|2093-3,http://loinc.org|2085-9',
  date: 'ge2026-01-01',
};
const step: FilledStep = {
  type: 'Observation',
  patient: 'p1',
  sent: params,
  all: { ...params, status: 'final,amended' },
};
const good: Resource = {
  resourceType: 'Observation',
  id: 'o1',
  status: 'final',
  subject: { reference: 'Patient/p1' },
  code: { coding: [{ system: 'http://loinc.org', code: '2093-3' }] },
  effectiveDateTime: '2026-01-01',
};

const patients = (...references: string[]): Resource => ({
  resourceType: 'Appointment',
  participant: references.map((reference) => ({ actor: { reference } })),
});

describe('the local re-check', () => {
  test('lets in what is inside the plan', () => {
    expect(recheck(good, step)).toBeUndefined();
    expect(recheck({ ...good, subject: { reference: 'Patient/p1/_history/3' } }, step)).toBeUndefined();
  });

  test.each([
    ['an id that is none', { id: 'a/b' }, 'malformed', 'malformed_row'],
    ['no id', { id: '' }, 'malformed', 'malformed_row'],
    ['another type', { resourceType: 'Condition' }, 'wrong_type', 'wrong_type'],
    ['another patient', { subject: { reference: 'Patient/p2' } }, 'wrong_patient', 'foreign_patient'],
    [
      'this patient as performer only',
      { subject: { reference: 'Patient/p2' }, performer: [{ reference: 'Patient/p1' }] },
      'wrong_patient',
      'foreign_patient',
    ],
    ['a longer id', { subject: { reference: 'Patient/p11' } }, 'wrong_patient', 'foreign_patient'],
    [
      'the same id elsewhere',
      { subject: { reference: 'http://other/fhir/Patient/p1' } },
      'wrong_patient',
      'foreign_patient',
    ],
    ['a contained subject', { subject: { reference: '#p1' } }, 'wrong_patient', 'foreign_patient'],
    ['no subject', { subject: undefined }, 'wrong_patient', 'foreign_patient'],
    ['two patients', { patient: { reference: 'Patient/p2' } }, 'wrong_patient', 'foreign_patient'],
    ['a focus', { focus: [{ reference: 'Patient/p2' }] }, 'wrong_patient', undefined],
    ['an error', { status: 'entered-in-error' }, 'entered_in_error', undefined],
    [
      'an unknown modifier',
      { modifierExtension: [{ url: 'http://x/negated', valueBoolean: true }] },
      'unknown_modifier',
      undefined,
    ],
    [
      'one deep inside',
      { component: [{ modifierExtension: [{ url: 'x' }] }] },
      'unknown_modifier',
      undefined,
    ],
    ['implicit rules', { implicitRules: 'http://x' }, 'unknown_modifier', undefined],
    [
      'another code',
      { code: { coding: [{ system: 'http://loinc.org', code: '718-7' }] } },
      'outside_plan',
      'filter_ignored',
    ],
    [
      'the code of another system',
      { code: { coding: [{ system: 'urn:x', code: '2093-3' }] } },
      'outside_plan',
      'filter_ignored',
    ],
    ['an earlier date', { effectiveDateTime: '2025-12-31' }, 'outside_dates', 'filter_ignored'],
    ['no date', { effectiveDateTime: undefined }, 'outside_dates', 'filter_ignored'],
    ['a status that was not asked of the server', { status: 'registered' }, 'outside_plan', undefined],
  ])('drops %s', (_what, change, reason, fault) => {
    expect(recheck({ ...good, ...change }, step)).toEqual(
      fault === undefined ? { reason } : { reason, fault },
    );
  });

  test('reads verification status and document status for errors too', () => {
    const wrong = { coding: [{ code: 'entered-in-error' }] };
    const allergy: Resource = {
      resourceType: 'AllergyIntolerance',
      id: 'a',
      patient: { reference: 'Patient/p1' },
    };
    const plan: FilledStep = { type: 'AllergyIntolerance', patient: 'p1', sent: {}, all: {} };
    expect(recheck(allergy, plan)).toBeUndefined();
    expect(recheck({ ...allergy, verificationStatus: wrong }, plan)?.reason).toBe('entered_in_error');
    expect(
      recheck({ ...allergy, verificationStatus: { coding: [{ code: 'refuted' }] } }, plan),
    ).toBeUndefined();
  });
});

describe('whom a resource is about', () => {
  test('by beneficiary, subjects, participants, or itself', () => {
    expect(
      isAbout(
        {
          resourceType: 'Coverage',
          beneficiary: { reference: 'Patient/p1' },
          subscriber: { reference: 'Patient/p2' },
        },
        'p1',
      ),
    ).toBe(true);
    expect(isAbout({ resourceType: 'Coverage', subject: { reference: 'Patient/p1' } }, 'p1')).toBe(false);
    expect(isAbout({ resourceType: 'Account', subject: [{ reference: 'Patient/p1' }] }, 'p1')).toBe(true);
    expect(
      isAbout(
        { resourceType: 'Account', subject: [{ reference: 'Patient/p1' }, { reference: 'Patient/p2' }] },
        'p1',
      ),
    ).toBe(false);
    expect(isAbout(patients('Patient/p1', 'Practitioner/7'), 'p1')).toBe(true);
    expect(isAbout(patients('Patient/p1', 'Patient/p2'), 'p1')).toBe(false);
    expect(isAbout(patients('Patient/p1', 'https://elsewhere.example/fhir/Patient/p2'), 'p1')).toBe(false);
    expect(isAbout(patients('Practitioner/7'), 'p1')).toBe(false);
    expect(isAbout({ resourceType: 'Patient', id: 'p1' }, 'p1')).toBe(true);
    expect(isAbout({ resourceType: 'Patient', id: 'p2' }, 'p1')).toBe(false);
  });
});

describe('search parameters', () => {
  test.each([
    ['ge2026-02-01', '2026-02', true],
    ['ge2026-02-15', '2026-02', true],
    ['ge2026-03-01', '2026-02', false],
    ['le2026-02-01T00:00:00Z', '2026-02-01', true],
    ['lt2026-02-01', '2026-02-01', false],
    ['gt2026-02-01', '2026-02-02', true],
    ['gt2026-02-01', '2026-02-01', false],
    ['2026-02', '2026-02-03', true],
    ['2026-02-03', '2026-02', false],
    ['nonsense', '2026-02', false],
  ])('%s and %s', (wanted, value, inside) => {
    const resource = { status: 'final', effectiveDateTime: value };
    expect(outside(resource, 'Observation', 'date', wanted) === undefined).toBe(inside);
  });

  test('a parameter that is not known lets nothing in', () => {
    expect(outside(good, 'Observation', 'performer', 'x')).toBe('outside_plan');
    expect(outside(good, 'Zzz', 'code', 'x')).toBe('outside_plan');
  });

  test('drug activity is any of its dates', () => {
    const order = { authoredOn: '2019-01-01', meta: { lastUpdated: '2026-05-05T00:00:00Z' } };
    expect(outside(order, 'MedicationRequest', 'x-activity', 'ge2026-05-01')).toBeUndefined();
    expect(outside(order, 'MedicationRequest', 'x-activity', 'ge2026-06-01')).toBe('outside_dates');
  });
});
