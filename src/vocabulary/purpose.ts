/**
 * Purposes of use, HL7 v3 ActReason (http://terminology.hl7.org/CodeSystem/v3-ActReason).
 * `parent` gives the tree of the value set PurposeOfUse; `name` is the word used in decision sentences.
 */
export const purposes = {
  TREAT: { name: 'treatment' },
  ETREAT: { name: 'emergency treatment', parent: 'TREAT' },
  BTG: { name: 'break the glass', parent: 'ETREAT' },
  HPAYMT: { name: 'healthcare payment' },
  HOPERAT: { name: 'healthcare operations' },
  HRESCH: { name: 'healthcare research' },
  PATRQT: { name: "the patient's own request" },
  FAMRQT: { name: "a family member's request", parent: 'PATRQT' },
  PUBHLTH: { name: 'public health' },
} as const satisfies Record<string, { name: string; parent?: string }>;

export type Purpose = keyof typeof purposes;
export const purposeSystem = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
export const isPurpose = (value: unknown): value is Purpose =>
  typeof value === 'string' && Object.hasOwn(purposes, value);
