import { describe, expect, it } from '@jest/globals';
import { comparators, dateMatcher, intervalOf, parseDate } from '../../../sandbox/fhir/search/dates.ts';
import fc from '../../fixtures/properties.ts';

const matches = (element: unknown, asked: string): boolean => {
  const interval = intervalOf(element);
  const matcher = dateMatcher(asked);
  if (interval === undefined || matcher === undefined) throw new Error('not a date');
  return matcher(interval);
};

const holds = (name: string, ...[a, b]: [{ start: number; end: number }, { start: number; end: number }]) =>
  comparators[name]?.(a, b) ?? false;

describe('parseDate', () => {
  it.each([
    ['2024', '2024-01-01T00:00:00.000Z', '2024-12-31T23:59:59.999Z'],
    ['2024-02', '2024-02-01T00:00:00.000Z', '2024-02-29T23:59:59.999Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z', '2024-02-29T23:59:59.999Z'],
    ['2024-02-29T10:05', '2024-02-29T10:05:00.000Z', '2024-02-29T10:05:59.999Z'],
    ['2024-02-29T10:05:07+02:00', '2024-02-29T08:05:07.000Z', '2024-02-29T08:05:07.999Z'],
    ['2024-02-29T10:05:07.25-05:30', '2024-02-29T15:35:07.250Z', '2024-02-29T15:35:07.250Z'],
  ])('%s covers its precision', (text, start, end) => {
    expect(parseDate(text)).toEqual({ start: Date.parse(start), end: Date.parse(end) });
  });

  it.each([
    '',
    '24',
    '2024-13',
    '2023-02-29',
    '2024-02-30',
    '2024-01-01T25:00',
    '2024-1-1',
    'now',
    '2024-01-01Z',
  ])('refuses %j', (text) => expect(parseDate(text)).toBeUndefined());
});

describe('dateMatcher', () => {
  it.each([
    ['2024-05-10', '2024-05', true],
    ['2024-05', '2024-05-10', false],
    ['2024-05-10T23:30:00-04:00', '2024-05-10', false],
    ['2024-05-10T23:30:00-04:00', '2024-05-11', true],
    ['2024-05-10', 'ne2024-05', false],
    ['2024-06', 'ne2024-05', true],
    ['2024-05-10', 'gt2024-05-10', false],
    ['2024-05-11', 'gt2024-05-10', true],
    ['2024', 'gt2024-05-10', true],
    ['2024-05-10', 'ge2024-05-10', true],
    ['2024-05-09', 'ge2024-05-10', false],
    ['2024-05-10', 'lt2024-05-10', false],
    ['2024-05-09', 'lt2024-05-10', true],
    ['2024-05-10', 'le2024-05-10', true],
    ['2024-05-10T12:00:00Z', 'le2024-05-10', true],
    ['2024', 'sa2024-05-10', false],
    ['2024-05-11', 'sa2024-05-10', true],
    ['2024-05-09', 'eb2024-05-10', true],
    ['2024-05-10T08:00:00 00:00'.replace(' ', '+'), 'eq2024-05-10T08:00:00 00:00', true],
  ])('element %s, asked %s: %s', (element, asked, expected) => {
    expect(matches(element, asked)).toBe(expected);
  });

  it('lets a period count that reaches across the boundary, and an open end', () => {
    const stay = { start: '2024-05-28', end: '2024-06-03' };
    expect(matches(stay, 'ge2024-06')).toBe(true);
    expect(matches(stay, 'le2024-05')).toBe(true);
    expect(matches(stay, '2024-05')).toBe(false);
    expect(matches({ start: '2024-05-28' }, 'gt2030')).toBe(true);
    expect(matches({ end: '2024-05-28' }, 'lt1900')).toBe(true);
    expect(intervalOf({})).toBeUndefined();
  });

  it.each(['ap2024', 'xx2024', 'ge', 'ge2024-99', '>2024'])('refuses %s', (asked) => {
    expect(dateMatcher(asked)).toBeUndefined();
  });

  it('keeps the comparators consistent with each other', () => {
    const interval = fc
      .tuple(fc.integer({ min: -1000, max: 1000 }), fc.nat(500))
      .map(([start, length]) => ({ start, end: start + length }));
    fc.assert(
      fc.property(interval, interval, (element, asked) => {
        expect(holds('ne', element, asked)).toBe(!holds('eq', element, asked));
        for (const [narrow, wide] of [
          ['sa', 'gt'],
          ['gt', 'ge'],
          ['eb', 'lt'],
          ['lt', 'le'],
          ['eq', 'ge'],
          ['eq', 'le'],
        ] as const) {
          expect(!holds(narrow, element, asked) || holds(wide, element, asked)).toBe(true);
        }
        expect(holds('ge', element, asked) || holds('eb', element, asked)).toBe(true);
        expect(holds('le', element, asked) || holds('sa', element, asked)).toBe(true);
      }),
    );
  });
});
