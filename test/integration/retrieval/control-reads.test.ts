import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readConsents, readRelations } from '../../../src/retrieval/control-reads.ts';
import { createFhirReader } from '../../../src/retrieval/fhir-reader.ts';
import { readIdentitySheet } from '../../../src/retrieval/identity-sheet.ts';
import type { FhirReader } from '../../../src/retrieval/ports.ts';
import type { IdentitySheet } from '../../../src/vocabulary/identity-sheet.ts';
import { type Answer, careless, type FhirDouble, searchset, sendJson, startDouble } from './fhir-double.ts';

const doubles: FhirDouble[] = [];
afterEach(async () => {
  await Promise.all(doubles.splice(0).map((one) => one.close()));
});
async function readerOf(answer: Answer): Promise<FhirReader> {
  const double = await startDouble(answer);
  doubles.push(double);
  return createFhirReader({
    server: 'main',
    base: double.base,
    token: 'C',
    timeoutMs: 2000,
    maxResponseBytes: 20_000_000,
  });
}
async function sheetOf(answer: Answer, patient = 'p1-0042'): Promise<IdentitySheet | undefined> {
  const reader = await readerOf(answer);
  return readIdentitySheet(reader, patient, await reader.capabilities());
}

const subject = { reference: 'Patient/p1-0042' };
const other = { reference: 'Patient/p2' };
const person = (type: string, id: string, family: string): object => ({
  resourceType: type,
  id,
  name: [{ family }],
});
const record = [
  {
    resourceType: 'Patient',
    id: 'p1-0042',
    name: [{ family: 'Ortiz' }],
    generalPractitioner: [{ reference: 'Practitioner/gp' }],
    managingOrganization: { reference: 'Organization/org' },
  },
  person('Patient', 'p2', 'Foreign'),
  { ...person('RelatedPerson', 'r1', 'Ortiz-Vega'), patient: subject },
  { ...person('RelatedPerson', 'r2', 'Stranger'), patient: other },
  { resourceType: 'Coverage', id: 'c1', beneficiary: subject, subscriberId: 'SUB-99812' },
  {
    resourceType: 'CareTeam',
    id: 't1',
    status: 'active',
    subject,
    participant: [{ member: { reference: 'PractitionerRole/role' } }],
  },
  { resourceType: 'CareTeam', id: 't2', status: 'inactive', subject, participant: [] },
  {
    resourceType: 'CareTeam',
    id: 't3',
    status: 'active',
    subject: other,
    participant: [{ member: { reference: 'Practitioner/stranger' } }],
  },
  { resourceType: 'PractitionerRole', id: 'role', practitioner: { reference: 'Practitioner/nurse' } },
  {
    resourceType: 'Encounter',
    id: 'e1',
    status: 'finished',
    subject,
    period: { start: '2019-03-04' },
    participant: [{ individual: { display: 'Dr. Lena Falk' } }],
  },
  {
    resourceType: 'Encounter',
    id: 'e2',
    status: 'in-progress',
    subject,
    serviceProvider: { display: 'North Clinic' },
  },
  { resourceType: 'Appointment', id: 'a1', status: 'booked', participant: [{ actor: subject }] },
  { resourceType: 'Appointment', id: 'a2', status: 'booked', participant: [{ actor: other }] },
  { resourceType: 'Consent', id: 'k1', status: 'active', patient: subject },
  { resourceType: 'Consent', id: 'k2', status: 'active', patient: other },
  { resourceType: 'Organization', id: 'org', name: 'Springfield General' },
  person('Practitioner', 'gp', 'Ruiz'),
  person('Practitioner', 'nurse', 'Miles'),
  person('Practitioner', 'stranger', 'Nobody'),
];

describe('the identity sheet', () => {
  test('holds the patient, relatives, coverage and everybody named, and nobody else', async () => {
    const sheet = await sheetOf(careless(record));
    const texts = sheet?.values.map((one) => one.text) ?? [];
    for (const text of [
      'Ortiz',
      'Ortiz-Vega',
      'SUB-99812',
      'Ruiz',
      'Miles',
      'Dr. Lena Falk',
      'North Clinic',
      'Springfield General',
      'p1-0042',
    ])
      expect(texts).toContain(text);
    for (const text of ['Foreign', 'Stranger', 'Nobody', '2019-03-04']) expect(texts).not.toContain(text);
    expect(sheet?.absentTypes).toEqual([]);
  });

  test.each([
    [
      'is not read again',
      { resourceType: 'Patient', id: 'p1-0042', name: [{ family: 'Before' }] },
      0,
      'Before',
    ],
    ['of another id does not count', { resourceType: 'Patient', id: 'p2' }, 1, 'Ortiz'],
    ['of another type does not count', { resourceType: 'Person', id: 'p1-0042' }, 1, 'Ortiz'],
  ])('a Patient that the envelope has read %s', async (_what, read, reads, family) => {
    const reader = await readerOf(careless(record));
    const sheet = await readIdentitySheet(reader, 'p1-0042', await reader.capabilities(), read);
    const asked = doubles.flatMap(({ seen }) => seen).filter(({ path }) => path.includes('/Patient/'));
    expect(asked).toHaveLength(reads);
    expect(sheet?.values.map((one) => one.text)).toContain(family);
    expect(sheet?.values.map((one) => one.text)).toContain('Ortiz-Vega');
  });

  test('of a patient who does not exist is undefined', async () => {
    expect(await sheetOf(careless(record), 'p9')).toBeUndefined();
    expect(await sheetOf(careless(record), '../p1')).toBeUndefined();
  });

  test('says which types the server lacks', async () => {
    const sheet = await sheetOf(careless(record, ['Patient', 'Practitioner', 'CareTeam']));
    expect(sheet?.absentTypes).toEqual([
      'RelatedPerson',
      'Coverage',
      'Account',
      'Encounter',
      'PractitionerRole',
      'Organization',
    ]);
    expect(sheet?.values.map((one) => one.text)).toContain('Ruiz');
  });

  test.each(['RelatedPerson', 'Coverage', 'CareTeam', 'Encounter', 'Practitioner/gp'])(
    'is refused when %s fails',
    async (part) => {
      const plain = careless(record);
      const sheet = sheetOf((seen, response, base) => {
        if (seen.path.includes(part)) sendJson(response, {}, 500);
        else plain(seen, response, base);
      });
      await expect(sheet).rejects.toMatchObject({ reason: 'identity_sheet_unavailable' });
    },
  );

  test('is refused, not shortened, when it is too large', async () => {
    const contacts = Array.from({ length: 5000 }, (_one, index) => ({ name: { family: `Family${index}` } }));
    const patient = { resourceType: 'Patient', id: 'p1-0042', contact: contacts };
    await expect(sheetOf(careless([patient]))).rejects.toMatchObject({
      reason: 'identity_sheet_unavailable',
    });
  });
});

const namesIn = (sheet: IdentitySheet | undefined): readonly string[] =>
  (sheet?.values ?? []).map((one) => one.text).filter((text) => text.startsWith('Family-'));

describe('persons and organisations named, where the server knows _id', () => {
  const members = ['gp', 'd2', 'd3', 'd4'];
  const team = {
    resourceType: 'CareTeam',
    id: 't1',
    status: 'active',
    subject,
    participant: members.map((id) => ({ member: { reference: `Practitioner/${id}` } })),
  };
  const staff = members.map((id) => person('Practitioner', id, `Family-${id}`));
  const staffed = [{ resourceType: 'Patient', id: 'p1-0042', name: [{ family: 'Ortiz' }] }, team, ...staff];
  const statement = {
    resourceType: 'CapabilityStatement',
    status: 'active',
    fhirVersion: '4.0.1',
    rest: [
      {
        mode: 'server',
        resource: ['Patient', 'CareTeam', 'Practitioner'].map((type) => ({
          type,
          searchParam: [{ name: '_id', type: 'token' }],
        })),
      },
    ],
  };
  const broken: Answer = (seen, response, base) =>
    seen.path.endsWith('Practitioner/d4')
      ? sendJson(response, {}, 500)
      : careless(staffed)(seen, response, base);
  const asked: string[] = [];
  const answering =
    (found: readonly unknown[], reading: Answer = careless(staffed)): Answer =>
    (seen, response, base) => {
      if (seen.path.includes('Practitioner')) asked.push(`${seen.method} ${seen.path} ${seen.body}`);
      if (seen.path.endsWith('metadata')) sendJson(response, statement);
      else if (seen.path.endsWith('Practitioner/_search')) sendJson(response, searchset(found));
      else reading(seen, response, base);
    };
  beforeEach(() => {
    asked.length = 0;
  });

  test('are one search', async () => {
    expect(namesIn(await sheetOf(answering(staff))).toSorted()).toEqual(
      ['Family-d2', 'Family-d3', 'Family-d4', 'Family-gp'].toSorted(),
    );
    expect(asked).toHaveLength(1);
    expect(decodeURIComponent(asked[0] ?? '')).toContain('_id=gp,d2,d3,d4');
  });

  test('are read singly where the search left them out, so that nobody is missed', async () => {
    expect(namesIn(await sheetOf(answering(staff.slice(0, 2))))).toHaveLength(4);
    expect(asked.slice(1).toSorted()).toEqual(['GET /fhir/Practitioner/d3 ', 'GET /fhir/Practitioner/d4 ']);
  });

  test('are refused where what was left out cannot be read', async () => {
    await expect(sheetOf(answering(staff.slice(0, 3), broken))).rejects.toMatchObject({
      reason: 'identity_sheet_unavailable',
    });
  });

  test.each([
    ['a row that was not asked for', [...staff, person('Practitioner', 'd9', 'Uninvited')]],
    ['a row of another type', [...staff, person('Patient', 'gp', 'Uninvited')]],
    ['a row without an id', [...staff, { resourceType: 'Practitioner', name: [{ family: 'Uninvited' }] }]],
  ])('are refused for %s', async (_what, found) => {
    await expect(sheetOf(answering(found))).rejects.toMatchObject({
      reason: 'identity_sheet_unavailable',
    });
  });
});

describe('relations and consents', () => {
  test('are those of this patient that stand', async () => {
    const reader = await readerOf(careless(record));
    const relations = await readRelations(reader, 'p1-0042', Date.now());
    expect(relations.patient?.id).toBe('p1-0042');
    expect(relations.careTeams.map((one) => one.id)).toEqual(['t1']);
    expect(relations.encounters.map((one) => one.id)).toEqual(['e2']);
    expect(relations.appointments.map((one) => one.id)).toEqual(['a1']);
    expect((await readConsents(reader, 'p1-0042')).map((one) => one.id)).toEqual(['k1']);
  });

  test('are empty where the server has no such type, and an error where they cannot be read', async () => {
    const lacking = await readerOf(careless(record, ['Patient']));
    expect(await readConsents(lacking, 'p1-0042')).toEqual([]);
    const broken = await readerOf((seen, response, base) =>
      seen.path.includes('_search') ? sendJson(response, {}, 503) : careless(record)(seen, response, base),
    );
    await expect(readConsents(broken, 'p1-0042')).rejects.toMatchObject({ reason: 'consent_unavailable' });
    await expect(readRelations(broken, 'p1-0042', 0)).rejects.toMatchObject({ reason: 'fhir_unavailable' });
  });

  test('that do not end are an error: what is missing may be the denial', async () => {
    let page = 0;
    const endless = await readerOf((seen, response, base) => {
      page += 1;
      if (seen.path.endsWith('metadata')) careless([])(seen, response, base);
      else
        sendJson(
          response,
          searchset(
            [{ resourceType: 'Consent', id: `k${page}`, patient: subject }],
            `${base}/Consent?page=${page}`,
          ),
        );
    });
    await expect(readConsents(endless, 'p1-0042')).rejects.toMatchObject({ reason: 'consent_unavailable' });
  });
});
