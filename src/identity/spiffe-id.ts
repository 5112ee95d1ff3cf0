/** SPIFFE-ID specification, section 2: at most this many bytes. */
const maxLength = 2048;
const domain = /^[a-z0-9._-]{1,255}$/;
const segment = /^[A-Za-z0-9._-]+$/;

export interface SpiffeId {
  /** As written: `spiffe://trust-domain/path`. */
  readonly id: string;
  readonly trustDomain: string;
}

/**
 * Reads the identity of a workload (SPIFFE-ID, sections 2.1 and 2.2): lower-case trust domain without port or user,
 * and a path of plain segments. An identity without a path is an authority's and no workload's. Undefined otherwise.
 */
export function parseSpiffeId(text: string): SpiffeId | undefined {
  if (text.length > maxLength || !text.startsWith('spiffe://')) return undefined;
  const [trustDomain = '', ...path] = text.slice('spiffe://'.length).split('/');
  const plain = path.every((step) => segment.test(step) && step !== '.' && step !== '..');
  return domain.test(trustDomain) && path.length > 0 && plain ? { id: text, trustDomain } : undefined;
}
