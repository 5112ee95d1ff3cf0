import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DropReason } from '../../../src/vocabulary/context-item.ts';
import { isRecord, type Resource } from '../../../src/vocabulary/fhir.ts';
import { contentOf } from '../../fixtures/answer-content.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { basis, clinical, concept, labelled } from '../isolation/record.ts';

/**
 * Whatever is left out of a context is said in it, and in the answer even where the model says that all is there. One
 * row a reason; the type makes sure that none is missing.
 */
interface LeftOut {
  readonly task: string;
  /** What is added to a small record of this patient, or what of it is changed. */
  readonly record: (base: readonly Resource[], patient: string) => readonly Resource[];
  readonly faults?: readonly object[];
  readonly said: RegExp;
}

const now = Date.parse('2026-06-15T10:00:00Z');
const day = (daysAgo: number): string => new Date(now - daysAgo * 86_400_000).toISOString();

const lab = (base: readonly Resource[]): Resource => {
  const found = base.find(({ resourceType }) => resourceType === 'Observation');
  if (found === undefined) throw new Error('the record has no result');
  return found;
};
const orderOf = (base: readonly Resource[]): Resource => {
  const found = base.find(({ resourceType }) => resourceType === 'MedicationRequest');
  if (found === undefined) throw new Error('the record has no order');
  return found;
};
const same = (base: readonly Resource[]): readonly Resource[] => base;

const reasons: Readonly<Record<DropReason, readonly LeftOut[]>> = {
  wrong_patient: [
    {
      task: 'cholesterol.latest',
      record: same,
      faults: [{ when: { type: 'Observation' }, fault: 'foreign-patient' }],
      said: /1 record\(s\) that did not belong to this request were discarded\./,
    },
    {
      task: 'cholesterol.latest',
      record: (base, patient) => [
        ...base,
        { ...lab(base), id: `${patient}-of-the-child`, focus: [{ reference: 'Patient/child' }] },
      ],
      said: /1 record\(s\) were found that this task does not show\./,
    },
  ],
  wrong_type: [
    {
      task: 'cholesterol.latest',
      record: same,
      faults: [{ when: { type: 'Observation' }, fault: 'wrong-type' }],
      said: /1 record\(s\) that did not belong to this request were discarded\./,
    },
  ],
  malformed: [
    {
      task: 'cholesterol.latest',
      record: same,
      faults: [{ when: { type: 'Observation' }, fault: 'malformed-row' }],
      said: /1 record\(s\) that did not belong to this request were discarded\./,
    },
  ],
  outside_plan: [
    {
      task: 'cholesterol.latest',
      record: (base, patient) => [...base, { ...lab(base), id: `${patient}-running`, status: 'registered' }],
      said: /1 record\(s\) were found that this task does not show\./,
    },
    {
      task: 'cholesterol.latest',
      record: same,
      faults: [{ when: { type: 'Observation' }, fault: 'ignore-filters', value: ['code'] }],
      said: /1 record\(s\) that did not belong to this request were discarded\./,
    },
  ],
  outside_dates: [
    {
      task: 'medication.reconciliation',
      record: (base, patient) => [
        ...base,
        {
          ...orderOf(base),
          id: `${patient}-long-ago`,
          status: 'stopped',
          authoredOn: day(900),
          meta: { lastUpdated: day(800) },
        },
      ],
      said: /1 record\(s\) were found that this task does not show\./,
    },
  ],
  withheld_consent: [
    {
      task: 'cholesterol.latest',
      record: (base, patient) => [...base, ...labelled([{ ...lab(base), id: `${patient}-hidden` }])],
      said: /Some information may have been left out because of consent, law or policy\./,
    },
  ],
  unknown_modifier: [
    {
      task: 'cholesterol.latest',
      record: (base, patient) => [
        ...base,
        {
          ...lab(base),
          id: `${patient}-negated`,
          modifierExtension: [{ url: 'urn:negated', valueBoolean: true }],
        },
      ],
      said: /1 cholesterol result record\(s\) carry a modifier that is not understood and were left out\./,
    },
  ],
  entered_in_error: [
    {
      task: 'allergies',
      record: (base, patient) => [
        ...base,
        ...base
          .filter(({ resourceType }) => resourceType === 'AllergyIntolerance')
          .map((one) => ({
            ...one,
            id: `${patient}-mistake`,
            clinicalStatus: undefined,
            verificationStatus: concept(
              'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification',
              'entered-in-error',
              'Entered in error',
            ),
          })),
      ],
      said: /1 record\(s\) that were entered in error were left out\./,
    },
  ],
  superseded: [
    {
      task: 'cholesterol.latest',
      record: (base, patient) => [
        ...base,
        { ...lab(base), id: `${patient}-older`, effectiveDateTime: day(400) },
      ],
      said: /1 record\(s\) were left out because a newer one is there\./,
    },
  ],
  duplicate: [
    {
      task: 'changes.since_last_visit',
      // Authored and changed since the visit: two searches find it.
      record: (base, patient) => [
        ...base.filter(({ resourceType }) => resourceType !== 'Condition'),
        ...base
          .filter(({ resourceType }) => resourceType === 'Encounter')
          .map((one, n) => ({
            ...one,
            id: `${patient}-before-${n}`,
            period: { start: day(30), end: day(30) },
          })),
      ],
      said: /\d+ record\(s\) that were found again are included once\./,
    },
  ],
  over_cap: [
    {
      task: 'visit.prep',
      record: (base, patient) => [
        ...base,
        ...[10, 20, 30].map((ahead) => ({
          resourceType: 'Appointment',
          id: `${patient}-in-${ahead}`,
          status: 'booked',
          start: day(-ahead),
          participant: [{ actor: { reference: `Patient/${patient}` }, status: 'accepted' }],
        })),
      ],
      said: /Only the next 2 booked appointment records are included; later ones were left out\./,
    },
  ],
};

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start({ now });
});
afterAll(() => sandbox.close());

const rows = Object.entries(reasons).flatMap(([reason, cases]) =>
  cases.map((one, n) => [`${reason} ${n + 1}`, reason, one] as const),
);

describe('what was left out is said by the gateway, not by the model', () => {
  test.each(rows)('%s', async (_name, reason, { task, record, faults, said }) => {
    const patient = `said-${rows.findIndex(([, , one]) => one.said === said && one.task === task)}-${reason.replaceAll('_', '-')}`;
    const options = { patient, now, family: 'Quennell' };
    const resources = [...basis(options), ...record(clinical(options, 3, 'one'), patient)];
    for (const one of resources) sandbox.running.store.put(one);
    if (faults !== undefined) await sandbox.faults(faults);
    await sandbox.forgetReceived();
    await sandbox.script([{ chunks: ['This is the complete record, and nothing is missing.'] }]);
    const reply = await sandbox.ask({ patient, task, question: 'Is that all?' });
    await sandbox.clearFaults();
    const content = contentOf(reply.body);
    expect(content).toContain('nothing is missing');
    expect(content).toMatch(said);
    expect(JSON.stringify(reply.body['phi'])).toMatch(said);
    expect(JSON.stringify(await sandbox.received())).toMatch(said);
    const trail = await sandbox.call(`/v1/trails/${reply.trail}`, await sandbox.token('compliance'));
    const events = Array.isArray(trail.body['events']) ? trail.body['events'].filter(isRecord) : [];
    const retrieved = events.find(({ event }) => event === 'fhir.retrieved');
    expect(retrieved).toHaveProperty(['counts', `dropped.${reason}`]);
    expect(events.some(({ event }) => event === 'server.distrusted')).toBe(faults !== undefined);
  });
});
