import { expect, it } from '@jest/globals';
import { runLeakTest } from './leak-run.ts';

it('no identifier of any generated patient reaches model, log, trail or errors', async () => {
  expect(await runLeakTest('generated patients', {})).toEqual([]);
}, 900_000);
