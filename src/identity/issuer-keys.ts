import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { allowInsecureRequests, customFetch, discovery, None } from 'openid-client';
import { Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import type { Clock } from '../vocabulary/time.ts';
import { isAcceptableUpstream, isLoopbackHttp } from './loopback.ts';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Milliseconds. */
const keyAge = {
  /** A set older than this is fetched again. */
  fresh: 600_000,
  /** At most one fetch in this time, whatever tokens arrive: unknown key ids and outages cannot be amplified. */
  coolDown: 10_000,
} as const;

const maxSetBytes = 262_144;

/** Milliseconds that the last good set stands where nothing else is configured. */
const defaultGrace = 3_600_000;

export interface IssuerKeys {
  /** Key of a token's protected header; throws Refusal('issuer_unavailable') where no set can be had. */
  readonly keyFor: JWTVerifyGetKey;
  /** Whether a set is loaded and not beyond its grace; tries to load one where none is. */
  ready(): Promise<boolean>;
}

export interface IssuerKeysInput {
  readonly issuer: string;
  readonly timeoutMs: number;
  /** Origin of the key set, where it is not the issuer's own. */
  readonly jwksOrigin?: string;
  /** Where the key set is, where no discovery document leads there. */
  readonly jwksUri?: string;
  /** How long the last good set stands while the issuer cannot be reached. */
  readonly graceMs?: number;
  readonly clock: Clock;
  readonly fetch: Fetch;
}

const isKeySet = (value: unknown): value is JSONWebKeySet =>
  isRecord(value) &&
  Array.isArray(value['keys']) &&
  value['keys'].every((key) => isRecord(key) && typeof key['kty'] === 'string');

/** Only public keys of asymmetric kinds: a symmetric key published by mistake never verifies anything. */
const asymmetric: ReadonlySet<string> = new Set(['EC', 'RSA', 'OKP']);

/** Address of the key set by OpenID Connect Discovery 1.0. */
async function discoveredAddress(input: IssuerKeysInput): Promise<URL> {
  const issuer = new URL(input.issuer);
  // The library itself refuses plain http unless told otherwise.
  const found = await discovery(issuer, 'phi-gateway', undefined, None(), {
    execute: isLoopbackHttp(issuer) ? [allowInsecureRequests] : [],
    timeout: input.timeoutMs / 1000,
    [customFetch]: (url, options) =>
      input.fetch(url, {
        method: options.method,
        headers: options.headers,
        redirect: options.redirect,
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      }),
  });
  const metadata = found.serverMetadata();
  // The library compares parsed URLs, and excuses some vendors; the `iss` of a token is compared as text.
  if (metadata.issuer !== input.issuer) throw new Error('issuer names itself differently');
  const address = new URL(metadata.jwks_uri ?? '');
  if (!isAcceptableUpstream(address)) throw new Error('key set must be https, or http on loopback');
  // A discovery document does not choose upstreams: the configuration does.
  if (address.origin !== issuer.origin && address.origin !== input.jwksOrigin)
    throw new Error('key set lives at an origin that the configuration does not name');
  return address;
}

async function loadKeySet(input: IssuerKeysInput): Promise<JSONWebKeySet> {
  const address = input.jwksUri === undefined ? await discoveredAddress(input) : new URL(input.jwksUri);
  const response = await input.fetch(address.href, {
    redirect: 'error',
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(input.timeoutMs),
  });
  const text = await response.text();
  if (response.status !== 200 || text.length > maxSetBytes) throw new Error('key set not usable');
  const parsed: unknown = JSON.parse(text);
  if (!isKeySet(parsed)) throw new Error('key set not usable');
  return { keys: parsed.keys.filter((key) => asymmetric.has(key.kty ?? '')) };
}

/**
 * Keys of one issuer: OpenID Connect Discovery 1.0 by openid-client, then the JWK set, both cached. An unknown
 * key id asks again once per cool-down (rotation); while the issuer is down the last good set stands for its
 * grace, then verification closes.
 */
export function createIssuerKeys(input: IssuerKeysInput): IssuerKeys {
  const grace = input.graceMs ?? defaultGrace;
  let held: { readonly select: JWTVerifyGetKey; readonly at: number } | undefined;
  let failure: unknown;
  let triedAt = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | undefined;

  async function load(): Promise<void> {
    try {
      const set = await loadKeySet(input);
      held = { select: createLocalJWKSet(set), at: input.clock.now() };
      failure = undefined;
    } catch (thrown) {
      // The last good set stands until its grace ends; after that this is the cause of the refusal.
      failure = thrown;
    } finally {
      running = undefined;
    }
  }

  function refresh(): Promise<void> {
    if (running !== undefined) return running;
    if (input.clock.now() - triedAt < keyAge.coolDown) return Promise.resolve();
    triedAt = input.clock.now();
    running = load();
    return running;
  }

  const usable = (): JWTVerifyGetKey | undefined =>
    held !== undefined && input.clock.now() - held.at < grace ? held.select : undefined;

  async function current(): Promise<JWTVerifyGetKey | undefined> {
    if (held === undefined || input.clock.now() - held.at >= keyAge.fresh) await refresh();
    return usable();
  }

  return {
    async keyFor(header, token) {
      const select = await current();
      if (select === undefined) throw new Refusal('issuer_unavailable', { cause: failure });
      try {
        return await select(header, token);
      } catch (unknownKey) {
        const before = held;
        await refresh();
        const again = usable();
        if (held === before || again === undefined) throw unknownKey;
        return again(header, token);
      }
    },
    ready: async () => (await current()) !== undefined,
  };
}
