import { describe, expect, test } from '@jest/globals';
import { collectIdentity } from '../../src/retrieval/collect-identity.ts';
import { answered, isPresent, measure, median, sets } from './retrieval-sizes.ts';

/** Tasks whose searches may find nothing in a set of ten patients: few have allergies, or were in hospital, and none has appointments. */
const sparse = new Set(['allergies', 'discharge.summary', 'care.team', 'coverage.check', 'note.lookup']);

const absent = sets.filter((set) => !isPresent(set));
if (absent.length > 0) process.stdout.write(`skipped: ../shared/data/fhir has no ${absent.join(', ')}\n`);

describe.each(sets.filter(isPresent))('%s', (set) => {
  const long = 600_000;
  test(
    'every task stays small and shows no name, and finds something in the set',
    async () => {
      const named: string[] = [];
      const { tasks } = await measure(set, ({ items }, { task, patient, store }) => {
        const parts = items.flatMap((item) => item.parts);
        // Free text is the redactor's; what is coded or measured must hold no name by itself.
        const coded = parts.flatMap((part) => (part.type === 'text' ? [] : [part.text])).join('\n');
        const person = store.get('Patient', patient);
        const families = collectIdentity(person === undefined ? [] : [person]).flatMap(
          (value) => value.name?.family ?? [],
        );
        const words = new Set(coded.split(/[^\p{L}\p{N}-]+/u));
        for (const word of [...families, patient]) if (words.has(word)) named.push(`${task.name}: ${word}`);
      });
      expect(named).toEqual([]);
      for (const { task, patients } of tasks) {
        const found = answered(patients);
        const bytes = median(found.map(({ contextBytes }) => contextBytes));
        process.stdout.write(
          `${set} ${task.name}: ${found.length} of ${patients.length} patients, median ${bytes} bytes\n`,
        );
        expect(bytes).toBeLessThan(task.name === 'cholesterol.latest' ? 2_500 : 12_000);
        expect(found.length > 0 || (set !== 'generated' && sparse.has(task.name))).toBe(true);
      }
    },
    long,
  );
});
