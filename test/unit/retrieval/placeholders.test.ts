import { describe, expect, test } from '@jest/globals';
import { clinicalTime, dayOf, intervalOf, timesOf } from '../../../src/retrieval/fhir-time.ts';
import { ago, fill, fillAll } from '../../../src/retrieval/placeholders.ts';
import fc from '../../fixtures/properties.ts';

const now = Date.parse('2026-03-31T15:30:00Z');
const bindings = { patient: 'p1', now };

describe('placeholders', () => {
  test.each([
    ['Patient/{patient}', 'Patient/p1'],
    ['ge{now-24m}', 'ge2024-03-31'],
    ['ge{now-1m}', 'ge2026-02-28'],
    ['ge{now-90d}', 'ge2025-12-31'],
    ['le{now}', 'le2026-03-31T15:30:00.000Z'],
    ['{today}', '2026-03-31'],
    ['plain', 'plain'],
  ])('%s is %s', (value, filled) => {
    expect(fill(value, bindings)).toBe(filled);
  });

  test('an unbound one fills nothing', () => {
    expect(fill('ge{anchor}', bindings)).toBeUndefined();
    expect(fill('{unknown}', bindings)).toBeUndefined();
    expect(fillAll({ patient: 'Patient/{patient}', date: 'ge{anchor}' }, bindings)).toBeUndefined();
    expect(fillAll({ code: ['a', 'b'], date: 'ge{anchor}' }, { ...bindings, anchor: '2026-01-01' })).toEqual({
      code: 'a,b',
      date: 'ge2026-01-01',
    });
  });

  test('what is filled in is never read as a placeholder', () => {
    expect(fill('Patient/{patient}', { patient: '{now}', now })).toBe('Patient/{now}');
  });

  test('months never run over the end of a month', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 1, max: 240 }), (time, months) => {
        const before = new Date(ago(time, months, 'm'));
        const then = new Date(time);
        const elapsed =
          (then.getUTCFullYear() - before.getUTCFullYear()) * 12 + then.getUTCMonth() - before.getUTCMonth();
        expect(elapsed).toBe(months);
        expect(before.getUTCDate()).toBeLessThanOrEqual(then.getUTCDate());
      }),
    );
  });
});

describe('FHIR times', () => {
  test.each([
    ['2026', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['2026-12', '2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['2026-02-03', '2026-02-03T00:00:00Z', '2026-02-04T00:00:00Z'],
    ['2026-02-03T04:05:06+02:00', '2026-02-03T02:05:06Z', '2026-02-03T02:05:07Z'],
    ['2026-02-03T04:05:06.789Z', '2026-02-03T04:05:06.789Z', '2026-02-03T04:05:07.789Z'],
  ])('%s covers its whole span', (value, start, end) => {
    expect(intervalOf(value)).toEqual({ start: Date.parse(start), end: Date.parse(end) });
  });

  test.each(['', 'yesterday', '2026-13', '2026-00-01', '2026-1-1', '26', 42, null, undefined, {}])(
    '%p is no time',
    (value) => {
      expect(intervalOf(value)).toBeUndefined();
      expect(dayOf(value)).toBeUndefined();
    },
  );

  test('periods may be open, timings have bounds', () => {
    expect(timesOf({ start: '2026-01-01' })).toEqual([
      { start: Date.parse('2026-01-01'), end: Number.POSITIVE_INFINITY },
    ]);
    expect(timesOf({ repeat: { boundsPeriod: { end: '2026-01-01' } } })[0]?.end).toBe(
      Date.parse('2026-01-02'),
    );
    expect(timesOf({})).toEqual([]);
    expect(clinicalTime({ onsetDateTime: '2020', recordedDate: '2021' })).toBe(Date.parse('2021-01-01'));
    expect(clinicalTime({})).toBe(Number.NEGATIVE_INFINITY);
  });
});
