import { codeSystems } from '../vocabulary/fhir.ts';

/** Categories of sensitive information and the v3-ActCode sensitivity codes each one carries, broader ones included. */
export const sensitivities = {
  hiv: ['HIV'],
  substance: ['SUD', 'ETH', 'BH'],
  alcohol: ['ETHUD', 'SUD', 'ETH', 'BH'],
  opioid: ['OPIOIDUD', 'SUD', 'ETH', 'BH'],
  mental: ['PSY', 'MH', 'BH'],
  sexual: ['SEX'],
  std: ['STD', 'SEX'],
  violence: ['SDV'],
} as const;
export type Sensitivity = keyof typeof sensitivities;

export interface CodeRow {
  readonly system: string;
  /** Codes that begin so (ICD-10-CM is a hierarchy by prefix), or the code itself in other systems. */
  readonly codes: readonly string[];
  readonly sensitivity: Sensitivity;
  /** Where the row comes from. */
  readonly source: string;
}

const { icd10cm, snomed, loinc, rxnorm } = codeSystems;

/** First rows of the gateway's own labelling: records practically never arrive labelled. */
export const codeRows: readonly CodeRow[] = [
  {
    system: icd10cm,
    codes: ['B20', 'B97.35', 'Z21', 'R75', 'O98.7', 'Z20.6', 'Z11.4', 'Z71.7'],
    sensitivity: 'hiv',
    source: 'ICD-10-CM: human immunodeficiency virus disease, status, exposure, screening, counseling',
  },
  {
    system: icd10cm,
    codes: ['F10', 'K70', 'G31.2', 'Z71.4'],
    sensitivity: 'alcohol',
    source: 'ICD-10-CM F10, K70, G31.2',
  },
  {
    system: icd10cm,
    codes: ['F11', 'T40.0', 'T40.1', 'T40.2', 'T40.3'],
    sensitivity: 'opioid',
    source: 'ICD-10-CM F11, T40',
  },
  {
    system: icd10cm,
    codes: ['F12', 'F13', 'F14', 'F15', 'F16', 'F18', 'F19', 'Z71.5', 'Z72.2'],
    sensitivity: 'substance',
    source: 'ICD-10-CM F12-F19 (nicotine left out)',
  },
  {
    system: icd10cm,
    codes: ['F2', 'F3', 'F4', 'F5', 'F6', 'F9', 'R45.85', 'T14.91', 'Z91.5'],
    sensitivity: 'mental',
    source: 'ICD-10-CM chapter 5 without F0, F1, F7, F8; suicidal ideation and attempt',
  },
  {
    system: icd10cm,
    codes: ['A50', 'A51', 'A52', 'A53', 'A54', 'A55', 'A56', 'A57', 'A58', 'A59', 'A60', 'A63', 'A64'],
    sensitivity: 'std',
    source: 'ICD-10-CM A50-A64: infections with a predominantly sexual mode of transmission',
  },
  {
    system: icd10cm,
    codes: ['O03', 'O04', 'O07', 'Z30', 'Z33.2', 'Z64.0', 'F52', 'F64', 'Z70'],
    sensitivity: 'sexual',
    source: 'ICD-10-CM: abortion, contraception, sexual counseling, gender identity',
  },
  {
    system: icd10cm,
    codes: ['T74', 'T76', 'Z63.0', 'Z69'],
    sensitivity: 'violence',
    source: 'ICD-10-CM T74, T76, Z69',
  },
  {
    system: snomed,
    codes: ['86406008', '62479008', '165816005', '19030005', '111880001'],
    sensitivity: 'hiv',
    source: 'SNOMED CT: HIV infection, AIDS, HIV positive',
  },
  {
    system: snomed,
    codes: ['7200002', '66590003', '15167005'],
    sensitivity: 'alcohol',
    source: 'SNOMED CT: alcoholism, alcohol dependence and abuse',
  },
  {
    system: snomed,
    codes: ['75544000', '5602001'],
    sensitivity: 'opioid',
    source: 'SNOMED CT: opioid dependence and abuse',
  },
  {
    system: snomed,
    codes: ['6525002', '361055000', '55680006', '26416006'],
    sensitivity: 'substance',
    source: 'SNOMED CT: drug dependence, misuse, overdose, abuse',
  },
  {
    system: snomed,
    codes: [
      '370143000',
      '36923009',
      '35489007',
      '197480006',
      '80583007',
      '47505003',
      '13746004',
      '58214004',
      '192127007',
      '6471006',
      '82313006',
    ],
    sensitivity: 'mental',
    source: 'SNOMED CT: depressive, anxiety, bipolar, psychotic, attention disorders, suicidality',
  },
  {
    system: snomed,
    codes: ['706893006'],
    sensitivity: 'violence',
    source: 'SNOMED CT: victim of intimate partner abuse',
  },
  {
    system: loinc,
    codes: ['75622-1', '7917-8', '20447-9', '25836-8', '56888-1', '29893-5', '5018-7', '68961-2'],
    sensitivity: 'hiv',
    source: 'LOINC: HIV 1 and 2 antibody, antigen and RNA tests',
  },
  {
    system: loinc,
    codes: ['75626-2', '75624-7', '5640-8', '5643-2'],
    sensitivity: 'alcohol',
    source: 'LOINC: AUDIT scores, ethanol',
  },
  { system: loinc, codes: ['82667-7'], sensitivity: 'substance', source: 'LOINC: DAST-10' },
  {
    system: loinc,
    codes: ['44249-1', '44261-6', '55757-9', '55758-7', '69737-5', '70274-6', '89206-7'],
    sensitivity: 'mental',
    source: 'LOINC: PHQ and GAD panels and scores',
  },
  {
    system: loinc,
    codes: ['76690-7', '86639-2', '49051-6'],
    sensitivity: 'sexual',
    source: 'LOINC: sexual orientation and activity',
  },
  {
    system: loinc,
    codes: ['76499-3', '76504-0', '95618-5'],
    sensitivity: 'violence',
    source: 'LOINC: HARK and intimate partner abuse',
  },
  {
    system: rxnorm,
    codes: ['6813', '1819', '7243'],
    sensitivity: 'opioid',
    source: 'RxNorm ingredients: methadone, buprenorphine, naltrexone',
  },
  {
    system: rxnorm,
    codes: ['3554', '82819'],
    sensitivity: 'alcohol',
    source: 'RxNorm ingredients: disulfiram, acamprosate',
  },
  {
    system: rxnorm,
    codes: ['36437', '4493', '6448', '35636', '61381', '51272', '2626', '5093'],
    sensitivity: 'mental',
    source: 'RxNorm ingredients: antidepressants, lithium, antipsychotics',
  },
];

/** Words that make a text sensitive. Whole words, any case; each row names what it goes by. */
export const textRows: readonly { readonly pattern: RegExp; readonly sensitivity: Sensitivity }[] = [
  {
    pattern:
      /\b(?:hiv(?:-?[12])?|aids|antiretrovirals?|retroviral|seropositiv\w*|cd4|viral load|pre-exposure prophylaxis|pneumocystis|kaposi\w*|zidovudine|lamivudine|efavirenz|emtricitabine|tenofovir|dolutegravir|bictegravir|raltegravir|darunavir|atazanavir|rilpivirine|biktarvy|truvada|descovy|genvoya)\b/i,
    sensitivity: 'hiv',
  },
  {
    pattern:
      /\b(?:alcoholi\w*|alcohol (?:use|abuse|misuse|dependence|withdrawal|intoxication|rehab\w*)|heavy drink\w*|binge drink\w*|delirium tremens|detox\w*|audit-c|disulfiram|acamprosate|drinks? (?:heavily|excessively))\b/i,
    sensitivity: 'alcohol',
  },
  {
    pattern:
      /\b(?:opioid (?:use|abuse|misuse|dependence|addiction|withdrawal)|opiate|heroin|methadone|buprenorphine|suboxone|naltrexone|vivitrol|naloxone)\b/i,
    sensitivity: 'opioid',
  },
  {
    pattern:
      /\b(?:substance (?:use|abuse|misuse)|drug (?:abuse|misuse|dependence|addiction|overdose)|dependent drug|misuses drugs|addict\w*|illicit|recreational drugs?|cocaine|methamphetamines?|amphetamine (?:use|abuse)|cannabis|marijuana|ketamine use|injects drugs|intravenous drug|dast-10)\b/i,
    sensitivity: 'substance',
  },
  {
    pattern:
      /\b(?:depress(?:ion|ive|ed)|antidepressant\w*|anxiety|panic (?:attack|disorder)\w*|bipolar|schizo\w*|psychos[ie]s|psychotic|psychiatr\w*|psychotherap\w*|suicid\w*|self-harm\w*|ptsd|post-?traumatic stress|adhd|attention deficit|eating disorder|anorexia nervosa|bulimia|obsessive[- ]compulsive|mental (?:health|illness|disorder)|phq-?[29]|gad-?7|sertraline|fluoxetine|escitalopram|citalopram|paroxetine|venlafaxine|duloxetine|bupropion|lithium carbonate|quetiapine|olanzapine|risperidone|aripiprazole|clozapine|haloperidol)\b/i,
    sensitivity: 'mental',
  },
  {
    pattern:
      /\b(?:sexually transmitted|sti|std|syphilis|gonorrh\w*|chlamydia\w*|genital herpes|genital warts|trichomon\w*)\b/i,
    sensitivity: 'std',
  },
  {
    pattern:
      /\b(?:sexual(?:ly)? (?:active|orientation|history|dysfunction|partners?|assault)|heterosexual|homosexual|bisexual|gay|lesbian|transgender|gender dysphoria|contracepti\w*|birth control|abortion|termination of pregnancy|infertil\w*|erectile)\b/i,
    sensitivity: 'sexual',
  },
  {
    pattern:
      /\b(?:domestic violence|intimate partner|partner (?:violence|abuse)|sexual (?:assault|abuse)|physical abuse|battered|rape)\b/i,
    sensitivity: 'violence',
  },
];
