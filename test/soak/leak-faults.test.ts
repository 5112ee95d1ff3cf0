import { expect, it } from '@jest/globals';
import { runFaultLeakTest } from '../leak/fault-run.ts';

const full = process.env['SOAK'] === 'full';

it('all generated patients with every fault and a model at its worst: nothing of anybody leaks', async () => {
  // The first one alone is asked about in test/leak.
  const { hits, report } = await runFaultLeakTest({
    patients: full ? [0, Infinity] : [1, 2],
    everyHabit: full,
  });
  expect(hits).toEqual([]);
  // Most lies of a record system are refused; a slow machine adds refusals by time.
  expect(report.answered).toBeGreaterThan(full ? 300 : 3);
}, 3_000_000);
