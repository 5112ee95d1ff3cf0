import { codeSystems } from '../../../src/vocabulary/fhir.ts';
import { day } from '../calendar.ts';
import type { Chart } from '../chart.ts';
import { staffReference, terminology } from '../chart.ts';
import type { Problem, ProblemKey } from '../codes/problems.ts';
import { problems } from '../codes/problems.ts';
import { sentence } from '../note-builder.ts';
import type { Visit } from './visits.ts';

interface Listing {
  readonly category: 'problem-list-item' | 'encounter-diagnosis';
  readonly clinical: 'active' | 'resolved';
  readonly onset: number;
  readonly recorded: number;
  readonly encounter?: string;
}

function addCondition(chart: Chart, key: ProblemKey, listing: Listing): void {
  const { scene, calendar } = chart;
  const problem: Problem = problems[key];
  const id = chart.newId('cond');
  const relative = scene.relatives[0];
  const note =
    listing.category === 'problem-list-item' && relative !== undefined
      ? sentence`Discussed with ${scene.patient.titled} and ${scene.words.her} ${relative.word} ${relative.called} on ${scene.date(listing.recorded)}. ${problem.prose}`
      : undefined;
  chart.add({
    resourceType: 'Condition',
    id,
    meta: chart.meta(
      listing.recorded,
      listing.category === 'problem-list-item'
        ? 'us-core-condition-problems-health-concerns'
        : 'us-core-condition-encounter-diagnosis',
      problem.label,
    ),
    clinicalStatus: terminology('condition-clinical', listing.clinical),
    verificationStatus: terminology('condition-ver-status', 'confirmed'),
    category: [terminology('condition-category', listing.category)],
    code: {
      coding: [
        { system: codeSystems.snomed, code: problem.snomed, display: problem.display },
        { system: codeSystems.icd10cm, code: problem.icd10, display: problem.icd10Display },
      ],
      text: problem.display,
    },
    subject: chart.subject,
    ...(listing.encounter === undefined
      ? {}
      : { encounter: { reference: `Encounter/${listing.encounter}` } }),
    onsetDateTime: calendar.date(listing.onset),
    ...(listing.clinical === 'resolved'
      ? { abatementDateTime: calendar.date(listing.onset + 21 * day) }
      : {}),
    recordedDate: calendar.date(listing.recorded),
    recorder: staffReference(chart.story.team.includes('clinician') ? 'clinician' : 'cardiologist'),
    ...(note === undefined ? {} : { note: [{ text: chart.write(`Condition/${id}`, 'note[0].text', note) }] }),
  });
}

/** Problem list (the last problem is recorded after the last visit), resolved ones, a diagnosis per visit. */
export function addConditions(chart: Chart, visits: readonly Visit[]): void {
  const { story, calendar, identity } = chart;
  const notBeforeBirth = (instant: number): number => Math.max(instant, identity.birth + 30 * day);
  story.problems.forEach((key, index) => {
    const newest = index === story.problems.length - 1;
    const onset = notBeforeBirth(calendar.at(newest ? 20 : chart.stream.integer(400, 2600)));
    addCondition(chart, key, {
      category: 'problem-list-item',
      clinical: 'active',
      onset,
      recorded: newest ? calendar.at(11) : onset + 5 * day,
    });
  });
  for (const key of story.resolved ?? []) {
    const onset = notBeforeBirth(calendar.at(chart.stream.integer(500, 1500)));
    addCondition(chart, key, {
      category: 'problem-list-item',
      clinical: 'resolved',
      onset,
      recorded: onset + day,
    });
  }
  for (const visit of visits.filter(({ running }) => !running))
    addCondition(chart, visit.problem, {
      category: 'encounter-diagnosis',
      clinical: visit.kind === 'admission' || visit.kind === 'emergency' ? 'resolved' : 'active',
      onset: visit.start,
      recorded: visit.start,
      encounter: visit.id,
    });
}
