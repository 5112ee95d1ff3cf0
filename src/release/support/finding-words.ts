/** Words of clinicians and of everybody for the same finding, a row each. */
const rows: readonly string[] = [
  'myalgia | muscle pain | muscle aches | muscle soreness | sore muscles',
  'arthralgia | joint pain | painful joints',
  'dyspnea | dyspnoea | shortness of breath | breathlessness | short of breath | difficulty breathing | trouble breathing',
  'pyrexia | fever | febrile | raised temperature',
  'emesis | vomiting | throwing up',
  'edema | oedema | swelling | swollen legs | swollen ankles',
  'headache | cephalgia | cephalalgia | headaches',
  'pruritus | itching | itch',
  'urticaria | hives | wheals',
  'syncope | fainting | fainted | passing out | loss of consciousness',
  'chest pain | angina | chest discomfort | chest pressure',
  'abdominal pain | stomach pain | belly pain | stomach ache',
  'dysuria | painful urination | burning with urination | burning on urination',
  'hematuria | haematuria | blood in the urine | bloody urine',
  'melena | black stools | tarry stools | black stool',
  'hematochezia | blood in the stool | bloody stools | rectal bleeding',
  'hemoptysis | haemoptysis | coughing up blood | coughing blood',
  'epistaxis | nosebleed | nosebleeds | nose bleeds',
  'dysphagia | trouble swallowing | difficulty swallowing',
  'insomnia | trouble sleeping | sleeplessness | difficulty sleeping',
  'fatigue | tiredness | exhaustion',
  'vertigo | dizziness | dizzy spells | lightheadedness',
  'paresthesia | tingling | pins and needles',
  'rhinorrhea | runny nose',
  'pharyngitis | sore throat',
  'myocardial infarction | heart attack',
  'cerebrovascular accident | stroke | cva',
  'deep vein thrombosis | dvt | clot in the leg',
  'pulmonary embolism | lung clot',
  'hypertension | high blood pressure',
  'hyperlipidemia | high cholesterol',
  'diaphoresis | sweating | night sweats',
  'alopecia | hair loss',
  'diarrhea | diarrhoea | loose stools',
  'erythema | redness',
  'growth | bacteria',
];

const filled = /^(?:of|the|in|with|on|and|up|out)$/;
const words = (phrase: string): readonly string[] =>
  phrase.split(' ').filter((word) => word.length > 2 && !filled.test(word));

const byPhrase: ReadonlyMap<string, readonly string[]> = new Map(
  rows.flatMap((row) => {
    const phrases = row.split(' | ');
    return phrases.map((phrase) => [phrase, phrases.filter((other) => other !== phrase)] as const);
  }),
);
const mostWords = 4;

/** In what other words an element of a list of findings may stand in the record; each as the words that have to be there. */
export function otherWordsFor(element: string): readonly (readonly string[])[] {
  const all = element.toLowerCase().match(/[\p{L}]+/gu) ?? [];
  for (let length = Math.min(mostWords, all.length); length > 0; length -= 1) {
    const others = byPhrase.get(all.slice(-length).join(' '));
    if (others !== undefined) return others.map(words);
  }
  return [];
}
