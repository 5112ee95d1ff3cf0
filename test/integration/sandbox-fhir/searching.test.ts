import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'fhir-kit-client';
import type { FhirServer } from '../../../sandbox/fhir/server.ts';
import { ask, ids, link, world } from './world.ts';

let server: FhirServer;
beforeAll(async () => {
  server = await world();
});
afterAll(() => server.close());

const search = (query: string, headers: Record<string, string> = {}) =>
  ask(`${server.base}/${query}`, { token: 'all', headers });

describe('search over HTTP', () => {
  it.each([
    ['Observation?patient=p1', ['o1', 'o2', 'o3']],
    ['Observation?patient=Patient/p1&code=http://loinc.org|2093-3', ['o1', 'o2']],
    ['Observation?subject=Patient/p1&_sort=-date&_count=2', ['o2', 'o3']],
    ['Observation?patient=p1&date=ge2024-03&date=lt2025', ['o1']],
    ['Observation?patient=p1,p2&code=2093-3&date=2025', ['o2', 'o4']],
    ['Observation?patient=p1&category:not=laboratory', ['o3']],
    ['Observation?encounter=e1&patient=p2', ['o4']],
    ['Observation?_id=o1,o4', ['o1', 'o4']],
    ['Patient?family=nunez', ['p1']],
    ['Patient?birthdate=lt1976', ['p2']],
    ['MedicationRequest?patient=p1&_include=MedicationRequest:medication', ['r1', '+m1']],
    ['MedicationRequest?patient=p1&_include=*:patient', ['r1', '+p1']],
    ['Observation?patient=p1&code=2093-3&_revinclude=Provenance:target', ['o1', 'o2', '+v1']],
    ['Observation?patient=nobody', []],
    ['Coverage?patient=p1', []],
  ])('%s', async (query, expected) => {
    const got = await search(query);
    expect(got.status).toBe(200);
    expect(got.headers['content-type']).toContain('application/fhir+json');
    expect(ids(got)).toEqual(expected);
  });

  it('gives entries a fullUrl, the total of all matches and no entry for a count', async () => {
    const got = await search('Observation?patient=p1&_count=1');
    expect(JSON.parse(got.text)).toMatchObject({
      resourceType: 'Bundle',
      type: 'searchset',
      total: 3,
      entry: [{ fullUrl: `${server.base}/Observation/o1`, search: { mode: 'match' } }],
    });
    const counted = JSON.parse((await search('Observation?patient=p1&_summary=count')).text);
    expect(counted).toMatchObject({ total: 3 });
    expect(counted).not.toHaveProperty('entry');
  });

  it('pages by opaque links of its own origin, which need the token again and end', async () => {
    const first = await search('Observation?patient=p1&_count=2');
    const next = link(first, 'next') ?? '';
    expect(next.startsWith(`${server.base}/`)).toBe(true);
    expect(next).not.toContain('p1');
    expect((await ask(next)).status).toBe(401);
    expect((await ask(next, { token: 'consents' })).status).toBe(403);
    const second = await ask(next, { token: 'own' });
    expect([...ids(first), ...ids(second)]).toEqual(['o1', 'o2', 'o3']);
    expect(link(second, 'next')).toBeUndefined();
    expect((await search('Observation?_cursor=unknown')).status).toBe(410);
  });

  it('refuses an unknown parameter when strict, and otherwise leaves it out of the self link', async () => {
    const strict = await search('Observation?patient=p1&colour=red', { prefer: 'handling=strict' });
    expect(strict.status).toBe(400);
    expect(JSON.parse(strict.text)).toMatchObject({ resourceType: 'OperationOutcome' });
    const lenient = await search('Observation?patient=p1&colour=red');
    expect(lenient.status).toBe(200);
    expect(link(lenient, 'self')).toBe(`${server.base}/Observation?patient=p1`);
  });

  it.each([
    ['Observation?patient=p1&date=yesterday', 400],
    ['Observation?patient=p1&code:below=x', 400],
    ['Observation?patient=p1&_count=-1', 400],
    ['Nonsense?patient=p1', 404],
    ['Patient/p1/Observation', 404],
    ['Observation/none', 404],
    ['Observation/o1%2F..%2F..', 404],
  ])('%s is %i with an OperationOutcome', async (query, status) => {
    const got = await search(query);
    expect(got.status).toBe(status);
    expect(JSON.parse(got.text)).toHaveProperty('resourceType', 'OperationOutcome');
  });

  it('projects to the elements, keeps what is mandatory and says that it is a subset', async () => {
    const got = await search('Observation?_id=o1&_elements=value,subject');
    const [entry] = JSON.parse(got.text).entry;
    expect(Object.keys(entry.resource).toSorted()).toEqual(
      ['resourceType', 'id', 'meta', 'status', 'code', 'subject', 'valueQuantity'].toSorted(),
    );
    expect(entry.resource.meta.tag).toContainEqual(expect.objectContaining({ code: 'SUBSETTED' }));
  });

  it('takes the search as a form, and only as a form', async () => {
    const form = await ask(`${server.base}/Observation/_search`, {
      token: 'own',
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'patient=p1&code=8867-4',
    });
    expect(ids(form)).toEqual(['o3']);
    const json = await ask(`${server.base}/Observation/_search`, {
      token: 'own',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"patient":"p1"}',
    });
    expect(json.status).toBe(415);
  });

  it('answers a batch entry by entry', async () => {
    const got = await ask(server.base, {
      token: 'own',
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json' },
      body: JSON.stringify({
        resourceType: 'Bundle',
        type: 'batch',
        entry: [
          { request: { method: 'GET', url: 'Observation?patient=p1&code=8867-4' } },
          { request: { method: 'GET', url: 'Patient/p2' } },
          { request: { method: 'DELETE', url: 'Patient/p1' } },
        ],
      }),
    });
    const bundle = JSON.parse(got.text);
    expect(bundle.type).toBe('batch-response');
    expect(bundle.entry.map((one: { response: { status: string } }) => one.response.status)).toEqual([
      '200',
      '403',
      '405',
    ]);
    expect(bundle.entry[0].resource.total).toBe(1);
  });

  it('reads a Binary as bytes or as a resource', async () => {
    const raw = await ask(`${server.base}/Binary/b1`, { token: 'own', headers: { accept: '*/*' } });
    expect(raw.text).toBe('a note');
    expect(raw.headers['content-type']).toBe('text/plain');
    const json = await ask(`${server.base}/Binary/b1`, {
      token: 'own',
      headers: { accept: 'application/fhir+json' },
    });
    expect(JSON.parse(json.text)).toMatchObject({ resourceType: 'Binary', contentType: 'text/plain' });
  });

  it('writes a CapabilityStatement that a search of each named parameter bears out', async () => {
    const got = await ask(`${server.base}/metadata`);
    expect(got.status).toBe(200);
    const { fhirVersion, rest } = JSON.parse(got.text);
    expect(fhirVersion).toBe('4.0.1');
    const samples: Record<string, string> = { date: '2024', token: 'x', reference: 'Patient/p1' };
    for (const type of ['Observation', 'Consent', 'Encounter', 'DocumentReference']) {
      const listed = rest[0].resource.find((one: { type: string }) => one.type === type);
      for (const { name, type: kind } of listed.searchParam) {
        const tried = await search(`${type}?${name}=${samples[kind] ?? 'x'}`, { prefer: 'handling=strict' });
        expect([name, tried.status]).toEqual([name, 200]);
      }
    }
  });

  it('works through fhir-kit-client', async () => {
    const client = new Client({ baseUrl: server.base, bearerToken: 'own' });
    const patient = await client.read({ resourceType: 'Patient', id: 'p1' });
    expect(patient).toMatchObject({ resourceType: 'Patient', id: 'p1' });
    const found = await client.search({
      resourceType: 'Observation',
      searchParams: { patient: 'p1', date: ['ge2025', 'lt2026'], _count: '1' },
      options: { postSearch: true },
    });
    expect(found).toMatchObject({ total: 2 });
    await expect(client.read({ resourceType: 'Patient', id: 'p2' })).rejects.toThrow(/403/);
  });
});
