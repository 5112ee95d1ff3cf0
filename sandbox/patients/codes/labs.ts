/** One laboratory test: LOINC code, UCUM unit, reference range, and where an invented value lies. */
export interface Lab {
  readonly loinc: string;
  readonly display: string;
  readonly unit: string;
  readonly low?: number;
  readonly high?: number;
  /** Middle and half width of the invented values. */
  readonly middle: number;
  readonly spread: number;
  readonly decimals: number;
  readonly panel: PanelKey;
  /** Sensitivity (v3-ActCode) that a careful source system would set. */
  readonly label?: 'HIV' | 'ETH' | 'PSY';
}

export const panels = {
  lipid: { loinc: '24331-1', display: 'Lipid 1996 panel - Serum or Plasma' },
  metabolic: { loinc: '24323-8', display: 'Comprehensive metabolic 2000 panel - Serum or Plasma' },
  count: { loinc: '58410-2', display: 'CBC panel - Blood by Automated count' },
  single: { loinc: '26436-6', display: 'Laboratory studies (set)' },
} as const;
export type PanelKey = keyof typeof panels;

const lab = (
  panel: PanelKey,
  loinc: string,
  display: string,
  unit: string,
  [low, high]: readonly [(number | undefined)?, (number | undefined)?],
  [middle, spread, decimals]: readonly [number, number, number],
  label?: Lab['label'],
): Lab => ({
  panel,
  loinc,
  display,
  unit,
  ...(low === undefined ? {} : { low }),
  ...(high === undefined ? {} : { high }),
  middle,
  spread,
  decimals,
  ...(label === undefined ? {} : { label }),
});

// biome-ignore format: a table
export const labs = {
  cholesterol:   lab('lipid', '2093-3', 'Cholesterol [Mass/volume] in Serum or Plasma', 'mg/dL', [undefined, 200], [208, 30, 0]),
  ldl:           lab('lipid', '13457-7', 'Cholesterol in LDL [Mass/volume] in Serum or Plasma by calculation', 'mg/dL', [undefined, 100], [118, 26, 0]),
  hdl:           lab('lipid', '2085-9', 'Cholesterol in HDL [Mass/volume] in Serum or Plasma', 'mg/dL', [40], [52, 10, 0]),
  triglycerides: lab('lipid', '2571-8', 'Triglyceride [Mass/volume] in Serum or Plasma', 'mg/dL', [undefined, 150], [146, 40, 0]),
  glucose:       lab('metabolic', '2345-7', 'Glucose [Mass/volume] in Serum or Plasma', 'mg/dL', [70, 99], [104, 22, 0]),
  creatinine:    lab('metabolic', '2160-0', 'Creatinine [Mass/volume] in Serum or Plasma', 'mg/dL', [0.5, 1.2], [1.0, 0.35, 2]),
  egfr:          lab('metabolic', '98979-8', 'Glomerular filtration rate [Volume Rate/Area] in Serum, Plasma or Blood by Creatinine-based formula (CKD-EPI 2021)/1.73 sq M', 'mL/min/{1.73_m2}', [60], [72, 20, 0]),
  potassium:     lab('metabolic', '2823-3', 'Potassium [Moles/volume] in Serum or Plasma', 'mmol/L', [3.5, 5.1], [4.3, 0.6, 1]),
  sodium:        lab('metabolic', '2951-2', 'Sodium [Moles/volume] in Serum or Plasma', 'mmol/L', [136, 145], [140, 4, 0]),
  alt:           lab('metabolic', '1742-6', 'Alanine aminotransferase [Enzymatic activity/volume] in Serum or Plasma', 'U/L', [7, 56], [31, 16, 0]),
  wbc:           lab('count', '6690-2', 'Leukocytes [#/volume] in Blood by Automated count', '10*3/uL', [4.5, 11], [7.1, 2.4, 1]),
  hemoglobin:    lab('count', '718-7', 'Hemoglobin [Mass/volume] in Blood', 'g/dL', [12, 16], [13.3, 1.6, 1]),
  platelets:     lab('count', '777-3', 'Platelets [#/volume] in Blood by Automated count', '10*3/uL', [150, 400], [246, 70, 0]),
  hba1c:         lab('single', '4548-4', 'Hemoglobin A1c/Hemoglobin.total in Blood', '%', [4, 5.6], [7.3, 0.9, 1]),
  tsh:           lab('single', '3016-3', 'Thyrotropin [Units/volume] in Serum or Plasma', 'm[IU]/L', [0.4, 4.2], [3.1, 1.8, 2]),
  inr:           lab('single', '6301-6', 'INR in Platelet poor plasma by Coagulation assay', '{INR}', [0.9, 1.1], [2.5, 0.5, 1]),
  ferritin:      lab('single', '2276-4', 'Ferritin [Mass/volume] in Serum or Plasma', 'ng/mL', [15, 150], [28, 18, 0]),
  cd4:           lab('single', '24467-3', 'CD3+CD4+ (T4 helper) cells [#/volume] in Blood', '/uL', [500, 1500], [612, 140, 0], 'HIV'),
  hivLoad:       lab('single', '20447-9', 'HIV 1 RNA [#/volume] (viral load) in Serum or Plasma by NAA with probe detection', '{copies}/mL', [undefined, 20], [34, 24, 0], 'HIV'),
  lithium:       lab('single', '14334-7', 'Lithium [Moles/volume] in Serum or Plasma', 'mmol/L', [0.6, 1.2], [0.8, 0.2, 1], 'PSY'),
} as const satisfies Record<string, Lab>;
export type LabKey = keyof typeof labs;

/** Drawn from every patient with a record, whatever the problems. */
export const routineLabs: readonly LabKey[] = [
  'cholesterol',
  'ldl',
  'hdl',
  'triglycerides',
  'glucose',
  'creatinine',
  'egfr',
  'potassium',
  'sodium',
  'alt',
  'wbc',
  'hemoglobin',
  'platelets',
];
