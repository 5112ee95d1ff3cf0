import { describe, expect, test } from '@jest/globals';
import { intoPage, tables } from '../../../bench/print.ts';
import { median, percentile, Rounds, roundsWithin } from '../../../bench/row.ts';
import { meansBetween, stageTimes } from '../../../bench/stage-times.ts';

describe('figures', () => {
  test('percentiles lie between the values beside them', () => {
    expect(percentile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(percentile([5], 0.99)).toBe(5);
    expect(percentile([0, 10], 0.9)).toBeCloseTo(9);
    expect(median([9, 1, 5])).toBe(5);
    expect(percentile([], 0.5)).toBeNaN();
  });

  test('a ratio is taken round by round, so that a slow round of the host cancels out', () => {
    const rounds = new Rounds('part');
    for (const slowness of [1, 10, 3]) {
      rounds.add('a', 'time', 'ms', 2 * slowness);
      rounds.add('b', 'time', 'ms', 4 * slowness);
    }
    rounds.ratio('a', 'b', 'time');
    expect(rounds.rows().at(-1)).toEqual({
      part: 'part',
      variant: 'a / b',
      metric: 'time ratio',
      unit: 'ratio',
      value: 0.5,
      runs: [0.5, 0.5, 0.5],
    });
    expect(rounds.rows()[0]).toMatchObject({ value: 6, runs: [2, 20, 6] });
  });

  test('nothing is divided by a round that was not measured, or by nothing', () => {
    const rounds = new Rounds('part');
    rounds.add('a', 'time', 'ms', 2);
    rounds.add('b', 'time', 'ms', 0);
    rounds.ratio('a', 'b', 'time');
    rounds.ratio('a', 'c', 'time');
    expect(rounds.rows()).toHaveLength(2);
  });
});

const countRounds = (most: number, seconds: number, each: number): number => {
  let time = 0;
  let count = 0;
  for (const round of roundsWithin(most, seconds, () => time)) {
    expect(round).toBe(count);
    count += 1;
    time += each * 1000;
  }
  return count;
};

describe('rounds', () => {
  test.each([
    ['all of them where there is time', 5, 10, 1, 5],
    ['as many as fit', 5, 10, 3, 3],
    ['one at least', 5, 10, 60, 1],
  ])('are %s', (_what, most, seconds, each, expected) => {
    expect(countRounds(most, seconds, each)).toBe(expected);
  });
});

const page = (sum: number, count: number): string =>
  [
    '# TYPE phi_gateway_stage_seconds histogram',
    `phi_gateway_stage_seconds_bucket{le="0.005",stage="redact",outcome="success"} ${count}`,
    `phi_gateway_stage_seconds_sum{stage="redact",outcome="success"} ${sum}`,
    `phi_gateway_stage_seconds_count{stage="redact",outcome="success"} ${count}`,
    'phi_gateway_stage_seconds_sum{stage="redact",outcome="refused"} 1',
    'phi_gateway_stage_seconds_count{stage="redact",outcome="refused"} 1',
    'phi_gateway_barrier_seconds_sum{barrier="before_model"} 1.5e-3',
    'phi_gateway_barrier_seconds_count{barrier="before_model"} 3',
  ].join('\n');

describe('stages of a metrics page', () => {
  test('outcomes are added up, barriers stand apart', () => {
    const times = stageTimes(page(2, 4));
    expect(times.get('stage redact')).toEqual({ sum: 3, count: 5 });
    expect(times.get('barrier before_model')).toEqual({ sum: 0.0015, count: 3 });
  });

  test('a mean counts only what came between two pages', () => {
    const means = meansBetween(stageTimes(page(2, 4)), stageTimes(page(2.5, 9)));
    expect(means.get('stage redact')).toBeCloseTo(100);
    expect(means.has('barrier before_model')).toBe(false);
  });
});

describe('the page', () => {
  const row = { part: 'p', variant: 'v', metric: 'm', unit: 'ms', value: 2, runs: [3, 2, 1] } as const;

  test('a row shows its median and its range', () => {
    expect(tables([row])).toContain('| v | m | 2 | ms | 3 | 1 – 3 |');
  });

  test('only what stands between the marks is replaced', () => {
    const before = 'a\n<!-- bench -->\nold\n<!-- /bench -->\nb\n';
    expect(intoPage(before, 'new')).toBe('a\n<!-- bench -->\nnew\n<!-- /bench -->\nb\n');
    expect(() => intoPage('no marks', 'new')).toThrow('<!-- bench -->');
  });
});
