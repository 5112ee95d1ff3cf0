import { createHmac, generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { allowInsecureRequests, discovery, genericGrantRequest, None } from 'openid-client';
import { v7 } from 'uuid';
import { type RunningIssuer, startIssuer } from '../../../sandbox/oidc/issuer.ts';
import { signIn } from '../../../sandbox/oidc/sign-in.ts';
import { exchange } from '../../../src/delegation/exchange.ts';
import { tokenExchange, tokenTypes } from '../../../src/delegation/grant-types.ts';
import { authorizationServerMetadata } from '../../../src/delegation/metadata.ts';
import { oauthError } from '../../../src/delegation/oauth-error.ts';
import type { TokenIssuer } from '../../../src/delegation/ports.ts';
import { createTokenIssuer } from '../../../src/delegation/token-issuer.ts';
import { asRefusal } from '../../../src/errors/refusal.ts';
import { createUserVerifier } from '../../../src/identity/user-verifier.ts';
import { createMemoryRevocations } from '../../fixtures/memory-revocations.ts';
import { workloadVerifiers } from '../../fixtures/workload-verifiers.ts';

const audience = 'urn:phi-gateway';
const fhirBase = 'http://127.0.0.1:1/fhir';
const clock = { now: () => Date.now() };
const randomness = { bytes: (length: number) => new Uint8Array(randomBytes(length)), uuid: () => v7() };
let issuer: RunningIssuer;
let gateway: Server;
let url: string;
let tokens: TokenIssuer;
const verifiers = workloadVerifiers(clock);

/** The routes that the exchange needs, over plain node:http. */
async function startGateway(): Promise<void> {
  gateway = createServer();
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  const address = gateway.address();
  url = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  });
  tokens = await createTokenIssuer({
    signingKey: pem.toString(),
    issuer: url,
    audience,
    clock,
    randomness,
    revocations: await createMemoryRevocations(clock),
    publicPseudonym: (kind, value) =>
      createHmac('sha256', 'test').update(`${kind} ${value}`).digest('base64url'),
  });
  const users = createUserVerifier({
    clock,
    tenants: [
      {
        id: 'sandbox',
        issuers: [
          {
            issuer: issuer.issuer,
            audience,
            algorithms: ['ES256'],
            claims: { roles: 'roles', fhirUser: 'fhirUser' },
            fhirBase,
            discoveryTimeoutMs: 2000,
          },
        ],
      },
    ],
  });
  const workloads = [
    {
      id: 'copilot',
      tenant: 'sandbox',
      clientIds: ['copilot-app'],
      tasks: ['allergies'],
      purposes: 'all',
      models: 'all',
      humanReads: true,
    } as const,
  ];
  gateway.on('request', (request, response) => {
    const reply = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify(body));
    };
    if (request.method === 'GET') return reply(200, authorizationServerMetadata(url));
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      text += chunk;
    });
    request.on('end', () => {
      const form = Object.fromEntries(new URLSearchParams(text));
      const dependencies = {
        clock,
        randomness,
        tokens,
        ...verifiers,
        users,
        workloads,
        audience,
        lifetimeSeconds: 300,
        admits: () => undefined,
        permits: () => ({}),
        search: () => async () => 'nobody',
        limits: () => ({ dataTypes: ['AllergyIntolerance'], retentionSeconds: 3600, once: false }),
        assured: () => undefined,
      };
      exchange({ form, txn: randomness.uuid() }, dependencies).then(
        ({ answer }) => reply(200, answer),
        (thrown: unknown) => {
          const { status, body } = oauthError(asRefusal(thrown));
          reply(status, body);
        },
      );
    });
  });
}

beforeAll(async () => {
  issuer = await startIssuer({ port: 0, audience, fhirBase, fhirUsers: { patient: 'Patient/p7' } });
  await startGateway();
});
afterAll(async () => {
  await issuer.close();
  gateway.closeAllConnections();
  await new Promise((resolve) => gateway.close(resolve));
});

const subjectToken = async (name: 'clinician' | 'patient', clientId = 'copilot-app') =>
  (await signIn({ issuer: issuer.issuer, ...issuer.user(name), clientId, resource: audience })).accessToken;

async function ask(subject: string, change: object = {}) {
  const client = await discovery(new URL(url), 'copilot-app', undefined, None(), {
    algorithm: 'oauth2',
    execute: [allowInsecureRequests],
  });
  const details = { type: 'phi_access', patient: 'p1', task: 'allergies', purpose: 'TREAT', ...change };
  return genericGrantRequest(client, tokenExchange, {
    subject_token: subject,
    subject_token_type: tokenTypes.access,
    authorization_details: JSON.stringify([details]),
  });
}

test('openid-client exchanges a signed-in user for a delegated token', async () => {
  const answer = await ask(await subjectToken('clinician'));
  expect(answer).toMatchObject({
    token_type: 'bearer',
    expires_in: 300,
    issued_token_type: tokenTypes.access,
  });
  await expect(tokens.verifyDelegated(answer.access_token)).resolves.toMatchObject({
    scope: { tenant: 'sandbox', patient: 'p1', task: 'allergies', purpose: 'TREAT' },
    user: {
      subject: 'clinician',
      roles: ['physician'],
      fhirUser: { type: 'Practitioner', id: 'sandbox-clinician' },
    },
    workload: 'copilot',
  });
});

test('a patient asks for self and gets the own record', async () => {
  const answer = await ask(await subjectToken('patient'), { patient: 'self', purpose: 'PATRQT' });
  const { scope } = await tokens.verifyDelegated(answer.access_token);
  expect(scope).toMatchObject({ patient: 'p7', purpose: 'PATRQT' });
});

const refused = (error: string, status: number) => expect.objectContaining({ error, status });

test('refusals arrive as OAuth errors', async () => {
  const good = await subjectToken('clinician');
  await expect(ask(good, { task: 'problem.list' })).rejects.toEqual(refused('unauthorized_client', 400));
  await expect(ask(good, { patient: '*' })).rejects.toEqual(refused('invalid_authorization_details', 400));
  await expect(ask(await subjectToken('clinician', 'phi-cli'))).rejects.toEqual(
    refused('unauthorized_client', 400),
  );
  const { access_token: delegated } = await ask(good);
  await expect(ask(delegated)).rejects.toEqual(refused('invalid_request', 400));
});
