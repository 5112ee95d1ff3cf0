import type { Issued } from '../../../../sandbox/authority.ts';
import type { World } from './world.ts';

/** What is shown with one request: headers, a form, another body. */
export interface Shown {
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Certificate of the caller: the request goes to the listener that asks for one. */
  readonly certificate?: Issued | 'none';
  /** TLS session that the caller offers to take up again. */
  readonly session?: Buffer;
  /** Of an exchange: laid over a good form; `undefined` leaves a parameter out. */
  readonly form?: Readonly<Record<string, string | undefined>>;
}

/** One wrong credential: how it is made, where it is shown, and what must come back. */
export interface WrongCredential {
  readonly name: string;
  /** `ask`: the user's own token with `phi` in the body; `delegated`: a token that says it all; `exchange`. */
  readonly at: 'ask' | 'delegated' | 'exchange';
  readonly show: (world: World) => Promise<Shown>;
  readonly status: number;
  /** `error.code` of an ask, `error` of an exchange; `no_connection` where TLS itself refuses (status 0). */
  readonly code: string;
  /** Scheme and `error` of WWW-Authenticate; undefined where the answer must have none. */
  readonly challenge: string | undefined;
}

type Make = (world: World) => string | Promise<string>;
const bearer =
  (make: Make): WrongCredential['show'] =>
  async (world) => ({ headers: { authorization: `Bearer ${await make(world)}` } });

const refusedToken = { status: 401, code: 'invalid_token', challenge: 'Bearer invalid_token' } as const;

/** A user's token that must not open an envelope. */
export const asUser = (name: string, make: Make): WrongCredential => ({
  name,
  at: 'ask',
  show: bearer(make),
  ...refusedToken,
});

/** A delegated token that must not open an envelope. */
export const asDelegated = (name: string, make: Make): WrongCredential => ({
  name,
  at: 'delegated',
  show: bearer(make),
  ...refusedToken,
});

/** A subject token that must not be exchanged: `invalid_request`, as RFC 8693, section 2.2.2, demands. */
export const asSubject = (name: string, make: Make): WrongCredential => ({
  name,
  at: 'exchange',
  show: async (world) => ({ form: { subject_token: await make(world) } }),
  status: 400,
  code: 'invalid_request',
  challenge: undefined,
});
