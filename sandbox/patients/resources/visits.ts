import type { Encounter } from 'fhir/r4.js';
import { codeSystems } from '../../../src/vocabulary/fhir.ts';
import { day, hour, minute } from '../calendar.ts';
import type { Chart } from '../chart.ts';
import { concept, staffReference, terminology } from '../chart.ts';
import type { ProblemKey } from '../codes/problems.ts';
import { problems } from '../codes/problems.ts';
import type { StaffKey } from '../staff.ts';
import { locationReference, organizationReference } from './directory.ts';

// biome-ignore format: a table
const visitKinds = {
  clinic: { act: 'AMB', actDisplay: 'ambulatory', snomed: '185349003', display: 'Encounter for check up', site: 'clinic', lasts: 30 * minute },
  telehealth: { act: 'VR', actDisplay: 'virtual', snomed: '448337001', display: 'Telemedicine consultation with patient', site: 'clinic', lasts: 20 * minute },
  emergency: { act: 'EMER', actDisplay: 'emergency', snomed: '50849002', display: 'Emergency room admission', site: 'hospital', lasts: 5 * hour },
  admission: { act: 'IMP', actDisplay: 'inpatient encounter', snomed: '32485007', display: 'Hospital admission', site: 'hospital', lasts: 4 * day },
} as const;

export interface Visit {
  readonly id: string;
  readonly kind: keyof typeof visitKinds;
  readonly start: number;
  readonly end: number;
  readonly problem: ProblemKey;
  readonly running: boolean;
  readonly by: StaffKey;
}

type VisitRow = readonly [Visit['kind'], daysAgo: number, by: StaffKey];

// biome-ignore format: a table
const usualVisits: readonly VisitRow[] = [
  ['clinic', 401, 'clinician'], ['emergency', 290, 'hospitalist'], ['clinic', 212, 'clinician'], ['telehealth', 96, 'clinician'],
];

/** Quarterly visits over ten years, for the long record. */
const quarters: readonly VisitRow[] = Array.from({ length: 38 }, (_, index) => [
  'clinic',
  500 + index * 90,
  'clinician',
]);

const admissionDaysAgo = 122;

/** The last finished visit lies 25 to 50 days back, so that something has happened since. */
function visitRows(chart: Chart): readonly VisitRow[] {
  const age = Math.floor((chart.calendar.now - chart.identity.birth) / day);
  const lead: StaffKey = chart.story.team.includes('clinician') ? 'clinician' : 'cardiologist';
  const rows: VisitRow[] = [
    ...(chart.story.record === 'long' ? quarters : []),
    ...usualVisits,
    ...(chart.story.admission === undefined ? [] : [['admission', admissionDaysAgo, 'hospitalist'] as const]),
    ['clinic', chart.stream.integer(25, 50), 'clinician'],
  ];
  return rows
    .filter(([, daysAgo]) => daysAgo < age)
    .map(([kind, daysAgo, by]) => [kind, daysAgo, by === 'clinician' ? lead : by] as const)
    .toSorted((a, b) => b[1] - a[1]);
}

function addEncounter(chart: Chart, visit: Visit): void {
  const { calendar } = chart;
  const kind = visitKinds[visit.kind];
  const problem = problems[visit.problem];
  const encounter: Encounter = {
    resourceType: 'Encounter',
    id: visit.id,
    meta: chart.meta(visit.running ? visit.start : visit.end + hour, 'us-core-encounter'),
    status: visit.running ? 'in-progress' : 'finished',
    class: { system: codeSystems.actCode, code: kind.act, display: kind.actDisplay },
    type: [concept(codeSystems.snomed, kind.snomed, kind.display)],
    subject: chart.subject,
    participant: [
      {
        type: [terminology('v3-ParticipationType', 'PPRF', 'primary performer')],
        individual: staffReference(visit.by),
      },
    ],
    period: {
      start: calendar.stamp(visit.start),
      ...(visit.running ? {} : { end: calendar.stamp(visit.end) }),
    },
    reasonCode: [concept(codeSystems.snomed, problem.snomed, problem.display)],
    location: [{ location: locationReference(kind.site) }],
    serviceProvider: organizationReference(kind.site),
    ...(visit.kind === 'admission'
      ? {
          hospitalization: {
            dischargeDisposition: terminology('discharge-disposition', 'home', 'Home'),
          },
        }
      : {}),
  };
  chart.add(encounter);
}

/** The encounters of the story, oldest first; a running one comes last. */
export function addVisits(chart: Chart): readonly Visit[] {
  const { story, calendar } = chart;
  const [main, ...others] = story.problems;
  if (main === undefined) return [];
  const reasons: readonly [ProblemKey, ...ProblemKey[]] = [main, ...others];
  const finished = visitRows(chart).map(([kind, daysAgo, by]): Visit => {
    const start = calendar.at(daysAgo, chart.stream.integer(13, 19), 15);
    const problem =
      kind === 'admission' && story.admission !== undefined ? story.admission : chart.stream.pick(reasons);
    const end = start + visitKinds[kind].lasts;
    return { id: chart.newId('enc'), kind, start, end, problem, running: false, by };
  });
  const running: readonly Visit[] =
    story.running === true
      ? [
          {
            id: chart.newId('enc'),
            kind: 'clinic',
            start: calendar.now - 20 * minute,
            end: calendar.now,
            problem: main,
            running: true,
            by: 'clinician',
          },
        ]
      : [];
  const visits = [...finished, ...running];
  for (const visit of visits) addEncounter(chart, visit);
  return visits;
}
