import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FhirServer } from '../../../sandbox/fhir/server.ts';
import { ask, ids, link, world } from './world.ts';

let server: FhirServer;
beforeEach(async () => {
  server = await world();
});
afterEach(() => server.close());

const search = (query = 'Observation?patient=p1') => ask(`${server.base}/${query}`, { token: 'own' });
const setFaults = (faults: unknown, at = server.control) =>
  ask(`${at}/__faults`, { method: 'POST', body: JSON.stringify(faults) });
const put = (body: unknown) =>
  ask(`${server.control}/__resources`, { method: 'PUT', body: JSON.stringify(body) });
const play = async (fault: string, value?: unknown) => {
  const set = await setFaults([
    { when: { type: 'Observation' }, fault, ...(value === undefined ? {} : { value }) },
  ]);
  expect(set.status).toBe(200);
};

describe('faults', () => {
  it('ignore-filters gives everything of the type and still claims the filters', async () => {
    await play('ignore-filters');
    const got = await search('Observation?patient=p1&code=8867-4&_elements=code');
    expect(ids(got)).toEqual(['o1', 'o2', 'o3', 'o4']);
    expect(link(got, 'self')).toContain('code=8867-4');
    expect(got.text).toContain('valueQuantity');
    await play('ignore-filters', ['code']);
    expect(ids(await search('Observation?patient=p1&code=8867-4'))).toEqual(['o1', 'o2', 'o3']);
  });

  it('foreign-patient adds a resource of somebody else, and answers a read with one', async () => {
    await play('foreign-patient');
    expect(ids(await search())).toEqual(['o1', 'o2', 'o3', 'o4']);
    expect(JSON.parse((await search('Observation/o1')).text)).toHaveProperty('id', 'o4');
    await setFaults([{ when: { type: 'MedicationRequest' }, fault: 'foreign-patient' }]);
    const made = await search('MedicationRequest?patient=p1');
    expect(made.text).toContain('Patient/another-patient');
  });

  it('wrong-type adds a resource of another type', async () => {
    await play('wrong-type');
    const types = JSON.parse((await search()).text).entry.map(
      (entry: { resource: { resourceType: string } }) => entry.resource.resourceType,
    );
    expect(new Set(types).size).toBe(2);
  });

  it('foreign-next leads elsewhere, endless-paging round in circles', async () => {
    await play('foreign-next', 'http://127.0.0.1:9/fhir/Observation?page=2');
    expect(link(await search(), 'next')).toBe('http://127.0.0.1:9/fhir/Observation?page=2');
    await play('endless-paging');
    let got = await search();
    for (let page = 0; page < 3; page++) {
      const next = link(got, 'next');
      expect(next).toContain(server.base);
      got = await ask(next ?? '', { token: 'own' });
      expect(ids(got)).toEqual(['o1', 'o2', 'o3']);
    }
  });

  it.each([
    ['status-429', 429],
    ['status-503', 503],
    ['status-500', 500],
    ['redirect', 302],
  ])('%s', async (fault, status) => {
    await play(fault);
    expect((await search()).status).toBe(status);
  });

  it.each(['status-429', 'status-503'])(
    '%s says after how many seconds it may be asked again',
    async (fault) => {
      await play(fault);
      expect((await search()).headers['retry-after']).toBe('1');
      await play(fault, 0);
      expect((await search()).headers['retry-after']).toBe('0');
    },
  );

  it('html, empty-body, truncated-json and oversized are not what they should be', async () => {
    await play('html');
    expect((await search()).headers['content-type']).toContain('text/html');
    await play('empty-body');
    expect((await search()).text).toBe('');
    await play('truncated-json');
    const truncated = await search();
    expect(truncated.status).toBe(200);
    expect(() => truncated.json()).toThrow(SyntaxError);
    await play('oversized', 3_000_000);
    const oversized = await search();
    expect(oversized.text.length).toBeGreaterThan(3_000_000);
    expect(ids(oversized)).toEqual(['o1', 'o2', 'o3']);
  });

  it('close drops the connection, hang keeps it until the server closes', async () => {
    await play('close');
    await expect(search()).rejects.toThrow(/socket hang up|ECONNRESET/);
    await play('hang');
    const outcome = search().then(
      () => 'answered',
      () => 'ended',
    );
    const waited = new Promise<string>((resolve) => setTimeout(() => resolve('waiting'), 100));
    expect(await Promise.race([outcome, waited])).toBe('waiting');
    await server.close();
    server = await world();
    expect(await outcome).toBe('ended');
  });

  it('slow waits first', async () => {
    await play('slow', 120);
    const before = performance.now();
    expect(ids(await search())).toEqual(['o1', 'o2', 'o3']);
    expect(performance.now() - before).toBeGreaterThan(110);
  });

  it('strikes only what it is for, as often as said, until replaced or cleared', async () => {
    await setFaults([{ when: { type: 'Observation', method: 'get' }, fault: 'status-500', times: 2 }]);
    expect((await search('Encounter?patient=p1')).status).toBe(200);
    expect([(await search()).status, (await search()).status, (await search()).status]).toEqual([
      500, 500, 200,
    ]);
    await setFaults([{ when: {}, fault: 'status-503' }], server.base);
    expect((await search()).status).toBe(503);
    expect((await ask(`${server.control}/__faults`, { method: 'DELETE' })).status).toBe(204);
    expect((await search()).status).toBe(200);
    await setFaults([{ when: { type: 'metadata' }, fault: 'status-503' }]);
    expect((await ask(`${server.base}/metadata`)).status).toBe(503);
    await setFaults([]);
    expect((await ask(`${server.base}/metadata`)).status).toBe(200);
  });

  it('refuses what is not on the list', async () => {
    for (const wrong of [
      { fault: 'slow' },
      [{ fault: 'meltdown' }],
      [{ fault: 'slow', value: 'long' }],
      [{ fault: 'hang', times: 0 }],
      [{ fault: 'hang', extra: 1 }],
    ]) {
      expect((await setFaults(wrong)).status).toBe(400);
    }
    expect((await ask(`${server.control}/__other`)).status).toBe(404);
    expect((await ask(`${server.control}/__requests`, { method: 'POST' })).status).toBe(405);
  });
});

describe('requests and resources', () => {
  it('tells what was received, without credentials and without query values', async () => {
    await search('Observation?patient=p1&code=2093-3');
    await ask(`${server.base}/Observation/_search`, {
      token: 'own',
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-request-id': 'r-1' },
      body: 'patient=p1&date=ge2024&date=lt2025',
    });
    const got = await ask(`${server.base}/__requests`);
    expect(JSON.parse(got.text)).toEqual([
      expect.objectContaining({ method: 'GET', path: '/fhir/Observation', params: ['patient', 'code'] }),
      expect.objectContaining({
        at: Date.parse('2025-06-01T00:00:00Z'),
        method: 'POST',
        path: '/fhir/Observation/_search',
        params: [],
        form: { patient: ['p1'], date: ['ge2024', 'lt2025'] },
        headers: expect.objectContaining({ 'x-request-id': 'r-1' }),
      }),
    ]);
    expect(got.text).not.toMatch(/bearer|authorization|2093-3/i);
  });

  it('takes new and changed resources, and deletions', async () => {
    const consent = {
      resourceType: 'Consent',
      id: 'c1',
      status: 'active',
      patient: { reference: 'Patient/p1' },
    };
    expect((await put(consent)).status).toBe(200);
    expect(ids(await search('Consent?patient=p1&status=active'))).toEqual(['c1']);
    const revoked = { resource: { ...consent, status: 'inactive' } };
    await put({ resourceType: 'Bundle', type: 'collection', entry: [revoked] });
    expect(ids(await search('Consent?patient=p1&status=active'))).toEqual([]);
    const read = await search('Consent/c1');
    expect(read.headers['etag']).toBe('W/"2"');
    expect(read.json()).toMatchObject({ meta: { lastUpdated: '2025-06-01T00:00:00.000Z' } });
    expect((await search('Consent/c1/_history/2')).status).toBe(200);
    expect((await search('Consent/c1/_history/1')).status).toBe(404);
    await put({
      resourceType: 'Bundle',
      type: 'batch',
      entry: [{ request: { method: 'DELETE', url: 'Consent/c1' } }],
    });
    expect((await search('Consent/c1')).status).toBe(410);
    const half = await put({
      resourceType: 'Bundle',
      entry: [{ resource: { ...consent, id: 'c2' } }, { resource: { resourceType: 'Consent', id: 'no/id' } }],
    });
    expect(half.status).toBe(400);
    expect((await search('Consent/c2')).status).toBe(404);
  });
});
