import { createHash, timingSafeEqual } from 'node:crypto';
import { decodeJwt } from 'jose';
import type { Issuer, Signals, Tenant } from '../config/config.ts';
import { Refusal } from '../errors/refusal.ts';
import { createIssuerKeys, type Fetch, type IssuerKeys } from '../identity/issuer-keys.ts';
import type { Clock } from '../vocabulary/time.ts';
import type { EndedBy, EndingKind } from './ports.ts';
import { type Effect, type Named, readEvents } from './security-events.ts';
import { issuerDevice, issuerSession, issuerSubject, type Pseudonym } from './session-names.ts';
import type { Sessions } from './sessions.ts';
import { verifyEventToken, verifyLogoutToken } from './signed-notices.ts';
import type { StreamWatch } from './stream-watch.ts';

export interface NoticeDeskInput {
  readonly tenants: readonly Pick<Tenant, 'id' | 'issuers' | 'workloads'>[];
  readonly clock: Clock;
  readonly fetch: Fetch;
  readonly pseudonym: Pseudonym;
  readonly sessions: Pick<Sessions, 'end'>;
  readonly streams: StreamWatch;
  revokeToken(tenant: string, tokenId: string, expiresAt: number): Promise<void>;
}

/** Takes signed notices of endings from issuers and their transmitters. */
export interface NoticeDesk {
  /** OpenID Connect Back-Channel Logout 1.0. Throws Refusal(`token_*` | `issuer_unavailable` | of the stores). */
  logout(token: string): Promise<void>;
  /** One pushed token (RFC 8935); `authorization` is the header it came with. Throws as `logout` does. */
  event(token: string, authorization: string | undefined): Promise<void>;
}

interface Source {
  readonly tenant: Pick<Tenant, 'id' | 'workloads'>;
  readonly issuer: Issuer;
  readonly keys: IssuerKeys;
}

/** Seconds that a token id named by a transmitter stays revoked: it does not say when the token expires. */
const tokenSeconds = 30 * 86_400;

/** The `iss` that a token claims, only to choose the rules under which it is then verified. */
function issuerIn(token: string): string {
  try {
    return decodeJwt(token).iss ?? '';
  } catch (cause) {
    throw new Refusal('token_malformed', { cause });
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The stream's own secret, where one is configured: whoever pushes must show it beside the signature. */
function checkAuthorization(signals: Signals, sent: string | undefined): void {
  if (signals.authorization === undefined) return;
  if (sent === undefined || !timingSafeEqual(digest(sent), digest(`Bearer ${signals.authorization}`)))
    throw new Refusal('token_missing');
}

export function createNoticeDesk(input: NoticeDeskInput): NoticeDesk {
  const { clock, fetch, pseudonym, sessions, streams } = input;
  const keysOf = (issuer: Issuer, transmitter?: Signals): IssuerKeys =>
    createIssuerKeys({
      issuer: transmitter?.issuer ?? issuer.issuer,
      timeoutMs: issuer.discoveryTimeoutMs,
      ...(issuer.jwksOrigin === undefined ? {} : { jwksOrigin: new URL(issuer.jwksOrigin).origin }),
      ...(transmitter?.jwksUri === undefined ? {} : { jwksUri: transmitter.jwksUri }),
      clock,
      fetch,
    });
  const logouts = new Map<string, Source>();
  const transmitters = new Map<string, Source & { readonly signals: Signals }>();
  for (const tenant of input.tenants)
    for (const issuer of tenant.issuers) {
      logouts.set(issuer.issuer, { tenant, issuer, keys: keysOf(issuer) });
      const { signals } = issuer;
      if (signals === undefined) continue;
      const name = signals.issuer ?? issuer.issuer;
      if (transmitters.has(name)) throw new Error('a transmitter belongs to one issuer and is named once');
      transmitters.set(name, { tenant, issuer, signals, keys: keysOf(issuer, signals) });
    }

  const end = (source: Source, kind: EndingKind, value: string, by: EndedBy, at: number): Promise<void> => {
    const names = { session: 'session', subject: 'user', claims: 'user', device: 'device' } as const;
    const id = pseudonym(source.tenant.id, names[kind], value);
    return sessions.end(source.tenant.id, kind, id, by, Math.min(at, clock.now()));
  };

  /** Ends everything that an event names: the closest that fits it, a session before its person. */
  async function apply(source: Source, effect: Effect, whom: Named, at: number): Promise<void> {
    if (effect === undefined || !('ends' in effect)) return;
    const { issuer } = source.issuer;
    const { device, session, subject, tokenId } = whom;
    const work: Promise<void>[] = [];
    if (tokenId !== undefined)
      work.push(input.revokeToken(source.tenant.id, tokenId, clock.now() / 1000 + tokenSeconds));
    if (effect.only === 'device' && device !== undefined)
      work.push(end(source, 'device', issuerDevice(issuer, device), effect.ends, at));
    else {
      if (session !== undefined)
        work.push(end(source, 'session', issuerSession(issuer, session), effect.ends, at));
      // An opaque id may be the one or the other.
      if (subject !== undefined && (session === undefined || session === subject)) {
        const kind = effect.only === 'claims' ? 'claims' : 'subject';
        work.push(end(source, kind, issuerSubject(issuer, subject), effect.ends, at));
      } else if (session === undefined && device !== undefined)
        work.push(end(source, 'device', issuerDevice(issuer, device), effect.ends, at));
    }
    await Promise.all(work);
  }

  return {
    async logout(token) {
      const source = logouts.get(issuerIn(token));
      if (source === undefined) throw new Refusal('token_issuer');
      const { issuer, tenant } = source;
      const clients = tenant.workloads.flatMap(({ clientIds }) => clientIds);
      const { at, session, subject } = await verifyLogoutToken(token, {
        issuer: issuer.issuer,
        audiences: [...clients, issuer.audience],
        algorithms: issuer.algorithms,
        keyFor: source.keys.keyFor,
        clock,
      });
      if (session !== undefined)
        await end(source, 'session', issuerSession(issuer.issuer, session), 'logout', at);
      else if (subject !== undefined)
        await end(source, 'subject', issuerSubject(issuer.issuer, subject), 'logout', at);
    },
    async event(token, authorization) {
      const source = transmitters.get(issuerIn(token));
      if (source === undefined) throw new Refusal('token_issuer');
      const { issuer, signals } = source;
      checkAuthorization(signals, authorization);
      const payload = await verifyEventToken(token, {
        issuer: signals.issuer ?? issuer.issuer,
        audiences: [signals.audience],
        algorithms: issuer.algorithms,
        keyFor: source.keys.keyFor,
        clock,
      });
      const events = readEvents(payload, issuer.issuer);
      streams.heard(issuer.issuer);
      for (const { at, effect, named } of events) {
        if (effect !== undefined && 'stream' in effect) streams.said(issuer.issuer, effect.stream);
        await apply(source, effect, named, at ?? (payload.iat ?? 0) * 1000);
      }
    },
  };
}
