import type { IncomingMessage } from 'node:http';
import { Refusal } from '../errors/refusal.ts';
import type { Credentials } from '../identity/credentials.ts';
import type { ShownProof } from '../identity/dpop.ts';
import { presentedToken } from './body.ts';
import { originOf } from './cors.ts';
import type { Face } from './face.ts';

/**
 * The `DPoP` header with the request it came with; undefined where there is none. Its URL is the one of the
 * listener that the request came to, as the configuration names it: `Host` is the caller's word.
 *
 * @throws Refusal `proof_invalid` for two of them (RFC 9449, section 4.3, check 1)
 */
export function shownProof(face: Face, request: IncomingMessage): ShownProof | undefined {
  const [jwt, second] = request.headersDistinct['dpop'] ?? [];
  if (jwt === undefined) return undefined;
  if (second !== undefined) throw new Refusal('proof_invalid');
  const base = face.peers.has(request) ? (face.mtlsUrl ?? face.publicUrl) : face.publicUrl;
  const { origin, pathname } = new URL(base);
  const [path = '/'] = (request.url ?? '/').split('?', 1);
  return { jwt, method: request.method ?? '', url: `${origin}${pathname.replace(/\/$/, '')}${path}` };
}

/**
 * What a request shows of who sends it.
 *
 * @throws Refusal `token_missing`, `token_malformed`, `proof_missing`, `proof_invalid`, `workload_certificate`
 */
export function credentialsOf(face: Face, request: IncomingMessage): Credentials {
  const peer = face.peers.of(request);
  const address = request.socket.remoteAddress;
  const origin = originOf(request);
  const { scheme, token } = presentedToken(request);
  const proof = scheme === 'dpop' ? shownProof(face, request) : undefined;
  if (scheme === 'dpop' && proof === undefined) throw new Refusal('proof_missing');
  return {
    token,
    ...(proof === undefined ? {} : { proof }),
    ...(peer === undefined ? {} : { peer }),
    ...(origin === undefined ? {} : { origin }),
    ...(address === undefined ? {} : { address }),
  };
}
