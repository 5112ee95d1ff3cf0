import { describe, expect, test } from '@jest/globals';
import { passagesOf } from '../../../src/retrieval/notes.ts';
import { rankPassages } from '../../../src/retrieval/rank-passages.ts';
import fc from '../../fixtures/properties.ts';

const filler = [
  'Vital signs were stable overnight and the patient slept well.',
  'Diet was advanced as tolerated and the patient walked in the corridor.',
  'Family meeting held, questions answered, plan agreed upon.',
  'Wound dressing changed, no drainage, edges clean.',
];
const answers = [
  ['Why was the lisinopril stopped?', 'Lisinopril was stopped because of a persistent dry cough.'],
  ['What did the chest CT show?', 'CT of the chest shows a 6 mm nodule in the right upper lobe.'],
  ['Is there a follow-up for the colonoscopy?', 'Colonoscopy removed two polyps; repeat in three years.'],
  ['How much does she smoke?', 'Smokes half a pack daily and wants to quit smoking.'],
  ['Was physical therapy ordered?', 'Referral to physical therapy for the left knee, twice weekly.'],
] as const;

const documents = (facts: readonly string[]) =>
  facts.map((fact, n) => passagesOf([...filler, fact, ...filler.slice(0, n % 4)].join('\n\n'), () => []));
const budget = { budget: 400, documents: 3 };
const flat = (chosen: ReturnType<typeof rankPassages>): string =>
  chosen
    .flat()
    .map(({ text }) => text)
    .join('\n');

describe('ranked passages', () => {
  test.each(answers)('%s', (question, fact) => {
    const chosen = rankPassages(question, documents(answers.map(([, one]) => one)), budget);
    expect(flat(chosen)).toContain(fact);
  });

  test('stay within the budget and the documents, in the order of the text', () => {
    const all = documents(answers.map(([, one]) => one));
    const chosen = rankPassages('patient wound vital signs family diet', all, { budget: 300, documents: 2 });
    expect(flat(chosen).length).toBeLessThanOrEqual(310);
    expect(chosen.filter((passages) => passages.length > 0).length).toBeLessThanOrEqual(2);
    for (const passages of chosen)
      expect(passages.map(({ start }) => start)).toEqual(
        passages.map(({ start }) => start).toSorted((a, b) => a - b),
      );
  });

  test.each([
    ['before', (pasted: string) => `Why was the lisinopril stopped? ${pasted}`],
    ['after', (pasted: string) => `${pasted} Why was the lisinopril stopped?`],
  ])(
    'a question %s a megabyte that was pasted finds its passage, in time that does not grow with it',
    (_where, of) => {
      const all = documents(answers.map(([, one]) => one));
      const pasted = Array.from({ length: 150_000 }, (_, n) => `w${(n * 7919) % 99_991}`).join(' ');
      const before = process.cpuUsage().user;
      expect(flat(rankPassages(of(pasted), all, budget))).toContain('persistent dry cough');
      // All of its words together would take tens of seconds.
      expect(process.cpuUsage().user - before).toBeLessThan(2_000_000);
    },
  );

  test('a question whose words stand nowhere takes the beginning of the newest', () => {
    const chosen = rankPassages('zzzz qqqq', documents(['one fact']), { budget: 150, documents: 1 });
    expect(flat(chosen)).toContain('Vital signs were stable');
  });

  test('what was not handed in is never chosen, whatever is asked', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.integer({ min: 0, max: 5000 }), (question, room) => {
        const permitted = documents(answers.map(([, one]) => one));
        const texts = new Set(permitted.flat().map(({ text }) => text));
        const chosen = rankPassages(question, permitted, { budget: room, documents: 2 }).flat();
        expect(chosen.every(({ text }) => texts.has(text))).toBe(true);
        expect(chosen.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(room);
      }),
      { numRuns: 60 },
    );
  });

  test('hostile questions cost no more than their length', () => {
    const permitted = documents(answers.map(([, one]) => one));
    const question = 'lisinopril '.repeat(20_000);
    expect(flat(rankPassages(question, permitted, budget))).toContain('dry cough');
  });
});
