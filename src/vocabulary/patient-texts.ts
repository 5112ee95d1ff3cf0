/** What a tenant says to patients and to those who act for them, word for word and beside any model. */
export interface PatientTexts {
  /** Below every answer. */
  readonly answer: string;
  readonly emergency: {
    /** Before what is said to a question in which an emergency is spoken of, also where it is refused. */
    readonly text: string;
    /** Phrases of an emergency beside the shipped ones. */
    readonly phrases: readonly string[];
  };
}

/** One of them, as it was said. */
export interface PatientText {
  readonly code: 'answer' | 'emergency';
  readonly text: string;
}

/** What holds where a tenant says nothing of it. */
export const defaultPatientTexts: PatientTexts = {
  answer:
    'This answer was written by artificial intelligence (AI) and can be wrong. To reach a person, call your care team.',
  emergency: {
    text: 'This may be an emergency. Call your emergency number now (911 in the United States, 112 in Europe) or go to the nearest emergency department. If you think about ending your life, call or text 988 in the United States, or a crisis line where you are. Nobody watches this conversation.',
    phrases: [],
  },
};

export const patientTexts = (tenant: { readonly patientTexts?: PatientTexts }): PatientTexts =>
  tenant.patientTexts ?? defaultPatientTexts;
