/** RxNorm concept, how it is taken, and the class of sensitivity where the drug alone gives a diagnosis away. */
export interface Drug {
  readonly rxnorm: string;
  readonly display: string;
  readonly dose: number;
  readonly unit: string;
  readonly timesADay: number;
  readonly route: RouteKey;
  readonly sig: string;
  readonly label?: 'HIV' | 'ETH' | 'PSY';
}

/** SNOMED CT routes. */
export const routes = {
  oral: { code: '26643006', display: 'Oral route' },
  inhaled: { code: '447694001', display: 'Respiratory tract route' },
  subcutaneous: { code: '34206005', display: 'Subcutaneous route' },
  sublingual: { code: '37839007', display: 'Sublingual route' },
} as const;
type RouteKey = keyof typeof routes;

// biome-ignore format: a table
export const drugs = {
  metformin:      { rxnorm: '861007', display: 'metformin hydrochloride 500 MG Oral Tablet', dose: 1, unit: '{tbl}', timesADay: 2, route: 'oral', sig: 'Take 1 tablet by mouth twice daily with meals' },
  glargine:       { rxnorm: '274783', display: 'insulin glargine', dose: 18, unit: '[iU]', timesADay: 1, route: 'subcutaneous', sig: 'Inject 18 units under the skin at bedtime' },
  lisinopril:     { rxnorm: '314076', display: 'lisinopril 10 MG Oral Tablet', dose: 1, unit: '{tbl}', timesADay: 1, route: 'oral', sig: 'Take 1 tablet by mouth once daily' },
  amlodipine:     { rxnorm: '197361', display: 'amlodipine 5 MG Oral Tablet', dose: 1, unit: '{tbl}', timesADay: 1, route: 'oral', sig: 'Take 1 tablet by mouth once daily' },
  thiazide:       { rxnorm: '310798', display: 'hydrochlorothiazide 25 MG Oral Tablet', dose: 1, unit: '{tbl}', timesADay: 1, route: 'oral', sig: 'Take 1 tablet by mouth every morning' },
  atorvastatin:   { rxnorm: '617310', display: 'atorvastatin 20 MG Oral Tablet', dose: 1, unit: '{tbl}', timesADay: 1, route: 'oral', sig: 'Take 1 tablet by mouth at bedtime' },
  levothyroxine:  { rxnorm: '10582', display: 'levothyroxine', dose: 50, unit: 'ug', timesADay: 1, route: 'oral', sig: 'Take 50 mcg by mouth before breakfast' },
  aspirin:        { rxnorm: '243670', display: 'aspirin 81 MG Oral Tablet', dose: 1, unit: '{tbl}', timesADay: 1, route: 'oral', sig: 'Take 1 tablet by mouth once daily' },
  ibuprofen:      { rxnorm: '197805', display: 'ibuprofen 400 MG Oral Tablet', dose: 1, unit: '{tbl}', timesADay: 3, route: 'oral', sig: 'Take 1 tablet by mouth three times daily with food' },
  acetaminophen:  { rxnorm: '198440', display: 'acetaminophen 500 MG Oral Tablet', dose: 2, unit: '{tbl}', timesADay: 4, route: 'oral', sig: 'Take 2 tablets by mouth every 6 hours as needed for pain, max 8 tablets/24 h' },
  omeprazole:     { rxnorm: '198051', display: 'omeprazole 20 MG Delayed Release Oral Capsule', dose: 1, unit: '{cap}', timesADay: 1, route: 'oral', sig: 'Take 1 capsule by mouth before breakfast' },
  amoxicillin:    { rxnorm: '308191', display: 'amoxicillin 500 MG Oral Capsule', dose: 1, unit: '{cap}', timesADay: 3, route: 'oral', sig: 'Take 1 capsule by mouth three times daily for 7 days' },
  azithromycin:   { rxnorm: '308460', display: 'azithromycin 250 MG Oral Tablet', dose: 1, unit: '{tbl}', timesADay: 1, route: 'oral', sig: 'Take 1 tablet by mouth once daily for 4 days' },
  doxycycline:    { rxnorm: '3640', display: 'doxycycline', dose: 100, unit: 'mg', timesADay: 2, route: 'oral', sig: 'Take 100 mg by mouth twice daily for 7 days' },
  warfarin:       { rxnorm: '855332', display: 'warfarin sodium 5 MG Oral Tablet', dose: 1, unit: '{tbl}', timesADay: 1, route: 'oral', sig: 'Take 1 tablet by mouth every evening' },
  furosemide:     { rxnorm: '313988', display: 'furosemide 40 MG Oral Tablet', dose: 1, unit: '{tbl}', timesADay: 1, route: 'oral', sig: 'Take 1 tablet by mouth every morning' },
  gabapentin:     { rxnorm: '310431', display: 'gabapentin 300 MG Oral Capsule', dose: 1, unit: '{cap}', timesADay: 3, route: 'oral', sig: 'Take 1 capsule by mouth three times daily' },
  prednisone:     { rxnorm: '312615', display: 'prednisone 20 MG Oral Tablet', dose: 2, unit: '{tbl}', timesADay: 1, route: 'oral', sig: 'Take 2 tablets by mouth every morning for 5 days' },
  albuterol:      { rxnorm: '745679', display: '200 ACTUAT albuterol 0.09 MG/ACTUAT Metered Dose Inhaler', dose: 2, unit: '{puff}', timesADay: 4, route: 'inhaled', sig: 'Inhale 2 puffs every 4 to 6 hours as needed for wheezing' },
  donepezil:      { rxnorm: '135447', display: 'donepezil', dose: 5, unit: 'mg', timesADay: 1, route: 'oral', sig: 'Take 5 mg by mouth at bedtime' },
  ferrous:        { rxnorm: '24947', display: 'ferrous sulfate', dose: 325, unit: 'mg', timesADay: 1, route: 'oral', sig: 'Take 325 mg by mouth once daily' },
  penicillamine:  { rxnorm: '7975', display: 'penicillamine', dose: 250, unit: 'mg', timesADay: 4, route: 'oral', sig: 'Take 250 mg by mouth four times daily on an empty stomach' },
  sertraline:     { rxnorm: '312941', display: 'sertraline 50 MG Oral Tablet', dose: 1, unit: '{tbl}', timesADay: 1, route: 'oral', sig: 'Take 1 tablet by mouth every morning', label: 'PSY' },
  lithium:        { rxnorm: '42351', display: 'lithium carbonate', dose: 300, unit: 'mg', timesADay: 2, route: 'oral', sig: 'Take 300 mg by mouth twice daily', label: 'PSY' },
  buprenorphine:  { rxnorm: '1819', display: 'buprenorphine', dose: 8, unit: 'mg', timesADay: 1, route: 'sublingual', sig: 'Dissolve 8 mg under the tongue once daily', label: 'ETH' },
  naltrexone:     { rxnorm: '7243', display: 'naltrexone', dose: 50, unit: 'mg', timesADay: 1, route: 'oral', sig: 'Take 50 mg by mouth once daily', label: 'ETH' },
  dolutegravir:   { rxnorm: '1433868', display: 'dolutegravir', dose: 50, unit: 'mg', timesADay: 1, route: 'oral', sig: 'Take 50 mg by mouth once daily', label: 'HIV' },
  emtricitabine:  { rxnorm: '276237', display: 'emtricitabine', dose: 200, unit: 'mg', timesADay: 1, route: 'oral', sig: 'Take 200 mg by mouth once daily', label: 'HIV' },
} as const satisfies Record<string, Drug>;
export type DrugKey = keyof typeof drugs;
