/** How a value of one dimension becomes one of another, both in base units. */
export interface Conversion {
  readonly from: string;
  readonly to: string;
  readonly factor: number;
  readonly plus?: number;
}

/** A test as answers and records name it. */
export interface NamedTest {
  readonly other: readonly Conversion[];
  /** Words by which records name it. */
  readonly words: readonly string[];
}

/** By the grams of a mole. */
const molar = (grams: number): readonly Conversion[] => [
  { from: 'mass/volume', to: 'amount/volume', factor: 1 / grams },
];

/** Names in answers, words in records, and how one unit becomes the other. */
const rows: readonly (readonly [names: string, words: string, other?: readonly Conversion[]])[] = [
  ['inr', 'inr'],
  ['potassium|k\\+?', 'potassium', [{ from: 'amount/volume', to: 'charge/volume', factor: 1 }]],
  ['sodium|na\\+?', 'sodium', [{ from: 'amount/volume', to: 'charge/volume', factor: 1 }]],
  ['creatinine|scr|cr', 'creatinine', molar(113.12)],
  ['egfr|gfr|(?:estimated )?glomerular filtration rate|kidney filtration rate', 'glomerular'],
  ['(?:fasting )?(?:blood )?glucose|(?:blood )?sugars?|glu|bg', 'glucose', molar(180.16)],
  [
    'hba1c|hb a1c|a1c|ha?emoglobin a1c',
    'a1c',
    // NGSP percent to IFCC mmol/mol, and to the average glucose that it stands for.
    [
      { from: 'share', to: 'amount/amount', factor: 0.010_93, plus: -0.0235 },
      { from: 'share', to: 'mass/volume', factor: 0.287, plus: -0.467 },
    ],
  ],
  ['ha?emoglobin|hgb|hb', 'hemoglobin'],
  ['wbcs?|white (?:blood )?(?:cell )?count|white (?:blood )?cells?|leukocytes?', 'leukocytes'],
  ['platelets?(?: count)?|plt', 'platelets'],
  ['ldl(?: cholesterol)?|ldl-c', 'ldl', molar(386.65)],
  ['hdl(?: cholesterol)?|hdl-c', 'hdl', molar(386.65)],
  ['(?:total )?cholesterol|tc', 'cholesterol', molar(386.65)],
  ['triglycerides?|tg', 'triglyceride', molar(885.4)],
  ['calcium', 'calcium', molar(40.08)],
  ['magnesium|mg level', 'magnesium', molar(24.31)],
  ['bilirubin', 'bilirubin', molar(584.66)],
  ['uric acid|urate', 'urate', molar(168.11)],
  ['tsh|thyrotropin', 'thyrotropin'],
  ['ferritin', 'ferritin'],
  ['troponin', 'troponin'],
  ['lactate', 'lactate'],
  ['alt|alanine aminotransferase', 'alanine'],
  ['ast|aspartate aminotransferase', 'aspartate'],
  ['bun|urea', 'urea'],
  ['bp|blood pressure', 'pressure'],
  ['systolic(?: (?:blood )?pressures?)?', 'systolic'],
  ['diastolic(?: (?:blood )?pressures?)?', 'diastolic'],
  ['hr|heart rate|pulse', 'heart'],
  ['spo2|o2 sats?|oxygen saturation', 'saturation'],
  ['bmi|body mass index', 'bmi'],
];

/** What is measured too, whose values stand with a unit or are not told by a name alone. */
const withUnit: typeof rows = [
  ['(?:body )?weight|weighing|weighs?|scale', 'weight'],
  ['(?:body )?height', 'height'],
  ['(?:body )?temperature', 'temperature'],
];

const patterns = [...rows, ...withUnit].map(([names, words, other = []]) => ({
  pattern: new RegExp(`^(?:${names})$`, 'i'),
  test: { words: words.split(' '), other },
}));

/** All names as a pattern without groups that count, of tests whose values are told without a unit. */
export const testNames = rows.map(([names]) => names).join('|');

/** As a pattern for a sentence that tells of any test. */
export const measuredNames = [...rows, ...withUnit].map(([names]) => names).join('|');

/** The test of a name; its words are those by which records and answers name it. */
export function testOf(written: string): NamedTest | undefined {
  const lower = written.toLowerCase();
  const test = patterns.find(({ pattern }) => pattern.test(lower))?.test;
  return test === undefined ? undefined : { ...test, words: [...test.words, lower] };
}
