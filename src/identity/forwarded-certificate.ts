import { X509Certificate } from 'node:crypto';
import type { Peer } from './peer.ts';
import { certificateRefusal, readSvid } from './svid.ts';

/** Characters; a header that is longer is not looked at. */
const maxLength = 16_384;
const pair = /^([A-Za-z]+)=(?:"((?:[^"\\]|\\["\\])*)"|([^",;=]*))(;|$)/;

/** Key and values of one element; a comma outside quotes begins a second element, which is refused. */
function pairsOf(header: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let rest = header.trim();
  while (rest !== '') {
    const match = pair.exec(rest);
    const name = match?.[1]?.toLowerCase();
    if (match === null || name === undefined || found.has(name)) throw certificateRefusal('forwarded');
    found.set(name, match[2]?.replace(/\\(["\\])/g, '$1') ?? match[3] ?? '');
    rest = rest.slice(match[0].length);
  }
  return found;
}

/**
 * The workload in an `X-Forwarded-Client-Cert` header, as Envoy writes it with `SANITIZE_SET` and the certificate
 * itself (`Cert`, URL-encoded PEM). The proxy has verified the chain; the rules of an SVID and its dates are checked
 * here again. One element only: a list would hold what callers sent. Whether the proxy may say so is the caller's to
 * check.
 *
 * @throws Refusal `workload_certificate`
 */
export function forwardedPeer(header: string, now: number): Peer & { readonly trustDomain: string } {
  if (header.length > maxLength) throw certificateRefusal('forwarded');
  const cert = pairsOf(header).get('cert');
  if (cert === undefined || cert === '') throw certificateRefusal('forwarded');
  let der: Uint8Array;
  try {
    der = new Uint8Array(new X509Certificate(decodeURIComponent(cert)).raw);
  } catch (cause) {
    throw certificateRefusal('forwarded', cause);
  }
  const { id, thumbprint, trustDomain, notBefore, notAfter } = readSvid(der);
  if (now < notBefore || now >= notAfter) throw certificateRefusal('expired');
  return { id, thumbprint, trustDomain };
}
