import { constants, createPrivateKey, X509Certificate } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import { createSecureContext, type SecureContextOptions, type TLSSocket } from 'node:tls';
import type { MtlsListener } from '../config/config.ts';
import { asRefusal } from '../errors/refusal.ts';
import { certificateRefusal, readSvid } from '../identity/svid.ts';
import type { TrustDomains } from '../identity/trust-domains.ts';
import { listen, type Running, type Unreadable } from './listeners.ts';
import type { Connected, Peers } from './peers.ts';
import { watchFiles } from './watch-files.ts';

export interface MtlsInput {
  readonly at: MtlsListener;
  readonly trust: TrustDomains;
  readonly peers: Peers;
  /** Text of a file that may be read by others, and of one that may not; undefined where there is none. */
  readonly readFile: (path: string) => string | undefined;
  readonly readSecret: (path: string) => string | undefined;
  readonly handler: RequestListener;
  readonly unreadable: Unreadable;
  /** New material was not usable: the last good one stands. */
  readonly onFault: () => void;
}

/** The gateway's own certificate with its key, checked to belong together. Throws Error. */
function materialOf({ at, trust, readFile, readSecret }: MtlsInput): SecureContextOptions {
  const cert = readFile(at.certificate) ?? '';
  const key = readSecret(at.key) ?? '';
  if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)))
    throw new Error('certificate and key do not belong together');
  return {
    cert,
    key,
    ca: [...trust.authorities()],
    minVersion: 'TLSv1.2',
    // No tickets, and no cache is kept: a session that is taken up again would skip the check of its certificate.
    secureOptions: constants.SSL_OP_NO_TICKET,
  };
}

/** What a finished handshake has shown. TLS has verified chain and dates; here it becomes a workload or a refusal. */
function shownBy(socket: TLSSocket, trust: TrustDomains): Connected {
  if (!socket.authorized || socket.isSessionReused()) throw certificateRefusal('unverified');
  let last = socket.getPeerCertificate(true);
  const svid = readSvid(last.raw);
  // The chain ends in a certificate that names itself as its issuer.
  for (let step = 0; step < 10 && last.issuerCertificate !== undefined; step += 1) {
    if (last.issuerCertificate.fingerprint256 === last.fingerprint256) break;
    last = last.issuerCertificate;
  }
  if (!trust.holds(svid.trustDomain, last.fingerprint256)) throw certificateRefusal('trust_domain');
  return { svid, authority: last.fingerprint256 };
}

/**
 * The listener on which callers prove themselves by an X.509-SVID. Without a certificate of a configured authority
 * there is no connection; one that is no SVID gets a refusal to each request. Certificate, key and bundles are read
 * again when their files change: new connections meet the new ones, and those whose authority is gone are closed.
 * Throws where the material is not usable at the start.
 */
export async function listenMtls(input: MtlsInput): Promise<Running> {
  const { at, trust, peers } = input;
  const open = new Map<TLSSocket, Connected | undefined>();
  let material = materialOf(input);
  const connect = (socket: TLSSocket): void => {
    let shown: Connected | undefined;
    try {
      shown = shownBy(socket, trust);
      peers.set(socket, shown);
    } catch (thrown) {
      peers.set(socket, asRefusal(thrown, 'workload_certificate'));
    }
    open.set(socket, shown);
    socket.once('close', () => open.delete(socket));
  };
  let server: Server | undefined;
  const running = await listen(at, input.handler, input.unreadable, (options, listener) => {
    server = createServer(
      { ...options, ...material, requestCert: true, rejectUnauthorized: true, handshakeTimeout: 10_000 },
      listener,
    );
    server.prependListener('secureConnection', connect);
    // A handshake that fails is the caller's; there is nobody to answer yet.
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    return server;
  });

  function reload(): void {
    try {
      const trustChanged = trust.reload();
      const next = materialOf(input);
      if (trustChanged || next.cert !== material.cert || next.key !== material.key) {
        createSecureContext(next);
        server?.setSecureContext(next);
        material = next;
      }
    } catch {
      input.onFault();
      // Whatever became of the gateway's own certificate: authorities that are gone vouch for nobody.
      server?.setSecureContext({ ...material, ca: [...trust.authorities()] });
    }
    for (const [socket, shown] of open)
      if (shown !== undefined && !trust.holds(shown.svid.trustDomain, shown.authority)) socket.destroy();
  }

  const unwatch = watchFiles([at.certificate, at.key, ...trust.files], reload);
  return {
    ...running,
    url: running.url.replace('http:', 'https:'),
    close: (force) => {
      unwatch();
      return running.close(force);
    },
  };
}
