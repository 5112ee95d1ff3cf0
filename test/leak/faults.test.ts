import { expect, it } from '@jest/globals';
import { runFaultLeakTest } from './fault-run.ts';

it('with every fault and a model at its worst, nothing of anybody leaks', async () => {
  const { hits, report } = await runFaultLeakTest({ patients: [0, 1], everyHabit: false });
  expect(hits).toEqual([]);
  // A run in which the model was never heard has shown nothing.
  expect(report.answered).toBeGreaterThan(5);
}, 400_000);
