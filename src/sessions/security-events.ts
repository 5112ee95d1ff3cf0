import { Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import { table } from '../vocabulary/table.ts';
import type { EndedBy } from './ports.ts';

/** What a Security Event Token asks for, beside naming somebody. */
export type Effect =
  /** Ends the session it names, or everything of its person or device. */
  | { readonly ends: EndedBy; readonly only: 'all' | 'claims' | 'device' }
  /** The stream itself lives, or was stopped. */
  | { readonly stream: 'alive' | 'stopped' }
  | undefined;

const caep = 'https://schemas.openid.net/secevent/caep/event-type/';
const ssf = 'https://schemas.openid.net/secevent/ssf/event-type/';

type Payload = Readonly<Record<string, unknown>>;

/** OpenID CAEP 1.0, section 3, and Shared Signals Framework 1.0, section 8.1.4 and 8.1.5. */
const effects: Readonly<Record<string, (payload: Payload) => Effect>> = table({
  [`${caep}session-revoked`]: () => ({ ends: 'session-revoked', only: 'all' }),
  [`${caep}credential-change`]: () => ({ ends: 'credential-change', only: 'all' }),
  [`${caep}token-claims-change`]: () => ({ ends: 'token-claims-change', only: 'claims' }),
  [`${caep}device-compliance-change`]: ({ current_status: status }) =>
    status === 'compliant' ? undefined : { ends: 'device-compliance-change', only: 'device' },
  [`${caep}assurance-level-change`]: ({ change_direction: direction }) =>
    direction === 'increase' ? undefined : { ends: 'assurance-level-change', only: 'all' },
  [`${ssf}verification`]: () => ({ stream: 'alive' }),
  [`${ssf}stream-updated`]: ({ status }) => ({ stream: status === 'enabled' ? 'alive' : 'stopped' }),
});

/** Whom an event names, by the issuer's own ids. */
export interface Named {
  readonly session?: string;
  readonly subject?: string;
  readonly device?: string;
  readonly tokenId?: string;
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/**
 * Subject identifiers (RFC 9493): who is meant at `issuer`. Of a complex subject the session counts before the
 * person. What names nobody that tokens of this issuer could name answers nothing.
 */
export function namedBy(identifier: unknown, issuer: string, depth = 0): Named {
  if (!isRecord(identifier) || depth > 2) return {};
  const { email, format, id, identifiers, iss, jti, sub } = identifier;
  if (iss !== undefined && iss !== issuer) return {};
  switch (format) {
    case 'iss_sub':
      return named({ subject: textOf(sub) });
    case 'email':
      return named({ subject: textOf(email) });
    case 'opaque':
      return named({ subject: textOf(id), session: textOf(id) });
    case 'jwt_id':
      return named({ tokenId: textOf(jti) });
    case 'aliases':
      return Object.assign(
        {},
        ...(Array.isArray(identifiers) ? identifiers : []).map((one) => namedBy(one, issuer, depth + 1)),
      );
    case 'complex':
    case undefined:
      return named({
        subject: namedBy(identifier['user'], issuer, depth + 1).subject,
        session: memberId(identifier['session'], issuer),
        device: memberId(identifier['device'], issuer),
      });
    default:
      return {};
  }
}

/** Id of a session or device inside a complex subject, which is opaque as a rule. */
function memberId(identifier: unknown, issuer: string): string | undefined {
  if (!isRecord(identifier)) return undefined;
  const { id, iss, sid, sub } = identifier;
  if (iss !== undefined && iss !== issuer) return undefined;
  return textOf(id) ?? textOf(sid) ?? textOf(sub);
}

function named(
  ids: Readonly<Record<keyof Named, string | undefined>> | Partial<Record<keyof Named, string | undefined>>,
): Named {
  return Object.fromEntries(Object.entries(ids).filter(([, id]) => id !== undefined));
}

export interface SecurityEvent {
  readonly effect: Effect;
  readonly named: Named;
  /** Epoch milliseconds; undefined where the event does not say. */
  readonly at: number | undefined;
}

/** NumericDate; drafts of CAEP wrote milliseconds. */
const instant = (value: unknown): number | undefined => {
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  return value > 100_000_000_000 ? value : value * 1000;
};

/**
 * Events of a verified token (RFC 8417). An unknown kind of event asks for nothing. Throws Refusal('token_claims') for
 * one that ends something without naming anybody.
 */
export function readEvents(
  payload: Readonly<Record<string, unknown>>,
  issuer: string,
): readonly SecurityEvent[] {
  const { events } = payload;
  if (!isRecord(events) || Object.keys(events).length === 0) throw new Refusal('token_claims');
  return Object.entries(events).map(([kind, body]) => {
    if (!isRecord(body)) throw new Refusal('token_claims');
    const effect = Object.hasOwn(effects, kind) ? effects[kind]?.(body) : undefined;
    const whom = namedBy(payload['sub_id'] ?? body['subject'], issuer);
    if (effect !== undefined && 'ends' in effect && Object.keys(whom).length === 0)
      throw new Refusal('token_claims');
    return { effect, named: whom, at: instant(body['event_timestamp'] ?? payload['toe']) };
  });
}
