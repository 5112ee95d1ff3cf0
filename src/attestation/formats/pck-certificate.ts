import type { KeyObject, X509Certificate } from 'node:crypto';
import { extensionsOf } from '../certificate-extensions.ts';
import { bodyOf, type Element, elementsOf, identifierOf, numberOf, onlyBody, tags } from '../der.ts';
import { keyOn } from '../ecdsa.ts';
import { NotProven } from '../reasons.ts';

/** The extension of PCK certificates and what stands in it (Intel, "SGX PCK Certificate and CRL Profile", 1.5). */
export const sgx = '1.2.840.113741.1.13.1';

export interface PckCertificate {
  readonly certificate: X509Certificate;
  readonly key: KeyObject;
  /** Which machine, 16 bytes; lower-case hex as all that follows. */
  readonly ppid: string;
  /** Which kind of machine: the vendor states firmware by it, 6 bytes. */
  readonly fmspc: string;
  readonly pceId: string;
  readonly cpuSvn: string;
  /** The sixteen parts of the processor's firmware, and that of the provisioning enclave. */
  readonly components: readonly number[];
  readonly pceSvn: number;
}

/** A SEQUENCE of pairs of identifier and value. */
function pairsOf(body: Buffer): ReadonlyMap<string, Element> {
  const pairs = new Map<string, Element>();
  for (const pair of elementsOf(body)) {
    const [identifier, value] = elementsOf(bodyOf(pair, tags.sequence));
    if (value === undefined) throw new NotProven('malformed');
    const name = identifierOf(bodyOf(identifier, tags.identifier));
    if (pairs.has(name)) throw new NotProven('malformed');
    pairs.set(name, value);
  }
  return pairs;
}

function octets(pairs: ReadonlyMap<string, Element>, name: string, length: number): string {
  const body = bodyOf(pairs.get(name), tags.octets);
  if (body.length !== length) throw new NotProven('malformed');
  return body.toString('hex');
}

const numberIn = (pairs: ReadonlyMap<string, Element>, name: string): number =>
  numberOf(bodyOf(pairs.get(name), tags.integer));

/** Reads the certificate of a machine's provisioning key; undefined for one that is of something else. */
export function pckOf(certificate: X509Certificate): PckCertificate | undefined {
  const extension = extensionsOf(certificate).get(sgx);
  const key = keyOn('prime256v1', certificate);
  if (extension === undefined || key === undefined) return undefined;
  const told = pairsOf(onlyBody(extension, tags.sequence));
  const tcb = pairsOf(bodyOf(told.get(`${sgx}.2`), tags.sequence));
  return {
    certificate,
    key,
    ppid: octets(told, `${sgx}.1`, 16),
    pceId: octets(told, `${sgx}.3`, 2),
    fmspc: octets(told, `${sgx}.4`, 6),
    components: Array.from({ length: 16 }, (_, index) => numberIn(tcb, `${sgx}.2.${index + 1}`)),
    pceSvn: numberIn(tcb, `${sgx}.2.17`),
    cpuSvn: octets(tcb, `${sgx}.2.18`, 16),
  };
}
