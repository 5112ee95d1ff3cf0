import type { FhirResource } from 'fhir/r4.js';
import type { Resource } from '../../src/vocabulary/fhir.ts';
import { isResource } from '../../src/vocabulary/fhir.ts';
import { calendar } from './calendar.ts';
import type { GoldSpan } from './chart.ts';
import { Chart } from './chart.ts';
import { identityOf } from './identity.ts';
import { fullName } from './person-name.ts';
import { stream } from './random.ts';
import { addAllergies } from './resources/allergies.ts';
import { addAppointments, addCareTeams } from './resources/care.ts';
import { addConditions } from './resources/conditions.ts';
import { addConsent } from './resources/consents.ts';
import { addCoverage, addFlag } from './resources/coverage.ts';
import { directory } from './resources/directory.ts';
import { addDocuments } from './resources/documents.ts';
import { addImmunizations } from './resources/immunizations.ts';
import { addMedications } from './resources/medications.ts';
import { addPatient, addRelatives } from './resources/people.ts';
import { addProcedures } from './resources/procedures.ts';
import { addResults, addSocialHistory } from './resources/results.ts';
import { addVisits } from './resources/visits.ts';
import { addVitalSigns } from './resources/vital-signs.ts';
import { sceneOf } from './scene.ts';
import { stories } from './stories.ts';
import type { Story } from './story.ts';

export type { GoldSpan } from './chart.ts';

export interface GeneratedPatient {
  /** FHIR logical id. */
  readonly id: string;
  readonly name: string;
  /** `YYYY-MM-DD` */
  readonly birthDate: string;
  /** Key of the row in stories.ts, for example `consent-denies`. */
  readonly story: string;
}

export interface GeneratedSet {
  /** Every resource of the set: the shared directory first, then patient after patient. */
  readonly bundle: readonly Resource[];
  readonly patients: readonly GeneratedPatient[];
  readonly spans: readonly GoldSpan[];
}

function chartOf(story: Story, seed: string, now: number): Chart {
  const draws = stream(`${seed}/${story.key}`);
  const times = calendar(now, story.offset);
  const identity = identityOf(story, draws, times);
  const chart = new Chart(story, identity, times, draws, sceneOf(story, identity, draws.integer(0, 10)));
  addPatient(chart);
  addConsent(chart);
  const relatives = addRelatives(chart);
  addCareTeams(chart, relatives);
  if (story.record === 'empty') return chart;
  addCoverage(chart, relatives);
  if (story.admission !== undefined) addFlag(chart);
  const visits = addVisits(chart);
  addConditions(chart, visits);
  addResults(chart, visits);
  addVitalSigns(chart, visits);
  addSocialHistory(chart);
  addMedications(chart, visits);
  addAllergies(chart);
  addImmunizations(chart);
  addProcedures(chart, visits);
  addAppointments(chart);
  addDocuments(chart, visits);
  return chart;
}

/**
 * The synthetic patients of the sandbox: FHIR R4 resources shaped after US Core, and the exact place (UTF-16) of
 * every identifier that was written into free text. Everything is fixed by `seed` and `now` (epoch ms); no clock
 * and no other randomness is read. `patients[0]` has data for every task and a permitting consent.
 */
export function generatePatients(options: { seed: number | string; now: number }): GeneratedSet {
  const charts = stories.map((story) => chartOf(story, String(options.seed), options.now));
  const resources: readonly FhirResource[] = [
    ...directory(calendar(options.now)),
    ...charts.flatMap(({ entries }) => entries),
  ];
  const unknowns: readonly unknown[] = resources;
  return {
    bundle: unknowns.filter(isResource),
    patients: charts.map(({ story, identity, calendar: times }) => ({
      id: identity.id,
      name: fullName(story.name),
      birthDate: times.date(identity.birth),
      story: story.key,
    })),
    spans: charts.flatMap(({ spans }) => spans),
  };
}
