import { describe, expect, it } from '@jest/globals';
import { leftOut, type WholeItem } from '../../../src/release/left-out.ts';
import { nameWords } from '../../../src/release/name-words.ts';
import fc from '../../fixtures/properties.ts';

const item = (key: string, name: string, doses = '', kind = 'ordered drug'): WholeItem => ({
  key,
  kind,
  name,
  doses,
  line: `[${key}] ${kind} | drug: ${name}${doses === '' ? '' : ` | dosage: ${doses}`}`,
});
const keys = (text: string, items: readonly WholeItem[], document = false): readonly string[] =>
  leftOut(text, items, document).map(({ key }) => key);

const metoprolol = item('M1', 'Metoprolol succinate 25 MG Extended Release Oral Tablet (RxNorm 866427)');
const penicillin = item('A1', 'Allergy to penicillin (SNOMED CT 91936005)');
const diabetes = item('C1', 'Type 2 diabetes mellitus without complication (disorder)');

describe('the words that name an item', () => {
  it.each([
    ['Metoprolol succinate 25 MG Extended Release Oral Tablet (RxNorm 866427)', ['metoprolol']],
    ['24 HR Metformin hydrochloride 500 MG/5 ML Oral Solution', ['metformin']],
    ['Potassium chloride 20 MEQ tablets', ['potassium', 'chlorid']],
    ['hydrocortisone 1 % cream', ['hydrocortison']],
    ['Insulin 70/30', ['insulin', '70', '30']],
    ['Amoxicillin 500 MG / Clavulanate 125 MG Oral Tablet', ['amoxicillin', 'clavulanat']],
    ['Allergy to peanuts (finding)', ['peanut']],
    ['No known allergy', ['no', 'known', 'allergi']],
    ['Allergy', ['allergi']],
    ['500 MG tablet', []],
    ['', []],
  ])('%s', (name, words) => {
    expect([...nameWords(name)]).toEqual(words);
  });
});

describe('an item is told', () => {
  it.each([
    ['by its name, whatever case, salt, form and strength', 'METOPROLOL tartrate, 50mg daily', metoprolol],
    ['in bold, in a cell or in a sentence', 'She takes | **metoprolol** | daily.', metoprolol],
    ['by its allergen in the singular or plural', 'Penicillins: hives', penicillin],
    ['in full and in another order', 'Diabetes mellitus, type 2, without complications', diabetes],
    [
      'by half of its words where they stand close together in the line that cites it',
      '- Type 2 diabetes [C1]',
      diabetes,
    ],
    ['in a sentence that denies it: what is said of it is not judged', 'There is no metoprolol.', metoprolol],
    [
      'in a document, in the object that cites it',
      '{"a":[{"name":"type 2 diabetes","from":"[C1]"}]}',
      diabetes,
    ],
  ])('%s', (_how, text, one) => {
    expect(keys(text, [one], text.startsWith('{'))).toEqual([]);
  });

  it.each([
    ['by its key alone', 'All is well [M1, A1, C1]. [M1]', metoprolol],
    ['by keys in a row', '[M1]\n[A1]\n[C1]', penicillin],
    ['by its form, salt or strength', 'succinate 25 MG extended release oral tablet [M1]', metoprolol],
    [
      'by words that stand apart',
      'The type of visit: 2. Diabetes was not asked. Mellitus? No complication.',
      diabetes,
    ],
    ['by half of its words where nothing cites it', 'type 2 diabetes', diabetes],
    ['by half of its words in another line than cites it', 'type 2 diabetes\n[C1]', diabetes],
    ['by a brand', 'Toprol XL [M1]', metoprolol],
    [
      'by the line that announces what was added',
      'Left out by the model, added from the record: 1 item(s).',
      metoprolol,
    ],
    ['behind the fence of code, which is not shown', '```metoprolol [M1]\n```', metoprolol],
    ['in a footnote that nothing names', '[^1]: metoprolol [M1]', metoprolol],
    ['by nothing', '', metoprolol],
    ['in another script', 'メトプロロール [M1]', metoprolol],
  ])('and not %s', (_how, text, one) => {
    expect(keys(text, [one])).toEqual([one.key]);
  });

  it('not by the words of two neighbours', () => {
    const failure = item('C2', 'Heart failure', '', 'problem');
    expect(keys('Heart rate 70, kidney failure', [failure])).toEqual(['C2']);
    expect(keys('Failure of the heart', [failure])).toEqual([]);
  });
});

describe('items that share a name', () => {
  const five = item('M1', 'Warfarin 5 MG Oral Tablet', '1 times per 1 days');
  const two = item('M2', 'Warfarin 2.5 MG Oral Tablet', '1 times per 1 days');

  it('are each told by a figure that the other does not have, beside the name', () => {
    expect(keys('Warfarin 5 mg daily', [five, two])).toEqual(['M2']);
    expect(keys('Warfarin', [five, two])).toEqual(['M1', 'M2']);
    expect(keys('Warfarin 5 mg; until spring warfarin 2.5 mg', [five, two])).toEqual([]);
    expect(
      keys('Warfarin. Her INR was asked for a week ago, and then again two days ago: 2.5', [five, two]),
    ).toEqual(['M1', 'M2']);
  });

  it('are each told by their key beside the name', () => {
    expect(keys('Warfarin, ordered twice [M1] [M2]', [five, two])).toEqual([]);
    expect(keys('Warfarin [M2]', [five, two])).toEqual(['M1']);
  });

  it('need the key where no figure tells them apart', () => {
    const dispensed = item('M3', 'Warfarin 5 MG Oral Tablet', '1 times per 1 days', 'dispensed drug');
    expect(keys('Warfarin 5 mg 1 times per 1 days', [five, dispensed])).toEqual(['M1', 'M3']);
    expect(keys('Warfarin 5 mg [M1, M3]', [five, dispensed])).toEqual([]);
  });

  it('do not tell a drug for the allergy to it, nor a name for a longer one', () => {
    const drug = item('M4', 'Penicillin V potassium 500 MG');
    expect(keys('Penicillin V 500 mg', [penicillin, drug])).toEqual(['A1']);
    const glargine = item('M5', 'Insulin glargine');
    const lispro = item('M6', 'Insulin lispro');
    expect(keys('insulin [M5] [M6]', [glargine, lispro])).toEqual(['M5', 'M6']);
    expect(keys('Insulin glargine [M5]', [glargine, lispro])).toEqual(['M6']);
  });
});

const words = [
  'warfarin',
  'metoprolol',
  'insulin',
  'lispro',
  'heart',
  'failure',
  'no',
  'known',
  'tablet',
  '5',
  'mg',
  'allergy',
];
const phrase = fc.array(fc.constantFrom(...words), { maxLength: 5 }).map((list) => list.join(' '));
const items = fc
  .array(fc.record({ name: phrase, doses: phrase }), { maxLength: 8 })
  .map((list) => list.map(({ doses, name }, n) => item(`M${n + 1}`, name, doses)));
const answer = fc
  .array(fc.oneof(phrase, fc.constantFrom('\n', '[M1]', '[M2, M3]', '. ', 'and')), { maxLength: 20 })
  .map((pieces) => pieces.join(' '));

describe('whatever a model writes', () => {
  it('every item is told or added, and what was added is not added again', () => {
    fc.assert(
      fc.property(items, answer, (all, text) => {
        const missing = leftOut(text, all);
        expect(all.filter((one) => missing.includes(one))).toEqual(missing);
        const whole = [text, ...missing.map(({ line }) => `- ${line}`)].join('\n');
        expect(leftOut(whole, all)).toEqual([]);
      }),
    );
  });

  it('keys without words add nothing to what is told', () => {
    fc.assert(
      fc.property(items, (all) => {
        expect(leftOut(all.map(({ key }) => `[${key}]`).join('\n'), all)).toEqual(all);
      }),
    );
  });

  it('takes time linear in the text', () => {
    const all = Array.from({ length: 400 }, (_, n) => item(`M${n + 1}`, `drug${n} acid`));
    const long = `${'acid rain of a drug '.repeat(5_000)}\n`;
    const began = performance.now();
    expect(leftOut(long, all)).toHaveLength(400);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
