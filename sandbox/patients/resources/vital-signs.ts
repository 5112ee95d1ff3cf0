import type { Observation } from 'fhir/r4.js';
import { codeSystems } from '../../../src/vocabulary/fhir.ts';
import type { Chart } from '../chart.ts';
import { concept, staffReference, terminology } from '../chart.ts';
import type { Vital } from '../codes/vitals.ts';
import { bloodPressure, vitals } from '../codes/vitals.ts';
import type { Visit } from './visits.ts';

const rows: readonly Vital[] = Object.values(vitals);

const measured = (value: number, unit: string) => ({
  value,
  unit,
  system: 'http://unitsofmeasure.org',
  code: unit,
});

/** One set of vital signs; blood pressure as one Observation with two components (US Core). */
function addSet(chart: Chart, taken: number, encounter?: string): void {
  const size = chart.story.age < 13 ? 'child' : 'adult';
  const invent = ([middle, spread]: readonly [number, number], decimals: number): number =>
    Number((middle + (chart.stream.next() * 2 - 1) * spread).toFixed(decimals));
  const base = (): Omit<Observation, 'code'> => ({
    resourceType: 'Observation',
    id: chart.newId('obs'),
    status: 'final',
    category: [terminology('observation-category', 'vital-signs', 'Vital Signs')],
    subject: chart.subject,
    effectiveDateTime: chart.calendar.stamp(taken),
    performer: [staffReference('nurse')],
    ...(encounter === undefined ? {} : { encounter: { reference: `Encounter/${encounter}` } }),
  });
  for (const row of rows)
    chart.add({
      ...base(),
      meta: chart.meta(taken, 'us-core-vital-signs'),
      code: concept(codeSystems.loinc, row.loinc, row.display),
      valueQuantity: measured(invent(row[size], row.decimals), row.unit),
    });
  const { panel, systolic, diastolic } = bloodPressure;
  chart.add({
    ...base(),
    meta: chart.meta(taken, 'us-core-blood-pressure'),
    code: concept(codeSystems.loinc, panel.loinc, panel.display),
    component: [systolic, diastolic].map((row) => ({
      code: concept(codeSystems.loinc, row.loinc, row.display),
      valueQuantity: measured(invent(row[size], 0), 'mm[Hg]'),
    })),
  });
}

/** At every visit where someone was there to take them, and at a nurse's check six days before now. */
export function addVitalSigns(chart: Chart, visits: readonly Visit[]): void {
  for (const visit of visits.filter(({ kind }) => kind !== 'telehealth'))
    addSet(chart, visit.start, visit.id);
  addSet(chart, chart.calendar.at(6, 10));
}
