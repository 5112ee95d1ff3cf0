import type { Peer } from './peer.ts';

/** What a request shows: a token, and what its connection has proven. Nothing in here has been verified but the peer. */
export interface Credentials {
  readonly token: string;
  /** The workload behind the connection, where the listener asks for a certificate. */
  readonly peer?: Peer;
}
