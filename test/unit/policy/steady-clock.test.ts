import { describe, expect, it } from '@jest/globals';
import { steadyClock } from '../../../src/vocabulary/time.ts';

describe('a clock that does not run back', () => {
  it('goes on at its own pace where the host is set back, so that nothing lasts longer', () => {
    let [host, elapsed] = [1_000_000, 50];
    const clock = steadyClock({ now: () => host }, () => elapsed);
    expect(clock.now()).toBe(1_000_000);
    host += 10_000;
    elapsed += 10_000;
    expect(clock.now()).toBe(1_010_000);
    host -= 8_000;
    expect(clock.now()).toBe(1_010_000);
    host += 5_000;
    elapsed += 5_000;
    expect(clock.now()).toBe(1_015_000);
    // The host catches up, and leads again.
    host += 20_000;
    expect(clock.now()).toBe(1_027_000);
  });

  it('begins no earlier than it has been already', () => {
    let elapsed = 0;
    const clock = steadyClock({ now: () => 500 }, () => elapsed, 9_000);
    expect(clock.now()).toBe(9_000);
    elapsed += 250;
    expect(clock.now()).toBe(9_250);
  });
});
