import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type CryptoKey, SignJWT } from 'jose';
import { isRecord } from '../../src/vocabulary/fhir.ts';

/** Where the sandbox's issuer tells of endings, once the gateway listens. */
export interface SignalsTarget {
  readonly gateway: string;
  /** `aud` of event tokens. */
  readonly audience: string;
  /** What the gateway wants to see beside the signature. */
  readonly authorization: string;
}

export interface Signals {
  /** Answers `POST /__signals` and `POST /__logout`; false for every other request. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  follow(target: SignalsTarget): void;
  close(): void;
}

interface SignalsInput {
  readonly issuer: string;
  readonly kid: string;
  readonly privateKey: CryptoKey;
}

const eventTypes = {
  caep: 'https://schemas.openid.net/secevent/caep/event-type/',
  ssf: 'https://schemas.openid.net/secevent/ssf/event-type/',
} as const;

/** How often the stream shows that it lives, in milliseconds. */
const heartbeat = 5000;
const bodyLimit = 16_384;

async function jsonOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const parsed: unknown = body.length > bodyLimit ? undefined : JSON.parse(body.toString('utf8'));
  if (!isRecord(parsed)) throw new SyntaxError('not an object');
  return parsed;
}

async function answer(
  act: (asked: Readonly<Record<string, unknown>>) => Promise<number>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('content-type', 'application/json');
  try {
    response.end(JSON.stringify({ status: await act(await jsonOf(request)) }));
  } catch {
    response.statusCode = 400;
    response.end('{"status":400}');
  }
}

/**
 * The sandbox's issuer as a Shared Signals transmitter and sender of logout tokens, told by controls on loopback what
 * to send. The gateway verifies what it gets as it would anyone's.
 */
export function createSignals({ issuer, kid, privateKey }: SignalsInput): Signals {
  let target: SignalsTarget | undefined;
  let silent = false;

  const sign = (claims: Readonly<Record<string, unknown>>, typ: string): Promise<string> =>
    new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'ES256', kid, typ })
      .setIssuer(issuer)
      .setIssuedAt()
      .setJti(randomUUID())
      .sign(privateKey);

  async function push(type: string, subject: object, payload: object): Promise<number> {
    if (target === undefined) return 503;
    const token = await sign(
      { aud: target.audience, sub_id: subject, events: { [type]: payload } },
      'secevent+jwt',
    );
    const response = await fetch(`${target.gateway}/v1/security-events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/secevent+jwt',
        authorization: `Bearer ${target.authorization}`,
      },
      body: token,
    });
    await response.body?.cancel();
    return response.status;
  }

  /** `{event, username?, sid?, device?, …}`: the rest is the event's own payload. `{silent: true}` stops the heartbeat. */
  async function signal(asked: Readonly<Record<string, unknown>>): Promise<number> {
    if (typeof asked['silent'] === 'boolean') {
      silent = asked['silent'];
      return 200;
    }
    const { device, event, sid, username, ...payload } = asked;
    const subject = {
      format: 'complex',
      ...(username === undefined ? {} : { user: { format: 'iss_sub', iss: issuer, sub: username } }),
      ...(sid === undefined ? {} : { session: { format: 'opaque', id: sid } }),
      ...(device === undefined ? {} : { device: { format: 'opaque', id: device } }),
    };
    return push(`${eventTypes.caep}${String(event)}`, subject, payload);
  }

  /** `{username?, sid?, clientId?}` */
  async function logout({
    clientId = 'phi-cli',
    sid,
    username,
  }: Readonly<Record<string, unknown>>): Promise<number> {
    if (target === undefined) return 503;
    const token = await sign(
      {
        aud: clientId,
        exp: Math.floor(Date.now() / 1000) + 120,
        events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
        ...(username === undefined ? {} : { sub: username }),
        ...(sid === undefined ? {} : { sid }),
      },
      'logout+jwt',
    );
    const response = await fetch(`${target.gateway}/oauth/backchannel-logout`, {
      method: 'POST',
      body: new URLSearchParams({ logout_token: token }),
    });
    await response.body?.cancel();
    return response.status;
  }

  const controls = { '/__signals': signal, '/__logout': logout } as const;

  const beat = setInterval(() => {
    if (!silent && target !== undefined)
      void push(`${eventTypes.ssf}verification`, { format: 'opaque', id: 'sandbox' }, {}).catch(() => 503);
  }, heartbeat);
  beat.unref();

  return {
    handle(request, response) {
      const path = request.url ?? '';
      if (request.method !== 'POST' || (path !== '/__signals' && path !== '/__logout')) return false;
      void answer(controls[path], request, response);
      return true;
    },
    follow(next) {
      target = next;
    },
    close: () => clearInterval(beat),
  };
}
