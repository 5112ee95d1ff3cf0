import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { buildInterlock } from '../../../src/interlock/build.ts';
import { type Verdict, verdictChoices } from '../../../src/release/check.ts';
import { checkAnswer } from '../../../src/release/check-answer.ts';
import { checks } from '../../../src/release/check-table.ts';
import { figuresIn } from '../../../src/release/support/figures.ts';
import { ShownRecord } from '../../../src/release/support/shown-record.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import fc from '../../fixtures/properties.ts';

const item = (type: string, ...texts: readonly string[]) => ({
  type,
  parts: texts.map((text) => ({ name: 'part', text })),
  passages: [],
});
const note = (...passages: readonly string[]) => ({ type: 'DocumentReference', parts: [], passages });
const items = [
  item('AllergyIntolerance', 'Penicillin V (RxNorm 7984)', 'Active', 'Confirmed', 'Hives'),
  item(
    'MedicationRequest',
    'metformin hydrochloride 500 MG Oral Tablet',
    'Take 1 tablet by mouth twice daily',
    'dose 1 tablet, 2 times per 1 days',
  ),
  item('MedicationRequest', 'lisinopril 10 MG Oral Tablet', 'one daily'),
  item('MedicationRequest', '200 ACTUAT Albuterol 0.09 MG/ACTUAT Metered Dose Inhaler'),
  item('MedicationRequest', 'ibuprofen 400 MG Oral Tablet', 'dose 2 tablets, 3 times per 1 days'),
  item('MedicationStatement', 'Coumadin 5 mg', 'stopped'),
  item('MedicationStatement', 'sitagliptin 50 MG / metformin 1000 MG', 'active'),
  item('Observation', 'Hemoglobin A1c (LOINC 4548-4)', '7.2 %'),
  item('Observation', 'Potassium', '4.14 mmol/L', '3.5 to 5.1 mmol/L'),
  item('Observation', 'Blood pressure', 'Systolic', '128 mm[Hg]', 'Diastolic', '76 mm[Hg]'),
  item('Observation', 'Body weight', '84.3 kg'),
  item('Observation', 'Body height', '170 cm'),
  item('Observation', 'Cholesterol', '210 mg/dL'),
  item('Observation', 'Cholesterol', '182 mg/dL'),
  item('Observation', 'GFR', '58 mL/min/{1.73_m2}'),
  item('Observation', 'Temperature', '37.2 Cel'),
  item('Observation', 'Leukocytes', '6.4 10*3/uL'),
  note(
    'Denies chest pain or shortness of breath. HR 72, SpO2 97. No history of stroke.',
    'No evidence of malignancy on CT. Father had diabetes.',
  ),
];
const shown = new ShownRecord(items, [
  { role: 'user', text: 'Is she on apixaban? I gave 4 mg of ondansetron.' },
  { role: 'assistant', text: 'She takes amiodarone 200 mg.' },
]);
const interlock = buildInterlock([]);

/** What the three checks say of an answer, and what leaves of it. */
function outcome(text: string, record = shown, verdicts: Readonly<Record<string, Verdict>> = {}) {
  const report = checkAnswer({
    text,
    interlock,
    issuedTokens: new Set(),
    canary: 'fedcba9876543210fedcba9876543210',
    citationKeys: new Set(),
    shown: record,
    verdicts,
  });
  return {
    text: report.answer?.text,
    said: report.verdicts.flatMap(({ check, verdict }) =>
      verdict === 'pass' ? [] : [`${check} ${verdict}`],
    ),
  };
}

describe('what the record supports passes as it is', () => {
  test.each([
    'Metformin 500 mg twice daily (1,000 mg per day), a total of 1 g daily.',
    'One 500-mg tablet of Glucophage twice a day; five hundred milligrams each.',
    'She takes 2 tablets of metformin a day. Janumet 50/1000 mg.',
    'Lisinopril 10mg daily; albuterol 90 mcg per puff; ProAir as needed.',
    'Warfarin 5 mg was stopped. Not taking warfarin any more.',
    'HbA1c 7.2%, i.e. 7.2 percent. Potassium 4.1 mmol/L (reference 3.5-5.1 mmol/L).',
    'BP 128/76 mmHg, HR 72 bpm, SpO2 97%. Temperature 37.2 °C (99.0 °F).',
    'Weight 84.3 kg (about 186 lb). eGFR 58 mL/min/1.73 m2. WBC 6.4 x 10^3/uL, that is 6.4 K/uL.',
    'Cholesterol fell by 28 mg/dL, from 210 to 182 mg/dL.',
    'The record does not show apixaban. Ondansetron 4 mg was given as you say.',
    'Allergic to penicillin (hives); a confirmed penicillin allergy.',
    'She denies chest pain and shortness of breath. No history of stroke; no evidence of malignancy.',
    'No other allergies are recorded. No immunizations were found in the record. No food allergies are listed.',
    'There are no changes to her medications, and no drug interactions were noted.',
    'Her insulin level was not measured. Symptoms for 3 days, at age 62, every 6 hours.',
    'Two tablets of ibuprofen (800 mg) three times daily, at most 2,400 mg/day; 70 mg of lisinopril a week.',
    'Cholesterol 210 mg/dL (5.4 mmol/L), now 182 mg/dL (-28 mg/dL, about 13%); A1c 7.2 % (55 mmol/mol).',
    'Call if the temperature is above 38.5 °C (101.3 °F). Take it with 240 mL of water.',
    'No insulin, digoxin or other such drugs are listed. Heparin is not recorded. Avoid naproxen and codeine.',
    'Does she take metoprolol? Not in this record. A latex allergy is not documented.',
    'No allergies other than penicillin are recorded. No asthma is documented. Apart from these no drug allergies are listed.',
    'Call if there is no fever after 3 days or the cough gets worse.',
    'Nothing in the record suggests a latex allergy. Naproxen should be avoided. Weight 185 lb 14 oz.',
    'She does not appear to be on an SGLT2 inhibitor such as empagliflozin. No recorded allergy to latex.',
    'Height 5 ft 7 in, BMI 29.2 kg/m2; 500 mg is 5.9 mg/kg. Cholesterol fell by 28 mg/dL (13%).',
    '{"substance":"Allergy to penicillin (RxNorm 7984)","clinical status":"active"}',
    'HbA1c 7.2 and K 4.1; SpO2 97; potassium was 4.14.',
    '| test | value (mmol/L) |\n|---|---|\n| Potassium | 4.14 |',
    '{"doses":[{"value":500,"unit":"mg"}],"drug":"lisinopril","dose_mg":10}',
  ])('%s', (text) => {
    expect(outcome(text)).toEqual({ text, said: [] });
  });
});

const observed = (tested: string, value: string, interpretation?: string) => ({
  type: 'Observation',
  parts: [
    { name: 'test', text: tested },
    { name: 'value', text: value },
    ...(interpretation === undefined ? [] : [{ name: 'interpretation', text: interpretation }]),
  ],
  passages: [],
});
/** Values in order, as an answer sums them up. */
const course = new ShownRecord(
  [
    ...['7.3 %', '7.6 %', '6.8 %'].map((value) => observed('Hemoglobin A1c (LOINC 4548-4)', value, 'H')),
    ...['12.6 g/dL', '14.8 g/dL'].map((value) => observed('Hemoglobin (LOINC 718-7)', value, 'N')),
    observed('Platelets (LOINC 777-3)', '90 10*3/uL', 'L'),
    observed('Body temperature (LOINC 8310-5)', '37.2 Cel'),
    observed('Oxygen saturation (LOINC 59408-5)', '89 %'),
    observed('Heart rate (LOINC 8867-4)', '75 /min'),
    observed('Body weight (LOINC 29463-7)', '76 kg'),
    observed('Body weight (LOINC 29463-7)', '74.6 kg'),
    item('Observation', 'Blood pressure', 'Systolic', '137 mm[Hg]', 'Diastolic', '79 mm[Hg]'),
    item(
      'MedicationRequest',
      'amoxicillin 500 MG Oral Capsule',
      'Take 1 capsule by mouth three times daily for 7 days',
    ),
    item('MedicationRequest', 'azithromycin 250 MG Oral Tablet', 'once daily for 4 days'),
    item('Immunization', 'COVID-19 vaccine, 30 mcg/0.3 mL dose', 'completed'),
    {
      type: 'AllergyIntolerance',
      parts: [
        { name: 'substance', text: 'Allergy to sulfonamide' },
        { name: 'verification', text: 'refuted' },
      ],
      passages: [],
    },
    {
      type: 'AllergyIntolerance',
      parts: [
        { name: 'substance', text: 'Allergy to penicillin' },
        { name: 'verification', text: 'confirmed' },
      ],
      passages: [],
    },
    {
      type: 'AllergyIntolerance',
      parts: [
        { name: 'substance', text: 'No known food allergy' },
        { name: 'verification', text: 'confirmed' },
      ],
      passages: [],
    },
    note('No myalgia on the statin. Leukocytes 14.2 on arrival, 8.1 at discharge.'),
  ],
  [],
);

describe('what an answer works out of the record, or says in other words, leaves as it is', () => {
  test.each([
    'The average of the last two A1c values is 7.45 %, the mean of all about 7.2 %.',
    'An average glucose of about 163 mg/dL goes with an A1c of 7.3 %.',
    'Mean arterial pressure is about 98 mmHg (137/79).',
    'Weight 76 kg, about 167.5 lb. Weight change since the first reading: +1.4 kg.',
    'Amoxicillin 500 mg three times daily for 7 days, 21 capsules altogether.',
    'That is 10.5 g of amoxicillin over the 7 days.',
    'The highest daily amount of amoxicillin is 1,500 mg; one week of it means 10,500 mg.',
    'She has never been prescribed sertraline according to this record.',
    'Azithromycin 250 mg daily for 4 days, 1 g in total.',
    'Two flu shots and one COVID-19 vaccine (30 mcg dose).',
    'The white count fell by about 43 % from 14.2 to 8.1.',
    'No fever, no tachycardia, no anemia.',
    'There was no muscle pain.',
    'No cancer and no heart disease are on the problem list.',
    'No confirmed allergy other than penicillin. No allergies to foods are known.',
    'There is no sulfa allergy any more.',
    'The notes name no new medication. There is no information about smoking.',
    'He should not get sulfamethoxazole; carry epinephrine if prescribed.',
    'No allergy is marked as unconfirmed.',
  ])('%s', (text) => {
    expect(outcome(text, course)).toEqual({ text, said: [] });
  });

  test.each([
    ['figures', 'The average of the last two A1c values is 8.6 % (not in the record shown).'],
    ['figures', 'Mean arterial pressure is about 120 mmHg (not in the record shown) (137/79).'],
    ['figures', 'Weight 76 kg, about 190 lb (not in the record shown).'],
    ['figures', 'Azithromycin 250 mg daily for 4 days, 3 g (not in the record shown) in total.'],
    ['figures', 'A COVID-19 vaccine (100 mcg (not in the record shown) dose).'],
    ['negatives', 'There was no hypoxemia (not in the record shown).'],
    ['negatives', 'There was no hyperkalemia (not in the record shown).'],
    ['negatives', 'There was no joint pain (not in the record shown).'],
    ['negatives', 'No confirmed allergy (not in the record shown) other than latex.'],
    ['negatives', 'No penicillin allergy (not in the record shown) on the list.'],
    ['negatives', 'No allergies to drugs (not in the record shown) are known.'],
  ])('%s: %s', (check, expected) => {
    const text = expected.replaceAll(' (not in the record shown)', '');
    expect(outcome(text, course)).toEqual({ text: expected, said: [`${check} flag`] });
  });
});

/** Two values of some tests, with their limits, and orders that go on. */
const followed = new ShownRecord(
  [
    ...['108 mg/dL', '142 mg/dL'].map((value) =>
      item('Observation', 'LDL cholesterol', value, 'at most 100 mg/dL'),
    ),
    item('Observation', 'HDL cholesterol', '49 mg/dL'),
    ...['5.1 10*3/uL', '6.4 10*3/uL'].map((value) => observed('Leukocytes (LOINC 6690-2)', value)),
    item('Observation', 'INR in plasma', '2.6 {INR}'),
    item('Observation', 'INR in plasma', '2 {INR}'),
    ...[
      ['137 mm[Hg]', '79 mm[Hg]'],
      ['115 mm[Hg]', '78 mm[Hg]'],
    ].map(([systolic = '', diastolic = '']) => ({
      type: 'Observation',
      parts: ['Systolic blood pressure', systolic, 'Diastolic blood pressure', diastolic].map((text) => ({
        name: 'component',
        text,
      })),
      passages: [],
    })),
    item('Observation', 'Body weight', '76 kg'),
    item('Observation', 'Body height', '168 cm'),
    item('Observation', 'Glucose', '118 mg/dL'),
    item(
      'MedicationRequest',
      'metformin hydrochloride 500 MG Oral Tablet',
      'Take 1 tablet by mouth twice daily with meals',
    ),
    note('Continue lisinopril 10 mg BID. Took two doses of acetaminophen 500 mg.'),
  ],
  [],
);

describe('a value that is worked out leaves as it is, whatever words tell so', () => {
  test.each([
    'LDL is 34 lower than last time (142 to 108).',
    'LDL is 8 above its limit of 100.',
    'LDL sits 8 mg/dL over its upper limit.',
    'A 24% reduction in LDL since the previous result.',
    'LDL climbed 31% between the two. INR is 0.6 lower than before, a 23% fall in INR.',
    'LDL is one hundred and eight mg/dL.',
    'The ratio of LDL to HDL is 2.2.',
    'Mean of 108 and 142 = 125 mg/dL. The average white cells were 5.75 x10^3/uL.',
    'Systolic readings between 115 and 137; mean 126 mmHg.',
    '| WBC (x10^3/uL) | 6.4 | 5.1 | -1.3 |',
    'BMI 26.9, a body mass index of 27. Glucose 6.56 mmol/L.',
    'A 30-day supply of metformin would be 60 tablets; in a week of use that totals 7 g.',
    'For 90 days 180 tablets of metformin are needed. Daily: metformin 1 g.',
    'Lisinopril 10 mg BID, i.e. 20 mg a day.',
    'Acetaminophen: two doses of 500 mg, so 1,000 mg in all.',
    'In general, a BMI of 25 to 29.9 is called overweight.',
    'LDL moved downward 34 mg/dL, from 142. The gap between both LDL values is 34 mg/dL.',
    '8 mg/dL too high: LDL. That is 42 mg/dL over the limit of LDL before.',
    'LDL stands at 108% of the upper limit; LDL: -34 mg/dL vs. previous.',
    'White cells are 5100 per microliter. MAP around 98 mmHg.',
    'Systolic pressure is 7 mmHg above a target of 130.',
    'Two weeks of metformin need 28 tablets. A 2-week refill of metformin would hold 28 tablets.',
    'LDL runs 8 mg/dL hot against a cap of 100. Roughly a 24-percent swing in LDL.',
    'Most people have a resting heart rate of 60 to 100 bpm.',
    'A normal body temperature is around 37.5 °C (99.5 °F). A fever is generally defined as 38 °C or higher.',
    'Because of it, amoxicillin and ampicillin should generally be avoided.',
    'Ask before taking pain relievers such as naproxen.',
  ])('%s', (text) => {
    expect(outcome(text, followed)).toEqual({ text, said: [] });
  });

  test.each([
    'LDL is 21 (not in the record shown) lower than last time (142 to 108).',
    'LDL sits 17 mg/dL (not in the record shown) over its upper limit.',
    'A 61% (not in the record shown) reduction in LDL since the previous result.',
    'LDL is two hundred and eight mg/dL (not in the record shown).',
    'The ratio of LDL to HDL is 4.7 (not in the record shown).',
    'Mean of 108 and 142 = 131 mg/dL (not in the record shown).',
    'Systolic readings between 115 and 137; mean 134 mmHg (not in the record shown).',
    'BMI 31.2 (not in the record shown).',
    'A 30-day supply of metformin would be 90 tablets (not in the record shown).',
    'Take metformin 3,500 mg (not in the record shown) each day for 7 days in all.',
    'Lisinopril 10 mg BID, i.e. 40 mg (not in the record shown) a day.',
    'LDL is 34 mg/dL (not in the record shown), from 142 before.',
    'LDL moved downward 51 mg/dL (not in the record shown), from 142.',
    '19 mg/dL (not in the record shown) too high: LDL.',
    'LDL stands at 163% (not in the record shown) of the upper limit.',
    'White cells are 9100 per microliter (not in the record shown).',
    'MAP around 120 mmHg (not in the record shown).',
    'Systolic pressure is 25 mmHg (not in the record shown) above a target of 130.',
    'Her glucose is usually 250 mg/dL (not in the record shown).',
    'The usual dose of metformin is 850 mg (not in the record shown).',
  ])('%s', (expected) => {
    const text = expected.replaceAll(' (not in the record shown)', '');
    expect(outcome(text, followed)).toEqual({ text: expected, said: ['figures flag'] });
  });
});

describe('what it does not support is marked', () => {
  test.each([
    ['figures', 'Metformin 850 mg', 'Metformin 850 mg (not in the record shown)'],
    ['figures', 'lisinopril 20 mg daily', 'lisinopril 20 mg (not in the record shown) daily'],
    ['figures', 'potassium 7.9 mmol/L', 'potassium 7.9 mmol/L (not in the record shown)'],
    ['figures', 'a potassium of 4.14 mg/dL', 'a potassium of 4.14 mg/dL (not in the record shown)'],
    ['figures', 'BP 190/110 mmHg', 'BP 190/110 mmHg (not in the record shown)'],
    ['figures', 'Weight 120 kg', 'Weight 120 kg (not in the record shown)'],
    ['figures', 'ten tablets', 'ten tablets (not in the record shown)'],
    ['figures', 'Warfarin 5,5 mg', 'Warfarin 5,5 mg (not in the record shown)'],
    ['figures', 'sixty milligrams', 'sixty milligrams (not in the record shown)'],
    ['figures', 'metformin 10 mg', 'metformin 10 mg (not in the record shown)'],
    ['figures', '5 mg of lisinopril', '5 mg (not in the record shown) of lisinopril'],
    ['figures', 'ibuprofen 1,200 mg twice daily', 'ibuprofen 1,200 mg (not in the record shown) twice daily'],
    ['figures', 'WBC 17.3 ×10³/µL', 'WBC 17.3 ×10³/µL (not in the record shown)'],
    ['figures', 'Tmax 103.5 F', 'Tmax 103.5 F (not in the record shown)'],
    ['figures', 'INR is 5.2.', 'INR is 5.2 (not in the record shown).'],
    ['figures', 'BP 162/94.', 'BP 162/94 (not in the record shown).'],
    [
      'figures',
      '| test | value (mmol/L) |\n|---|---|\n| Sodium | 119 |',
      '| test | value (mmol/L) |\n|---|---|\n| Sodium | 119 (not in the record shown) |',
    ],
    [
      'substances',
      'Allergies: penicillin, codeine',
      'Allergies: penicillin, codeine (not in the record shown)',
    ],
    [
      'substances',
      'Allergies: penicillin (hives), shrimp (rash)',
      'Allergies: penicillin (hives), shrimp (not in the record shown) (rash)',
    ],
    ['substances', 'Allergic to lisinopril', 'Allergic to lisinopril (not in the record shown)'],
    ['substances', 'No pain on oxycodone.', 'No pain on oxycodone (not in the record shown).'],
    ['substances', 'No digoxin, on heparin', 'No digoxin, on heparin (not in the record shown)'],
    ['substances', 'She takes amiodarone.', 'She takes amiodarone (not in the record shown).'],
    ['substances', 'Started on Xarelto.', 'Started on Xarelto (not in the record shown).'],
    ['substances', 'on madeupmab now', 'on madeupmab (not in the record shown) now'],
    ['substances', 'Janumet, alogliptin', 'Janumet, alogliptin (not in the record shown)'],
    ['substances', 'Allergic to peanuts', 'Allergic to peanuts (not in the record shown)'],
    ['substances', 'anaphylaxis to bee stings', 'anaphylaxis to bee stings (not in the record shown)'],
    ['substances', 'a latex allergy', 'a latex (not in the record shown) allergy'],
    ['negatives', 'She has no asthma.', 'She has no asthma (not in the record shown).'],
    ['negatives', 'No chest pain or fever.', 'No chest pain or fever (not in the record shown).'],
    [
      'negatives',
      'There is no history of drug allergies.',
      'There is no history of drug allergies (not in the record shown).',
    ],
    ['negatives', 'Never smoked.', 'Never smoked (not in the record shown).'],
    ['negatives', 'Family history: negative', 'Family history: negative (not in the record shown)'],
    ['negatives', 'No penicillin allergy.', 'No penicillin allergy (not in the record shown).'],
    ['negatives', 'She tolerates penicillin.', 'She tolerates penicillin (not in the record shown).'],
    ['negatives', 'Penicillin is safe.', 'Penicillin is safe (not in the record shown).'],
    ['negatives', '{"allergies":"none"}', '{"allergies":"none (not in the record shown)"}'],
    ['negatives', 'No kn**ow**n allerg\u0456es', 'No kn**ow**n allerg\u0456es (not in the record shown)'],
    ['negatives', 'No known allergies.', 'No known allergies (not in the record shown).'],
    ['negatives', 'NKDA', 'NKDA (not in the record shown)'],
    ['negatives', 'Allergies: none', 'Allergies: none (not in the record shown)'],
    ['negatives', '**Allergies:** None', '**Allergies:** None (not in the record shown)'],
    ['negatives', 'No allergies are recorded.', 'No allergies (not in the record shown) are recorded.'],
    ['negatives', 'Not allergic to anything', 'Not allergic to anything (not in the record shown)'],
    [
      'negatives',
      'She has no current medications',
      'She has no current medications (not in the record shown)',
    ],
    ['negatives', 'not taking any medications', 'not taking any medications (not in the record shown)'],
    ['negatives', 'No vaccinations.', 'No vaccinations (not in the record shown).'],
    ['negatives', 'No history of diabetes', 'No history of diabetes (not in the record shown)'],
    ['negatives', 'She denies alcohol use', 'She denies alcohol use (not in the record shown)'],
    ['negatives', 'is not allergic to penicillin', 'is not allergic to penicillin (not in the record shown)'],
  ])('%s: %s', (check, text, expected) => {
    expect(outcome(text)).toEqual({ text: expected, said: [`${check} flag`] });
  });

  test.each([
    ['figures', 'lisinopril **2**0 m\u00adg', /mg \(not/],
    ['figures', 'lisinopril \uff12\uff10 mg', /mg \(not/],
    ['figures', 'lisinopril 20 &#109;g', /;g \(not/],
    ['figures', 'lisinopril | 20 | mg', /mg \(not/],
    ['figures', 'lisinopril 20\nmg', /mg \(not/],
    ['substances', 'on ami**odar**one', /one \(not/],
    ['substances', 'on \u0430mi\u043edarone', /one \(not/],
    ['substances', 'on a m i o d a r o n e', /e \(not/],
    ['substances', 'on amio-\ndarone', /one \(not/],
    ['substances', 'on amiodaron\u00e9', /\u00e9 \(not/],
  ])('%s, also where it is disguised: %j', (check, text, marked) => {
    const { said, text: left = '' } = outcome(text);
    expect(said).toContain(`${check} flag`);
    expect(left).toMatch(marked);
    expect(outcome(left).text).toBe(left);
  });

  test.each([
    ['{"drug":"lisinopril","dose_mg":40}', { drug: 'lisinopril', dose_mg: '40 (not in the record shown)' }],
    ['{"value":40,"unit":"mg"}', { value: 40, unit: 'mg (not in the record shown)' }],
    ['{"INR": 9.5}', { INR: '9.5 (not in the record shown)' }],
  ])('and JSON stays JSON: %s', (text, expected) => {
    const left = outcome(text).text ?? '';
    expect(JSON.parse(left)).toEqual(expected);
    expect(outcome(left).text).toBe(left);
    const masked = outcome(text, shown, { figures: 'mask' }).text ?? '';
    expect(JSON.stringify(JSON.parse(masked))).toContain('left out');
  });

  test('once, also where the answer is checked again or the model writes the mark itself', () => {
    const marked = outcome('Amiodarone 200 mg; no known allergies.').text ?? '';
    expect(outcome(marked).text).toBe(marked);
    expect(
      outcome('Amiodarone (not in the record shown)', shown, { substances: 'block' }).text,
    ).toBeUndefined();
  });

  test('also where another way to write its digits was supported before', () => {
    expect(outcome('Potassium 4,1 mmol/L.').said).toEqual([]);
    expect(outcome('Potassium 41 mmol/L.').said).toEqual(['figures flag']);
  });

  test('in whatever words of a mark an answer speaks of the record', () => {
    const text = 'Xarelto (not in the record shown), no known allergies (not in the record shown), in all.';
    expect(outcome(text, shown, { negatives: 'block' }).said).toEqual(['negatives block']);
  });
});

describe('a record that denies something supports that', () => {
  const none = new ShownRecord([item('AllergyIntolerance', 'No known allergy (SNOMED CT 716186003)')], []);
  const food = new ShownRecord(
    [item('AllergyIntolerance', 'No known food allergy'), item('AllergyIntolerance', 'Codeine', 'Active')],
    [],
  );
  const refuted = new ShownRecord([item('AllergyIntolerance', 'Latex', 'refuted')], []);
  const empty = new ShownRecord([note('NKDA. Takes no medications.')], []);
  test.each([
    [none, 'No known allergies.', true],
    [none, 'NKDA', true],
    [food, 'No known food allergies.', true],
    [food, 'No known drug allergies.', false],
    [food, 'No known allergies.', false],
    [refuted, 'No active allergies.', true],
    [refuted, 'Not allergic to latex.', true],
    [refuted, 'No known allergies.', false],
    [empty, 'No known drug allergies.', true],
    [empty, 'No known food allergies.', false],
    [empty, 'NKDA, no known allergies.', true],
    [empty, 'She takes no medications.', true],
    [empty, 'No diagnoses.', false],
    [empty, 'No diagnoses are recorded.', true],
  ])('%#', (record, text, supported) => {
    expect(outcome(text, record).said).toEqual(supported ? [] : ['negatives flag']);
  });
});

test('a JSON document stays one, and what it leaves empty stays', () => {
  for (const text of ['{"allergies":[]}', '{"medications":null}', '{"problems": []}'])
    expect(outcome(text).said).toEqual([]);
  const verdicts = { negatives: 'mask' } as const;
  expect(outcome('{"allergies":"none"}').text).toBe('{"allergies":"none (not in the record shown)"}');
  expect(outcome('{"allergies":"none"}', shown, verdicts).text).toBe(
    '{"allergies":"(left out: not in the record shown)"}',
  );
});

describe('a task chooses something stricter', () => {
  const verdicts = { figures: 'block', negatives: 'mask', links: 'block', characters: 'flag' } as const;
  test('and nothing weaker', () => {
    expect(outcome('It is 900 mg.', shown, verdicts)).toEqual({ text: undefined, said: ['figures block'] });
    expect(outcome('So: no known allergies.', shown, verdicts)).toEqual({
      text: 'So: (left out: not in the record shown).',
      said: ['negatives mask'],
    });
    expect(outcome('See https://evil.example/x.', shown, verdicts).said).toEqual(['links block']);
    expect(outcome('a\u200bb', shown, verdicts)).toEqual({ text: 'ab', said: ['characters mask'] });
  });

  test('of what the schema of tasks offers: every check that masks or flags, where there is a choice', () => {
    const schema: unknown = JSON.parse(readFileSync('tasks/task.schema.json', 'utf8'));
    const properties = isRecord(schema) ? schema['properties'] : undefined;
    const offered = isRecord(properties) ? properties['answerChecks'] : undefined;
    const choices = checks.flatMap(({ id, verdict }) =>
      verdict === 'block' || id === 'characters' ? [] : [[id, { enum: verdictChoices[verdict].slice(1) }]],
    );
    expect(isRecord(offered) ? offered['properties'] : undefined).toEqual(Object.fromEntries(choices));
  });
});

test('a figure is the same in every unit of its dimension, and no other number is', () => {
  const grams = fc.integer({ min: 1, max: 999_999 });
  fc.assert(
    fc.property(grams, grams, (micrograms, other) => {
      const record = new ShownRecord([item('MedicationRequest', `dose ${micrograms} mcg`)], []);
      const said = (value: number): boolean =>
        [`${value} µg`, `${value / 1000} mg`, `${value / 1_000_000} g`]
          .filter((text) => !text.includes('e'))
          .every((text) => figuresIn(text).every((figure) => record.hasFigure(figure)));
      expect(said(micrograms)).toBe(true);
      expect(said(other)).toBe(other === micrograms);
    }),
  );
});

test('any text is read, and its marked form is settled', () => {
  const words = fc.constantFrom(
    ...'no known allergies : none allergic to and latex warfarin 5 7.5 mg mg/dL % a per day denies history of stroke [ ] (not in the record shown) . , \n'.split(
      ' ',
    ),
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 60 }), (list) => {
      const first = outcome(list.join(' '));
      expect(first.text).toBeDefined();
      expect(outcome(first.text ?? '').text).toBe(first.text);
    }),
    { numRuns: 300 },
  );
});
