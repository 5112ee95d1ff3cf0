import { NotProven } from './reasons.ts';

/** Bytes of the blocks of a kind (`CERTIFICATE`, `X509 CRL`) in a text (RFC 7468), in order, whatever stands between. */
export function blocksOf(text: string, label: string): readonly Uint8Array[] {
  const begin = `-----BEGIN ${label}-----`;
  const end = `-----END ${label}-----`;
  const blocks: Uint8Array[] = [];
  for (let at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, at)) {
    const from = at + begin.length;
    const to = text.indexOf(end, from);
    if (to < 0) break;
    blocks.push(Buffer.from(text.slice(from, to), 'base64'));
    at = to + end.length;
  }
  return blocks;
}

const begin = '-----BEGIN CERTIFICATE-----';
const end = '-----END CERTIFICATE-----';

/** DER of the certificates in PEM (RFC 7468), with nothing but white space and NUL between; throws `malformed`. */
export function bytesOfPem(text: Uint8Array): Uint8Array[] {
  const parts = Buffer.from(text).toString('latin1').split(begin);
  const blank = /[^\s\0]/;
  if (blank.test(parts[0] ?? '')) throw new NotProven('malformed');
  return parts.slice(1).map((part) => {
    const stop = part.indexOf(end);
    if (stop === -1 || blank.test(part.slice(stop + end.length))) throw new NotProven('malformed');
    return Buffer.from(part.slice(0, stop), 'base64');
  });
}
