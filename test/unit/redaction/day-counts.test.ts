import { describe, expect, test } from '@jest/globals';
import { agesOn, dayPolicy, withoutTellingCounts, yearsBetween } from '../../../src/redaction/day-counts.ts';
import type { Span } from '../../../src/redaction/ports.ts';
import { epochDayOf } from '../../../src/vocabulary/time.ts';
import { identity } from './identity.ts';

const day = (iso: string): number => epochDayOf(iso) ?? Number.NaN;
const today = day('2026-11-20');
const policy = dayPolicy(today, identity);
const dated = (epochDay: number): Span => ({
  start: 0,
  end: 10,
  type: 'DATE',
  rule: 'date',
  entity: `day:${epochDay}`,
  epochDay,
});

/** Entities of the record's and the callers' days, after the policy; a day that keeps its count keeps its entity. */
function entities(record: readonly number[], callers: readonly number[]): string[] {
  const texts = [
    { spans: record.map(dated), ofCaller: false },
    { spans: callers.map(dated), ofCaller: true },
  ];
  const counted = withoutTellingCounts(texts, policy);
  return texts.flatMap(({ spans }) =>
    spans.map(counted).map(({ entity, epochDay }) => `${entity}${epochDay === undefined ? '' : ' counted'}`),
  );
}

describe('days that carry no count', () => {
  test.each([
    [0, false],
    [1, false],
    [-1, false],
    [2, true],
    [-2, true],
  ])('the record, %i days from today: counted %s', (off, counted) => {
    const at = today + off;
    expect(entities([at], [])).toEqual([counted ? `day:${at} counted` : `near:${at}`]);
  });

  test('near days that a caller wrote, in the record as well', () => {
    const soon = today + 14;
    expect(entities([soon, today - 40], [soon, today - 40])).toEqual([
      `near:${soon}`,
      `day:${today - 40} counted`,
      `near:${soon}`,
      `day:${today - 40} counted`,
    ]);
  });

  test('the birth', () => {
    expect(entities([day('1950-03-14')], [])).toEqual([`birth:${day('1950-03-14')}`]);
  });
});

describe('ages', () => {
  test('stand by day count, birthdays and leap days exact, over 89 as one', () => {
    const births = new Set([day('1936-02-29')]);
    const at = (iso: string) => ({ epochDay: day(iso), count: day(iso) + 60_000 });
    const count = (iso: string): number => day(iso) + 60_000;
    const days = ['2024-02-28', '1999-03-01', '2024-02-29', '2025-12-31', '2026-02-28', '2026-03-01'].map(at);
    expect(agesOn([...days, at('1900-01-01')], { today, births })).toEqual([
      { age: 63, from: count('1999-03-01'), to: count('1999-03-01') },
      { age: 87, from: count('2024-02-28'), to: count('2024-02-28') },
      { age: 88, from: count('2024-02-29'), to: count('2024-02-29') },
      { age: 89, from: count('2025-12-31'), to: count('2026-02-28') },
      { age: '90+', from: count('2026-03-01'), to: count('2026-03-01') },
    ]);
  });

  test('are not given where births disagree', () => {
    expect(agesOn([{ epochDay: 1, count: 1 }], { today, births: new Set([-2, -3]) })).toEqual([]);
  });

  test('count whole years', () => {
    expect(yearsBetween(day('2000-06-15'), day('2026-06-14'))).toBe(25);
    expect(yearsBetween(day('2000-06-15'), day('2026-06-15'))).toBe(26);
  });
});
