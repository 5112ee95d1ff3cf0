import { codeSystems } from '../../../src/vocabulary/fhir.ts';
import type { Chart } from '../chart.ts';
import { concept, staffReference, terminology } from '../chart.ts';
import type { VaccineRow } from '../codes/vaccines.ts';
import { schedules, vaccines } from '../codes/vaccines.ts';
import { sentence } from '../note-builder.ts';
import { organizationReference } from './directory.ts';

function addImmunization(chart: Chart, [key, daysAgo, refused]: VaccineRow): void {
  const { calendar, scene } = chart;
  const id = chart.newId('imm');
  const given = calendar.at(daysAgo, 11);
  const relative = scene.relatives[0];
  const note =
    refused !== undefined && relative !== undefined
      ? sentence`${relative.Word} ${relative.called} asks to wait until after ${scene.date(given, 'month-ordinal')}.`
      : undefined;
  chart.add({
    resourceType: 'Immunization',
    id,
    meta: chart.meta(given, 'us-core-immunization'),
    status: refused === undefined ? 'completed' : 'not-done',
    ...(refused === undefined
      ? { lotNumber: `L${chart.stream.word(6, '0123456789')}` }
      : { statusReason: terminology('v3-ActReason', 'PATOBJ', 'patient objection') }),
    vaccineCode: concept(codeSystems.cvx, vaccines[key].cvx, vaccines[key].display),
    patient: chart.subject,
    occurrenceDateTime: calendar.date(given),
    primarySource: true,
    performer: [{ actor: staffReference('nurse') }],
    location: { display: organizationReference('clinic').display },
    ...(note === undefined
      ? {}
      : { note: [{ text: chart.write(`Immunization/${id}`, 'note[0].text', note) }] }),
  });
}

export function addImmunizations(chart: Chart): void {
  const rows: readonly VaccineRow[] = schedules[chart.story.vaccines];
  for (const row of rows) addImmunization(chart, row);
}
