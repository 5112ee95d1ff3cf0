import { expect, test } from '@jest/globals';
import { exchange } from '../../../src/delegation/exchange.ts';
import { tokenExchange, tokenTypes } from '../../../src/delegation/grant-types.ts';
import { authorizationServerMetadata, protectedResourceMetadata } from '../../../src/delegation/metadata.ts';
import { bearerError, oauthError } from '../../../src/delegation/oauth-error.ts';
import { type Reason, reasons } from '../../../src/errors/reasons.ts';
import { asRefusal, Refusal } from '../../../src/errors/refusal.ts';
import { createUserVerifier } from '../../../src/identity/user-verifier.ts';
import { workloadVerifiers } from '../../fixtures/workload-verifiers.ts';
import { audience, issuer, publish, randomness, seconds, token } from '../identity/tokens.ts';
import { delegation, gatewayUrl, startGateway, workload } from './gateway.ts';

const details = { type: 'phi_access', patient: 'patient-4711', task: 'allergies', purpose: 'TREAT' };
const userToken = (claims: Record<string, unknown> = {}) => token({ client_id: 'copilot-app', ...claims });

const form = async () => ({
  grant_type: tokenExchange,
  subject_token: await userToken(),
  subject_token_type: tokenTypes.access,
  authorization_details: JSON.stringify([details]),
});

async function setUp() {
  const gateway = await startGateway();
  const published = publish();
  const dependencies = {
    clock: gateway.clock,
    randomness,
    tokens: gateway.tokens,
    ...workloadVerifiers(gateway.clock),
    users: createUserVerifier({
      tenants: [{ id: 'clinic', issuers: [issuer] }],
      clock: gateway.clock,
      fetch: published.fetch,
    }),
    workloads: [workload],
    audience,
    lifetimeSeconds: 300,
    assured: () => undefined,
    permits: () => ({ effect: 'allow' }),
    search: () => async () => 'found-by-identifier',
    limits: () => ({ dataTypes: ['AllergyIntolerance'], retentionSeconds: 3600, once: false }),
    admits: ({ task }: { task: string }) => (task === 'allergies' ? undefined : ('task_unknown' as const)),
  };
  const send = async (change: Record<string, unknown> = {}) =>
    exchange({ form: { ...(await form()), ...change }, txn: 'trail-1' }, dependencies);
  return { ...gateway, published, send };
}

test('a user token becomes a token for one patient, task and purpose', async () => {
  const { tokens, send } = await setUp();
  const { answer, delegation: granted } = await send({
    resource: audience,
    client_id: 'copilot-app',
    requested_token_type: tokenTypes.access,
    something_new: 'ignored',
  });
  expect(answer).toEqual({
    access_token: expect.any(String),
    issued_token_type: tokenTypes.access,
    token_type: 'Bearer',
    expires_in: 300,
    authorization_details: [
      {
        type: 'phi_access',
        patient: expect.any(String),
        task: 'allergies',
        purpose: 'TREAT',
        actions: ['ask'],
        data: ['AllergyIntolerance'],
        retention: 3600,
      },
    ],
  });
  expect(answer.authorization_details[0].patient).not.toContain('patient-4711');
  expect(granted).toMatchObject({
    txn: 'trail-1',
    expiresAt: seconds + 300,
    scope: { patient: 'patient-4711' },
  });
  await expect(tokens.verifyDelegated(answer.access_token)).resolves.toEqual(granted);
});

const delegated = async () => (await (await startGateway()).tokens.mintDelegated(delegation)).accessToken;

const wrong: readonly (readonly [string, () => unknown, Reason, number, string])[] = [
  ['another grant', () => ({ grant_type: 'password' }), 'malformed_request', 400, 'unsupported_grant_type'],
  ['no grant', () => ({ grant_type: '' }), 'malformed_request', 400, 'unsupported_grant_type'],
  ['no subject token', () => ({ subject_token: '' }), 'malformed_request', 400, 'invalid_request'],
  ['two subject tokens', () => ({ subject_token: ['a', 'b'] }), 'malformed_request', 400, 'invalid_request'],
  [
    'a SAML token as subject',
    () => ({ subject_token_type: 'urn:ietf:params:oauth:token-type:saml2' }),
    'malformed_request',
    400,
    'invalid_request',
  ],
  [
    'a SAML token wanted',
    () => ({ requested_token_type: 'urn:ietf:params:oauth:token-type:saml2' }),
    'malformed_request',
    400,
    'invalid_request',
  ],
  [
    'another resource',
    () => ({ resource: 'https://fhir.example/r4' }),
    'malformed_request',
    400,
    'invalid_target',
  ],
  ['another audience', () => ({ audience: 'elsewhere' }), 'malformed_request', 400, 'invalid_target'],
  ['a scope', () => ({ scope: 'patient/*.rs' }), 'malformed_request', 400, 'invalid_scope'],
  ['an actor nobody verifies', () => ({ actor_token: 'x' }), 'malformed_request', 400, 'invalid_request'],
  [
    'a client secret nobody verifies',
    () => ({ client_secret: 'x' }),
    'malformed_request',
    400,
    'invalid_request',
  ],
  [
    'no details',
    () => ({ authorization_details: '' }),
    'malformed_request',
    400,
    'invalid_authorization_details',
  ],
  [
    'two patients',
    () => ({ authorization_details: JSON.stringify([details, details]) }),
    'malformed_request',
    400,
    'invalid_authorization_details',
  ],
  [
    'no purpose',
    () => ({ authorization_details: JSON.stringify([{ ...details, purpose: undefined }]) }),
    'malformed_request',
    400,
    'invalid_authorization_details',
  ],
  [
    'an unknown task',
    () => ({ authorization_details: JSON.stringify([{ ...details, task: 'everything' }]) }),
    'task_unknown',
    400,
    'invalid_authorization_details',
  ],
  [
    'self of a clinician',
    () => ({ authorization_details: JSON.stringify([{ ...details, patient: 'self' }]) }),
    'patient_unknown',
    403,
    'access_denied',
  ],
  [
    'a delegated token',
    async () => ({ subject_token: await delegated() }),
    'token_type',
    400,
    'invalid_request',
  ],
  [
    'an expired token',
    async () => ({ subject_token: await userToken({ exp: seconds - 60 }) }),
    'token_expired',
    400,
    'invalid_request',
  ],
  [
    'a token of no workload',
    async () => ({ subject_token: await userToken({ client_id: 'x' }) }),
    'workload_unknown',
    400,
    'unauthorized_client',
  ],
  [
    'a token of another client',
    () => ({ client_id: 'portal-app' }),
    'workload_unknown',
    400,
    'unauthorized_client',
  ],
];

test.each(wrong)('refused: %s', async (_name, change, reason, status, error) => {
  const { send } = await setUp();
  const refusal = await send(Object(await change())).then(() => undefined, asRefusal);
  expect(refusal?.reason).toBe(reason);
  expect(oauthError(asRefusal(refusal))).toEqual({
    status,
    body: { error, error_description: expect.any(String) },
  });
});

test('an issuer that is down refuses and says that later may do', async () => {
  const { send, published } = await setUp();
  published.down = true;
  const answered = send().catch((thrown: unknown) => oauthError(asRefusal(thrown)));
  await expect(answered).resolves.toMatchObject({ status: 504, body: { error: 'temporarily_unavailable' } });
});

test('every reason has an answer in the characters that OAuth permits, and no denial looks like success', () => {
  const all = Object.keys(reasons).filter((name): name is Reason => Object.hasOwn(reasons, name));
  for (const reason of all) {
    const { status, body } = oauthError(new Refusal(reason, { sentence: 'No: “why” \\ not.' }));
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body.error_description).toBe('No: why  not.');
    expect(body.error).toMatch(/^[a-z_]+$/);
  }
  expect(oauthError(new Refusal('consent_denied')).body.error).toBe('access_denied');
  expect(oauthError(new Refusal('unexpected')).body.error).toBe('server_error');
});

test('a caller’s own bad token is a 401 where it is asked about another', () => {
  for (const reason of ['token_missing', 'token_expired', 'token_signature', 'token_revoked'] as const) {
    expect(bearerError(new Refusal(reason))).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
    expect(oauthError(new Refusal(reason))).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    });
  }
  expect(bearerError(new Refusal('proof_nonce'))).toMatchObject({
    status: 401,
    body: { error: 'use_dpop_nonce' },
  });
  expect(bearerError(new Refusal('malformed_request'))).toMatchObject({
    status: 400,
    body: { error: 'invalid_request' },
  });
});

test('the metadata name what exists', () => {
  expect(authorizationServerMetadata(gatewayUrl)).toMatchObject({
    issuer: gatewayUrl,
    token_endpoint: `${gatewayUrl}/oauth/token`,
    grant_types_supported: [tokenExchange],
    authorization_details_types_supported: ['phi_access'],
  });
  expect(protectedResourceMetadata(gatewayUrl, [issuer.issuer])).toMatchObject({
    resource: gatewayUrl,
    authorization_servers: [gatewayUrl, issuer.issuer],
  });
});
