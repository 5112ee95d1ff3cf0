import type { ShownProof } from './dpop.ts';
import type { Peer } from './peer.ts';

/** What a request shows: a token, and what its connection has proven. Nothing in here has been verified but the peer. */
export interface Credentials {
  readonly token: string;
  /** Where the token came under the scheme DPoP; the header `DPoP` beside the scheme Bearer does not count. */
  readonly proof?: ShownProof;
  /** The workload behind the connection, where the listener asks for a certificate. */
  readonly peer?: Peer;
  /** Of the page that sent the request, where a browser says so. */
  readonly origin?: string;
  /** Name of the resource that is asked for, where it has one of its own (RFC 8707). */
  readonly resource?: string;
  /** Of the connection's other end. */
  readonly address?: string;
}
