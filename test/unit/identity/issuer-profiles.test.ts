import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { exportJWK, SignJWT } from 'jose';
import type { Issuer } from '../../../src/config/config.ts';
import {
  type IssuerProfileName,
  issuerProfile,
  issuerProfiles,
} from '../../../src/config/issuer-profiles.ts';
import { productRoot } from '../../../src/config/product-folder.ts';
import { Refusal } from '../../../src/errors/refusal.ts';
import { createUserVerifier } from '../../../src/identity/user-verifier.ts';
import { newKeyPair } from '../../fixtures/key-pair.ts';
import { issuer as plainIssuer, seconds, stillClock } from './tokens.ts';

const pair = newKeyPair('RSA');
const url = 'https://issuer.example';
const audience = 'urn:phi-gateway';

const fetchKeys = async (address: string): Promise<Response> =>
  new URL(address).pathname === '/jwks'
    ? Response.json({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1' }] })
    : Response.json({ issuer: url, jwks_uri: `${url}/jwks` });

const issuerOf = (profile: IssuerProfileName, change: Partial<Issuer> = {}): Issuer => ({
  ...plainIssuer,
  profile,
  algorithms: ['RS256'],
  claims: { roles: 'roles', fhirUser: 'fhirUser' },
  ...change,
});

const verifier = (profile: IssuerProfileName, change: Partial<Issuer> = {}) =>
  createUserVerifier({
    tenants: [{ id: 'clinic', issuers: [issuerOf(profile, change)] }],
    clock: stillClock,
    fetch: fetchKeys,
  });
const verify = (profile: IssuerProfileName, token: string, change: Partial<Issuer> = {}) =>
  verifier(profile, change).verify(token);

type Claims = Readonly<Record<string, unknown>>;
const common = { iss: url, aud: audience, sub: 'someone', iat: seconds - 1, exp: seconds + 600 };

/** An access token of each kind of issuer as that issuer writes it, and its ID token for the same sign-in. */
const written: Readonly<Record<IssuerProfileName, { typ?: string; access: Claims; id: Claims }>> = {
  rfc9068: {
    typ: 'at+jwt',
    access: { ...common, jti: 'j', client_id: 'phi-cli', roles: ['nurse'] },
    id: { ...common, jti: 'j', azp: 'phi-cli', roles: ['nurse'], nonce: 'n' },
  },
  keycloak: {
    typ: 'JWT',
    access: {
      ...common,
      jti: 'j',
      azp: 'phi-cli',
      typ: 'Bearer',
      aud: [audience, 'account'],
      roles: ['nurse'],
    },
    id: { ...common, jti: 'j', azp: 'phi-cli', typ: 'ID', roles: ['nurse'] },
  },
  entra: {
    typ: 'JWT',
    access: { ...common, uti: 'u', azp: 'phi-cli', ver: '2.0', scp: 'phi', roles: ['nurse'] },
    id: { ...common, uti: 'u', ver: '2.0', roles: ['nurse'] },
  },
  okta: {
    access: { ...common, jti: 'AT.x', cid: 'phi-cli', scp: ['phi'], ver: 1, roles: ['nurse'] },
    id: { ...common, jti: 'ID.x', ver: 1, at_hash: 'h', roles: ['nurse'] },
  },
  epic: {
    typ: 'JWT',
    access: { ...common, jti: 'j', client_id: 'phi-cli', 'epic.tokentype': 'access', roles: ['nurse'] },
    id: { ...common, jti: 'j', azp: 'phi-cli', roles: ['nurse'] },
  },
};
const names = Object.keys(issuerProfiles).filter((name): name is IssuerProfileName =>
  Object.hasOwn(issuerProfiles, name),
);

const sign = (claims: Claims, typ?: string, alg = 'RS256'): Promise<string> =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg, kid: 'k1', ...(typ === undefined ? {} : { typ }) })
    .sign(pair.privateKey);

describe.each(names)('%s', (name) => {
  const { access, id, typ } = written[name];
  /** Why a token is refused; `accepted` where it is not. */
  const outcome = (token: string): Promise<string> =>
    verify(name, token).then(
      () => 'accepted',
      (thrown: unknown) => (thrown instanceof Refusal ? thrown.reason : 'no refusal'),
    );

  test('its access token names person and client', async () => {
    await expect(verify(name, await sign(access, typ))).resolves.toMatchObject({
      subject: 'someone',
      clientId: 'phi-cli',
      roles: ['nurse'],
      issuedAt: seconds - 1,
    });
  });

  test('its ID token is none, also where it is for our audience', async () => {
    // An RFC 9068 issuer says `JWT` there.
    expect(
      await outcome(await sign({ ...id, jti: id['jti'] ?? 'x' }, name === 'rfc9068' ? 'JWT' : typ)),
    ).toBe('token_type');
  });

  test('as subject token its ID token names the client that it is for, and its access token is none', async () => {
    const users = verifier(name, { idTokens: 'accepted' });
    const shown = await sign({ ...id, aud: 'phi-cli' }, name === 'rfc9068' ? undefined : typ);
    await expect(users.verifyIdToken(shown)).resolves.toMatchObject({
      subject: 'someone',
      clientId: 'phi-cli',
    });
    await expect(users.verifyIdToken(await sign(access, typ))).rejects.toMatchObject({
      reason: 'token_type',
    });
  });

  test('the header of another kind of token, and another algorithm, are refused', async () => {
    expect(await outcome(await sign(access, 'secevent+jwt'))).toBe('token_type');
    expect(await outcome(await sign(access, 'logout+jwt'))).toBe('token_type');
    expect(await outcome(await sign(access, typ, 'PS512'))).toBe('token_signature');
  });

  test('a list of audiences counts where the profile says so and we are in it', async () => {
    const { audienceList } = issuerProfile(name);
    const listed = await sign({ ...access, aud: [audience, 'account'] }, typ);
    expect(await outcome(listed)).toBe(audienceList ? 'accepted' : 'token_audience');
    expect(await outcome(await sign({ ...access, aud: ['account'] }, typ))).toBe('token_audience');
    expect(await outcome(await sign({ ...access, aud: [audience, 7] }, typ))).toBe('token_audience');
    expect(await outcome(await sign({ ...access, aud: [] }, typ))).toBe('token_audience');
  });

  test('without what marks it, or with what it never has, it is no access token', async () => {
    for (const { claim } of issuerProfile(name).marks) {
      const reply = verify(name, await sign({ ...access, [claim]: undefined }, typ));
      await expect(reply).rejects.toMatchObject({ code: 'invalid_token' });
    }
    for (const claim of issuerProfile(name).absent)
      expect(await outcome(await sign({ ...access, [claim]: 'x' }, typ))).toBe('token_type');
  });

  test('clients that do not agree are refused', async () => {
    const others = issuerProfile(name).client.filter((claim) => access[claim] === undefined);
    const tokens = await Promise.all(others.map((claim) => sign({ ...access, [claim]: 'another' }, typ)));
    expect(await Promise.all(tokens.map(outcome))).toEqual(others.map(() => 'token_claims'));
  });

  test('the page says what the table says', () => {
    const page = readFileSync(join(productRoot(), 'docs/identity.md'), 'utf8');
    const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\` |`)) ?? '';
    const { absent, algorithms, client, defaultAlgorithms, marks, tokenId } = issuerProfile(name);
    const said = [...client, tokenId, ...absent, ...marks.map(({ claim }) => claim)].map(
      (word) => `\`${word}\``,
    );
    const listed = algorithms.length < 4 ? [...algorithms] : ['asymmetric', ...defaultAlgorithms];
    expect([...said, ...listed].filter((word) => !row.includes(word))).toEqual([]);
    expect(row.includes('string or list')).toBe(issuerProfile(name).audienceList);
  });
});

describe('claims by configuration', () => {
  const claims = {
    roles: 'realm_access.roles',
    fhirUser: 'https://claims.example/fhir.user',
    department: 'org.unit',
    assurance: 'acrs',
    session: 'session_state',
    deviceId: 'device.id',
    deviceManaged: 'device.managed',
    devicePosture: 'device.posture',
  };
  const roleNames = { 'Ward-Physicians': ['physician'], Cross: ['nurse', 'pharmacist'] } as const;
  const payload = {
    ...written.keycloak.access,
    roles: undefined,
    realm_access: { roles: ['Ward-Physicians', 'Cross', 'administrator', 'offline_access'] },
    'https://claims.example/fhir.user': 'RelatedPerson/9',
    org: { unit: 'cardiology' },
    acrs: ['c1', 'c3'],
    session_state: 's-1',
    device: { id: 'd-1', managed: true, posture: 'compliant' },
    patient: 'p1',
    encounter: 'e1',
  };

  test('names and paths, role names, classes, device and launch context', async () => {
    const token = await sign(payload, 'JWT');
    await expect(verify('keycloak', token, { claims, roleNames })).resolves.toMatchObject({
      roles: ['physician', 'nurse', 'pharmacist'],
      fhirUser: { type: 'RelatedPerson', id: '9' },
      department: 'cardiology',
      acr: 'c1',
      acrs: ['c1', 'c3'],
      sessionId: 's-1',
      device: { id: 'd-1', managed: true, posture: 'compliant' },
      launch: { patient: 'p1', encounter: 'e1' },
    });
  });

  test.each([
    ['a managed flag as text', { device: { managed: 'yes' } }],
    ['a launch patient that is no id', { patient: '../p2' }],
    ['a launch patient that is a list', { patient: ['p1', 'p2'] }],
    ['a class that is a number', { acrs: [1] }],
    ['roles of names that the table does not list', { realm_access: { roles: ['physician'] } }],
    ['a role name of the object’s own make', { realm_access: { roles: ['constructor'] } }],
  ])('refused: %s', async (_name, change) => {
    const token = await sign({ ...payload, ...change }, 'JWT');
    await expect(verify('keycloak', token, { claims, roleNames })).rejects.toMatchObject({
      reason: 'token_claims',
    });
  });
});
