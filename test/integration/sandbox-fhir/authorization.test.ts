import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FhirServer } from '../../../sandbox/fhir/server.ts';
import { ask, ids, world } from './world.ts';

let server: FhirServer;
beforeAll(async () => {
  server = await world();
});
afterAll(() => server.close());

const get = (path: string, token?: string) =>
  ask(`${server.base}/${path}`, token === undefined ? {} : { token });

describe('what a token allows', () => {
  it('asks for a token, except for the CapabilityStatement', async () => {
    const none = await get('Observation?patient=p1');
    expect(none.status).toBe(401);
    expect(none.headers['www-authenticate']).toBe('Bearer realm="fhir"');
    const unknown = await get('Observation?patient=p1', 'stolen');
    expect(unknown.status).toBe(401);
    expect(unknown.headers['www-authenticate']).toContain('error="invalid_token"');
    expect((await get('metadata')).status).toBe(200);
  });

  it.each([
    ['Observation?patient=p1', 200],
    ['Observation?patient=Patient/p1', 200],
    ['Observation?patient=p2', 403],
    ['Observation?patient=p1,p2', 403],
    ['Observation?patient=p1&subject=Patient/p2', 403],
    ['Observation?patient:not=p2', 400],
    ['Observation?patient:missing=false', 403],
    ['Observation?code=2093-3', 403],
    ['Observation', 403],
    ['Patient?_id=p1', 200],
    ['Patient?_id=p2', 403],
    ['Patient?family=nunez', 403],
    ['Patient/p1', 200],
    ['Patient/p2', 403],
    ['Observation/o4', 403],
    ['Medication/m1', 200],
    ['Binary/b1', 200],
    ['Binary/b2', 403],
  ])('patient/*.rs of p1: %s is %i', async (path, status) => {
    expect((await get(path, 'own')).status).toBe(status);
  });

  it('narrows results and reads to the filter of a scope', async () => {
    expect(ids(await get('Observation?patient=p1', 'labs'))).toEqual(['o1', 'o2']);
    expect((await get('Observation/o1', 'labs')).status).toBe(200);
    expect((await get('Observation/o3', 'labs')).status).toBe(403);
    expect((await get('Condition?patient=p1', 'labs')).status).toBe(403);
  });

  it('includes only what the token could read by itself', async () => {
    const query = 'MedicationRequest?patient=p1&_include=MedicationRequest:medication';
    expect(ids(await get(query, 'searchOnly'))).toEqual(['r1']);
    expect((await get('MedicationRequest/r1', 'searchOnly')).status).toBe(403);
  });

  it('lets a system scope search without a patient, on its type only', async () => {
    expect((await get('Consent?status=active', 'consents')).status).toBe(200);
    expect((await get('Patient/p1', 'consents')).status).toBe(403);
  });

  it('is read only', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      const got = await ask(`${server.base}/Patient/p1`, { token: 'all', method });
      expect(got.status).toBe(405);
    }
    expect((await ask(`${server.base}/Patient`, { token: 'all', method: 'POST', body: '{}' })).status).toBe(
      405,
    );
  });
});

describe('the listener', () => {
  it('refuses another Host and any Origin, on data and controls', async () => {
    const { host } = new URL(server.base);
    for (const url of [`${server.base}/metadata`, `${server.control}/__requests`]) {
      const rebound = await ask(url, { headers: { host: `evil.example:${new URL(server.base).port}` } });
      expect(rebound.status).toBe(403);
      expect((await ask(url, { headers: { host, origin: 'null' } })).status).toBe(403);
      expect((await ask(url)).status).toBe(200);
    }
  });
});
