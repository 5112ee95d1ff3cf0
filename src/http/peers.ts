import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Refusal } from '../errors/refusal.ts';
import { forwardedPeer } from '../identity/forwarded-certificate.ts';
import type { Peer } from '../identity/peer.ts';
import { certificateRefusal, type Svid } from '../identity/svid.ts';
import type { TrustDomains } from '../identity/trust-domains.ts';
import type { Clock } from '../vocabulary/time.ts';

/** What the certificate of a connection was found to be, once, when it was made. */
export interface Connected {
  readonly svid: Svid;
  /** Fingerprint of the authority that its chain ends in. */
  readonly authority: string;
}

export interface Peers {
  /** Keeps what a connection has shown; a Refusal where that is no workload. */
  set(socket: Socket, shown: Connected | Refusal): void;
  /** Whether a request came on a listener that asks for certificates. */
  has(request: IncomingMessage): boolean;
  /**
   * The workload at the other end of a request; undefined on a listener that asks for no certificate.
   *
   * @throws Refusal `workload_certificate`
   */
  of(request: IncomingMessage): Peer | undefined;
}

/** The workloads behind open connections. Dates and authority are asked at each request: connections live long. */
export function createPeers(input: {
  readonly trust: TrustDomains;
  readonly clock: Clock;
  /** SPIFFE IDs whose `X-Forwarded-Client-Cert` is believed; from anybody else the header does not exist. */
  readonly proxies: readonly string[];
}): Peers {
  const known = new WeakMap<Socket, Connected | Refusal>();
  const { trust, clock, proxies } = input;

  function forwarded(request: IncomingMessage): Peer {
    const [header, second] = request.headersDistinct['x-forwarded-client-cert'] ?? [];
    if (header === undefined || second !== undefined) throw certificateRefusal('forwarded');
    const { id, thumbprint, trustDomain } = forwardedPeer(header, clock.now());
    if (!trust.knows(trustDomain)) throw certificateRefusal('trust_domain');
    return { id, thumbprint };
  }

  return {
    set: (socket, shown) => void known.set(socket, shown),
    has: (request) => known.has(request.socket),
    of(request) {
      const shown = known.get(request.socket);
      if (shown === undefined) return undefined;
      if (shown instanceof Refusal) throw shown;
      const { svid, authority } = shown;
      const now = clock.now();
      if (now < svid.notBefore || now >= svid.notAfter) throw certificateRefusal('expired');
      if (!trust.holds(svid.trustDomain, authority)) throw certificateRefusal('trust_domain');
      return proxies.includes(svid.id) ? forwarded(request) : { id: svid.id, thumbprint: svid.thumbprint };
    },
  };
}
