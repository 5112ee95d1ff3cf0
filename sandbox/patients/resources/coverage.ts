import type { Chart } from '../chart.ts';
import { concept, staffReference, terminology } from '../chart.ts';
import { sentence } from '../note-builder.ts';
import { organizationReference } from './directory.ts';

/** Insurance and the billing account; `relatives` are the ids of the RelatedPersons: a child is covered by the first. */
export function addCoverage(chart: Chart, relatives: readonly string[]): void {
  const { story, identity, calendar } = chart;
  const parent = story.age < 19 ? relatives[0] : undefined;
  const start = chart.since(420);
  chart.add({
    resourceType: 'Coverage',
    id: chart.newId('cov'),
    meta: chart.meta(start, 'us-core-coverage'),
    identifier: [
      {
        type: terminology('v2-0203', 'MB', 'Member Number'),
        system: 'https://harbor-meadow.example.org/fhir/sid/member',
        value: identity.member,
      },
    ],
    status: 'active',
    type: {
      coding: [{ system: 'https://nahdo.org/sopt', code: '5', display: 'Private Health Insurance' }],
    },
    subscriber: parent === undefined ? chart.subject : { reference: `RelatedPerson/${parent}` },
    subscriberId: identity.member,
    beneficiary: chart.subject,
    relationship: terminology('subscriber-relationship', parent === undefined ? 'self' : 'child'),
    period: { start: calendar.date(start), end: calendar.date(calendar.at(-310)) },
    payor: [organizationReference('payer')],
  });
  chart.add({
    resourceType: 'Account',
    id: chart.newId('acc'),
    meta: chart.meta(start),
    identifier: [{ system: 'https://stbrannoc.example.org/fhir/sid/account', value: identity.account }],
    status: 'active',
    type: terminology('v3-ActCode', 'PBILLACCT', 'patient billing account'),
    subject: [chart.subject],
    owner: organizationReference('hospital'),
  });
}

/** An active safety flag whose text names a relative to be called. */
export function addFlag(chart: Chart): void {
  const { scene, calendar } = chart;
  const relative = scene.relatives[0];
  if (relative === undefined) return;
  const id = chart.newId('flag');
  const text = sentence`At risk for falls; call ${relative.word} ${relative.called} at ${scene.phone(scene.homePhone)} before transfer`;
  chart.add({
    resourceType: 'Flag',
    id,
    meta: chart.meta(calendar.at(115)),
    status: 'active',
    category: [terminology('flag-category', 'safety', 'Safety')],
    code: {
      ...concept('http://snomed.info/sct', '129839007', 'At increased risk for falls'),
      text: chart.write(`Flag/${id}`, 'code.text', text),
    },
    subject: chart.subject,
    period: { start: calendar.date(calendar.at(115)) },
    author: staffReference('nurse'),
  });
}
