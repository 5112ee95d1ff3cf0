/** CVX codes; `daysAgo` where it was given, so that a few lie after the last visit. */
// biome-ignore format: a table
export const vaccines = {
  influenza:   { cvx: '150', display: 'Influenza, injectable, quadrivalent, preservative free' },
  tdap:        { cvx: '115', display: 'Tdap' },
  covid:       { cvx: '208', display: 'COVID-19, mRNA, LNP-S, PF, 30 mcg/0.3 mL dose' },
  zoster:      { cvx: '187', display: 'zoster recombinant' },
  pneumo:      { cvx: '33', display: 'pneumococcal polysaccharide PPV23' },
  dtap:        { cvx: '20', display: 'DTaP' },
  polio:       { cvx: '10', display: 'IPV' },
  mmr:         { cvx: '03', display: 'MMR' },
  varicella:   { cvx: '21', display: 'varicella' },
  hepatitisB:  { cvx: '08', display: 'Hep B, adolescent or pediatric' },
} as const satisfies Record<string, { cvx: string; display: string }>;
type VaccineKey = keyof typeof vaccines;

export type VaccineRow = readonly [VaccineKey, daysAgo: number, refused?: 'refused'];

// biome-ignore format: a table
export const schedules = {
  adult:  [['influenza', 16], ['influenza', 381], ['covid', 402], ['tdap', 1900], ['zoster', 60, 'refused']],
  senior: [['influenza', 18], ['pneumo', 900], ['zoster', 1200], ['covid', 210], ['covid', 30, 'refused']],
  child:  [['influenza', 12], ['dtap', 900], ['polio', 905], ['mmr', 910], ['varicella', 911], ['hepatitisB', 2400], ['covid', 40, 'refused']],
  infant: [['hepatitisB', 148], ['dtap', 88], ['polio', 88], ['dtap', 20]],
} as const satisfies Record<string, readonly VaccineRow[]>;
