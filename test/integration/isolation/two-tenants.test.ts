import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestIssuer, startTwoTenants, type TestTenant } from './two-tenants.ts';

let both: Awaited<ReturnType<typeof startTwoTenants>>;
beforeAll(async () => {
  both = await startTwoTenants();
}, 30_000);
afterAll(() => both.close());

const phi = { conversation: 'same-conversation' };
const ask = (token: string, more: object = {}) =>
  both.sandbox.ask({
    token,
    patient: 'same',
    task: 'problem.list',
    question: 'Which problems?',
    phi,
    ...more,
  });
const form = (path: string, token: string | undefined, fields: Record<string, string>) =>
  both.sandbox.call(path, token, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
const exchange = (subject: string, more: Record<string, string> = {}) =>
  form('/oauth/token', undefined, {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: subject,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    authorization_details: JSON.stringify([
      { type: 'phi_access', patient: 'same', task: 'problem.list', purpose: 'TREAT' },
    ]),
    ...more,
  });
const delegatedOf = async (tenant: TestTenant): Promise<string> =>
  String((await exchange(await tenant.issuer.sign({}))).body['access_token']);
const pair = (): readonly (readonly [TestTenant, TestTenant])[] => [
  [both.a, both.b],
  [both.b, both.a],
];

const statuses = async (token: string): Promise<readonly number[]> => [
  (await ask(token)).status,
  (await exchange(token)).status,
  (await both.sandbox.call('/v1/models', token)).status,
  (await both.sandbox.call('/v1/tasks', token)).status,
  (await both.sandbox.call('/v1/trails/019a0000-0000-7000-8000-000000000001', token)).status,
  (await form('/oauth/introspect', token, { token: 'x' })).status,
  (await form('/oauth/revoke', token, { token: 'x' })).status,
];

const askOwn = (fhirUser: string) =>
  both.a.issuer
    .sign({ roles: ['patient'], fhirUser })
    .then((token) => both.sandbox.ask({ token, patient: 'self', task: 'problem.list', purpose: 'PATRQT' }));

describe('two tenants that are equal in every id', () => {
  test('records, models and citations: each question is answered from its own', async () => {
    for (const [own, other] of pair()) {
      const reply = await ask(await own.issuer.sign({}));
      expect(reply.status).toBe(200);
      expect(reply.text).toContain(`mark-${own.id}`);
      expect(reply.text).not.toContain(`mark-${other.id}`);
      expect(reply.text).toContain(`Condition/same-problem-mark-${own.id}`);
      expect(own.model.received().length).toBeGreaterThan(0);
      expect(JSON.stringify(other.model.received())).not.toContain(`mark-${own.id}`);
    }
  });

  test('models: the name of the other tenant’s model is refused, and not listed', async () => {
    for (const [own, other] of pair()) {
      const token = await own.issuer.sign({});
      expect((await ask(token, { body: { model: `only-${other.id}` } })).status).toBe(403);
      expect((await both.sandbox.call('/v1/models', token)).text).not.toContain(`only-${other.id}`);
    }
  });

  test('trails: neither the same subject nor a compliance officer of the other tenant reads one', async () => {
    for (const [own, other] of pair()) {
      const { trail } = await ask(await own.issuer.sign({}));
      for (const roles of [['physician'], ['compliance']]) {
        expect(
          (await both.sandbox.call(`/v1/trails/${trail}`, await other.issuer.sign({ roles }))).status,
        ).toBe(404);
        expect(
          (await both.sandbox.call(`/v1/trails/${trail}`, await own.issuer.sign({ roles }))).status,
        ).toBe(200);
      }
    }
  });

  test('vault: a token of one tenant, played back by the model of the other, is not resolved', async () => {
    for (const [own, other] of pair()) {
      const question = `Is Isolde Only${own.id}ville well?`;
      await ask(await own.issuer.sign({}), { question });
      const token = /\[\[[A-Z][^\]]{3,60}\]\]/.exec(own.model.received().at(-1)?.body ?? '')?.[0];
      expect(token).toBeDefined();
      other.model.script([{ chunks: [`It is ${token}.`] }]);
      const reply = await ask(await other.issuer.sign({}));
      expect(reply.text).not.toContain(`Only${own.id}ville`);
    }
  });

  test('delegated tokens, introspection and revocation: of the own tenant only', async () => {
    for (const [own, other] of pair()) {
      const token = await delegatedOf(own);
      const stranger = await other.issuer.sign({});
      expect((await form('/oauth/introspect', stranger, { token })).body).toEqual({ active: false });
      expect((await form('/oauth/revoke', stranger, { token })).status).toBe(200);
      const reply = await both.sandbox.ask({ token, phi: null, question: 'Which problems?' });
      expect(reply.text).toContain(`mark-${own.id}`);
      expect(reply.text).not.toContain(`mark-${other.id}`);
      const owner = await own.issuer.sign({});
      expect((await form('/oauth/introspect', owner, { token })).body).toMatchObject({ active: true });
      await form('/oauth/revoke', owner, { token });
      expect((await both.sandbox.ask({ token, phi: null })).status).toBe(401);
      expect((await ask(stranger)).status).toBe(200);
    }
  });

  test('issuers: one that names the other tenant, or signs as the other issuer, is refused', async () => {
    for (const [own, other] of pair()) {
      expect((await ask(await own.issuer.sign({ tenant: other.id }))).status).toBe(401);
      expect((await ask(await own.issuer.sign({ tenant: own.id, iss: other.issuer.issuer }))).status).toBe(
        401,
      );
    }
  });

  test('the trail file holds neither the patient nor one pseudonym for both', async () => {
    const bytes = readFileSync(`${both.sandbox.ready.files.audit}-wal`).toString('latin1');
    const { services } = both.sandbox.running.gateway.gateway;
    const [first, second] = [both.a, both.b].map(({ id }) => services.pseudonym(id, 'patient', 'same'));
    expect(first).not.toBe(second);
    expect(bytes).toContain(first);
    expect(bytes).toContain(second);
    expect(bytes).not.toMatch(/Onlyalphaville|Onlybetaville/);
  });
});

describe('a user’s token speaks for the workload that it was issued to', () => {
  test.each([
    ['an unknown client', { client_id: 'nobody' }],
    ['a client of the other tenant', { client_id: 'app-of-beta' }],
    ['an unknown client by azp', { client_id: undefined, azp: 'nobody' }],
    [
      'an unknown client that may_act names a known one',
      { client_id: 'nobody', may_act: { sub: 'shared-app' } },
    ],
  ])('%s is refused on every route', async (_what, claims) => {
    for (const status of await statuses(await both.a.issuer.sign(claims)))
      expect([400, 401, 403]).toContain(status);
  });

  test('client_id and azp that differ are refused; azp alone is as good', async () => {
    expect((await ask(await both.a.issuer.sign({ azp: 'app-of-alpha' }))).status).toBe(401);
    expect((await ask(await both.a.issuer.sign({ client_id: undefined, azp: 'shared-app' }))).status).toBe(
      200,
    );
  });

  test('an exchange in the name of another client is refused, whatever may_act says', async () => {
    const token = await both.a.issuer.sign({ may_act: { client_id: 'app-of-alpha', sub: 'app-of-alpha' } });
    expect((await exchange(token, { client_id: 'app-of-alpha' })).status).toBeGreaterThanOrEqual(400);
    expect((await exchange(token, { client_id: 'shared-app' })).status).toBe(200);
  });

  test('a delegated token is asked about and ended by its own client only', async () => {
    const token = await delegatedOf(both.a);
    const otherClient = await both.a.issuer.sign({ client_id: 'app-of-alpha' });
    expect((await form('/oauth/introspect', otherClient, { token })).body).toEqual({ active: false });
    await form('/oauth/revoke', otherClient, { token });
    expect((await both.sandbox.ask({ token, phi: null })).status).toBe(200);
    expect((await exchange(token)).status).toBeGreaterThanOrEqual(400);
  });
});

describe('fhirUser is a person of one server', () => {
  test('Patient/same of the other server, or of any other, is nobody here', async () => {
    for (const base of [both.b.fhir.base, 'https://elsewhere.example/fhir', `${both.a.fhir.base}/x`])
      expect((await askOwn(`${base}/Patient/same`)).status).toBe(401);
    for (const good of ['Patient/same', `${both.a.fhir.base}/Patient/same`])
      expect((await askOwn(good)).status).not.toBe(401);
  });

  test('a care team that names a practitioner of the other server relates to nobody', async () => {
    const teams = both.a.fhir.store.byPatient('same', 'CareTeam');
    expect(teams).toHaveLength(1);
    for (const one of teams)
      both.a.fhir.store.put({
        ...one,
        participant: [{ member: { reference: `${both.b.fhir.base}/Practitioner/shared` } }],
      });
    expect((await ask(await both.a.issuer.sign({}))).status).toBe(403);
    for (const one of teams) both.a.fhir.store.put(one);
    expect((await ask(await both.a.issuer.sign({}))).status).toBe(200);
  });

  test('a foreign issuer with the same key id is nobody', async () => {
    const foreign = await startTestIssuer();
    expect((await ask(await foreign.sign({}))).status).toBe(401);
    await foreign.close();
  });
});
