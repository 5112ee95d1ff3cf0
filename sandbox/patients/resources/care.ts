import { codeSystems } from '../../../src/vocabulary/fhir.ts';
import { minute } from '../calendar.ts';
import type { Chart } from '../chart.ts';
import { concept, staffReference } from '../chart.ts';
import { sentence } from '../note-builder.ts';
import { staff } from '../staff.ts';
import { locationReference, organizationReference } from './directory.ts';

const roleOf = (code: string, display: string) => [concept(codeSystems.snomed, code, display)];

/** The active team with the patient and the relatives in it, and a team of the past. */
export function addCareTeams(chart: Chart, relatives: readonly string[]): void {
  const { story, calendar } = chart;
  const members = story.team.map((key) => ({
    role: roleOf(staff[key].role.code, staff[key].role.display),
    member: staffReference(key),
    onBehalfOf: organizationReference(staff[key].organization),
  }));
  chart.add({
    resourceType: 'CareTeam',
    id: chart.newId('team'),
    meta: chart.meta(calendar.at(200), 'us-core-careteam'),
    status: 'active',
    name: 'Primary care team',
    subject: chart.subject,
    period: { start: calendar.date(chart.since(900)) },
    participant: [
      ...members,
      { role: roleOf('116154003', 'Patient'), member: chart.subject },
      ...relatives.map((id) => ({
        role: roleOf('133932002', 'Caregiver'),
        member: { reference: `RelatedPerson/${id}` },
      })),
    ],
    managingOrganization: [organizationReference('clinic')],
  });
  if (story.record === 'long')
    chart.add({
      resourceType: 'CareTeam',
      id: chart.newId('team'),
      meta: chart.meta(calendar.at(1100), 'us-core-careteam'),
      status: 'inactive',
      name: 'Rehabilitation team',
      subject: chart.subject,
      period: { start: calendar.date(calendar.at(1300)), end: calendar.date(calendar.at(1100)) },
      participant: [
        {
          role: roleOf(staff.outsider.role.code, staff.outsider.role.display),
          member: staffReference('outsider'),
        },
      ],
    });
}

/** A booked appointment ahead, and one that was kept. */
export function addAppointments(chart: Chart): void {
  const { story, calendar, scene } = chart;
  const lead = story.team.includes('clinician') ? 'clinician' : 'cardiologist';
  const relative = scene.relatives[0];
  // biome-ignore format: a table
  const rows = [
    { status: 'booked', daysAgo: -chart.stream.integer(6, 16) },
    { status: 'fulfilled', daysAgo: 212 },
  ] as const;
  for (const row of rows) {
    const id = chart.newId('appt');
    const start = calendar.at(row.daysAgo, 15);
    const comment = sentence`${relative === undefined ? scene.patient.called : [relative.Word, ' ', relative.called]} asked for a reminder at ${scene.phone(scene.mobile)} the day before (${scene.date(start, 'weekday')}).`;
    chart.add({
      resourceType: 'Appointment',
      id,
      meta: chart.meta(calendar.at(row.status === 'booked' ? 10 : 212)),
      status: row.status,
      serviceType: [concept(codeSystems.snomed, '185349003', 'Encounter for check up')],
      start: calendar.stamp(start),
      end: calendar.stamp(start + 30 * minute),
      minutesDuration: 30,
      comment: chart.write(`Appointment/${id}`, 'comment', comment),
      participant: [
        { actor: chart.subject, status: 'accepted' },
        { actor: staffReference(lead), status: 'accepted' },
        { actor: locationReference('clinic'), status: 'accepted' },
      ],
    });
  }
}
