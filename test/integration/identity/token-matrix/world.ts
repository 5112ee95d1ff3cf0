import { createPrivateKey, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import { Agent, request as secureRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { decodeJwt, decodeProtectedHeader, exportJWK, type JWTPayload, SignJWT } from 'jose';
import { v7 } from 'uuid';
import { type CertificateRequest, createAuthority, type Issued } from '../../../../sandbox/authority.ts';
import { sandboxConfig } from '../../../../sandbox/start.ts';
import { mintSvids, sandboxSpiffeId } from '../../../../sandbox/svids.ts';
import { startGateway } from '../../../../src/main.ts';
import { isRecord } from '../../../../src/vocabulary/fhir.ts';
import { newKeyPair } from '../../../fixtures/key-pair.ts';
import type { Shown, WrongCredential } from './row.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const kid = 'key-1';
const audience = 'urn:phi-gateway:sandbox';

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return `http://127.0.0.1:${address.port}`;
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** An issuer whose key the test holds: it publishes one public key under `key-1`. */
async function startIssuer() {
  const pair = newKeyPair();
  const jwk = { ...(await exportJWK(pair.publicKey)), kid, alg: 'ES256', use: 'sig' };
  let url = '';
  const server = createServer((asked, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify(asked.url === '/jwks' ? { keys: [jwk] } : { issuer: url, jwks_uri: `${url}/jwks` }),
    );
  });
  url = await listening(server);
  return { url, pair, close: () => closed(server) };
}

/** Answers nothing but 500, and counts: a credential that reaches consent has been read for. */
async function startCounter() {
  let reads = 0;
  const server = createServer((_asked, response) => {
    reads += 1;
    response.statusCode = 500;
    response.end();
  });
  const url = await listening(server);
  return { url, reads: () => reads, close: () => closed(server) };
}

const parsed = (text: string): Readonly<Record<string, unknown>> => {
  const body: unknown = text.startsWith('{') ? JSON.parse(text) : {};
  return isRecord(body) ? body : {};
};

const sign = (claims: object, header: object, key: KeyObject | Uint8Array): Promise<string> =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid, ...header }).sign(key);

const details = (change: object = {}): string =>
  JSON.stringify([
    { type: 'phi_access', patient: 'p1', task: 'cholesterol.latest', purpose: 'TREAT', ...change },
  ]);

export type World = Awaited<ReturnType<typeof startWorld>>;

/**
 * A gateway, an issuer whose keys the test holds, and a record system that only counts. Every way to make a
 * credential starts from a good one, so that a row changes the one thing its name says.
 */
export async function startWorld() {
  const issuer = await startIssuer();
  const foreign = await startIssuer();
  const records = await startCounter();
  const dataDir = mkdtempSync(join(tmpdir(), 'phi-matrix-'));
  const svids = await mintSvids(dataDir, ['phi-cli', 'copilot-app']);
  const neighbour = await createAuthority('other.example');
  const stranger = await createAuthority('stranger.example');
  const clientPair = newKeyPair();
  const svidPair = newKeyPair();
  const jwtAuthorities = join(dataDir, 'authorities.json');
  const jwtAuthority = { ...(await exportJWK(svidPair.publicKey)), kid: 'svid-1', use: 'jwt-svid' };
  writeFileSync(jwtAuthorities, JSON.stringify({ keys: [jwtAuthority] }));
  const clientKeys = [{ ...(await exportJWK(clientPair.publicKey)) }];
  const clientKeysFile = join(dataDir, 'copilot.jwks');
  writeFileSync(clientKeysFile, JSON.stringify({ keys: clientKeys }));
  const neighbourBundle = join(dataDir, 'neighbour.pem');
  writeFileSync(neighbourBundle, neighbour.cert);
  const clock = { offset: 0, now: () => Date.now() + clock.offset };
  const sandbox = sandboxConfig(
    { port: 0 },
    { issuer: issuer.url, fhir: records.url, model: 'http://127.0.0.1:1/v1', dataDir, svids },
  );
  const config = {
    ...sandbox,
    listeners: {
      ...sandbox.listeners,
      ...(sandbox.listeners.mtls === undefined
        ? {}
        : { mtls: { ...sandbox.listeners.mtls, proxies: [sandboxSpiffeId('proxy')] } }),
    },
    trustDomains: [
      ...sandbox.trustDomains.map((own) => ({ ...own, jwks: jwtAuthorities })),
      { name: 'other.example', bundle: neighbourBundle },
    ],
    workloadKeys: [{ tenant: 'sandbox', workload: 'copilot-app', path: clientKeysFile }],
    tenants: sandbox.tenants.map((tenant) => ({
      ...tenant,
      stepUp: [{ tasks: ['cholesterol.latest'], acr: ['urn:phi-gateway:acr:mfa'], maxAgeSeconds: 3600 }],
      workloads: tenant.workloads.map((workload) => ({
        ...workload,
        ...(workload.id === 'copilot-app' ? { keys: clientKeys } : {}),
        ...(workload.id === 'portal-app' ? { senderConstraint: 'required' as const } : {}),
      })),
    })),
  };
  const gateway = await startGateway(config, {
    clock,
    logTo: new Writable({ write: (_chunk, _encoding, done) => done() }),
  });
  const seconds = (): number => Math.floor(clock.now() / 1000);

  const send = (path: string, shown: Shown, body: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const lists = Object.entries(shown.headers ?? {}).map(([name, value]): [string, string | string[]] => [
        name,
        typeof value === 'string' ? value : [...value],
      ]);
      const options = { method: 'POST', headers: Object.fromEntries(lists) };
      const call =
        shown.certificate === undefined
          ? request(`${gateway.url}${path}`, options)
          : secureRequest(`${gateway.mtlsUrl}${path}`, {
              ...options,
              agent: new Agent({ maxCachedSessions: 0 }),
              ca: svids.authority.cert,
              ...(shown.certificate === 'none' ? {} : shown.certificate),
              ...(shown.session === undefined ? {} : { session: shown.session }),
            });
      // TLS 1.3: what the gateway thinks of the certificate shows only when something is read.
      call.on('error', (error) => {
        if (shown.certificate === undefined) reject(error);
        else resolve({ status: 0, headers: {}, text: '', body: { error: 'no_connection' } });
      });
      call.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body: parsed(text) }),
        );
      });
      call.end(body);
    });

  /** Claims of a good user's token. */
  const userClaims = (): JWTPayload => ({
    iss: issuer.url,
    aud: audience,
    sub: 'someone',
    client_id: 'copilot-app',
    iat: seconds() - 1,
    exp: seconds() + 600,
    jti: v7(),
    sid: `session-${v7()}`,
    roles: ['physician'],
    fhirUser: 'Practitioner/7',
    tenant: 'sandbox',
    acr: 'urn:phi-gateway:acr:mfa',
    auth_time: seconds() - 60,
  });

  /** A user's token, good but for these claims (`undefined` removes one), header members and key. */
  const user = (claims: object = {}, header: object = {}, key = issuer.pair.privateKey): Promise<string> =>
    sign({ ...userClaims(), ...claims }, header, key);

  const exchange = async (shown: Shown = {}): Promise<Answer> => {
    const form = {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      authorization_details: details(),
      ...(shown.form !== undefined && 'subject_token' in shown.form ? {} : { subject_token: await user() }),
      ...shown.form,
    };
    const pairs = Object.entries(form).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, value]],
    );
    return send(
      '/oauth/token',
      {
        ...shown,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...shown.headers },
      },
      new URLSearchParams(pairs).toString(),
    );
  };

  const gatewayKey = config.keys.signing;

  return {
    clock,
    seconds,
    audience,
    url: gateway.url,
    services: gateway.gateway.services,
    issuer: { url: issuer.url, pair: issuer.pair },
    foreign: { url: foreign.url, pair: foreign.pair },
    gatewayKey,
    clientKey: clientPair.privateKey,
    /** File of the keys that client assertions of `copilot-app` are verified with. */
    clientKeysFile,
    svidKey: svidPair.privateKey,
    /** What the gateway gives to a proof without one. */
    async nonce(): Promise<string> {
      const { headers } = await exchange({ headers: { dpop: 'none' } });
      return String(headers['dpop-nonce']);
    },
    mtlsUrl: gateway.mtlsUrl ?? '',
    ca: svids.authority.cert,
    /** A certificate of the gateway's own trust domain, good but for this; of another authority if so said. */
    certificate: (
      change: Partial<CertificateRequest> = {},
      by: 'own' | 'neighbour' | 'stranger' = 'own',
    ): Promise<Issued> =>
      ({ own: svids.authority, neighbour, stranger })[by].issue({
        uris: [sandboxSpiffeId('copilot-app')],
        ...change,
      }),
    reads: records.reads,
    details,
    userClaims,
    user,
    sign,
    exchange,
    /** A delegated token as the gateway gives it. */
    async delegated(shown: Shown = {}): Promise<string> {
      const { body, status } = await exchange(shown);
      if (status !== 200) throw new Error(`no delegated token: ${status}`);
      return String(body['access_token']);
    },
    /** A token of the gateway with other claims or header, under the gateway's own key. */
    async resigned(
      token: string,
      claims: object = {},
      header: object = {},
      key?: KeyObject,
    ): Promise<string> {
      return sign(
        { ...decodeJwt(token), ...claims },
        { ...decodeProtectedHeader(token), ...header },
        key ?? createPrivateKey(gatewayKey),
      );
    },
    /** Shows a credential where its row says. */
    async show(at: WrongCredential['at'], shown: Shown): Promise<Answer> {
      if (at === 'exchange') return exchange(shown);
      const phi = { patient: 'p1', task: 'cholesterol.latest', purpose: 'TREAT' };
      return send(
        '/v1/chat/completions',
        { ...shown, headers: { 'content-type': 'application/json', ...shown.headers } },
        JSON.stringify({
          messages: [{ role: 'user', content: 'What is the latest LDL?' }],
          ...(at === 'ask' ? { phi } : {}),
        }),
      );
    },
    async close(): Promise<void> {
      await gateway.stop(500);
      for (const part of [issuer, foreign, records]) await part.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
