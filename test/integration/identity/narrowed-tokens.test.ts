import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { signIn } from '../../../sandbox/oidc/sign-in.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { type Reply, SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
}, 60_000);
afterAll(() => sandbox.close());

const exchange = async (
  details: Readonly<Record<string, unknown>> = {},
  form: Readonly<Record<string, string>> = {},
  user = 'clinician',
) =>
  sandbox.call('/oauth/token', undefined, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: await sandbox.token(user),
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      authorization_details: JSON.stringify([
        {
          type: 'phi_access',
          patient: sandbox.ready.patients[0]?.id,
          task: 'cholesterol.latest',
          purpose: 'TREAT',
          ...details,
        },
      ]),
      ...form,
    }).toString(),
  });

const grantedOf = (body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  const list = body['authorization_details'];
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  return isRecord(first) ? first : {};
};
const tokenOf = (body: Readonly<Record<string, unknown>>): string => String(body['access_token']);

/** Types that were read from the record for an answer. */
const typesRead = async ({ trail }: Pick<Reply, 'trail'>): Promise<readonly string[]> => {
  const reply = await sandbox.call(`/v1/trails/${trail}`, await sandbox.token('compliance'));
  return [...new Set([...reply.text.matchAll(/"fetched\.([A-Za-z]+)"/g)].map(([, type]) => type ?? ''))];
};

describe('what is granted', () => {
  test('is said: data and retention, and why less than was asked', async () => {
    const whole = await exchange();
    expect(whole.status).toBe(200);
    expect(grantedOf(whole.body)).toMatchObject({
      data: expect.arrayContaining(['Observation']),
      retention: sandbox.running.gateway.gateway.services.config.limits.tokenRetentionSeconds,
    });
    expect(whole.body).not.toHaveProperty('reductions');
    const less = await exchange({ data: ['Observation', 'Patient'], retention: 2_592_000 });
    expect(grantedOf(less.body)).toMatchObject({ data: ['Observation'] });
    expect(less.body['reductions']).toEqual(expect.arrayContaining([{ member: 'data', reason: 'task' }]));
    expect(decodeJwt(tokenOf(less.body))['authorization_details']).toEqual(
      less.body['authorization_details'],
    );
  });

  test('of data holds at its use: nothing else is read, and the answer says so', async () => {
    const whole = await sandbox.ask({ task: 'visit.prep' });
    expect(whole.status).toBe(200);
    const { body } = await exchange({ task: 'visit.prep', data: ['AllergyIntolerance'] });
    const reply = await sandbox.ask({ token: tokenOf(body), phi: null });
    expect(reply.status).toBe(200);
    expect((await typesRead(whole)).length).toBeGreaterThan(2);
    expect(await typesRead(reply)).toEqual(['AllergyIntolerance']);
    expect(reply.text).toContain('"not_asked_for"');
    // Nor may the body that comes with the token ask for more.
    const more = await sandbox.ask({ token: tokenOf(body), phi: { data: ['Condition'] } });
    expect(more.status).toBe(403);
  });

  test.each([
    ['no type of the task', { data: ['Patient'] }, 403, 'access_denied'],
    ['a wildcard', { data: ['*'] }, 400, 'invalid_authorization_details'],
    ['no types', { data: [] }, 400, 'invalid_authorization_details'],
    ['a type twice', { data: ['Observation', 'Observation'] }, 400, 'invalid_authorization_details'],
    ['no time at all', { retention: 0 }, 400, 'invalid_authorization_details'],
    ['a time as text', { retention: '60' }, 400, 'invalid_authorization_details'],
    ['a use nobody knows', { use: 'twice' }, 400, 'invalid_authorization_details'],
  ])('refused: %s', async (_name, details, status, error) => {
    expect(await exchange(details)).toMatchObject({ status, body: { error } });
  });
});

describe('a token that is good once', () => {
  test.each([
    ['by the caller', {}, { use: 'once' }, {}],
    ['by the task', {}, { task: 'emergency.summary', purpose: 'ETREAT' }, { use: 'once' }],
  ])('%s answers one question and no second', async (_name, _form, details, said) => {
    const { body } = await exchange(details);
    expect(grantedOf(body)).toMatchObject({ use: 'once', ...said });
    const token = tokenOf(body);
    const replies = await Promise.all([1, 2, 3].map(() => sandbox.ask({ token, phi: null })));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(2);
    const refused = replies.find(({ status }) => status === 401);
    expect(refused?.headers.get('www-authenticate')).toContain('error="invalid_token"');
    const events = await sandbox.trail(refused?.trail ?? '');
    expect(events.at(-1)).toMatchObject({ event: 'request.denied', reason: 'token_used' });
  });

  test('is not used up by a question that was not understood', async () => {
    const token = tokenOf((await exchange({ use: 'once' })).body);
    expect((await sandbox.ask({ token, phi: { patient: 'x' } })).status).toBe(403);
    expect((await sandbox.ask({ token, phi: null })).status).toBe(200);
  });
});

describe('policy is asked before a token is handed out', () => {
  test('and what it said is on the trail', async () => {
    const { status, trail } = await exchange();
    expect(status).toBe(200);
    const reply = await sandbox.call(`/v1/trails/${trail}`, await sandbox.token('compliance'));
    expect(reply.text).toContain('token.delegated');
    expect(reply.body['decision']).toMatchObject({ effect: 'allow' });
  });

  test('its no is a no, with its sentence', async () => {
    const { policy } = sandbox.running.gateway.gateway.services;
    const decide = policy.decide.bind(policy);
    policy.decide = (action, facts) =>
      action === 'exchange' ? decide(action, { ...facts, tenantMatches: false }) : decide(action, facts);
    const refused = await exchange();
    policy.decide = decide;
    expect(refused).toMatchObject({ status: 403, body: { error: 'access_denied' } });
    expect(refused.body).not.toHaveProperty('access_token');
    const reply = await sandbox.call(`/v1/trails/${refused.trail}`, await sandbox.token('compliance'));
    expect(await sandbox.trail(refused.trail)).toContainEqual(
      expect.objectContaining({ event: 'request.denied', reason: 'policy_denied' }),
    );
    expect(reply.body['decision']).toMatchObject({ sentence: refused.body['error_description'] });
  });
});

const idToken = async (): Promise<string> => {
  const { issuer, users } = sandbox.ready;
  const user = users.find(({ username }) => username === 'clinician');
  const signedIn = await signIn({
    issuer,
    username: 'clinician',
    password: user?.password ?? '',
    clientId: 'phi-cli',
    resource: sandbox.ready.audience,
  });
  return signedIn.idToken ?? '';
};

describe('an ID token as subject token', () => {
  const type = 'urn:ietf:params:oauth:token-type:id_token';

  test('is exchanged, and asks nothing by itself', async () => {
    const subject = await idToken();
    const { body, status } = await exchange({}, { subject_token: subject, subject_token_type: type });
    expect({ status, body }).toMatchObject({ status: 200 });
    expect((await sandbox.ask({ token: tokenOf(body), phi: null })).status).toBe(200);
    expect((await sandbox.ask({ token: subject })).status).toBe(401);
  });

  test('is none under the name of an access token, nor an access token one', async () => {
    const subject = await idToken();
    expect(await exchange({}, { subject_token: subject })).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    });
    expect(await exchange({}, { subject_token_type: type })).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    });
  });
});
