import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import { signIn } from '../../../sandbox/oidc/sign-in.ts';
import type { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { type BadInput, denied, type Refused } from './bad-input.ts';

/** The gateway's clock, which tests may set forward or back. */
export interface SteppedClock {
  offset: number;
  now(): number;
}

export interface TokenInput extends BadInput {
  readonly outcome: Refused;
  /** The value of the Authorization header; undefined for none. */
  readonly header: (sandbox: SandboxUnderTest) => Promise<string | undefined>;
  /** How far the gateway's clock has moved when the request comes, in milliseconds. */
  readonly step?: number;
  readonly query?: string;
}

const refused = (reason: Refused['reason']): Refused => denied('invalid_token', reason);
const foreignKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const hour = 3_600_000;

const bearer =
  (make: (token: string, sandbox: SandboxUnderTest) => string | Promise<string>): TokenInput['header'] =>
  async (sandbox) =>
    `Bearer ${await make(await sandbox.token('clinician'), sandbox)}`;

/** The claims of a good token under another signature. */
const resigned =
  (claims: Readonly<Record<string, unknown>> = {}) =>
  (token: string): Promise<string> =>
    new SignJWT({ ...decodeJwt(token), ...claims })
      .setProtectedHeader({ ...decodeProtectedHeader(token), alg: 'ES256' })
      .sign(foreignKey);

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const [second, third] = [1, 2];
const piece = (token: string, place: number): string => token.split('.')[place] ?? '';

async function delegatedToken(sandbox: SandboxUnderTest): Promise<string> {
  const details = [
    {
      type: 'phi_access',
      patient: sandbox.ready.patients[0]?.id,
      task: 'cholesterol.latest',
      purpose: 'TREAT',
    },
  ];
  const reply = await sandbox.call('/oauth/token', undefined, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: await sandbox.token('clinician'),
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      authorization_details: JSON.stringify(details),
    }).toString(),
  });
  return String(reply.body['access_token']);
}

async function idToken(sandbox: SandboxUnderTest): Promise<string> {
  const { issuer, audience, users } = sandbox.ready;
  const password = users.find(({ username }) => username === 'clinician')?.password ?? '';
  const signed = await signIn({
    issuer,
    username: 'clinician',
    password,
    clientId: 'phi-cli',
    resource: audience,
  });
  return signed.idToken ?? '';
}

async function revoked(sandbox: SandboxUnderTest): Promise<string> {
  const token = await delegatedToken(sandbox);
  await sandbox.call('/oauth/revoke', await sandbox.token('clinician'), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ token }).toString(),
  });
  return token;
}

export const tokenInputs: readonly TokenInput[] = [
  { name: 'no token', outcome: refused('token_missing'), header: async () => undefined },
  {
    name: 'a token in the query',
    outcome: refused('token_missing'),
    header: async () => undefined,
    query: '?access_token=x',
  },
  { name: 'a name and password', outcome: refused('token_missing'), header: async () => 'Basic YTpi' },
  { name: 'a token of words', outcome: refused('token_missing'), header: async () => 'Bearer let me in' },
  {
    name: 'a token that is none',
    outcome: refused('token_malformed'),
    header: async () => 'Bearer nonsense',
  },
  {
    name: 'a token of twelve thousand characters',
    outcome: refused('token_malformed'),
    header: async () => `Bearer ${'a'.repeat(12_000)}`,
  },
  {
    name: 'a token without its last characters',
    outcome: refused('token_signature'),
    header: bearer((token) => token.slice(0, -8)),
  },
  {
    name: 'a token without its signature',
    outcome: refused('token_malformed'),
    header: bearer((token) => token.split('.').slice(0, third).join('.')),
  },
  {
    name: 'a token cut in its claims',
    outcome: refused('token_malformed'),
    header: bearer((token) => token.slice(0, token.indexOf('.') + 20)),
  },
  {
    name: 'a token with algorithm none',
    outcome: refused('token_signature'),
    header: bearer((token) => `${part({ alg: 'none', typ: 'at+jwt' })}.${piece(token, second)}.`),
  },
  {
    name: 'a token under a key that is not the issuer’s',
    outcome: refused('token_signature'),
    header: bearer(resigned()),
  },
  {
    name: 'a token with changed claims',
    outcome: refused('token_signature'),
    header: bearer(
      (token) =>
        `${piece(token, 0)}.${part({ ...decodeJwt(token), roles: ['compliance'] })}.${piece(token, third)}`,
    ),
  },
  {
    name: 'a token of an issuer that nobody configured',
    outcome: refused('token_issuer'),
    header: bearer(resigned({ iss: 'https://issuer.elsewhere.invalid' })),
  },
  { name: 'an ID token', outcome: refused('token_claims'), header: bearer((_, sandbox) => idToken(sandbox)) },
  {
    name: 'a token that has run out',
    outcome: refused('token_expired'),
    header: bearer((token) => token),
    step: 24 * hour,
  },
  {
    name: 'a token of tomorrow',
    outcome: refused('token_not_yet_valid'),
    header: bearer((token) => token),
    step: -24 * hour,
  },
  {
    name: 'a delegated token that has run out',
    outcome: refused('token_expired'),
    header: bearer((_, sandbox) => delegatedToken(sandbox)),
    step: hour,
  },
  {
    name: 'a delegated token without its last characters',
    outcome: refused('token_signature'),
    header: bearer(async (_, sandbox) => (await delegatedToken(sandbox)).slice(0, -8)),
  },
  {
    name: 'a delegated token under a foreign key',
    outcome: refused('token_signature'),
    header: bearer(async (_, sandbox) => resigned()(await delegatedToken(sandbox))),
  },
  {
    name: 'a delegated token that was revoked',
    outcome: refused('token_revoked'),
    header: bearer((_, sandbox) => revoked(sandbox)),
  },
];
