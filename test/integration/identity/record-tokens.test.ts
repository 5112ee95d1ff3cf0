import { generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { RecordAuthorizationServer } from '../../fixtures/record-authorization.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { exchangeGrant } from '../../fixtures/token-exchange.ts';

const pem = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  .privateKey.export({ format: 'pem', type: 'pkcs8' })
  .toString();

/** What the task reads, as SMART v2 scopes. */
const plan = (context: string): string =>
  `${context}/DiagnosticReport.rs ${context}/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory`;

interface World {
  readonly sandbox: SandboxUnderTest;
  readonly server: RecordAuthorizationServer;
}

async function world(method: 'backend' | 'exchange'): Promise<World> {
  let sandbox: SandboxUnderTest | undefined;
  let fhir = '';
  const server = await RecordAuthorizationServer.start({
    gateway: () => sandbox?.ready.gateway ?? '',
    fhirBase: () => fhir,
  });
  sandbox = await SandboxUnderTest.start({
    alsoTrust: server.authorize(() => fhir),
    between: async (base) => {
      fhir = base;
      return base;
    },
    configure: (config) => ({
      ...config,
      tenants: config.tenants.map((tenant) => ({
        ...tenant,
        fhir: {
          ...tenant.fhir,
          timeoutMs: 2_000,
          authorization: {
            method,
            issuer: server.issuer,
            tokenEndpoint: server.tokenEndpoint,
            clientId: 'phi-gateway',
            clientKey: pem,
            maxLifetimeSeconds: 300,
            jwksUri: `${server.issuer}/jwks`,
          },
        },
      })),
    }),
  });
  return { sandbox, server };
}

/** The one event of a trail, as the compliance officer reads it from the file that the auditor gets. */
async function refusedFor(sandbox: SandboxUnderTest, trail: string): Promise<string | undefined> {
  const events = await sandbox.trail(trail);
  return events.find(({ outcome }) => outcome !== 'success')?.reason;
}

function reset({ server }: World): void {
  server.asked.length = 0;
  for (const name of ['claims', 'answer', 'status', 'silent'] as const) delete server.misbehaviour[name];
}

/** Changes tokens that were exchanged, and no others. */
const exchanged =
  (change: (claims: Record<string, unknown>) => void) => (claims: Record<string, unknown>) => {
    if (claims['act'] !== undefined) change(claims);
  };

describe('SMART Backend Services', () => {
  let at: World;
  beforeAll(async () => {
    at = await world('backend');
  }, 60_000);
  afterAll(async () => {
    await at.sandbox.close();
    await at.server.close();
  });
  afterEach(() => reset(at));

  test('answers with a token for exactly the plan, asked for anew by each request', async () => {
    for (const _ of [1, 2]) expect((await at.sandbox.ask()).status).toBe(200);
    const scopes = at.server.asked.map(({ scope }) => scope);
    expect(scopes.filter((scope) => scope === plan('system'))).toHaveLength(2);
    expect(scopes.filter((scope) => scope.includes('system/Consent.rs'))).toHaveLength(2);
    expect(scopes).toHaveLength(4);
  });

  test('the key set of the gateway shows the key that its assertions are signed with', async () => {
    const { body } = await at.sandbox.call('/oauth/jwks', undefined);
    const keys = Array.isArray(body['keys']) ? body['keys'].filter(isRecord) : [];
    expect(keys.map(({ alg }) => alg)).toEqual(['ES256', 'ES384']);
    expect(keys.every((key) => key['d'] === undefined)).toBe(true);
  });

  test('needs what policy says: no such token for a patient at their own request', async () => {
    const id = at.sandbox.ready.users.find(({ role }) => role === 'patient')?.patient;
    const reply = await at.sandbox.ask({
      user: 'patient',
      ...(id === undefined ? {} : { patient: id }),
      task: 'allergies',
      purpose: 'PATRQT',
    });
    expect(reply.status).toBe(403);
    expect(at.server.asked.filter(({ scope }) => scope.includes('AllergyIntolerance'))).toHaveLength(0);
    expect(await refusedFor(at.sandbox, reply.trail)).toBe('policy_denied');
  });

  test.each([
    [
      'a further scope',
      (body: Record<string, unknown>) => void (body['scope'] = `${String(body['scope'])} system/*.rs`),
    ],
    ['no scope at all', (body: Record<string, unknown>) => void (body['scope'] = '')],
    ['a longer life', (body: Record<string, unknown>) => void (body['expires_in'] = 3_600)],
    ['no lifetime', (body: Record<string, unknown>) => void delete body['expires_in']],
    ['a refresh token', (body: Record<string, unknown>) => void (body['refresh_token'] = 'kept')],
  ])('an answer with %s is not used', async (_name, change) => {
    at.server.misbehaviour.answer = change;
    await at.sandbox.forgetReceived();
    const reply = await at.sandbox.ask();
    expect([reply.status, await refusedFor(at.sandbox, reply.trail)]).toEqual([502, 'record_token_wider']);
    expect(await at.sandbox.received()).toHaveLength(0);
  });

  test.each([
    ['is broken', { status: 500 }, 'record_token_unavailable'],
    ['says no', { status: 400 }, 'record_token_refused'],
    ['does not answer', { silent: true }, 'record_token_unavailable'],
  ] as const)('a server that %s closes the request', async (_name, how, reason) => {
    Object.assign(at.server.misbehaviour, how);
    const reply = await at.sandbox.ask();
    expect([reply.status, await refusedFor(at.sandbox, reply.trail)]).toEqual([502, reason]);
  });
});

describe('exchange at the authorization server of the record system', () => {
  let at: World;
  beforeAll(async () => {
    at = await world('exchange');
  }, 60_000);
  afterAll(async () => {
    await at.sandbox.close();
    await at.server.close();
  });
  afterEach(() => reset(at));

  test('answers with a token for this person, patient and plan', async () => {
    expect((await at.sandbox.ask()).status).toBe(200);
    const [asked, ...others] = at.server.asked.filter(({ grant }) => grant === exchangeGrant);
    expect(others).toHaveLength(0);
    expect(asked).toMatchObject({
      scope: plan('patient'),
      subject: {
        aud: at.server.issuer,
        fhirUser: expect.stringContaining('/Practitioner/'),
        patient: at.sandbox.ready.patients[0]?.id,
        act: { sub: 'phi-cli' },
        extensions: { ihe_iua: { purpose_of_use: [{ code: 'TREAT' }] } },
      },
    });
    // What belongs to no person is read by the gateway itself.
    const own = at.server.asked.filter(({ grant }) => grant === 'client_credentials');
    expect(own.map(({ scope }) => scope)).toEqual([expect.stringContaining('system/Consent.rs')]);
  });

  test('a patient may be answered: the token is bound to them', async () => {
    const id = at.sandbox.ready.users.find(({ role }) => role === 'patient')?.patient ?? '';
    const reply = await at.sandbox.ask({
      user: 'patient',
      patient: id,
      task: 'allergies',
      purpose: 'PATRQT',
    });
    expect(reply.status).toBe(200);
  });

  test.each([
    ['another audience', exchanged((claims) => void (claims['aud'] = 'https://elsewhere.example'))],
    [
      'one audience more',
      exchanged((claims) => void (claims['aud'] = [claims['aud'], 'https://elsewhere.example'])),
    ],
    ['a wider scope', exchanged((claims) => void (claims['scope'] = 'patient/*.rs'))],
    [
      'a scope more',
      exchanged((claims) => void (claims['scope'] = `${String(claims['scope'])} patient/Condition.rs`)),
    ],
    [
      'the scope without its category',
      exchanged((claims) => void (claims['scope'] = 'patient/Observation.rs')),
    ],
    ['no scope', exchanged((claims) => void delete claims['scope'])],
    ['another patient', exchanged((claims) => void (claims['patient'] = 'somebody-else'))],
    ['no patient', exchanged((claims) => void delete claims['patient'])],
    ['another actor', exchanged((claims) => void (claims['act'] = { sub: 'somebody' }))],
    ['nobody as actor', exchanged((claims) => void (claims['act'] = {}))],
    [
      'an actor twice',
      exchanged(
        (claims) => void (claims['act'] = { sub: 'phi-gateway', act: { sub: 'a', act: { sub: 'a' } } }),
      ),
    ],
    ['the gateway itself as subject', exchanged((claims) => void (claims['sub'] = 'phi-gateway'))],
    ['a life of an hour', exchanged((claims) => void (claims['exp'] = Number(claims['iat']) + 3_600))],
    ['another issuer', exchanged((claims) => void (claims['iss'] = 'https://elsewhere.example'))],
    [
      'details that nobody asked for',
      exchanged((claims) => void (claims['authorization_details'] = [{ type: 'all' }])),
    ],
  ])('a token with %s is not used', async (_name, change) => {
    at.server.misbehaviour.claims = change;
    await at.sandbox.forgetReceived();
    const reply = await at.sandbox.ask();
    expect([reply.status, await refusedFor(at.sandbox, reply.trail)]).toEqual([502, 'record_token_wider']);
    expect(await at.sandbox.received()).toHaveLength(0);
  });

  test('a token of another kind than asked for is not used', async () => {
    at.server.misbehaviour.answer = (body) => {
      if (body['issued_token_type'] !== undefined)
        body['issued_token_type'] = 'urn:ietf:params:oauth:token-type:refresh_token';
    };
    const reply = await at.sandbox.ask();
    expect([reply.status, await refusedFor(at.sandbox, reply.trail)]).toEqual([502, 'record_token_wider']);
  });

  test('a token that cannot be read is not used', async () => {
    at.server.misbehaviour.answer = (body) => {
      if (body['issued_token_type'] !== undefined) body['access_token'] = 'opaque';
    };
    const reply = await at.sandbox.ask();
    expect([reply.status, await refusedFor(at.sandbox, reply.trail)]).toEqual([502, 'record_token_wider']);
  });
});
