import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { assertions, clientAssertion, jwtSvid } from './token-matrix/assertions.ts';
import { certificates } from './token-matrix/certificates.ts';
import { delegatedTokens } from './token-matrix/delegated-tokens.ts';
import { exchanges } from './token-matrix/exchanges.ts';
import { forwardedCertificates, forwarding } from './token-matrix/forwarded.ts';
import { headers } from './token-matrix/headers.ts';
import { idToken, idTokens } from './token-matrix/id-tokens.ts';
import { boundToken, proofs, withProof } from './token-matrix/proofs.ts';
import type { WrongCredential } from './token-matrix/row.ts';
import { signIns } from './token-matrix/sign-ins.ts';
import { userTokens } from './token-matrix/user-tokens.ts';
import { type Answer, startWorld, type World } from './token-matrix/world.ts';

/** One list a file: rows are data, this file only shows them. */
const matrix: readonly WrongCredential[] = [
  ...headers,
  ...userTokens,
  ...delegatedTokens,
  ...exchanges,
  ...idTokens,
  ...signIns,
  ...certificates,
  ...forwardedCertificates,
  ...proofs,
  ...assertions,
];

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const codeOf = ({ body }: Answer): unknown => {
  const { error } = body;
  return isRecord(error) ? error['code'] : error;
};

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

/** `Bearer invalid_token` of a WWW-Authenticate header. */
const challengeOf = ({ headers: sent }: Answer): string | undefined => {
  const header = sent['www-authenticate'];
  const [scheme = ''] = header?.split(' ') ?? [];
  const error = /error="([^"]*)"/.exec(header ?? '')?.[1];
  return header === undefined ? undefined : [scheme, error].filter(Boolean).join(' ');
};

describe('a wrong credential is refused before consent is read', () => {
  test('each row has a name of its own, and there are enough', () => {
    expect(new Set(matrix.map(({ name }) => name)).size).toBe(matrix.length);
    expect(matrix.length).toBeGreaterThanOrEqual(80);
  });

  test.each(matrix)('$name', async ({ at, show, status, code, challenge }) => {
    const shown = await show(world);
    const before = world.reads();
    const answer = await world.show(at, shown);
    expect({ status: answer.status, code: codeOf(answer), challenge: challengeOf(answer) }).toEqual({
      status,
      code,
      challenge,
    });
    expect(world.reads()).toBe(before);
    const sent = [...Object.values(shown.headers ?? {}).flat(), ...Object.values(shown.form ?? {})];
    expect(
      sent.filter((text) => text !== undefined && text.length > 40 && answer.text.includes(text)),
    ).toEqual([]);
  });
});

describe('the good credentials that the rows are made from do reach consent', () => {
  const good: readonly (readonly [string, WrongCredential['at'], (made: World) => Promise<string>])[] = [
    ["a user's token", 'ask', (made) => made.user()],
    ["a user's token at the edge of the skew", 'ask', (made) => made.user({ iat: made.seconds() + 3 })],
    ["a user's token valid within the skew", 'ask', (made) => made.user({ nbf: made.seconds() + 3 })],
    ['a delegated token', 'delegated', (made) => made.delegated()],
    [
      'a delegated token with three who acted before',
      'delegated',
      async (made) =>
        made.resigned(await made.delegated(), {
          act: { sub: 'copilot-app', act: { sub: 'b', act: { sub: 'c', act: { sub: 'd' } } } },
        }),
    ],
    [
      'a delegated token that is good once',
      'delegated',
      (made) => made.delegated({ form: { authorization_details: made.details({ use: 'once' }) } }),
    ],
    [
      'a delegated token of an ID token',
      'delegated',
      async (made) =>
        made.delegated({
          form: {
            subject_token: await idToken(made),
            subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
          },
        }),
    ],
    [
      'a delegated token signed again as it was',
      'delegated',
      async (made) => made.resigned(await made.delegated()),
    ],
  ];

  test("a user's token and the certificate of its workload", async () => {
    const before = world.reads();
    const shown = { ...bearer(await world.user()), certificate: await world.certificate() };
    expect((await world.show('ask', shown)).status).toBe(502);
    expect(world.reads()).toBeGreaterThan(before);
  });

  test('a certificate that the proxy forwards', async () => {
    const before = world.reads();
    expect((await world.show('ask', await forwarding(world))).status).toBe(502);
    expect(world.reads()).toBeGreaterThan(before);
  });

  test('a token that is bound to a key, with a proof', async () => {
    const before = world.reads();
    expect((await world.show('delegated', await withProof(world, await boundToken(world)))).status).toBe(502);
    expect(world.reads()).toBeGreaterThan(before);
  });

  test('a token that is bound to a certificate, over a connection with it', async () => {
    const certificate = await world.certificate();
    const before = world.reads();
    const shown = { ...bearer(await world.delegated({ certificate })), certificate };
    expect((await world.show('delegated', shown)).status).toBe(502);
    expect(world.reads()).toBeGreaterThan(before);
  });

  test('a client assertion and a JWT-SVID', async () => {
    expect((await world.exchange({ form: await clientAssertion(world) })).status).toBe(200);
    expect((await world.exchange({ form: await jwtSvid(world) })).status).toBe(200);
  });

  test.each(good)('%s', async (_name, at, make) => {
    const token = await make(world);
    const before = world.reads();
    const answer = await world.show(at, bearer(token));
    expect({ status: answer.status, code: codeOf(answer) }).toEqual({
      status: 502,
      code: 'fhir_unavailable',
    });
    expect(world.reads()).toBeGreaterThan(before);
  });
});
