import { codeSystems } from '../../../src/vocabulary/fhir.ts';
import type { Chart } from '../chart.ts';
import { concept, staffReference } from '../chart.ts';
import type { ProblemKey } from '../codes/problems.ts';
import { sentence } from '../note-builder.ts';
import type { Visit } from './visits.ts';

const electrocardiogram = { snomed: '29303009', display: 'Electrocardiographic procedure' };
const chestFilm = { snomed: '399208008', display: 'Plain X-ray of chest' };

/** What is done on admission for a problem; without a row, a chest film. */
const onAdmission: Partial<Record<ProblemKey, { snomed: string; display: string }>> = {
  appendicitis: { snomed: '80146002', display: 'Excision of appendix' },
  heartFailure: { snomed: '40701008', display: 'Echocardiography' },
};

function addProcedure(
  chart: Chart,
  code: { snomed: string; display: string },
  performed: number,
  encounter?: string,
): void {
  const { scene, calendar } = chart;
  const id = chart.newId('proc');
  const note = sentence`${scene.patient.lastFirst} tolerated it well; tracing sent to ${scene.staff('cardiologist').titled}, ${scene.hospital.short}.`;
  chart.add({
    resourceType: 'Procedure',
    id,
    meta: chart.meta(performed, 'us-core-procedure'),
    status: 'completed',
    code: concept(codeSystems.snomed, code.snomed, code.display),
    subject: chart.subject,
    ...(encounter === undefined ? {} : { encounter: { reference: `Encounter/${encounter}` } }),
    performedDateTime: calendar.stamp(performed),
    performer: [{ actor: staffReference(encounter === undefined ? 'nurse' : 'hospitalist') }],
    note: [{ text: chart.write(`Procedure/${id}`, 'note[0].text', note) }],
  });
}

/** One procedure of the admission, and an electrocardiogram of adults after the last visit. */
export function addProcedures(chart: Chart, visits: readonly Visit[]): void {
  const admission = visits.find(({ kind }) => kind === 'admission');
  if (admission !== undefined)
    addProcedure(
      chart,
      onAdmission[admission.problem] ?? chestFilm,
      admission.start + 86_400_000,
      admission.id,
    );
  if (chart.story.age >= 18) addProcedure(chart, electrocardiogram, chart.calendar.at(13, 12));
}
