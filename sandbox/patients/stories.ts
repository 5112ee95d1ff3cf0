import type { Story } from './story.ts';

const usual = ['clinician', 'nurse', 'pharmacist'] as const;
const vietnamese = { code: 'vi', display: 'Vietnamese' };
const spanish = { code: 'es', display: 'Spanish' };
const chinese = { code: 'zh', display: 'Chinese' };
const arabic = { code: 'ar', display: 'Arabic' };

/**
 * The patients of the sandbox, in order; the first one is the one to show. A new patient is a new row at the
 * end: each draws from its own random stream, so no other patient changes.
 */
// biome-ignore format: a table
export const stories: readonly Story[] = [
  {
    key: 'all-tasks', about: 'adult woman with something for every task, on the care team, permitting consent',
    name: { given: ['Marisol', 'Elena'], family: 'Quintanilla', title: 'Mrs.', nickname: 'Mari', maiden: 'Dufresne' },
    gender: 'female', age: 46, sinceBirthday: 131, home: 'alder', mobile: '0131', running: true,
    relatives: [
      { relationship: 'DAUC', name: { given: ['Noémie'], family: 'Quintanilla', nickname: 'Mimi' } },
      { relationship: 'HUSB', name: { given: ['Gaspard'], family: 'Quintanilla', title: 'Mr.' } },
    ],
    problems: ['diabetes', 'hypertension', 'hyperlipidemia', 'hypothyroidism'], resolved: ['bronchitis'],
    drugs: [
      ['thiazide', 'on-hold'], ['amlodipine', 'stopped-recently'], ['ibuprofen', 'do-not-perform'], ['acetaminophen', 'as-needed'],
      ['aspirin', 'statement'], ['omeprazole', 'contained'], ['gabapentin', 'included'], ['prednisone', 'stopped-long-ago'],
    ],
    allergies: [['penicillin', 'confirmed'], ['sulfonamide', 'refuted'], ['noKnownFood', 'confirmed']],
    vaccines: 'adult', admission: 'pneumonia', record: 'usual', consent: 'permit', team: [...usual, 'cardiologist'],
  },
  {
    key: 'long-record', about: 'adult with a long record: ten years of quarterly visits',
    name: { given: ['José', 'Ángel'], family: 'Muñoz Ortega', title: 'Mr.', nickname: 'Pepe' },
    gender: 'male', age: 58, sinceBirthday: 77, home: 'canal', mobile: '0132', language: spanish, offset: -300,
    relatives: [{ relationship: 'WIFE', name: { given: ['Inés'], family: 'Villalobos Pardo', title: 'Mrs.' } }],
    problems: ['insulinDiabetes', 'hypertension', 'hyperlipidemia', 'kidneyDisease', 'reflux', 'arthritis'], resolved: ['bronchitis', 'appendicitis'],
    drugs: [['aspirin', 'active'], ['thiazide', 'stopped-recently'], ['ibuprofen', 'do-not-perform']],
    allergies: [['sulfonamide', 'confirmed'], ['latex', 'unconfirmed']],
    vaccines: 'adult', admission: 'pneumonia', record: 'long', unreadable: true, consent: 'permit', team: [...usual, 'cardiologist', 'hospitalist'],
  },
  {
    key: 'child', about: 'boy of seven with both parents as RelatedPerson; his mother is the sandbox caregiver',
    name: { given: ['Tobias', 'Alv'], family: 'Brandvold', nickname: 'Tobi' },
    gender: 'male', age: 7, sinceBirthday: 203, home: 'birch',
    relatives: [
      { relationship: 'MTH', name: { given: ['Sunniva'], family: 'Brandvold', title: 'Ms.' }, id: 'sandbox-caregiver' },
      { relationship: 'FTH', name: { given: ['Eirik'], family: 'Brandvold', title: 'Mr.' } },
    ],
    problems: ['asthma', 'otitis'], allergies: [['peanut', 'confirmed'], ['noKnownDrug', 'confirmed']],
    vaccines: 'child', record: 'usual', consent: 'permit', team: usual,
  },
  {
    key: 'ninety-three', about: 'woman of 93: age and birth year are identifiers',
    name: { given: ['Hester', 'Adriana'], family: 'Vandermolen', title: 'Mrs.', nickname: 'Hettie', maiden: 'Kuipers' },
    gender: 'female', age: 93, sinceBirthday: 288, home: 'mill',
    relatives: [{ relationship: 'SONC', name: { given: ['Cornelis'], family: 'Vandermolen', title: 'Mr.', nickname: 'Kees' } }],
    problems: ['fibrillation', 'heartFailure', 'dementia', 'arthritis'], resolved: ['pneumonia'],
    drugs: [['ibuprofen', 'do-not-perform'], ['lisinopril', 'stopped-recently']],
    allergies: [['penicillin', 'confirmed']], vaccines: 'senior', admission: 'heartFailure', record: 'usual', consent: 'permit',
    team: [...usual, 'cardiologist'],
  },
  {
    key: 'twin-first', about: 'twin: same birth date, family, address and telephone as the next patient',
    name: { given: ['Imani', 'Grace'], family: 'Abernethy', title: 'Ms.' },
    gender: 'female', age: 31, sinceBirthday: 64, home: 'bridge', mobile: '0135',
    relatives: [{ relationship: 'SIS', name: { given: ['Zuri'], family: 'Abernethy', title: 'Ms.' } }],
    problems: ['asthma', 'anemia'], allergies: [['noKnown', 'confirmed']], vaccines: 'adult', record: 'usual', consent: 'permit', team: usual,
  },
  {
    key: 'twin-second', about: 'the other twin',
    name: { given: ['Zuri', 'Faith'], family: 'Abernethy', title: 'Ms.' },
    gender: 'female', age: 31, sinceBirthday: 64, home: 'bridge', mobile: '0136',
    relatives: [{ relationship: 'SIS', name: { given: ['Imani'], family: 'Abernethy', title: 'Ms.' } }],
    problems: ['migraine', 'hypothyroidism'], allergies: [['latex', 'confirmed']], vaccines: 'adult', record: 'usual', consent: 'permit', team: usual,
  },
  {
    key: 'nested-deny', about: 'consent permits, a nested rule denies what is labelled HIV or psychiatric',
    name: { given: ['Thị', 'Mai'], family: 'Nguyễn', title: 'Ms.', nickname: 'May Nguyen', familyFirst: true },
    gender: 'female', age: 38, sinceBirthday: 19, home: 'orchard', mobile: '0137', language: vietnamese, labelled: true,
    relatives: [{ relationship: 'HUSB', name: { given: ['Văn', 'Đức'], family: 'Trần', title: 'Mr.', familyFirst: true } }],
    problems: ['hiv', 'depression', 'hyperlipidemia'], drugs: [['omeprazole', 'stopped-recently']],
    allergies: [['penicillin', 'refuted'], ['sulfonamide', 'confirmed']], vaccines: 'adult', record: 'usual', consent: 'permit-except-sensitive', team: [...usual, 'psychiatrist'],
  },
  {
    key: 'no-consent', about: 'no Consent at all; genetic finding in the record',
    name: { given: ['Zoë', 'Marguerite'], family: "O'Brien-Łukasik", title: 'Ms.', nickname: 'Zo' },
    gender: 'female', age: 29, sinceBirthday: 240, home: 'garden', mobile: '0138',
    relatives: [{ relationship: 'BRO', name: { given: ['Séamus'], family: "O'Brien", title: 'Mr.' } }],
    problems: ['brca', 'migraine'], allergies: [['noKnown', 'confirmed']], vaccines: 'adult', record: 'usual', consent: 'none', team: usual,
  },
  {
    key: 'expired-consent', about: 'the permitting consent has run out; mental health in the record',
    name: { given: ['Wei'], family: 'Li', title: 'Mr.', native: '李伟', familyFirst: true },
    gender: 'male', age: 52, sinceBirthday: 150, home: 'station', mobile: '0139', language: chinese,
    relatives: [{ relationship: 'WIFE', name: { given: ['Xiuying'], family: 'Zhang', title: 'Mrs.', native: '张秀英', familyFirst: true } }],
    problems: ['bipolar', 'hypertension'], allergies: [['latex', 'confirmed']], vaccines: 'adult', record: 'usual', consent: 'expired', team: [...usual, 'psychiatrist'],
  },
  {
    key: 'substance-use', about: 'alcohol and opioid treatment in codes and prose, no label from the source',
    name: { given: ['Abdulrahman', 'Yusuf'], family: 'al-Rashidi', title: 'Mr.', nickname: 'Abdul', native: 'عبد الرحمن الراشدي' },
    gender: 'male', age: 44, sinceBirthday: 310, home: 'meadow', mobile: '0140', language: arabic,
    relatives: [{ relationship: 'BRO', name: { given: ['Khalil'], family: 'al-Rashidi', title: 'Mr.' } }],
    problems: ['alcoholUse', 'opioidUse', 'reflux'], allergies: [['penicillin', 'confirmed']], vaccines: 'adult', record: 'usual', consent: 'permit-except-substance', team: usual,
  },
  {
    key: 'ordinary-words', about: 'names that are ordinary words: May White, her husband Will Chase, her son Rusty Hill',
    name: { given: ['May'], family: 'White', title: 'Mrs.', maiden: 'Young' },
    gender: 'female', age: 67, sinceBirthday: 98, home: 'ridge', mobile: '0141',
    relatives: [
      { relationship: 'HUSB', name: { given: ['Will'], family: 'Chase', title: 'Mr.' } },
      { relationship: 'SONC', name: { given: ['Rusty'], family: 'Hill', title: 'Mr.' } },
    ],
    problems: ['wilson', 'anemia', 'arthritis'], drugs: [['lisinopril', 'stopped-recently']],
    allergies: [['sulfonamide', 'confirmed'], ['noKnownFood', 'confirmed']], vaccines: 'senior', admission: 'appendicitis', record: 'usual', consent: 'permit', team: usual,
  },
  {
    key: 'consent-denies', about: 'the root of the consent denies',
    name: { given: ['Cornelius', 'Amadou'], family: 'Thibodeaux', title: 'Mr.', nickname: 'Neil' },
    gender: 'male', age: 71, sinceBirthday: 12, home: 'chapel', mobile: '0142',
    relatives: [{ relationship: 'WIFE', name: { given: ['Odette'], family: 'Thibodeaux', title: 'Mrs.' } }],
    problems: ['hypertension', 'hyperlipidemia', 'depression'], allergies: [['peanut', 'confirmed']], vaccines: 'senior', admission: 'pneumonia', record: 'usual', consent: 'deny', team: usual,
  },
  {
    key: 'outside-care', about: 'permits, but the sandbox clinician is not on the care team',
    name: { given: ['Beatrix', 'Signe'], family: 'Halvorsen-Pike', title: 'Mrs.', nickname: 'Bea' },
    gender: 'female', age: 34, sinceBirthday: 180, home: 'quay', mobile: '0143',
    relatives: [{ relationship: 'MTH', name: { given: ['Gudrun'], family: 'Halvorsen', title: 'Mrs.' } }],
    problems: ['migraine', 'hyperlipidemia'], allergies: [['penicillin', 'confirmed']], vaccines: 'adult', record: 'usual', consent: 'permit', team: ['cardiologist'],
  },
  {
    key: 'infant', about: 'girl of five months',
    name: { given: ['Rosamund'], family: 'Achterberg', nickname: 'Rosie' },
    gender: 'female', age: 0, sinceBirthday: 152, home: 'tannery',
    relatives: [{ relationship: 'MTH', name: { given: ['Lieselotte'], family: 'Achterberg', title: 'Mrs.' } }],
    problems: ['otitis'], allergies: [['noKnown', 'confirmed']], vaccines: 'infant', record: 'usual', consent: 'permit', team: usual,
  },
  {
    key: 'ninety-seven', about: 'man of 97',
    name: { given: ['Ignatius', 'Loyal'], family: 'Pellegrino', title: 'Mr.', nickname: 'Iggy' },
    gender: 'male', age: 97, sinceBirthday: 41, home: 'weir',
    relatives: [{ relationship: 'DAUC', name: { given: ['Concetta'], family: 'Pellegrino-Shaw', title: 'Mrs.' } }],
    problems: ['heartFailure', 'kidneyDisease', 'arthritis'], allergies: [['sulfonamide', 'confirmed']], vaccines: 'senior', admission: 'heartFailure', record: 'usual', consent: 'permit', team: [...usual, 'cardiologist'],
  },
  {
    key: 'staff', about: 'the sandbox nurse as a patient: the same name is a clinician elsewhere',
    name: { given: ['Jonas'], family: 'Petrović', title: 'Mr.' },
    gender: 'male', age: 41, sinceBirthday: 222, home: 'cooper', mobile: '0146', whole: 'EMP', labelled: true,
    relatives: [{ relationship: 'WIFE', name: { given: ['Milena'], family: 'Petrović', title: 'Mrs.' } }],
    problems: ['depression', 'reflux'], allergies: [['noKnown', 'confirmed']], vaccines: 'adult', record: 'usual', consent: 'permit', team: ['clinician', 'pharmacist'],
  },
  {
    key: 'vip', about: 'a well-known person: the whole record is labelled restricted',
    name: { given: ['Octavia', 'Jane'], family: 'Penhaligon-Rhys', title: 'Senator' },
    gender: 'female', age: 61, sinceBirthday: 5, home: 'hillcrest', mobile: '0147', whole: 'CEL', labelled: true,
    relatives: [{ relationship: 'HUSB', name: { given: ['Alasdair'], family: 'Rhys', title: 'Mr.' } }],
    problems: ['hypothyroidism', 'hyperlipidemia'], allergies: [['penicillin', 'confirmed']], vaccines: 'adult', record: 'usual', consent: 'permit', team: usual,
  },
  {
    key: 'empty', about: 'registered, consented, and nothing else in the record',
    name: { given: ['Quillon'], family: 'Dunmore', title: 'Mr.' },
    gender: 'male', age: 25, sinceBirthday: 333, home: 'canal', mobile: '0148',
    relatives: [], problems: [], allergies: [], vaccines: 'adult', record: 'empty', consent: 'permit', team: usual,
  },
  {
    key: 'revoked-consent', about: 'the permitting consent was withdrawn',
    name: { given: ['Thandiwe', 'Nomsa'], family: 'Mbekezeli', title: 'Ms.', nickname: 'Thandi' },
    gender: 'female', age: 49, sinceBirthday: 166, home: 'smithy', mobile: '0149',
    relatives: [{ relationship: 'SONC', name: { given: ['Sipho'], family: 'Mbekezeli', title: 'Mr.' } }],
    problems: ['hypertension', 'lupus'], allergies: [['sulfonamide', 'confirmed']], vaccines: 'adult', record: 'usual', consent: 'revoked', team: usual,
  },
  {
    key: 'research-only', about: 'the consent permits research and says nothing about treatment',
    name: { given: ['Rainer', 'Maria'], family: 'von Hohenfels', title: 'Mr.' },
    gender: 'male', age: 63, sinceBirthday: 27, home: 'terrace', mobile: '0150',
    relatives: [{ relationship: 'WIFE', name: { given: ['Annelie'], family: 'von Hohenfels', title: 'Mrs.' } }],
    problems: ['insulinDiabetes', 'reflux'], allergies: [['latex', 'confirmed']], vaccines: 'adult', record: 'usual', consent: 'research-only', team: usual,
  },
  {
    key: 'actor-deny', about: 'the consent permits, a nested rule denies the sandbox pharmacist',
    name: { given: ['Saoirse', 'Niamh'], family: "Mac Giolla Phádraig", title: 'Mrs.', nickname: 'Sersha', maiden: 'Fitzpatrick' },
    gender: 'female', age: 57, sinceBirthday: 199, home: 'cannery', mobile: '0151',
    relatives: [{ relationship: 'DAUC', name: { given: ['Orlaith'], family: "Mac Giolla Phádraig", title: 'Ms.' } }],
    problems: ['fibrillation', 'hyperlipidemia'], drugs: [['aspirin', 'on-hold'], ['ibuprofen', 'do-not-perform']],
    allergies: [['penicillin', 'confirmed']], vaccines: 'adult', record: 'usual', consent: 'permit-except-pharmacist', team: usual,
  },
  {
    key: 'sexual-health', about: 'consent permits except what is labelled sexually transmitted disease; no label from the source',
    name: { given: ['Dashiell'], family: 'Oyelowo-Crane', title: 'Mr.', nickname: 'Dash' },
    gender: 'male', age: 27, sinceBirthday: 255, home: 'foundry', mobile: '0152',
    relatives: [{ relationship: 'SIS', name: { given: ['Temperance'], family: 'Oyelowo', title: 'Ms.' } }],
    problems: ['asthma', 'chlamydia'], allergies: [['noKnown', 'confirmed']], vaccines: 'adult', record: 'usual', consent: 'permit-except-sexual', team: usual,
  },
  {
    key: 'former-name', about: 'a whole former name in the records, old and new given name',
    name: { given: ['Lucinda', 'Rae'], family: 'Castellanos', title: 'Ms.', nickname: 'Lucy', former: { given: ['Leonardo', 'Rey'], family: 'Castellanos' } },
    gender: 'female', age: 36, sinceBirthday: 88, home: 'lantern', mobile: '0153', language: spanish,
    relatives: [{ relationship: 'BRO', name: { given: ['Joaquín'], family: 'Castellanos', title: 'Mr.' } }],
    problems: ['hypothyroidism', 'depression'], allergies: [['peanut', 'confirmed']], vaccines: 'adult', record: 'usual', consent: 'permit', team: usual,
  },
  {
    key: 'junior', about: 'bears his father\'s whole name, with a suffix; the father is his RelatedPerson',
    name: { given: ['Augustin', 'Pryce'], family: 'Delacroix', title: 'Mr.', suffix: 'Jr.', nickname: 'Gus' },
    gender: 'male', age: 22, sinceBirthday: 321, home: 'granary', mobile: '0154',
    relatives: [{ relationship: 'FTH', name: { given: ['Augustin', 'Pryce'], family: 'Delacroix', title: 'Mr.', suffix: 'Sr.' } }],
    problems: ['asthma', 'otitis'], resolved: ['bronchitis'], allergies: [['latex', 'confirmed']], vaccines: 'adult', admission: 'appendicitis', record: 'usual', consent: 'permit', team: usual,
  },
];
