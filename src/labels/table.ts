/** One group of codes of a label table, with where it comes from. */
export interface CodeRow {
  readonly system: 'icd-10' | 'icd-10-cm' | 'snomed' | 'loinc' | 'rxnorm';
  readonly source: string;
  /** Codes that begin so count too. */
  readonly below?: boolean;
  /** Code to its meaning. */
  readonly codes: Readonly<Record<string, string>>;
}

/** One kind of sensitive information; see labels/label-table.schema.json. */
export interface LabelTable {
  readonly name: string;
  readonly title: string;
  readonly confidentiality: 'R' | 'V';
  /** v3-ActCode sensitivity codes. */
  readonly sensitivity: readonly string[];
  readonly minors?: boolean;
  readonly whole?: boolean;
  readonly codes: readonly CodeRow[];
  readonly words: readonly string[];
  readonly except?: readonly string[];
}

/** URIs under which the code systems of the tables stand in records. */
export const systemsOf: Readonly<Record<CodeRow['system'], readonly string[]>> = {
  'icd-10-cm': ['http://hl7.org/fhir/sid/icd-10-cm'],
  'icd-10': [
    'http://hl7.org/fhir/sid/icd-10',
    'http://fhir.de/CodeSystem/bfarm/icd-10-gm',
    'http://fhir.de/CodeSystem/dimdi/icd-10-gm',
  ],
  snomed: ['http://snomed.info/sct'],
  loinc: ['http://loinc.org'],
  rxnorm: ['http://www.nlm.nih.gov/research/umls/rxnorm'],
};
