/** LOINC document types that the notes use. */
export const documentTypes = {
  progress: { loinc: '11506-3', display: 'Progress note' },
  discharge: { loinc: '18842-5', display: 'Discharge summary' },
  consult: { loinc: '11488-4', display: 'Consult note' },
  emergency: { loinc: '34111-5', display: 'Emergency department Note' },
  telephone: { loinc: '34748-4', display: 'Telephone encounter Note' },
  imaging: { loinc: '18748-4', display: 'Diagnostic imaging study' },
} as const;
export type DocumentKind = keyof typeof documentTypes;
