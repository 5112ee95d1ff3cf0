/** Vital signs with LOINC code and UCUM unit; values by [middle, half width] for adults and for small children. */
export interface Vital {
  readonly loinc: string;
  readonly display: string;
  readonly unit: string;
  readonly adult: readonly [number, number];
  readonly child: readonly [number, number];
  readonly decimals: number;
}

// biome-ignore format: a table
export const vitals = {
  pulse:       { loinc: '8867-4', display: 'Heart rate', unit: '/min', adult: [74, 10], child: [98, 14], decimals: 0 },
  breathing:   { loinc: '9279-1', display: 'Respiratory rate', unit: '/min', adult: [15, 3], child: [23, 4], decimals: 0 },
  temperature: { loinc: '8310-5', display: 'Body temperature', unit: 'Cel', adult: [36.8, 0.4], child: [36.9, 0.4], decimals: 1 },
  oxygen:      { loinc: '59408-5', display: 'Oxygen saturation in Arterial blood by Pulse oximetry', unit: '%', adult: [97, 2], child: [98, 1], decimals: 0 },
  weight:      { loinc: '29463-7', display: 'Body weight', unit: 'kg', adult: [76, 2], child: [22, 1], decimals: 1 },
  height:      { loinc: '8302-2', display: 'Body height', unit: 'cm', adult: [168, 0], child: [121, 0], decimals: 0 },
} as const satisfies Record<string, Vital>;

export const bloodPressure = {
  panel: { loinc: '85354-9', display: 'Blood pressure panel with all children optional' },
  systolic: { loinc: '8480-6', display: 'Systolic blood pressure', adult: [128, 14], child: [98, 8] },
  diastolic: { loinc: '8462-4', display: 'Diastolic blood pressure', adult: [79, 9], child: [60, 6] },
} as const;
