import type { ConsentProvision } from 'fhir/r4.js';
import { codeSystems } from '../../../src/vocabulary/fhir.ts';
import { purposeSystem } from '../../../src/vocabulary/purpose.ts';
import type { Chart } from '../chart.ts';
import { concept, staffReference, terminology } from '../chart.ts';
import type { ConsentRow } from '../codes/consent-kinds.ts';
import { consentKinds } from '../codes/consent-kinds.ts';
import { organizationReference } from './directory.ts';

/** The one nested rule of a row, if it has one. */
function nested(row: ConsentRow): ConsentProvision[] {
  if (row.denyLabels !== undefined)
    return [
      {
        type: 'deny',
        securityLabel: row.denyLabels.map((code) => ({ system: codeSystems.actCode, code })),
      },
    ];
  if (row.denyActor === undefined) return [];
  const role = terminology('v3-ParticipationType', 'IRCP', 'information recipient');
  return [{ type: 'deny', actor: [{ role, reference: staffReference(row.denyActor) }] }];
}

export function addConsent(chart: Chart): void {
  const kind = chart.story.consent;
  if (kind === 'none') return;
  const row: ConsentRow = consentKinds[kind];
  const { calendar } = chart;
  const [startDaysAgo, end] = row.period;
  const start = chart.since(startDaysAgo);
  const rules = nested(row);
  const provision: ConsentProvision = {
    type: row.root,
    period: { start: calendar.date(start), end: calendar.date(calendar.at(end)) },
    ...(row.purposes.length === 0
      ? {}
      : { purpose: row.purposes.map((code) => ({ system: purposeSystem, code })) }),
    ...(rules.length === 0 ? {} : { provision: rules }),
  };
  chart.add({
    resourceType: 'Consent',
    id: chart.newId('con'),
    meta: chart.meta(start),
    status: row.status,
    scope: terminology('consentscope', 'patient-privacy', 'Privacy Consent'),
    category: [
      concept(codeSystems.loinc, '59284-0', 'Consent Document'),
      terminology('v3-ActCode', 'IDSCL', 'information disclosure'),
    ],
    patient: chart.subject,
    dateTime: calendar.stamp(start),
    performer: [chart.subject],
    organization: [organizationReference('clinic')],
    policy: [{ uri: 'https://profiles.ihe.net/ITI/PCF/Policy-basic-normal' }],
    provision,
  });
}
