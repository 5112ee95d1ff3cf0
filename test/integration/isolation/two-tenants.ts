import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createRemoteJWKSet, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { type FhirServer, startFhirServer } from '../../../sandbox/fhir/server.ts';
import { FhirStore } from '../../../sandbox/fhir/store.ts';
import { type ModelServer, startModelServer } from '../../../sandbox/model/server.ts';
import { createFhirAuthorizer } from '../../../sandbox/oidc/fhir-authorizer.ts';
import type { Tenant } from '../../../src/config/config.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { basis, clinical } from './record.ts';

const seconds = (): number => Math.floor(Date.now() / 1000);

/** An issuer that signs whatever a test wants, under a key id that every such issuer has. */
export async function startTestIssuer() {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'key-1', alg: 'ES256', use: 'sig' };
  let issuer = '';
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify(request.url === '/jwks' ? { keys: [jwk] } : { issuer, jwks_uri: `${issuer}/jwks` }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the issuer has no port');
  issuer = `http://127.0.0.1:${address.port}`;
  return {
    issuer,
    /** A logout or security event token, of a type of its own. */
    notify: (typ: 'logout+jwt' | 'secevent+jwt', claims: JWTPayload): Promise<string> =>
      new SignJWT({ iss: issuer, iat: seconds(), jti: randomUUID(), ...claims })
        .setProtectedHeader({ alg: 'ES256', typ, kid: 'key-1' })
        .sign(privateKey),
    sign: (claims: JWTPayload): Promise<string> => {
      return new SignJWT({
        iss: issuer,
        aud: 'urn:test',
        sub: 'someone',
        jti: 'token-1',
        sid: 'session-1',
        client_id: 'shared-app',
        roles: ['physician'],
        fhirUser: 'Practitioner/shared',
        iat: seconds(),
        exp: seconds() + 300,
        ...claims,
      })
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'key-1' })
        .sign(privateKey);
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type TestIssuer = Awaited<ReturnType<typeof startTestIssuer>>;
export interface TestTenant {
  readonly id: string;
  readonly issuer: TestIssuer;
  readonly fhir: FhirServer;
  readonly model: ModelServer;
}

export const now = Date.parse('2026-06-15T10:00:00Z');

async function startTenant(id: string, gateway: () => string): Promise<TestTenant> {
  const store = new FhirStore();
  const options = { patient: 'same', now, clinician: 'Practitioner/shared', family: `Only${id}ville` };
  for (const one of [...basis(options), ...clinical(options, 30, `mark-${id}`)]) store.put(one);
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined;
  const fhir: FhirServer = await startFhirServer({
    port: 0,
    store,
    clock: { now: () => now },
    authorize: (token) =>
      createFhirAuthorizer({
        keys: (keys ??= createRemoteJWKSet(new URL(`${gateway()}/oauth/jwks`))),
        issuer: gateway,
        audience: () => fhir.base,
        clock: { now: () => Date.now() },
      })(token),
  });
  const model = await startModelServer({ port: 0, clock: { now: () => Date.now() } });
  return { id, issuer: await startTestIssuer(), fhir, model };
}

const configOf = (tenant: TestTenant, like: Tenant): Tenant => ({
  ...like,
  id: tenant.id,
  issuers: [
    {
      issuer: tenant.issuer.issuer,
      audience: 'urn:test',
      algorithms: ['ES256'],
      claims: { roles: 'roles', fhirUser: 'fhirUser' },
      fhirBase: tenant.fhir.base,
      discoveryTimeoutMs: 5000,
      signals: { audience: 'urn:signals', silenceSeconds: 300, whenSilent: 'open' },
    },
  ],
  fhir: { ...like.fhir, id: 'same-fhir', base: tenant.fhir.base },
  models: [
    ...like.models
      .slice(0, 1)
      .flatMap((model) => ['same-model', `only-${tenant.id}`].map((id) => ({ ...model, id }))),
    ...like.models.slice(1),
  ].map((model) => ({ ...model, baseUrl: tenant.model.baseUrl })),
  workloads: like.workloads.slice(0, 1).flatMap((workload) => [
    { ...workload, tenant: tenant.id, id: 'same-workload', clientIds: ['shared-app'] },
    { ...workload, tenant: tenant.id, id: 'other-workload', clientIds: [`app-of-${tenant.id}`] },
  ]),
});

/**
 * One gateway with two tenants that are equal in everything that could be mistaken: key ids, subjects, token and
 * session ids, clients, workloads, FHIR server and model ids, patients, resources' letters.
 */
export async function startTwoTenants() {
  let sandbox: SandboxUnderTest | undefined;
  const gateway = (): string => sandbox?.ready.gateway ?? 'http://127.0.0.1:1';
  const a = await startTenant('alpha', gateway);
  const b = await startTenant('beta', gateway);
  sandbox = await SandboxUnderTest.start({
    now,
    configure: (config) => ({
      ...config,
      tenants: [
        ...config.tenants,
        ...config.tenants.flatMap((like) => [configOf(a, like), configOf(b, like)]),
      ],
    }),
  });
  const running = sandbox;
  return {
    sandbox: running,
    a,
    b,
    close: async () => {
      await running.close();
      for (const { issuer, fhir, model } of [a, b]) {
        await issuer.close();
        await fhir.close();
        await model.close();
      }
    },
  };
}
