import { existsSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { runLeakTest } from '../leak/leak-run.ts';

const folder = '../shared/data/fhir';

for (const set of ['smart-generated-r4', 'spezi-mock-patients']) {
  const path = `${folder}/${set}`;
  const present = existsSync(path);
  if (!present) console.log(`skipped: ${path} is not here`);
  const whenPresent = present ? it : it.skip;
  whenPresent(
    `no identifier of any patient of ${set} reaches model, log, trail or errors`,
    async () => {
      expect(await runLeakTest(set, { patients: [path] })).toEqual([]);
    },
    900_000,
  );
}
