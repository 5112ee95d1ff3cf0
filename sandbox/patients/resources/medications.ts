import type { Dosage, Medication, MedicationRequest } from 'fhir/r4.js';
import { codeSystems } from '../../../src/vocabulary/fhir.ts';
import type { Chart } from '../chart.ts';
import { concept, staffReference, terminology } from '../chart.ts';
import type { CourseRow, DrugCourse } from '../codes/courses.ts';
import { courses } from '../codes/courses.ts';
import type { Drug, DrugKey } from '../codes/drugs.ts';
import { drugs, routes } from '../codes/drugs.ts';
import { problems } from '../codes/problems.ts';
import { sentence } from '../note-builder.ts';
import type { Visit } from './visits.ts';

function dosage(chart: Chart, drug: Drug, asNeeded: boolean, place: string): Dosage {
  const { scene } = chart;
  const clinician = scene.staff('clinician');
  const route = routes[drug.route];
  return {
    text: drug.sig,
    ...(asNeeded
      ? {
          patientInstruction: chart.write(
            place,
            'dosageInstruction[0].patientInstruction',
            sentence`If pain lasts, ${scene.patient.called} should call ${clinician.titled} at ${scene.phone(clinician.number)}.`,
          ),
        }
      : {}),
    timing: { repeat: { frequency: drug.timesADay, period: 1, periodUnit: 'd' } },
    asNeededBoolean: asNeeded,
    route: concept(codeSystems.snomed, route.code, route.display),
    doseAndRate: [
      {
        type: terminology('dose-rate-type', 'ordered', 'Ordered'),
        doseQuantity: {
          value: drug.dose,
          unit: drug.unit,
          system: 'http://unitsofmeasure.org',
          code: drug.unit,
        },
      },
    ],
  };
}

function addStatement(chart: Chart, drug: Drug, row: CourseRow): void {
  const { calendar, scene } = chart;
  const id = chart.newId('medst');
  const relative = scene.relatives[0];
  const note = sentence`Bought over the counter; ${scene.patient.called}${relative === undefined ? '' : [' and ', relative.word, ' ', relative.called]} confirmed on ${scene.date(calendar.at(row.updated))}.`;
  chart.add({
    resourceType: 'MedicationStatement',
    id,
    meta: chart.meta(calendar.at(row.updated)),
    status: 'active',
    medicationCodeableConcept: concept(codeSystems.rxnorm, drug.rxnorm, drug.display),
    subject: chart.subject,
    effectivePeriod: { start: calendar.date(calendar.at(row.authored)) },
    dateAsserted: calendar.date(calendar.at(row.updated)),
    informationSource: chart.subject,
    dosage: [{ text: drug.sig }],
    note: [{ text: chart.write(`MedicationStatement/${id}`, 'note[0].text', note) }],
  });
}

/** The order's medication: coded in place, contained, or a Medication of its own. */
function medication(chart: Chart, drug: Drug, row: CourseRow): Partial<MedicationRequest> {
  const code = concept(codeSystems.rxnorm, drug.rxnorm, drug.display);
  if (row.medication === 'coded') return { medicationCodeableConcept: code };
  if (row.medication === 'contained') {
    const inside: Medication = { resourceType: 'Medication', id: 'med', code };
    return { contained: [inside], medicationReference: { reference: '#med' } };
  }
  const id = chart.newId('med');
  chart.add({
    resourceType: 'Medication',
    id,
    meta: chart.meta(chart.calendar.at(row.authored), 'us-core-medication', drug.label),
    status: 'active',
    code,
  });
  return { medicationReference: { reference: `Medication/${id}`, display: drug.display } };
}

function addOrder(chart: Chart, key: DrugKey, course: DrugCourse, visits: readonly Visit[]): void {
  const { calendar } = chart;
  const drug: Drug = drugs[key];
  const row: CourseRow = courses[course];
  if (row.statement === true) return addStatement(chart, drug, row);
  const id = chart.newId('rx');
  const authored = chart.since(row.authored);
  const admission = row.discharge === true ? visits.find(({ kind }) => kind === 'admission') : undefined;
  chart.add({
    resourceType: 'MedicationRequest',
    id,
    meta: chart.meta(Math.max(calendar.at(row.updated), authored), 'us-core-medicationrequest', drug.label),
    ...medication(chart, drug, row),
    status: row.status,
    ...(row.status === 'stopped' ? { statusReason: { text: 'Changed to another drug' } } : {}),
    intent: 'order',
    category: [terminology('medicationrequest-category', row.discharge === true ? 'discharge' : 'community')],
    ...(row.doNotPerform === true ? { doNotPerform: true } : {}),
    reportedBoolean: false,
    subject: chart.subject,
    ...(admission === undefined ? {} : { encounter: { reference: `Encounter/${admission.id}` } }),
    authoredOn: calendar.stamp(admission?.end ?? authored),
    requester: staffReference(admission === undefined ? 'clinician' : 'hospitalist'),
    dosageInstruction: [dosage(chart, drug, row.asNeeded === true, `MedicationRequest/${id}`)],
  });
}

/** Drugs of the problems (the last problem's are new since the last visit), the story's own, those of the admission. */
export function addMedications(chart: Chart, visits: readonly Visit[]): void {
  const { story } = chart;
  const own = new Set(story.drugs?.map(([key]) => key));
  story.problems.forEach((problem, index) => {
    for (const key of problems[problem].drugs)
      if (!own.has(key)) addOrder(chart, key, index === story.problems.length - 1 ? 'new' : 'active', visits);
  });
  for (const [key, course] of story.drugs ?? []) addOrder(chart, key, course, visits);
  if (story.admission !== undefined)
    for (const key of problems[story.admission].drugs) addOrder(chart, key, 'discharge', visits);
}
