import type { X509Certificate } from 'node:crypto';
import { bodyOf, elementsOf, identifierOf, onlyBody, tags } from './der.ts';
import { NotProven } from './reasons.ts';

/**
 * The extensions of a certificate (RFC 5280, section 4.1): identifier in dots to the bytes inside of its OCTET STRING.
 * `node:crypto` does not give them. Throws `malformed`, also where one stands there twice.
 */
export function extensionsOf(certificate: X509Certificate): ReadonlyMap<string, Buffer> {
  const [signed] = elementsOf(onlyBody(certificate.raw, tags.sequence));
  const list = elementsOf(bodyOf(signed, tags.sequence)).find(({ tag }) => tag === tags.extensions);
  const extensions = new Map<string, Buffer>();
  if (list === undefined) return extensions;
  for (const one of elementsOf(onlyBody(list.body, tags.sequence))) {
    const parts = elementsOf(bodyOf(one, tags.sequence));
    const identifier = identifierOf(bodyOf(parts[0], tags.identifier));
    if (extensions.has(identifier)) throw new NotProven('malformed');
    extensions.set(identifier, bodyOf(parts.at(-1), tags.octets));
  }
  return extensions;
}
