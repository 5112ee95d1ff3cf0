import { describe, expect, it } from '@jest/globals';
import { growthOf } from '../../soak/mixed-load/flatness.ts';

const series = (length: number, value: (at: number) => number) =>
  Array.from({ length }, (_, at) => ({ at, value: value(at) }));

describe('growth of a series', () => {
  it('finds a leak of one unit a step', () => {
    expect(growthOf(series(101, (at) => 1000 + at)).grown).toBeCloseTo(100);
  });

  it('finds a leak under a saw', () => {
    const { grown } = growthOf(series(100, (at) => 1000 + at + (at % 7) * 20));
    expect(grown).toBeGreaterThan(80);
    expect(grown).toBeLessThan(120);
  });

  it('is not moved by peaks', () => {
    const { grown, median } = growthOf(series(100, (at) => (at % 5 === 0 ? 9000 : 1000)));
    expect([grown, median]).toEqual([0, 1000]);
  });

  it('is not moved by a late peak, and sees one step in the middle', () => {
    expect(growthOf(series(100, (at) => (at > 90 ? 5000 : 1000))).share).toBeLessThan(0.01);
    expect(growthOf(series(100, (at) => (at >= 50 ? 2000 : 1000))).share).toBeGreaterThan(0.3);
  });

  it('says nothing of fewer than two points', () => {
    expect(growthOf([]).grown).toBe(0);
    expect(growthOf(series(1, () => 5))).toEqual({ median: 5, grown: 0, share: 0 });
  });
});
