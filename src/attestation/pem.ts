/** Bytes of the blocks of a kind (`CERTIFICATE`, `X509 CRL`) in a PEM text (RFC 7468), in order. */
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
