import { beforeAll, describe, expect, test } from '@jest/globals';
import { allergens } from '../../../sandbox/patients/codes/allergens.ts';
import { drugs } from '../../../sandbox/patients/codes/drugs.ts';
import { labs } from '../../../sandbox/patients/codes/labs.ts';
import { problems } from '../../../sandbox/patients/codes/problems.ts';
import { vaccines } from '../../../sandbox/patients/codes/vaccines.ts';
import { vitals } from '../../../sandbox/patients/codes/vitals.ts';
import type { Redactor } from '../../../src/redaction/ports.ts';
import { generatedRecords } from './generated-records.ts';
import { spansIn } from './spans-in.ts';

const list = (text: string): string[] => text.trim().split(/\s*\n\s*|\s*;\s*/);

/** What must never be lost, by kind: the sandbox's vocabulary, and words and phrases of everyday charts. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  drugs: [
    ...Object.values(drugs).map(({ display }) => display),
    ...list(`Allegra; Ativan; Januvia; Jardiance; Levemir; Lantus; Novolog; Zyprexa; Abilify; Keppra; Eliquis; Xarelto
      Coumadin; Lasix; Norvasc; Lipitor; Crestor; Zocor; Plavix; Synthroid; Prilosec; Nexium; Tylenol; Advil; Motrin
      Zofran; Zoloft; Lexapro; Prozac; Wellbutrin; Seroquel; Lamictal; Depakote; Neurontin; Lyrica; Imitrex; Flonase
      Symbicort; Spiriva; Ventolin; Singulair; Humira; Enbrel; Remicade; Ozempic; Trulicity; Farxiga; Entresto
      magnesium oxide; potassium chloride; ferrous sulfate; folic acid; vitamin D3; calcium carbonate; lithium`),
  ],
  strengths: list(
    '500 mg; 0.5 mg; 10 mEq; 81 mg; 1,000 mg; 2.5 mg/5 mL; 100 units/mL; 25 mcg; 1 g; 40 mg/0.4 mL; 5 %; 1:1000',
  ),
  frequencies:
    list(`BID; TID; QID; q4h PRN; q 6 hours; once daily; twice a day; at bedtime; every other day; nightly
    three times a day with meals; as needed for pain; every 8 hours; weekly on an empty stomach`),
  values:
    list(`HbA1c 6.9 %; K 4.1 mmol/L; Na 138; creatinine 1.02 mg/dL; eGFR 71; INR 2.4; WBC 11.2; Hgb 9.8 g/dL
    platelets 150,000; troponin <0.01; BP 132/84; HR 72; SpO2 98 % on 2 L; T 38.4 C; pain 4/10; GCS 15; LVEF 55-60 %
    ESR 22 mm/h; TSH 2.31 mIU/L; LDL 70 mg/dL; weight 76.4 kg; BMI 27.3; strength 5/5; reflexes 2+; murmur 2/6`),
  labs: [...Object.values(labs), ...Object.values(vitals)].map(({ display }) => display),
  problems: Object.values(problems).map(({ display }) => display),
  prose: Object.values(problems).map(({ prose }) => prose),
  vaccines: Object.values(vaccines).map(({ display }) => display),
  allergens: [
    ...Object.values(allergens).map(({ display }) => display),
    ...list(
      'penicillin; sulfa; latex; peanut; shellfish; codeine; iodine contrast; bee venom; eggs; amoxicillin',
    ),
  ],
  reactions: list(
    'rash; hives; anaphylaxis; angioedema; nausea; throat swelling; itching; wheezing; GI upset; urticaria',
  ),
  negations:
    list(`no known drug allergies; denies chest pain; without fever; not taking; never smoked; negative for
    no evidence of; absent; rules out; NKDA; no longer on; does not drink; neither cough nor wheeze; may not drive`),
  relations:
    list(`mother; father; wife; husband; daughter; son; sister; brother; maternal aunt; paternal grandfather
    cousin; stepmother; partner; caregiver; neighbor`),
};

const frames: readonly ((term: string) => string)[] = [
  (term) => `Assessment: ${term}. Plan reviewed, continue.`,
  (term) => `She has ${term} and will return in 2 weeks.`,
  (term) => `1. ${term}\n2. Follow up as needed`,
  (term) => `PLAN:\n- ${term}\n- may repeat in 3 months`,
];

describe('clinical words stay, whoever the patient is', () => {
  let redactors: readonly Redactor[] = [];
  beforeAll(() => {
    redactors = generatedRecords(7).map(({ redactor }) => redactor);
  });

  test.each(Object.keys(kinds))('%s', (kind) => {
    const lost = new Set<string>();
    for (const term of kinds[kind] ?? [])
      for (const frame of frames)
        for (const redactor of redactors) {
          const text = frame(term);
          for (const { start, end, rule } of spansIn(redactor, text))
            lost.add(`${rule}: ${text.slice(start, end)} in ${text}`);
        }
    expect([...lost]).toEqual([]);
  });
});
