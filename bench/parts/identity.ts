import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  randomUUID,
} from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { exportJWK, SignJWT } from 'jose';
import { exchange } from '../../src/delegation/exchange.ts';
import { tokenExchange, tokenTypes } from '../../src/delegation/grant-types.ts';
import { createTokenIssuer } from '../../src/delegation/token-issuer.ts';
import { createAssertionVerifier } from '../../src/identity/assertions.ts';
import { createProofVerifier } from '../../src/identity/dpop.ts';
import { createReplayWindow } from '../../src/identity/replay-window.ts';
import { createTrustDomains } from '../../src/identity/trust-domains.ts';
import { createUserVerifier } from '../../src/identity/user-verifier.ts';
import type { Part } from '../part.ts';
import { percentile, Rounds, roundsWithin } from '../row.ts';

const clock = { now: () => Date.now() };
const gateway = 'https://gateway.example';
const seconds = (): number => Math.floor(Date.now() / 1000);
const pemOf = (pair: ReturnType<typeof newKeyPair>): string =>
  pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/**
 * Read from its PEM before it is exported as JWK: Node 20 waits for ever where a garbage collection during that export
 * frees the job that made the key, whose lock both hold.
 */
function newKeyPair() {
  const made = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const privateKey = createPrivateKey(made.export({ type: 'pkcs8', format: 'pem' }));
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** Everything an exchange needs, with an issuer in memory: no network and no disk is in these figures. */
async function world() {
  const issuer = newKeyPair();
  const jwk = { ...(await exportJWK(issuer.publicKey)), kid: 'key-1', alg: 'ES256' };
  const url = 'https://issuer.example';
  const randomness = {
    bytes: (length: number) => new Uint8Array(randomBytes(length)),
    uuid: () => randomUUID(),
  };
  const tokens = await createTokenIssuer({
    signingKey: pemOf(newKeyPair()),
    issuer: gateway,
    audience: gateway,
    clock,
    randomness,
    revocations: {
      revoke: async () => undefined,
      isRevoked: async () => false,
      takeOnce: async () => true,
    },
    publicPseudonym: (kind, value) => createHash('sha256').update(`${kind} ${value}`).digest('base64url'),
  });
  const users = createUserVerifier({
    clock,
    tenants: [
      {
        id: 'bench',
        issuers: [
          {
            issuer: url,
            audience: gateway,
            profile: 'rfc9068',
            algorithms: ['ES256'],
            claims: { roles: 'roles', fhirUser: 'fhirUser' },
            fhirBase: 'https://fhir.example/r4',
            discoveryTimeoutMs: 1000,
          },
        ],
      },
    ],
    fetch: async (asked) =>
      Response.json(asked.endsWith('/jwks') ? { keys: [jwk] } : { issuer: url, jwks_uri: `${url}/jwks` }),
  });
  const trust = createTrustDomains(
    [],
    () => undefined,
    () => undefined,
  );
  const proofs = createProofVerifier({
    key: new Uint8Array(32),
    clock,
    window: createReplayWindow(clock, 10_000_000),
  });
  const dependencies = {
    clock,
    randomness,
    tokens,
    users,
    proofs,
    assertions: createAssertionVerifier({
      audiences: [gateway],
      trust,
      clock,
      window: createReplayWindow(clock),
    }),
    workloads: [
      {
        id: 'app',
        tenant: 'bench',
        clientIds: ['app'],
        tasks: 'all',
        purposes: 'all',
        models: 'all',
        humanReads: true,
      } as const,
    ],
    audience: gateway,
    lifetimeSeconds: 300,
    admits: () => undefined,
    permits: () => ({}),
    search: () => async () => 'nobody',
    limits: () => ({ dataTypes: ['AllergyIntolerance'], retentionSeconds: 3600, once: false }),
    assured: () => undefined,
  };
  const subject = await new SignJWT({
    client_id: 'app',
    roles: ['physician'],
    fhirUser: 'Practitioner/7',
    jti: 'token-1',
    sid: 'session-1',
  })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'key-1' })
    .setIssuer(url)
    .setAudience(gateway)
    .setSubject('someone')
    .setIssuedAt(seconds())
    .setExpirationTime(seconds() + 3600)
    .sign(issuer.privateKey);
  return { tokens, proofs, dependencies, subject };
}

type World = Awaited<ReturnType<typeof world>>;

const details = [{ type: 'phi_access', patient: 'p1', task: 'allergies', purpose: 'TREAT' }];

const exchanged = ({ dependencies, subject }: World, jwt?: string) =>
  exchange(
    {
      form: {
        grant_type: tokenExchange,
        subject_token: subject,
        subject_token_type: tokenTypes.access,
        authorization_details: JSON.stringify(details),
      },
      txn: randomUUID(),
      proof: jwt === undefined ? undefined : { jwt, method: 'POST', url: `${gateway}/oauth/token` },
    },
    dependencies,
  );

/** Proofs made beforehand: only what the gateway does is measured. */
async function proofsFor({ proofs }: World, url: string, count: number, token?: string): Promise<string[]> {
  const pair = newKeyPair();
  const jwk = await exportJWK(pair.publicKey);
  const ath = token === undefined ? {} : { ath: createHash('sha256').update(token).digest('base64url') };
  const claims = { htm: 'POST', htu: url, iat: seconds(), nonce: proofs.nonce(), ...ath };
  return Promise.all(
    Array.from({ length: count }, () =>
      new SignJWT({ ...claims, jti: randomUUID() })
        .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
        .sign(pair.privateKey),
    ),
  );
}

/** Wall time of each call one after the other, and the CPU time of all of them. */
async function timed(rounds: Rounds, variant: string, count: number, call: (n: number) => Promise<unknown>) {
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let n = 0; n < count; n += 1) {
    const start = performance.now();
    await call(n);
    times.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(before);
  const total = times.reduce((sum, time) => sum + time, 0);
  rounds.add(variant, 'rate', '1/s', (count / total) * 1000);
  rounds.add(variant, 'CPU', 'us', (user + system) / count);
  rounds.add(variant, 'p50', 'ms', percentile(times, 0.5));
  rounds.add(variant, 'p99', 'ms', percentile(times, 0.99));
}

/** Verifying delegated tokens and DPoP proofs, and exchanges, one after the other in one process. */
export const identity: Part = async (options) => {
  const rounds = new Rounds('identity');
  const made = await world();
  const count = options.quick ? 20 : 1000;
  const url = `${gateway}/v1/chat/completions`;
  for (const round of roundsWithin(options.quick ? 1 : 5, 30)) {
    options.progress(`identity: round ${round + 1}`);
    const token = (await exchanged(made)).answer.access_token;
    const atUse = await proofsFor(made, url, count, token);
    await timed(rounds, 'delegated token', count, () => made.tokens.verifyDelegated(token));
    await timed(rounds, 'DPoP proof', count, async (n) => {
      made.proofs.take(await made.proofs.verify({ jwt: atUse[n] ?? '', method: 'POST', url }, token));
    });
    await timed(rounds, 'exchange', count, () => exchanged(made));
    const atExchange = await proofsFor(made, `${gateway}/oauth/token`, count);
    await timed(rounds, 'exchange with DPoP', count, (n) => exchanged(made, atExchange[n]));
  }
  const ids = options.quick ? 10_000 : 1_000_000;
  const time = { at: 0 };
  const window = createReplayWindow({ now: () => time.at });
  const heaps: number[] = [];
  for (let n = 0; n < ids; n += 1) {
    // A thousand a second, over a hundred keys.
    time.at = n;
    window.take(`key ${n % 100}`, `id ${n}`, n + 60_000);
    if (n % (ids / 10) === 0) heaps.push(process.memoryUsage().heapUsed / 1024 / 1024);
  }
  rounds.add(`${ids} distinct jti`, 'heap at most', 'MB', Math.max(...heaps));
  rounds.add(`${ids} distinct jti`, 'heap at the end', 'MB', process.memoryUsage().heapUsed / 1024 / 1024);
  return rounds.rows();
};
