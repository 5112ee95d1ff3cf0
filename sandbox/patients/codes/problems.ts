import type { DrugKey } from './drugs.ts';
import type { LabKey } from './labs.ts';

/** Sensitivity codes of v3-ActCode that the stories use. */
export type Sensitivity = 'HIV' | 'ETH' | 'PSY' | 'GDIS' | 'STD';

/** A problem with both its codes, what it brings into the record, and the sentence that a note gives to it. */
export interface Problem {
  readonly snomed: string;
  readonly display: string;
  readonly icd10: string;
  readonly icd10Display: string;
  readonly drugs: readonly DrugKey[];
  readonly labs: readonly LabKey[];
  /** Clinical prose without any identifier. */
  readonly prose: string;
  readonly label?: Sensitivity;
}

// biome-ignore format: a table
export const problems = {
  diabetes: { snomed: '44054006', display: 'Diabetes mellitus type 2', icd10: 'E11.9', icd10Display: 'Type 2 diabetes mellitus without complications', drugs: ['metformin'], labs: ['hba1c'], prose: 'Type 2 diabetes: fasting glucose may be drifting up; monofilament 10/10 both feet, continue metformin 500 mg BID.' },
  insulinDiabetes: { snomed: '44054006', display: 'Diabetes mellitus type 2', icd10: 'E11.65', icd10Display: 'Type 2 diabetes mellitus with hyperglycemia', drugs: ['metformin', 'glargine'], labs: ['hba1c'], prose: 'Type 2 diabetes on insulin glargine 18 units at bedtime; no hypoglycemia below 70 mg/dL.' },
  hypertension: { snomed: '59621000', display: 'Essential hypertension', icd10: 'I10', icd10Display: 'Essential (primary) hypertension', drugs: ['lisinopril'], labs: [], prose: 'Hypertension: BP 132/84 seated, 120/80 at home; lisinopril 10 mg daily, goal below 130/80.' },
  hyperlipidemia: { snomed: '55822004', display: 'Hyperlipidemia', icd10: 'E78.5', icd10Display: 'Hyperlipidemia, unspecified', drugs: ['atorvastatin'], labs: [], prose: 'Hyperlipidemia: on atorvastatin 20 mg nightly, Friedewald LDL above goal, no myalgia.' },
  hypothyroidism: { snomed: '40930008', display: 'Hypothyroidism', icd10: 'E03.9', icd10Display: 'Hypothyroidism, unspecified', drugs: ['levothyroxine'], labs: ['tsh'], prose: 'Hypothyroidism after Hashimoto thyroiditis: levothyroxine 50 mcg, TSH in range.' },
  kidneyDisease: { snomed: '433144002', display: 'Chronic kidney disease stage 3', icd10: 'N18.30', icd10Display: 'Chronic kidney disease, stage 3 unspecified', drugs: ['amlodipine'], labs: [], prose: 'CKD stage 3: eGFR stable, avoid NSAIDs, Foley catheter not needed.' },
  fibrillation: { snomed: '49436004', display: 'Atrial fibrillation', icd10: 'I48.91', icd10Display: 'Unspecified atrial fibrillation', drugs: ['warfarin'], labs: ['inr'], prose: 'Atrial fibrillation: rate controlled, INR goal 2.0-3.0, CHA2DS2-VASc 4.' },
  heartFailure: { snomed: '84114007', display: 'Heart failure', icd10: 'I50.9', icd10Display: 'Heart failure, unspecified', drugs: ['furosemide'], labs: [], prose: 'Heart failure: NYHA II, 1+ edema to the shins, furosemide 40 mg every morning, Swan-Ganz not indicated.' },
  asthma: { snomed: '195967001', display: 'Asthma', icd10: 'J45.909', icd10Display: 'Unspecified asthma, uncomplicated', drugs: ['albuterol'], labs: [], prose: 'Asthma: albuterol 2 puffs q4-6h PRN, about twice a week; spacer used well, peak flow 10/12 of best.' },
  arthritis: { snomed: '239873007', display: 'Osteoarthritis of knee', icd10: 'M17.9', icd10Display: 'Osteoarthritis of knee, unspecified', drugs: ['acetaminophen'], labs: [], prose: 'Knee osteoarthritis: quadriceps strength 4/5 right, 5/5 left; Lachman and McMurray negative.' },
  dementia: { snomed: '26929004', display: "Alzheimer's disease", icd10: 'G30.9', icd10Display: "Alzheimer's disease, unspecified", drugs: ['donepezil'], labs: [], prose: 'Alzheimer disease: MMSE 19/30, Romberg steady, donepezil 5 mg at bedtime.' },
  anemia: { snomed: '87522002', display: 'Iron deficiency anemia', icd10: 'D50.9', icd10Display: 'Iron deficiency anemia, unspecified', drugs: ['ferrous'], labs: ['ferritin'], prose: 'Iron deficiency: ferritin low, white blood cell count normal, ferrous sulfate 325 mg daily.' },
  reflux: { snomed: '235595009', display: 'Gastroesophageal reflux disease', icd10: 'K21.9', icd10Display: 'Gastro-esophageal reflux disease without esophagitis', drugs: ['omeprazole'], labs: [], prose: 'Reflux: omeprazole 20 mg; no Barrett esophagus on last endoscopy.' },
  migraine: { snomed: '37796009', display: 'Migraine', icd10: 'G43.909', icd10Display: 'Migraine, unspecified, not intractable, without status migrainosus', drugs: ['ibuprofen'], labs: [], prose: 'Migraine: 2 attacks a month, ibuprofen 400 mg helps; fundi sharp, Babinski down-going.' },
  wilson: { snomed: '88518009', display: "Wilson's disease", icd10: 'E83.01', icd10Display: "Wilson's disease", drugs: ['penicillamine'], labs: [], prose: 'Wilson disease: Kayser-Fleischer ring unchanged, penicillamine 250 mg QID, copper may be checked again in 6 months.' },
  otitis: { snomed: '65363002', display: 'Otitis media', icd10: 'H66.90', icd10Display: 'Otitis media, unspecified, unspecified ear', drugs: ['amoxicillin'], labs: [], prose: 'Otitis media, resolving: right drum dull, left clear, finishing amoxicillin.' },
  depression: { snomed: '370143000', display: 'Major depressive disorder', icd10: 'F32.9', icd10Display: 'Major depressive disorder, single episode, unspecified', drugs: ['sertraline'], labs: [], prose: 'Depression: PHQ-9 of 11, sertraline 50 mg every morning, no suicidal ideation; sees psychotherapy every other week.', label: 'PSY' },
  bipolar: { snomed: '13746004', display: 'Bipolar disorder', icd10: 'F31.9', icd10Display: 'Bipolar disorder, unspecified', drugs: ['lithium'], labs: ['lithium'], prose: 'Bipolar disorder: sleeping 7 hours, no mania, lithium 300 mg BID, level 0.8 mmol/L.', label: 'PSY' },
  opioidUse: { snomed: '75544000', display: 'Opioid dependence', icd10: 'F11.20', icd10Display: 'Opioid dependence, uncomplicated', drugs: ['buprenorphine'], labs: [], prose: 'Opioid use disorder in the treatment program: buprenorphine 8 mg SL daily, heroin last used 3 years ago.', label: 'ETH' },
  alcoholUse: { snomed: '66590003', display: 'Alcohol dependence', icd10: 'F10.20', icd10Display: 'Alcohol dependence, uncomplicated', drugs: ['naltrexone'], labs: [], prose: 'Alcohol use disorder: 14 months sober, naltrexone 50 mg daily, AUDIT-C 0, attends meetings.', label: 'ETH' },
  hiv: { snomed: '86406008', display: 'Human immunodeficiency virus infection', icd10: 'B20', icd10Display: 'Human immunodeficiency virus [HIV] disease', drugs: ['dolutegravir', 'emtricitabine'], labs: ['cd4', 'hivLoad'], prose: 'HIV infection: viral load suppressed on dolutegravir 50 mg and emtricitabine 200 mg, CD4 above 600, no missed doses.', label: 'HIV' },
  brca: { snomed: '412734009', display: 'BRCA1 gene mutation positive', icd10: 'Z15.01', icd10Display: 'Genetic susceptibility to malignant neoplasm of breast', drugs: [], labs: [], prose: 'BRCA1 pathogenic variant found on germline testing; MRI surveillance every 12 months, genetic counseling offered.', label: 'GDIS' },
  chlamydia: { snomed: '240589008', display: 'Chlamydia trachomatis infection', icd10: 'A56.00', icd10Display: 'Chlamydial infection of lower genitourinary tract, unspecified', drugs: ['doxycycline'], labs: [], prose: 'Chlamydia: treated with doxycycline 100 mg BID for 7 days, partner notified, test of cure in 3 months.', label: 'STD' },
  lupus: { snomed: '55464009', display: 'Systemic lupus erythematosus', icd10: 'M32.9', icd10Display: 'Systemic lupus erythematosus, unspecified', drugs: ['prednisone'], labs: [], prose: 'Lupus: Raynaud phenomenon on cold days, no nephritis, Sjogren serology negative.' },
  pneumonia: { snomed: '385093006', display: 'Community acquired pneumonia', icd10: 'J18.9', icd10Display: 'Pneumonia, unspecified organism', drugs: ['azithromycin'], labs: [], prose: 'Community acquired pneumonia of the right lower lobe: white blood cell count 14.2 on arrival, 8.1 at discharge, room air saturation 96%.' },
  appendicitis: { snomed: '85189001', display: 'Acute appendicitis', icd10: 'K35.80', icd10Display: 'Unspecified acute appendicitis', drugs: ['acetaminophen'], labs: [], prose: 'Acute appendicitis: McBurney point tender, laparoscopic removal, Jackson-Pratt drain out on day 2.' },
  bronchitis: { snomed: '10509002', display: 'Acute bronchitis', icd10: 'J20.9', icd10Display: 'Acute bronchitis, unspecified', drugs: [], labs: [], prose: 'Acute bronchitis: resolved without antibiotics.' },
} as const satisfies Record<string, Problem>;
export type ProblemKey = keyof typeof problems;
