import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { signIn } from '../../../sandbox/oidc/sign-in.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

const mfa = 'urn:phi-gateway:acr:mfa';
let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start({
    configure: (config) => ({
      ...config,
      limits: { ...config.limits, perMinute: { ...config.limits.perMinute, user: 12, failedSignIns: 3 } },
      tenants: config.tenants.map((tenant) => ({
        ...tenant,
        stepUp: [
          { tasks: ['cholesterol.latest'], acr: [mfa], maxAgeSeconds: 3600 },
          { purposes: ['TREAT'], dataTypes: ['Immunization'], maxAgeSeconds: 1 },
        ],
      })),
    }),
  });
}, 60_000);
afterAll(() => sandbox.close());

const tokenOf = async (acrValues?: string): Promise<string> => {
  const user = sandbox.ready.users.find(({ username }) => username === 'clinician');
  const { accessToken } = await signIn({
    issuer: sandbox.ready.issuer,
    username: 'clinician',
    password: user?.password ?? '',
    clientId: 'phi-cli',
    resource: sandbox.ready.audience,
    ...(acrValues === undefined ? {} : { acrValues }),
  });
  return accessToken;
};

const exchange = (token: string) =>
  sandbox.call('/oauth/token', undefined, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: token,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      authorization_details: JSON.stringify([
        {
          type: 'phi_access',
          patient: sandbox.ready.patients[0]?.id,
          task: 'cholesterol.latest',
          purpose: 'TREAT',
        },
      ]),
    }).toString(),
  });

it('a weak sign-in is challenged by name, and a token that shows the class is let through', async () => {
  const weak = await tokenOf();
  const refused = await sandbox.ask({ token: weak });
  expect(refused).toMatchObject({
    status: 401,
    body: { error: { code: 'insufficient_user_authentication' } },
  });
  const challenge = refused.headers.get('www-authenticate');
  expect(challenge).toContain('error="insufficient_user_authentication"');
  expect(challenge).toContain(`acr_values="${mfa}"`);
  expect(challenge).toContain('max_age="3600"');
  expect((await sandbox.trail(refused.trail)).at(-1)).toMatchObject({ reason: 'authentication_too_weak' });
  const exchanged = await exchange(weak);
  expect(exchanged).toMatchObject({ status: 401, body: { error: 'insufficient_user_authentication' } });
  expect(exchanged.headers.get('www-authenticate')).toContain(`acr_values="${mfa}"`);
  const strong = await tokenOf(mfa);
  expect((await sandbox.ask({ token: strong })).status).toBe(200);
  expect((await exchange(strong)).status).toBe(200);
});

it('another task asks for nothing, and a class of data for a recent sign-in only', async () => {
  const token = await tokenOf();
  expect((await sandbox.ask({ token, task: 'allergies' })).status).toBe(200);
  await new Promise((resolve) => setTimeout(resolve, 8000));
  const stale = await sandbox.ask({ token, task: 'immunizations' });
  expect(stale.status).toBe(401);
  expect(stale.headers.get('www-authenticate')).toContain('max_age="1"');
}, 20_000);

it('too many requests of one user are 429 with Retry-After, and others go on', async () => {
  const token = await tokenOf();
  const replies = [];
  for (let at = 0; at < 14; at += 1) replies.push(await sandbox.call('/v1/tasks', token));
  const last = replies.at(-1);
  expect(last).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
  expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await sandbox.call('/v1/tasks', await sandbox.token('nurse'))).status).toBe(200);
});

it('too many failed sign-ins are 429, and a good token at the same address is let in', async () => {
  const statuses = [];
  for (let at = 0; at < 5; at += 1) statuses.push((await sandbox.call('/v1/tasks', 'nonsense')).status);
  expect(statuses).toEqual([401, 401, 401, 429, 429]);
  expect((await sandbox.call('/v1/tasks', await sandbox.token('pharmacist'))).status).toBe(200);
});
