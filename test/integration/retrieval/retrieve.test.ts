import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createFhirReader } from '../../../src/retrieval/fhir-reader.ts';
import { patientOnly } from '../../../src/retrieval/patient-only.ts';
import { retrieve } from '../../../src/retrieval/retrieve.ts';
import type { RetrieveOptions } from '../../../src/retrieval/retrieve-options.ts';
import { loadTasks } from '../../../src/retrieval/task-catalogue.ts';
import type { RetrievedRecord } from '../../../src/vocabulary/context-item.ts';
import type { Resource } from '../../../src/vocabulary/fhir.ts';
import { labeller } from '../../fixtures/labels.ts';
import { careless, type FhirDouble, searchset, sendJson, startDouble } from './fhir-double.ts';

const tasks = loadTasks(fileURLToPath(new URL('../../../../tasks', import.meta.url)));
const now = Date.parse('2026-06-15T12:00:00Z');
const subject = { reference: 'Patient/p1' };

const doubles: FhirDouble[] = [];
afterEach(async () => {
  await Promise.all(doubles.splice(0).map((one) => one.close()));
});

async function run(
  name: string,
  answer: Parameters<typeof startDouble>[0],
  options: Partial<RetrieveOptions> = {},
): Promise<RetrievedRecord & { double: FhirDouble }> {
  const task = tasks.get(name);
  if (task === undefined) throw new Error(`no task ${name}`);
  const double = await startDouble(answer);
  doubles.push(double);
  const reader = createFhirReader({
    server: 'main',
    base: double.base,
    token: 'T',
    timeoutMs: 2000,
    maxResponseBytes: 1_000_000,
  });
  const base = {
    task,
    patient: 'p1',
    reader,
    now,
    question: '',
    withheld: () => undefined,
    labeller,
    privacyNotice: 'specific',
  } as const;
  return { ...(await retrieve({ ...base, ...options })), double };
}

const codesOf = (record: RetrievedRecord): readonly string[] => record.notices.map((one) => one.code);
const textOf = (record: RetrievedRecord): string =>
  record.items
    .map(
      (item) =>
        `${item.key} ${item.parts.map((part) => part.text).join('; ')} ${item.passages.map((one) => one.text).join(' ')}`,
    )
    .join('\n');

const lab = (id: string, code: string, day: string, value: number, more: object = {}): Resource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject,
  code: { coding: [{ system: 'http://loinc.org', code, display: `test ${code}` }] },
  category: [
    {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }],
    },
  ],
  effectiveDateTime: day,
  valueQuantity: { value, unit: 'mg/dL' },
  ...more,
});

const withheld: RetrieveOptions['withheld'] = (resource) =>
  resource.id === 'o2' ? 'withheld_consent' : undefined;

const order = (id: string, status: string, more: object = {}): Resource => ({
  resourceType: 'MedicationRequest',
  id,
  status,
  intent: 'order',
  subject,
  medicationCodeableConcept: { coding: [{ display: `drug ${id}` }] },
  ...more,
});

const naming = (reference: string): Resource =>
  order('m1', 'active', { medicationCodeableConcept: undefined, medicationReference: { reference } });

const drug = (id: string, name: string): object => ({
  resourceType: 'Medication',
  id,
  code: { coding: [{ display: name }] },
});

const visit = (id: string, start: string, status = 'finished', code = 'AMB'): Resource => ({
  resourceType: 'Encounter',
  id,
  status,
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code },
  subject,
  period: { start },
});

const note = (id: string, date: string, text: string, more: object = {}): Resource => ({
  resourceType: 'DocumentReference',
  id,
  status: 'current',
  subject,
  date,
  type: { coding: [{ display: 'Progress note' }] },
  category: [
    {
      coding: [
        {
          system: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category',
          code: 'clinical-note',
        },
      ],
    },
  ],
  content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(text).toString('base64') } }],
  ...more,
});

const binary = (id: string, html: string): object => ({
  resourceType: 'Binary',
  id,
  contentType: 'text/html',
  data: Buffer.from(html).toString('base64'),
});

const summary = (id: string, encounter: string, url: string): object => ({
  resourceType: 'DocumentReference',
  id,
  status: 'current',
  subject,
  date: '2026-02-05',
  type: { coding: [{ system: 'http://loinc.org', code: '18842-5' }] },
  context: { encounter: [{ reference: `Encounter/${encounter}` }] },
  content: [{ attachment: { contentType: 'text/html', url } }],
});

describe('cholesterol.latest', () => {
  const resources = [
    lab('o1', '2085-9', '2026-03-01', 55),
    lab('o2', '2093-3', '2026-03-01', 210),
    lab('o3', '2093-3', '2025-03-01', 190),
    lab('o4', '718-7', '2026-03-01', 14),
    lab('o5', '2571-8', '2026-04-01', 150, { subject: { reference: 'Patient/p2', display: 'Otto Foreign' } }),
    lab('o6', '2089-1', '2026-04-01', 99, { status: 'entered-in-error' }),
    lab('o7', '43396-1', '2026-04-01', 98, { modifierExtension: [{ url: 'http://x/not' }] }),
  ];

  test('keeps the newest of each code from a server that filters nothing, in the order of the plan', async () => {
    const record = await run('cholesterol.latest', careless(resources));
    expect(record.items.map((item) => [item.key, item.resource.id])).toEqual([
      ['O1', 'o2'],
      ['O2', 'o1'],
    ]);
    expect(record.items[0]).toMatchObject({
      kind: 'lab result',
      provenance: { server: 'main', step: 'lipids' },
    });
    expect(record.dropped).toEqual({
      superseded: 1,
      outside_plan: 1,
      wrong_patient: 1,
      entered_in_error: 1,
      unknown_modifier: 1,
    });
    expect(record.fetched).toEqual({ Observation: 7 });
    expect(record.searches).toBe(1);
    expect(record.bytes).toBeGreaterThan(1000);
    expect(record.notices.map((one) => one.text)).toEqual([
      '2 record(s) that did not belong to this request were discarded.',
      '1 record(s) that were entered in error were left out.',
      '1 record(s) were left out because a newer one is there.',
      '1 cholesterol result record(s) carry a modifier that is not understood and were left out.',
    ]);
    expect(record.identity.map((one) => one.text)).toContain('Otto Foreign');
  });

  test('is the same whatever order the server answers in', async () => {
    const first = await run('cholesterol.latest', careless(resources));
    const second = await run('cholesterol.latest', careless(resources.toReversed()));
    expect(second.items).toEqual(first.items);
  });

  test('says that nothing was found, after asking for reports, and not that there is none', async () => {
    const record = await run('cholesterol.latest', careless([]));
    expect(record.items).toEqual([]);
    expect(record.searches).toBe(2);
    expect(record.notices.map((one) => one.text)).toEqual([
      'No cholesterol result records were found. This is not proof that there are none.',
    ]);
    const report = {
      resourceType: 'DiagnosticReport',
      id: 'r1',
      status: 'final',
      subject,
      code: { coding: [{ system: 'http://loinc.org', code: '57698-3', display: 'Lipid panel' }] },
      conclusion: 'LDL raised',
    };
    const reported = await run('cholesterol.latest', careless([report]));
    expect(reported.items.map((item) => item.key)).toEqual(['R1']);
    expect(codesOf(reported)).toEqual([]);
  });

  test('asks nothing of a type that the server lacks, and says so', async () => {
    const record = await run('cholesterol.latest', careless(resources, ['DiagnosticReport']));
    expect(record.searches).toBe(0);
    expect(codesOf(record)).toEqual(['type_not_supported']);
  });

  test('withholds what consent or policy says, and speaks of it as the tenant wishes', async () => {
    const specific = await run('cholesterol.latest', careless(resources), { withheld });
    expect(specific.items.map((item) => item.resource.id)).toEqual(['o3', 'o1']);
    expect(specific.dropped.withheld_consent).toBe(1);
    expect(codesOf(specific)).toContain('may_be_withheld');
    const constant = await run('cholesterol.latest', careless(resources), { privacyNotice: 'constant' });
    expect(codesOf(constant)).toContain('may_be_withheld');
  });

  test('sends only parameters that the server lists, and filters by all of them', async () => {
    const statement = {
      resourceType: 'CapabilityStatement',
      fhirVersion: '4.0.1',
      rest: [
        {
          resource: [
            { type: 'Observation', searchParam: [{ name: 'patient' }] },
            { type: 'DiagnosticReport' },
          ],
        },
      ],
    };
    const record = await run('cholesterol.latest', ({ path }, response) =>
      sendJson(response, path.endsWith('metadata') ? statement : searchset(resources)),
    );
    const body = new URLSearchParams(record.double.seen.find((one) => one.path.includes('_search'))?.body);
    expect([...body.keys()]).toEqual(['patient', '_sort', '_count']);
    expect(record.items.map((item) => item.resource.id)).toEqual(['o2', 'o1']);
    expect(record.notices[0]?.text).toContain('1 record(s) that did not belong');
  });

  test('an error of a step refuses the whole', async () => {
    await expect(
      run('cholesterol.latest', ({ path }, response) => {
        if (path.endsWith('metadata'))
          careless([])({ method: 'GET', path, authorization: '', prefer: '', body: '' }, response, '');
        else sendJson(response, {}, 500);
      }),
    ).rejects.toMatchObject({ reason: 'fhir_unavailable' });
  });
});

describe('medication.reconciliation', () => {
  test('takes running drugs, those ended within 90 days, and statements; an old ended one stays out', async () => {
    const record = await run(
      'medication.reconciliation',
      careless([
        order('m1', 'active', { authoredOn: '2020-01-01' }),
        order('m2', 'stopped', { authoredOn: '2020-01-01', meta: { lastUpdated: '2026-06-01T00:00:00Z' } }),
        order('m3', 'completed', { authoredOn: '2020-01-01', meta: { lastUpdated: '2020-06-01T00:00:00Z' } }),
        order('m4', 'active', { doNotPerform: true }),
        order('m5', 'active', { intent: 'proposal' }),
        { ...order('s1', 'not-taken'), resourceType: 'MedicationStatement', intent: undefined },
        {
          resourceType: 'AllergyIntolerance',
          id: 'a1',
          patient: subject,
          code: { text: 'Penicillin' },
          verificationStatus: { coding: [{ code: 'refuted' }] },
        },
      ]),
    );
    expect(record.items.map((item) => item.resource.id)).toEqual(['m1', 'm4', 'm2', 's1', 'a1']);
    expect(record.items.map((item) => item.key)).toEqual(['M1', 'M2', 'M3', 'M4', 'A1']);
    expect(textOf(record)).toContain('refuted');
    expect(codesOf(record)).toEqual(expect.arrayContaining(['cut_by_lookback', 'nothing_found']));
  });

  test('reads a Medication that an order names and the server did not include; one that may not be read stays unnamed', async () => {
    const named = order('m1', 'active', {
      medicationCodeableConcept: undefined,
      medicationReference: { reference: 'Medication/d1' },
    });
    const answer = careless([named, drug('d1', 'drug by its id')]);
    expect(textOf(await run('medication.reconciliation', answer))).toContain('drug by its id');
    const double = await startDouble(answer);
    doubles.push(double);
    const reader = patientOnly(
      createFhirReader({
        server: 'main',
        base: double.base,
        token: 'T',
        timeoutMs: 2000,
        maxResponseBytes: 1_000_000,
      }),
      'p1',
    );
    const record = await run('medication.reconciliation', answer, { reader });
    expect(record.items.map(({ resource }) => resource.id)).toContain('m1');
    expect(textOf(record)).not.toContain('drug by its id');
  });

  const negated = { modifierExtension: [{ url: 'urn:not-this-drug', valueBoolean: true }] };

  test.each([
    ['read by its id', careless([naming('Medication/d1'), { ...drug('d1', 'Warfarin'), ...negated }])],
    ['contained', careless([{ ...naming('#d1'), contained: [{ ...drug('d1', 'Warfarin'), ...negated }] }])],
  ])('leaves out an order whose Medication, %s, carries what is not understood', async (_how, answer) => {
    const record = await run('medication.reconciliation', answer);
    expect(textOf(record)).not.toContain('Warfarin');
    expect(record.items.map(({ resource }) => resource.id)).not.toContain('m1');
    expect(codesOf(record)).toContain('item_withheld_unknown');
  });

  test('an order whose Medication was entered in error stays, without its name', async () => {
    const wrong = { ...drug('d1', 'Warfarin'), status: 'entered-in-error' };
    const record = await run('medication.reconciliation', careless([naming('Medication/d1'), wrong]));
    expect(textOf(record)).toContain('not named in the record');
    expect(textOf(record)).not.toContain('Warfarin');
    expect(codesOf(record)).toContain('entered_in_error');
  });

  test('a Medication that is named by one of its versions gives its name', async () => {
    const answer = careless([naming('Medication/d1/_history/3'), drug('d1', 'Warfarin')]);
    expect(textOf(await run('medication.reconciliation', answer))).toContain('Warfarin');
  });

  test('refuses an answer without an end among whose rows are others, or that is out of order', async () => {
    const foreign = lab('o-other', '2093-3', '2026-06-01', 5, { subject: { reference: 'Patient/p2' } });
    const many = (first: Resource): Parameters<typeof startDouble>[0] => {
      const rows = [first, ...Array.from({ length: 250 }, (_, n) => lab(`o${n}`, '2093-3', '2024-01-01', n))];
      return careless(rows);
    };
    await expect(run('cholesterol.latest', many(foreign))).rejects.toMatchObject({
      reason: 'fhir_untrusted',
    });
    const oldest = lab('o-oldest', '2093-3', '1990-01-01', 5);
    await expect(run('cholesterol.latest', many(oldest))).rejects.toMatchObject({ reason: 'fhir_untrusted' });
  });

  test('admits an included Medication only where an admitted order names it', async () => {
    const named = order('m1', 'active', {
      medicationCodeableConcept: undefined,
      medicationReference: { reference: 'Medication/d1' },
    });
    const plain = careless([]);
    const record = await run('medication.reconciliation', (seen, response, base) => {
      if (seen.path.includes('MedicationRequest') && seen.body.includes('active'))
        sendJson(
          response,
          searchset([named], undefined, [
            drug('d1', 'Warfarin'),
            drug('d2', 'Foreign drug'),
            { resourceType: 'Patient', id: 'p2' },
          ]),
        );
      else plain(seen, response, base);
    });
    expect(textOf(record)).toContain('Warfarin');
    expect(textOf(record)).not.toContain('Foreign');
    expect(record.dropped.outside_plan).toBe(2);
  });
});

describe('changes.since_last_visit', () => {
  test('counts from the last finished visit before the running one and names it', async () => {
    const record = await run(
      'changes.since_last_visit',
      careless([
        visit('e1', '2026-01-10T09:00:00Z'),
        visit('e2', '2026-03-10T09:00:00Z'),
        visit('e3', '2026-06-15T09:00:00Z', 'in-progress'),
        visit('e4', '2026-05-10T09:00:00Z', 'finished', 'HH'),
        visit('e5', '2026-06-14T09:00:00Z'),
        lab('o1', '718-7', '2026-03-11', 14),
        lab('o2', '718-7', '2026-03-09', 13),
      ]),
      { encounter: 'e5' },
    );
    expect(record.items.map((item) => item.resource.id)).toEqual(['e2', 'o1']);
    expect(record.notices[0]?.text).toBe('Changes are counted from the last finished visit, E1.');
  });

  test('without an earlier visit looks back 24 months and says so', async () => {
    const record = await run(
      'changes.since_last_visit',
      careless([lab('o1', '718-7', '2024-06-20', 14), lab('o2', '718-7', '2024-06-01', 13)]),
    );
    expect(record.items.map((item) => item.resource.id)).toEqual(['o1']);
    expect(codesOf(record)).toEqual(expect.arrayContaining(['no_earlier_visit', 'cut_by_lookback']));
  });

  test('includes three delta notes, each text once, passages withheld by label, unread ones named', async () => {
    const record = await run(
      'changes.since_last_visit',
      careless([
        visit('e1', '2026-01-10'),
        note('d1', '2026-05-01', 'Seen for cough.\n\nHIV viral load undetectable.'),
        note('d2', '2026-05-02', 'Seen for cough.\n\nHIV viral load undetectable.'),
        note('d3', '2026-05-03', '', {
          content: [{ attachment: { contentType: 'application/pdf', data: 'JVBERi0=' } }],
        }),
        note('d4', '2026-04-03', 'The third that says something new.'),
        note('d6', '2026-04-02', 'Too old for the three.'),
        note('d7', '2026-04-04', 'HIV viral load undetectable.'),
        note('d5', '2026-05-04', 'Wrong.', { docStatus: 'entered-in-error' }),
      ]),
      {
        withheld: (_resource, labels) =>
          labels.some((label) => label.code === 'HIV') ? 'withheld_consent' : undefined,
      },
    );
    const notes = record.items.filter((item) => item.resource.type === 'DocumentReference');
    expect(notes.map((item) => [item.resource.id, item.passages.map((one) => one.text)])).toEqual([
      ['d3', []],
      ['d2', ['Seen for cough.']],
      ['d4', ['The third that says something new.']],
    ]);
    expect(JSON.stringify(record.items)).not.toContain('viral');
    expect(record.dropped).toMatchObject({
      withheld_consent: 3,
      duplicate: 1,
      over_cap: 1,
      entered_in_error: 1,
    });
    expect(codesOf(record)).toEqual(expect.arrayContaining(['cut_by_cap', 'note_unread', 'may_be_withheld']));
  });
});

describe('discharge.summary', () => {
  test('follows the stay to its document and Binary, and to nothing else', async () => {
    const stay = {
      resourceType: 'Encounter',
      id: 'e1',
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
      subject,
      period: { start: '2026-02-01', end: '2026-02-05' },
      hospitalization: { dischargeDisposition: { coding: [{ display: 'Home' }] } },
    };
    const record = await run(
      'discharge.summary',
      careless([
        stay,
        summary('d1', 'e1', 'Binary/b1'),
        summary('d2', 'e9', 'Binary/b2'),
        binary('b1', '<p>Recovered well.</p>'),
        binary('b2', 'x'),
      ]),
    );
    expect(textOf(record)).toContain('Recovered well.');
    expect(textOf(record)).toContain('Home');
    expect(record.items.map((item) => item.key)).toEqual(['E1', 'D1']);
    expect(record.double.seen.filter((one) => one.path.includes('Binary')).map((one) => one.path)).toEqual([
      '/fhir/Binary/b1',
    ]);
  });

  test('without a stay asks no more', async () => {
    const record = await run('discharge.summary', careless([]));
    expect(record.searches).toBe(1);
    expect(record.notices.map((one) => one.text)).toEqual([
      'No finished hospital stay records were found. This is not proof that there are none.',
    ]);
  });
});

describe('caps and limits', () => {
  test('an over-full list is cut to the newest and says so', async () => {
    const many = Array.from({ length: 130 }, (_one, index) => ({
      resourceType: 'Immunization',
      id: `i${index}`,
      status: index === 0 ? 'not-done' : 'completed',
      patient: subject,
      vaccineCode: { text: 'x' },
      occurrenceDateTime: `20${String(10 + (index % 15))}-01-01`,
    }));
    const record = await run('immunizations', careless(many));
    expect(record.items).toHaveLength(100);
    expect(record.dropped.over_cap).toBe(30);
    expect(record.notices.map((one) => one.text)).toEqual([
      'Only the newest 100 immunization records are included; older ones were left out.',
    ]);
  });

  test('a server that has more rows than are read is named as incomplete', async () => {
    const many = Array.from({ length: 400 }, (_one, index) => ({
      resourceType: 'Immunization',
      id: `i${index}`,
      patient: subject,
    }));
    expect(codesOf(await run('immunizations', careless(many)))).toContain('server_partial');
  });
});
