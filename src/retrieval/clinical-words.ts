/**
 * Notes abbreviate what questions spell out, and the other way round. Each row lists ways to write one thing; a
 * question that holds one of them is also asked for the others.
 */
const rows: readonly (readonly string[])[] = [
  ['blood pressure', 'bp'],
  ['heart rate', 'pulse', 'hr'],
  ['temperature', 'temp', 'fever'],
  ['oxygen saturation', 'spo2', 'saturation'],
  ['white blood cell', 'white cells', 'wbc', 'leukocytes'],
  ['hemoglobin', 'hgb', 'hb'],
  ['kidney disease', 'ckd', 'renal', 'egfr', 'kidney'],
  ['heart failure', 'chf', 'hf'],
  ['heart attack', 'myocardial infarction', 'mi'],
  ['chronic obstructive pulmonary disease', 'copd'],
  ['atrial fibrillation', 'afib', 'af'],
  ['electrocardiogram', 'ekg', 'ecg'],
  ['x-ray', 'x ray', 'xray', 'radiograph', 'xr'],
  ['computed tomography', 'ct scan', 'ct'],
  ['magnetic resonance', 'mri'],
  ['ultrasound', 'sonography', 'doppler'],
  ['reflux', 'gerd', 'heartburn'],
  ['diabetes', 'dm', 't2dm'],
  ['high cholesterol', 'hyperlipidemia', 'cholesterol', 'ldl'],
  ['high blood pressure', 'hypertension', 'htn'],
  ['thyroid', 'tsh', 'hypothyroidism'],
  ['blood thinner', 'anticoagulation', 'warfarin', 'inr'],
  ['statin', 'statins', 'atorvastatin', 'simvastatin', 'rosuvastatin', 'pravastatin'],
  ['beta blocker', 'metoprolol', 'atenolol', 'carvedilol', 'bisoprolol'],
  ['ace inhibitor', 'lisinopril', 'enalapril', 'ramipril'],
  ['blood thinner', 'apixaban', 'rivaroxaban', 'dabigatran', 'heparin'],
  ['water pill', 'diuretic', 'furosemide', 'hydrochlorothiazide', 'spironolactone'],
  ['antidepressant', 'sertraline', 'fluoxetine', 'citalopram', 'escitalopram'],
  ['antibiotic', 'antibiotics', 'amoxicillin', 'azithromycin', 'doxycycline', 'ceftriaxone'],
  ['painkiller', 'pain killer', 'analgesic', 'acetaminophen', 'ibuprofen', 'naproxen'],
  ['low blood sugar', 'low blood sugars', 'hypoglycemia'],
  ['memory', 'dementia', 'alzheimer', 'mmse'],
  ['blood sugar', 'glucose', 'hypoglycemia'],
  ['emergency department', 'emergency room', 'ed', 'er'],
  ['telephone', 'phone', 'call', 'called'],
  ['follow-up', 'follow up', 'f/u', 'return', 'seen again'],
  ['next appointment', 'return', 'follow-up'],
  ['physical examination', 'exam', 'examination', 'objective'],
  ['laboratory', 'labs', 'lab'],
  ['medication', 'medications', 'medicines', 'drugs', 'meds'],
  ['before meals', 'ac'],
  ['twice daily', 'twice a day', 'bid'],
  ['three times daily', 'three times a day', 'tid'],
  ['four times daily', 'four times a day', 'qid'],
  ['as needed', 'prn'],
  ['shortness of breath', 'dyspnea', 'sob'],
  ['chest pain', 'angina'],
  ['swelling', 'edema'],
  ['liver', 'hepatic', 'alt', 'ast'],
  ['surgery', 'operation', 'removal', 'laparoscopic'],
  ['discharged', 'discharge', 'sent home'],
  ['depression', 'phq-9', 'depressive'],
  ['alcohol', 'audit-c', 'etoh'],
  ['stroke', 'cva', 'tia'],
  ['urinary tract infection', 'uti'],
  ['kidney stones', 'nephrolithiasis'],
  ['gallbladder', 'cholecystitis', 'murphy'],
];

const plain = (text: string): string =>
  ` ${text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;

const table: readonly (readonly (readonly [string, string])[])[] = rows.map((row) =>
  row.map((phrase) => [plain(phrase), phrase] as const),
);

/** A question's own words are looked at up to here. */
const maxRead = 4_000;

/** Other ways to write what a question asks for; empty where the table knows none. */
export function otherWords(question: string): readonly string[] {
  const asked = plain(question.slice(0, maxRead));
  return table.flatMap((row) =>
    row.some(([form]) => asked.includes(form))
      ? row.flatMap(([form, phrase]) => (asked.includes(form) ? [] : [phrase]))
      : [],
  );
}
