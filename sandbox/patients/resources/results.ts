import type { Observation, Quantity } from 'fhir/r4.js';
import { codeSystems } from '../../../src/vocabulary/fhir.ts';
import { hour } from '../calendar.ts';
import type { Chart } from '../chart.ts';
import { concept, staffReference, terminology } from '../chart.ts';
import type { Lab, LabKey, PanelKey } from '../codes/labs.ts';
import { labs, panels, routineLabs } from '../codes/labs.ts';
import { problems } from '../codes/problems.ts';
import { sentence } from '../note-builder.ts';
import { organizationReference } from './directory.ts';
import type { Visit } from './visits.ts';

const ucum = 'http://unitsofmeasure.org';
const quantity = (value: number, code: string): Quantity => ({ value, unit: code, system: ucum, code });

/** Interpretation by the reference range. */
function interpretation({ low, high }: Lab, value: number): 'L' | 'N' | 'H' {
  if (low !== undefined && value < low) return 'L';
  return high !== undefined && value > high ? 'H' : 'N';
}

function invent(chart: Chart, { middle, spread, decimals }: Lab): number {
  const value = middle + (chart.stream.next() * 2 - 1) * spread;
  return Number(value.toFixed(decimals));
}

function addResult(chart: Chart, key: LabKey, drawn: number, encounter?: string): string {
  const lab: Lab = labs[key];
  const id = chart.newId('obs');
  const value = invent(chart, lab);
  const range = {
    ...(lab.low === undefined ? {} : { low: quantity(lab.low, lab.unit) }),
    ...(lab.high === undefined ? {} : { high: quantity(lab.high, lab.unit) }),
  };
  const observation: Observation = {
    resourceType: 'Observation',
    id,
    meta: chart.meta(drawn + 6 * hour, 'us-core-observation-lab', lab.label),
    status: 'final',
    category: [terminology('observation-category', 'laboratory', 'Laboratory')],
    code: concept(codeSystems.loinc, lab.loinc, lab.display),
    subject: chart.subject,
    ...(encounter === undefined ? {} : { encounter: { reference: `Encounter/${encounter}` } }),
    effectiveDateTime: chart.calendar.stamp(drawn),
    issued: chart.calendar.stamp(drawn + 6 * hour),
    performer: [organizationReference('laboratory')],
    valueQuantity: quantity(value, lab.unit),
    interpretation: [terminology('v3-ObservationInterpretation', interpretation(lab, value))],
    referenceRange: [range],
    ...calledNote(chart, id, key, drawn),
  };
  chart.add(observation);
  return id;
}

/** Some results carry a comment on who was called, with names, numbers and dates. */
function calledNote(chart: Chart, id: string, key: LabKey, drawn: number): Pick<Observation, 'note'> {
  const { scene, calendar } = chart;
  if (key !== 'ldl' && key !== 'potassium' && key !== 'cd4') return {};
  if (drawn < calendar.at(60)) return {};
  const relative = scene.relatives[0];
  const nurse = scene.staff('nurse');
  const note =
    key === 'ldl' && relative !== undefined
      ? sentence`Result read to ${relative.word} ${relative.called} at ${scene.phone(scene.homePhone)} on ${scene.date(drawn)}; ${scene.patient.titled} will repeat fasting. May be non-fasting.`
      : sentence`Called to ${nurse.initialLast} RN (${scene.phone(nurse.number)}) ${scene.date(drawn)} 14:20, read back. Patient ${scene.patient.lastFirst}, MRN ${scene.mrn.dashed}.`;
  return { note: [{ text: chart.write(`Observation/${id}`, 'note[0].text', note) }] };
}

function addReport(chart: Chart, panel: PanelKey, drawn: number, results: readonly string[]): void {
  chart.add({
    resourceType: 'DiagnosticReport',
    id: chart.newId('rep'),
    meta: chart.meta(drawn + 7 * hour, 'us-core-diagnosticreport-lab'),
    status: 'final',
    category: [terminology('v2-0074', 'LAB', 'Laboratory')],
    code: concept(codeSystems.loinc, panels[panel].loinc, panels[panel].display),
    subject: chart.subject,
    effectiveDateTime: chart.calendar.stamp(drawn),
    issued: chart.calendar.stamp(drawn + 7 * hour),
    performer: [organizationReference('laboratory')],
    result: results.map((id) => ({ reference: `Observation/${id}` })),
  });
}

/** All tests of the story on one day, with a report per panel. */
function addDraw(chart: Chart, drawn: number, encounter?: string): void {
  const keys = [...routineLabs, ...chart.story.problems.flatMap((key) => problems[key].labs)];
  for (const panel of new Set(keys.map((key) => labs[key].panel))) {
    const results = keys
      .filter((key) => labs[key].panel === panel)
      .map((key) => addResult(chart, key, drawn, encounter));
    if (panel !== 'single') addReport(chart, panel, drawn, results);
  }
}

/** Tests at clinic visits and on admission, and once more nine days before now, after the last visit. */
export function addResults(chart: Chart, visits: readonly Visit[]): void {
  for (const visit of visits.filter(
    ({ kind, running }) => !running && (kind === 'clinic' || kind === 'admission'),
  ))
    addDraw(chart, visit.start + hour / 2, visit.id);
  addDraw(chart, chart.calendar.at(9, 8, 10));
}

/** Social history: smoking status, and the PRAPARE survey whose answer is the street address (LOINC 93025-5). */
export function addSocialHistory(chart: Chart): void {
  const { scene, calendar, story } = chart;
  if (story.age < 18) return;
  const asked = calendar.at(212, 14);
  const base: Omit<Observation, 'code'> = {
    resourceType: 'Observation',
    status: 'final',
    subject: chart.subject,
    effectiveDateTime: calendar.stamp(asked),
    performer: [staffReference('nurse')],
  };
  chart.add({
    ...base,
    id: chart.newId('obs'),
    meta: chart.meta(asked, 'us-core-smokingstatus'),
    category: [terminology('observation-category', 'social-history', 'Social History')],
    code: concept(codeSystems.loinc, '72166-2', 'Tobacco smoking status'),
    valueCodeableConcept: concept(codeSystems.snomed, '266919005', 'Never smoked tobacco'),
  });
  const id = chart.newId('obs');
  const home = chart.write(`Observation/${id}`, 'component[0].valueString', sentence`${scene.home.full}`);
  chart.add({
    ...base,
    id,
    meta: chart.meta(asked, 'us-core-simple-observation'),
    category: [terminology('observation-category', 'survey', 'Survey')],
    code: concept(
      codeSystems.loinc,
      '93025-5',
      'Protocol for Responding to and Assessing Patients Assets, Risks, and Experiences [PRAPARE]',
    ),
    component: [
      { code: concept(codeSystems.loinc, '56799-0', 'Address'), valueString: home },
      {
        code: concept(codeSystems.loinc, '71802-3', 'Housing status'),
        valueCodeableConcept: concept(codeSystems.loinc, 'LA30189-7', 'I have housing'),
      },
    ],
  });
}
