/** Allergies as SNOMED CT findings, with the usual reaction. `negative` rows state an absence. */
// biome-ignore format: a table
export const allergens = {
  penicillin:   { snomed: '91936005', display: 'Allergy to penicillin', category: 'medication', reaction: { snomed: '126485001', display: 'Urticaria' } },
  sulfonamide:  { snomed: '91939003', display: 'Allergy to sulfonamide', category: 'medication', reaction: { snomed: '271807003', display: 'Eruption of skin' } },
  peanut:       { snomed: '91935009', display: 'Allergy to peanut', category: 'food', reaction: { snomed: '39579001', display: 'Anaphylaxis' } },
  latex:        { snomed: '300916003', display: 'Allergy to latex', category: 'environment', reaction: { snomed: '271807003', display: 'Eruption of skin' } },
  noKnownFood:  { snomed: '429625007', display: 'No known food allergy', category: 'food', negative: true },
  noKnownDrug:  { snomed: '409137002', display: 'No known drug allergy', category: 'medication', negative: true },
  noKnown:      { snomed: '716186003', display: 'No known allergy', category: 'medication', negative: true },
} as const satisfies Record<string, Allergen>;
type AllergenKey = keyof typeof allergens;

export interface Allergen {
  readonly snomed: string;
  readonly display: string;
  readonly category: 'medication' | 'food' | 'environment';
  readonly reaction?: { readonly snomed: string; readonly display: string };
  readonly negative?: true;
}

/** How sure the record is. */
export type AllergyRow = readonly [AllergenKey, 'confirmed' | 'refuted' | 'unconfirmed' | 'resolved'];
