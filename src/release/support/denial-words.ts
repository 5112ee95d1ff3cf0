/** A kind of record of which an answer may say that there is none. */
export interface Kind {
  /** FHIR types that hold records of this kind. */
  readonly types: readonly string[];
  /** Statements that there is nothing of it. */
  readonly patterns: readonly RegExp[];
}

const qualifiers =
  'known|documented|recorded|reported|listed|noted|confirmed|active|current|currently|ongoing|regular|chronic|acute|significant|relevant|other|further|additional|drug|medication|medicine|food|latex|environmental|seasonal|prescribed|home|past|prior|previous|history|new|or|and|of|to|any';
const none =
  "no|not any|does(?: not|n[\u2019']t) have any|has no|have no|without|without any|zero|denies|denies any|denied|denied any|free of|free from|never had any|never had|nil|takes no|taking no|is on no|there are no|there were no";

const absent = (subject: string): RegExp =>
  new RegExp(
    `\\b(?:${none}) (?:(?:${qualifiers})(?:, ?| ?/ ?| )){0,6}(?:${subject})\\b(?: to (?:any )?(?:medications?|medicines?|drugs?|foods?)\\b)?(?! (?:changes?|interactions?|list|reconciliation|history|review|error|side effects?|(?:is|are|was|were) (?:marked|flagged|labell?ed|classified|coded|graded|described) as|allerg|intoleran|to (?!any|medic|drug|food)))`,
    'giu',
  );
const listedEmpty = (subject: string): RegExp =>
  new RegExp(
    `(?<![\\p{L}-])(?:(?:${qualifiers}) ){0,3}(?:${subject})(?: list)?"? ?(?:[:=|\u2013\u2014-]| is| are) ?(?:"?(?:none|nil|no(?! \\p{L})|no known|negative|non-?contributory|unremarkable|empty|n/a|nk[df]?a|zero|not any)(?![\\p{L}\\p{N}]))`,
    'giu',
  );

const letters = /\bNK[DF]?A\b/g;
const allergicToNothing =
  /\bnot (?:known to be )?allergic to (?:any\p{L}*|a)(?: (?:known )?(?:medications?|medicines?|drugs?|foods?|substances?))?/giu;
const takesNothing =
  /\b(?:not (?:currently |presently )?(?:taking|on|prescribed|receiving|using)|does(?: not|n[\u2019']t) (?:currently )?take) any(?:thing| (?:known |regular |other )?(?:medications?|medicines?|drugs?|meds|prescriptions?))/giu;

const rows: readonly (readonly [types: readonly string[], subject: string, ...more: RegExp[]])[] = [
  [
    ['AllergyIntolerance'],
    'allerg(?:y|ies|ens?)|intolerances?|hypersensitivities',
    letters,
    allergicToNothing,
  ],
  [
    ['MedicationRequest', 'MedicationStatement', 'MedicationDispense'],
    'medications?|medicines?|meds|drugs?|prescriptions?|pharmacotherapy',
    takesNothing,
  ],
  [
    ['Condition'],
    '(?:health |medical )?problems?|(?:medical |chronic )?conditions?|diagnos[ei]s|comorbidities|illness(?:es)?|(?:past )?medical history|pmhx?',
  ],
  [['Immunization'], 'immuni[sz]ations?|vaccin(?:es?|ations?)'],
  [
    ['Procedure'],
    'procedures?|surger(?:y|ies)|operations?|(?:past )?surgical history|pshx?|hospitali[sz]ations?',
  ],
  [['FamilyMemberHistory'], 'family (?:medical )?history|fhx?'],
];
export const kinds: readonly Kind[] = rows.map(([types, subject, ...more]) => ({
  types,
  patterns: [absent(subject), listedEmpty(subject), ...more],
}));

const something = "(?:[\\p{L}\\p{N}'\u2019-]{2,40}(?: |$|(?=[.,;:)\\n]))){1,5}";
/** Denials of whatever stands behind them; the group is what is denied. */
export const termDenial = new RegExp(
  `\\b(?:no (?:known |documented |recorded |confirmed |reported |prior |past |previous |personal |family |current |recent |clear )?(?:history|evidence|signs?|symptoms?|diagnosis|diagnoses|allergy|allergies) (?:of|to|for)|den(?:ies|ied)(?: any)?|never (?:had|been diagnosed with|taken|received)(?: an?)?|(?:has|have|does|is|was)(?: not|n[\u2019']t) (?:have|had|allergic to|taking|been diagnosed with|diagnosed with|prescribed|receiving)(?: an?| any)?|not (?:currently )?(?:allergic to|taking|prescribed|diagnosed with)|negative for(?: any)?|ruled out for) (${something})`,
  'giu',
);

/** What is found in people, felt or done by them, or happens to them, by its last word. */
const findings =
  'fevers?|chills|pains?|aches?|headaches?|nausea|vomiting|diarrh(?:o?ea)|constipation|cough(?:ing)?|shortness of breath|wheez(?:e|ing)|palpitations?|syncope|dizziness|swelling|o?edema|rash(?:es)?|hives|bleeding|bruising|falls?|falls? risk|fall risk|seizures?|tremors?|jaundice|weakness|numbness|fatigue|insomnia|weight (?:loss|gain)|night sweats|cancer|malignanc(?:y|ies)|tumou?rs?|metastas[ei]s|diabetes|hypertension|asthma|copd|strokes?|tia|diseases?|heart (?:failure|attack)|failure|infarction|arrhythmias?|fibrillation|embolism|depression|suicidal (?:ideation|thoughts)|psychosis|infections?|ulcers?|hospitali[sz]ations?|pregnanc(?:y|ies)|miscarriages?|alcohol(?: use)?|tobacco(?: use)?|(?:illicit |recreational )?drug use|substance (?:use|abuse)|smoking|\\p{L}{3,30}(?:itis|osis|emia|aemia|opathy|algia|uria|plegia|pn(?:o?ea))';
const one = `(?:[\\p{L}'\u2019-]{2,30} ){0,2}?(?:${findings})(?![\\p{L}\\p{N}-])`;
/** Denials of findings in a list. */
export const findingDenial = new RegExp(
  `(?<![\\p{L}\\p{N}-])(?:no|without|free of|negative for|never had|showed no|shows no) (${one}(?:(?:, (?:or |and |no )?| or | and | nor )${one}){0,5})(?! (?:relie|reduc|medic|manag|prevent|flag|assess|screen|control|action|plan))`,
  'giu',
);
/** A condition or a question is no denial. */
export const supposed = /\b(?:if|until|unless|when|whether|once|ask|tell|report|watch|monitor|check)\b/i;

/** `no peanut allergy`, `penicillin: no allergy`: the group is what is denied. */
export const allergyDenial =
  /\b(?:no|not have an?|never had an?|without) (?:(?:known|documented|reported|history of|confirmed|recorded|true) ){0,2}([\p{L}-]{3,40}(?: [\p{L}-]{3,40})?) (?:allerg(?:y|ies)|intolerance|hypersensitivity)\b/giu;
/** What somebody is said to bear well; the group is what. */
export const tolerated = [
  /\b(?:tolerat(?:es|ed|ing)|can (?:safely )?(?:take|have|receive|eat|use)|safe to (?:take|give|prescribe)) ([\p{L}-]{3,40})/giu,
  /(?<![\p{L}-])([\p{L}-]{3,40}) (?:is|are|was|were) (?:considered )?(?:safe|fine|okay|ok|well tolerated|tolerated)\b/giu,
  /(?<![\p{L}-])([\p{L}-]{3,40})(?: allergy)?: (?:no allergy|not allergic|none)\b/giu,
];

/** What an answer says somebody does not use, and by what a record says so. */
export const habits: readonly (readonly [said: RegExp, denied: RegExp])[] = [
  [
    /\b(?:never[- ]smok(?:ed|ers?)|non-?smokers?|(?:does not|doesn[\u2019']t|has never|never) smoked?|no smoking)\b/gi,
    /\b(?:never|non|no|not|denies|none)\b[^.\n]{0,40}(?:smok|tobacco)|(?:smok|tobacco)[^.\n]{0,20}\b(?:never|none|no|denies|negative)\b|nonsmoker/i,
  ],
  [
    /\b(?:(?:does not|doesn[\u2019']t|has never|never) (?:drinks?|drank|drunk|use alcohol)|teetotal\w*|abstains from alcohol)\b/gi,
    /\b(?:never|non|no|not|denies|none)\b[^.\n]{0,40}(?:alcohol|drink)|alcohol[^.\n]{0,20}\b(?:never|none|no|denies|negative)\b|teetotal/i,
  ],
];
