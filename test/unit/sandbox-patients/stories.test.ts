import { describe, expect, test } from '@jest/globals';
import { stories } from '../../../sandbox/patients/stories.ts';
import type { Resource } from '../../../src/vocabulary/fhir.ts';
import { at, byKey, codeOf, decoded, now, patientOf, recordOf, references, set } from './set.ts';

const day = 86_400_000;
const time = (resource: Resource, path: string): number => Date.parse(String(at(resource, path)));
const withCategory = (story: string, type: string, code: string): Resource[] =>
  recordOf(story, type).filter((resource) => codeOf(resource, 'category[0]') === code);
const full = stories.filter(({ record }) => record !== 'empty').map(({ key }) => key);

/** Start of the last finished visit before any running one. */
const lastVisit = (story: string): number =>
  Math.max(
    ...recordOf(story, 'Encounter')
      .filter((encounter) => encounter['status'] === 'finished')
      .map((encounter) => time(encounter, 'period.start')),
  );

describe.each(full)('%s: look-back tasks find something', (story) => {
  test('results, vital signs and more after the last finished visit', () => {
    const since = lastVisit(story);
    expect(since).toBeGreaterThan(now - 60 * day);
    for (const category of ['laboratory', 'vital-signs'])
      expect(
        withCategory(story, 'Observation', category).some((row) => time(row, 'effectiveDateTime') > since),
      ).toBe(true);
    expect(recordOf(story, 'Immunization').some((row) => time(row, 'occurrenceDateTime') > since)).toBe(true);
    expect(recordOf(story, 'Condition').some((row) => time(row, 'recordedDate') > since)).toBe(true);
    expect(recordOf(story, 'AllergyIntolerance').some((row) => time(row, 'recordedDate') > since)).toBe(true);
    expect(recordOf(story, 'DocumentReference').some((row) => time(row, 'date') > since)).toBe(true);
  });

  test('cholesterol, problem list, and a team', () => {
    const codes = recordOf(story, 'Observation').map((row) => codeOf(row));
    for (const loinc of ['2093-3', '13457-7', '2085-9', '2571-8']) expect(codes).toContain(loinc);
    expect(withCategory(story, 'Condition', 'problem-list-item').length).toBeGreaterThan(0);
    const team = recordOf(story, 'CareTeam').find((row) => row['status'] === 'active');
    expect(team && references(team).includes('Practitioner/sandbox-clinician')).toBe(
      story !== 'outside-care',
    );
    expect(team && references(team)).not.toContain('Practitioner/sandbox-outsider');
  });
});

describe('the first patient has something for every task', () => {
  const story = 'all-tasks';
  const statuses = recordOf(story, 'MedicationRequest').map((row) => row['status']);

  test('medication reconciliation', () => {
    expect(set.patients[0]?.story).toBe(story);
    expect(statuses).toEqual(expect.arrayContaining(['active', 'on-hold', 'stopped']));
    const orders = recordOf(story, 'MedicationRequest');
    const stopped = orders.find(
      (row) => row['status'] === 'stopped' && time(row, 'meta.lastUpdated') > now - 90 * day,
    );
    expect(time(stopped ?? { resourceType: '' }, 'authoredOn')).toBeLessThan(now - 90 * day);
    expect(orders.some((row) => row['doNotPerform'] === true)).toBe(true);
    expect(orders.some((row) => at(row, 'dosageInstruction[0].asNeededBoolean') === true)).toBe(true);
    expect(orders.some((row) => at(row, 'contained[0].resourceType') === 'Medication')).toBe(true);
    expect(
      orders.some((row) => String(at(row, 'medicationReference.reference')).startsWith('Medication/')),
    ).toBe(true);
    expect(recordOf(story, 'MedicationStatement')).toHaveLength(1);
  });

  test('allergies: confirmed with reaction, refuted, a coded negative', () => {
    const rows = recordOf(story, 'AllergyIntolerance');
    expect(rows.map((row) => codeOf(row, 'verificationStatus'))).toEqual([
      'confirmed',
      'refuted',
      'confirmed',
    ]);
    expect(at(rows[0], 'reaction[0].manifestation[0].text')).toBe('Urticaria');
    expect(codeOf(rows[2] ?? { resourceType: '' })).toBe('429625007');
  });

  test('immunizations, problems, appointments', () => {
    expect(recordOf(story, 'Immunization').map((row) => row['status'])).toEqual(
      expect.arrayContaining(['completed', 'not-done']),
    );
    expect(
      withCategory(story, 'Condition', 'problem-list-item').map((row) => codeOf(row, 'clinicalStatus')),
    ).toContain('resolved');
    expect(
      recordOf(story, 'Appointment').some((row) => row['status'] === 'booked' && time(row, 'start') > now),
    ).toBe(true);
    for (const type of ['Coverage', 'Account', 'Flag', 'RelatedPerson'])
      expect(recordOf(story, type).length).toBeGreaterThan(0);
  });

  test('encounters: a running one, and an admission with its discharge summary', () => {
    const encounters = recordOf(story, 'Encounter');
    const running = encounters.find((row) => row['status'] === 'in-progress');
    expect(time(running ?? { resourceType: '' }, 'period.start')).toBeLessThan(now);
    const admission = encounters.find((row) => at(row, 'class.code') === 'IMP');
    const summary = recordOf(story, 'DocumentReference').find((row) => codeOf(row, 'type') === '18842-5');
    expect(at(summary, 'context.encounter[0].reference')).toBe(`Encounter/${admission?.id}`);
    expect(decoded(at(summary, 'content[0].attachment'))).toContain('DISCHARGE SUMMARY');
    for (const type of ['Condition', 'Procedure', 'MedicationRequest'])
      expect(
        recordOf(story, type).some((row) => at(row, 'encounter.reference') === `Encounter/${admission?.id}`),
      ).toBe(true);
  });

  test('a report whose form is the text of a document', () => {
    const report = recordOf(story, 'DiagnosticReport').find((row) => row['presentedForm'] !== undefined);
    const texts = recordOf(story, 'DocumentReference').map((row) =>
      decoded(at(row, 'content[0].attachment')),
    );
    expect(texts).toContain(decoded(at(report, 'presentedForm[0]')));
  });
});

const recordsOfType = (type: string): Resource[] =>
  set.bundle.filter(({ resourceType }) => resourceType === type);

/** Ages that are marked as identifiers in the notes of a story. */
const ages = (story: string): string[] => [
  ...new Set(
    set.spans
      .filter(({ patient, type }) => patient === patientOf(story) && type === 'AGE')
      .map(({ value }) => value),
  ),
];

const consent = (story: string): Resource | undefined => recordOf(story, 'Consent')[0];

const years = (story: string): number =>
  Math.floor(
    (now - Date.parse(set.patients.find((row) => row.story === story)?.birthDate ?? '')) / (365.25 * day),
  );

describe('the special stories', () => {
  test('are at least 24, each with its own name and numbers', () => {
    expect(set.patients.length).toBeGreaterThanOrEqual(24);
    expect(new Set(set.patients.map(({ name }) => name)).size).toBe(set.patients.length);
    for (const path of ['identifier[0].value', 'identifier[1].value', 'identifier[2].value'])
      expect(new Set(recordsOfType('Patient').map((row) => at(row, path))).size).toBe(set.patients.length);
  });

  test('documents: one superseded, one that cannot be read', () => {
    const documents = recordOf('long-record', 'DocumentReference');
    const old = documents.find((row) => row['status'] === 'superseded');
    expect(old).toBeDefined();
    expect(documents.map((row) => at(row, 'relatesTo[0].target.reference'))).toContain(
      `DocumentReference/${old?.id}`,
    );
    expect(documents.map((row) => at(row, 'content[0].attachment.contentType'))).toContain('application/pdf');
  });

  test('former names and namesakes', () => {
    expect(at(recordOf('former-name', 'Patient')[0], 'name[1]')).toMatchObject({
      use: 'old',
      given: ['Leonardo', 'Rey'],
    });
    const [son, father] = [recordOf('junior', 'Patient')[0], recordOf('junior', 'RelatedPerson')[0]];
    expect(at(son, 'name[0].given')).toEqual(at(father, 'name[0].given'));
    expect(at(recordOf('staff', 'Patient')[0], 'name[0].family')).toBe(
      at(byKey.get('Practitioner/sandbox-nurse'), 'name[0].family'),
    );
  });

  test('an age is the age at the time of the note, and marked from 90 on', () => {
    expect(ages('ninety-three').toSorted()).toEqual(['92', '93']);
    expect(ages('all-tasks')).toEqual([]);
  });

  test('consents of every kind', () => {
    expect(at(consent('all-tasks'), 'provision.type')).toBe('permit');
    expect(at(consent('consent-denies'), 'provision.type')).toBe('deny');
    expect(consent('no-consent')).toBeUndefined();
    expect(Date.parse(String(at(consent('expired-consent'), 'provision.period.end')))).toBeLessThan(now);
    expect(at(consent('nested-deny'), 'provision.provision[0]')).toMatchObject({
      type: 'deny',
      securityLabel: [{ code: 'HIV' }, { code: 'PSY' }],
    });
    expect(consent('revoked-consent')?.['status']).toBe('inactive');
    expect(at(consent('research-only'), 'provision.purpose')).toMatchObject([{ code: 'HRESCH' }]);
    expect(at(consent('actor-deny'), 'provision.provision[0].actor[0].reference.reference')).toBe(
      'Practitioner/sandbox-pharmacist',
    );
    expect(at(consent('sexual-health'), 'provision.provision[0].securityLabel[0].code')).toBe('STD');
    for (const { key } of stories)
      expect(recordOf(key, 'Consent')).toHaveLength(key === 'no-consent' ? 0 : 1);
  });

  test('twins share birth date, family, address and telephone', () => {
    const shared = ['birthDate', 'name[0].family', 'address[0].line[0]', 'telecom[0].value'];
    const [one, two] = ['twin-first', 'twin-second'].map((story) => byKey.get(`Patient/${patientOf(story)}`));
    for (const path of shared) expect(at(one, path)).toBe(at(two, path));
    expect(at(one, 'name[0].given[0]')).not.toBe(at(two, 'name[0].given[0]'));
  });

  test('ages, lengths and parents', () => {
    expect([years('child'), years('ninety-three'), years('infant'), years('ninety-seven')]).toEqual([
      7, 93, 0, 97,
    ]);
    expect(recordOf('long-record').length).toBeGreaterThan(600);
    expect(recordOf('empty').map(({ resourceType }) => resourceType)).toEqual([
      'Patient',
      'Consent',
      'CareTeam',
    ]);
    expect(recordOf('child', 'RelatedPerson').map((row) => codeOf(row, 'relationship[0]'))).toEqual([
      'MTH',
      'FTH',
    ]);
  });

  test('nothing happens before birth', () => {
    const paths = [
      'effectiveDateTime',
      'period.start',
      'authoredOn',
      'onsetDateTime',
      'recordedDate',
      'dateTime',
    ];
    const early = stories.flatMap(({ key }) => {
      const birth = Date.parse(set.patients.find((row) => row.story === key)?.birthDate ?? '');
      return recordOf(key).flatMap((row) =>
        [...paths, 'occurrenceDateTime', 'date', 'provision.period.start']
          .filter((path) => typeof at(row, path) === 'string' && time(row, path) < birth)
          .map((path) => `${key} ${row.resourceType}.${path}`),
      );
    });
    expect(early).toEqual([]);
  });

  test('sensitive categories in codes and prose of at least three patients', () => {
    const sensitive = { HIV: 'B20', substance: 'F11.20', mood: 'F32.9' };
    for (const code of Object.values(sensitive)) {
      const holders = stories.filter(({ key }) =>
        recordOf(key, 'Condition').some((row) => at(row, 'code.coding[1].code') === code),
      );
      expect(holders.length).toBeGreaterThan(0);
    }
    const notes = recordOf('nested-deny', 'DocumentReference').map((row) =>
      decoded(at(row, 'content[0].attachment')),
    );
    expect(notes.some((text) => text.includes('HIV infection'))).toBe(true);
    expect(
      recordOf('nested-deny', 'Condition').some((row) => at(row, 'meta.security[1].code') === 'HIV'),
    ).toBe(true);
    expect(recordOf('substance-use', 'Condition').some((row) => at(row, 'meta.security') !== undefined)).toBe(
      false,
    );
  });
});
