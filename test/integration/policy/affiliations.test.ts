import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { isRecord, type Resource } from '../../../src/vocabulary/fhir.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

let sandbox: SandboxUnderTest;
let teams: readonly Resource[];
let role: Resource;

const fhir = (path: string, init: RequestInit = {}) =>
  fetch(`${new URL(sandbox.ready.fhir).origin}${path}`, init);
async function put(...resources: readonly Resource[]): Promise<void> {
  for (const resource of resources) {
    const response = await fhir('/__resources', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(resource),
    });
    expect(response.status).toBe(200);
  }
}
const rolesOf = () => {
  const tenant = sandbox.running.gateway.gateway.services.tenants.get(sandbox.ready.tenant);
  if (tenant === undefined) throw new Error('no tenant');
  return tenant.shared.roles;
};
const patient = (): string => sandbox.ready.patients[0]?.id ?? '';
const member = (reference: string): Resource => ({
  resourceType: 'CareTeam',
  id: 'named-otherwise',
  status: 'active',
  subject: { reference: `Patient/${patient()}` },
  participant: [{ member: { reference } }],
});
/** The physician whom nothing relates to the patient. */
const ask = async (id = patient()): Promise<number> =>
  (await sandbox.ask({ user: 'outsider', patient: id })).status;

/** Searches of roles that the record system was asked since it was last looked. */
async function searched(): Promise<number> {
  const requests: unknown = await (await fhir('/__requests')).json();
  await fhir('/__requests', { method: 'DELETE' });
  if (!Array.isArray(requests)) throw new Error('no list');
  return requests.filter(
    (one: unknown) =>
      isRecord(one) &&
      String(one['path']).includes('PractitionerRole') &&
      JSON.stringify(one).includes('Practitioner/sandbox-outsider'),
  ).length;
}

beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
  teams = sandbox.running.store.all('CareTeam');
  const found = sandbox.running.store
    .all('PractitionerRole')
    .find((one) => JSON.stringify(one['practitioner']).includes('Practitioner/sandbox-outsider'));
  if (found === undefined) throw new Error('the physician holds no role');
  role = found;
}, 60_000);
afterAll(() => sandbox.close());
beforeEach(async () => {
  sandbox.running.store.delete('CareTeam', 'named-otherwise');
  await put(role, ...teams);
  rolesOf().drop();
});

describe('a care team', () => {
  it('that names a role or an organization relates to who holds it, while they do', async () => {
    const organization = isRecord(role['organization']) ? String(role['organization']['reference']) : '';
    expect(organization).toMatch(/^Organization\//);
    expect(await ask()).toBe(403);
    for (const reference of [`PractitionerRole/${role.id ?? ''}`, organization]) {
      await put(role, member(reference));
      rolesOf().drop();
      expect(await ask()).toBe(200);
      for (const lost of [
        { active: false },
        { period: { end: '2020' } },
        { practitioner: { reference: 'Practitioner/x' } },
      ]) {
        await put({ ...role, ...lost });
        rolesOf().drop();
        expect(await ask()).toBe(403);
      }
    }
    for (const other of ['PractitionerRole/role-of-others', 'Organization/elsewhere']) {
      await put(role, member(other));
      rolesOf().drop();
      expect(await ask()).toBe(403);
    }
  });

  it('is asked for with one search of the asker for all their requests of a minute, whoever the patient is', async () => {
    await searched();
    await ask('no-such-patient');
    expect(await searched()).toBe(1);
    await ask();
    await ask('no-such-patient');
    expect(await searched()).toBe(0);
    rolesOf().drop();
    await ask();
    expect(await searched()).toBe(1);
  });

  it('is not told from others while roles cannot be read: nobody is let in', async () => {
    await put(member(`PractitionerRole/${role.id ?? ''}`));
    await sandbox.faults([{ when: { type: 'PractitionerRole' }, fault: 'status-503', times: 100 }]);
    const [present, missing] = [await ask(), await ask('no-such-patient')];
    await sandbox.clearFaults();
    expect([present, missing]).toEqual([502, 502]);
    rolesOf().drop();
    expect(await ask()).toBe(200);
  });

  it('counts anew when somebody is signed out: a role may have gone as well', async () => {
    await put(member(`PractitionerRole/${role.id ?? ''}`));
    expect(await ask()).toBe(200);
    await put({ ...role, active: false });
    const { services } = sandbox.running.gateway.gateway;
    await services.sessions.end(sandbox.ready.tenant, 'session', 'f'.repeat(32), 'revoked');
    expect(await ask()).toBe(403);
  });
});
