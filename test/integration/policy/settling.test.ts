import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Resource } from '../../../src/vocabulary/fhir.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { storedTrail } from '../hardening/bad-input.ts';

let sandbox: SandboxUnderTest;
const patient = (): string => sandbox.ready.patients[0]?.id ?? '';
async function put(resource: Resource): Promise<void> {
  const response = await fetch(`${new URL(sandbox.ready.fhir).origin}/__resources`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(resource),
  });
  expect(response.status).toBe(200);
}
const team: () => Resource = () => ({
  resourceType: 'CareTeam',
  id: 'made-just-now',
  status: 'active',
  subject: { reference: `Patient/${patient()}` },
  participant: [{ member: { reference: 'Practitioner/sandbox-outsider' } }],
});
const written = (who: string): Resource => ({
  resourceType: 'Provenance',
  id: 'made-just-now',
  target: [{ reference: 'CareTeam/made-just-now' }],
  recorded: new Date().toISOString(),
  agent: [{ who: { reference: who } }],
});
/** Without the ids of trails. */
const bare = (text: string): string => text.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'T');
const ask = (id = patient()) => sandbox.ask({ user: 'outsider', patient: id });

beforeAll(async () => {
  sandbox = await SandboxUnderTest.start({
    configure: (config) => ({
      ...config,
      tenants: config.tenants.map((tenant) => ({
        ...tenant,
        relations: { settleSeconds: 900, provenanceAgents: ['Device/admission-desk'] },
      })),
    }),
  });
}, 60_000);
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.running.store.delete('CareTeam', 'made-just-now');
  sandbox.running.store.delete('Provenance', 'made-just-now');
});

describe('a relation that was written just before asking', () => {
  it('opens nothing, and the trail says what it was and how old', async () => {
    await put(team());
    const reply = await ask();
    expect(reply.status).toBe(403);
    expect(reply.text).toContain('It would be allowed if the relation to the patient were older');
    expect(await storedTrail(sandbox, reply.trail)).toContainEqual(
      expect.objectContaining({
        event: 'request.denied',
        facts: expect.objectContaining({
          onCareTeam: true,
          relationSettled: false,
          relationSource: 'CareTeam',
          policies: ['relation-too-new'],
        }),
      }),
    );
    // Those who were there before are not kept out by it.
    expect((await sandbox.ask()).status).toBe(200);
  });

  it('says the same whether or not a consent opens the record', async () => {
    await put(team());
    const before = (await ask()).text;
    const consents = sandbox.running.store
      .all('Consent')
      .filter((consent) => JSON.stringify(consent['patient']).includes(`Patient/${patient()}`));
    for (const consent of consents) await put({ ...consent, status: 'inactive' });
    const after = await ask();
    for (const consent of consents) await put(consent);
    expect(bare(after.text)).toBe(bare(before));
  });

  it('counts where somebody trusted wrote it, and not where the asker did', async () => {
    await put(team());
    await put(written('Practitioner/sandbox-outsider'));
    expect((await ask()).status).toBe(403);
    await put(written('Device/admission-desk'));
    expect((await ask()).status).toBe(200);
    await put({ ...written('Device/admission-desk'), recorded: '2020-01-01T00:00:00Z' });
    expect((await ask()).status).toBe(403);
  });

  it('is refused where nobody can be asked who wrote it', async () => {
    await put(team());
    await put(written('Device/admission-desk'));
    await sandbox.faults([{ when: { type: 'Provenance' }, fault: 'status-503', times: 100 }]);
    const reply = await ask();
    await sandbox.clearFaults();
    expect(reply.status).toBe(502);
    expect((await ask()).status).toBe(200);
  });

  it('is told from none only by who made it', async () => {
    const [present, missing] = [await ask(), await ask('no-such-patient')];
    expect(present.text.replaceAll(present.trail, 'T')).toBe(missing.text.replaceAll(missing.trail, 'T'));
  });
});
