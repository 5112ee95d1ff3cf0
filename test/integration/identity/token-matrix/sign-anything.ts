import { type KeyObject, sign } from 'node:crypto';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JWS (RFC 7515) under a good ES256 signature with a header that libraries refuse to write. */
export function signAnything(claims: object, header: object, key: KeyObject): string {
  const signed = `${part({ alg: 'ES256', ...header })}.${part(claims)}`;
  const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}

/** A token that nobody signed (RFC 7515, appendix A.5). */
export const unsigned = (claims: object, header: object = {}): string =>
  `${part({ alg: 'none', ...header })}.${part(claims)}.`;

/** An extension of the header that a recipient must understand (RFC 7515, section 4.1.11). */
export const unknownCritical = { crit: ['urn:example:new'], 'urn:example:new': true } as const;
