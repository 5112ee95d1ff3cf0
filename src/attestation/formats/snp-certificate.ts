import type { KeyObject, X509Certificate } from 'node:crypto';
import { extensionsOf } from '../certificate-extensions.ts';
import { elementsOf, numberOf, onlyBody, tags } from '../der.ts';
import { keyOn } from '../ecdsa.ts';
import { NotProven } from '../reasons.ts';
import { isOf, type Product, products } from './snp-product.ts';
import { field, isZero, numberField, type SigningKey, signingKeyOf } from './snp-report.ts';

/** Extensions of the certificates of VCEK and VLEK (AMD publication 57230), below this identifier. */
const arc = '1.3.6.1.4.1.3704.1';
export const extension = {
  product: `${arc}.2`,
  part: (number: number): string => `${arc}.3.${number}`,
  chipId: `${arc}.4`,
  provider: `${arc}.5`,
};

/** What a certificate says of the key that signs reports. */
export interface Endorsement {
  readonly certificate: X509Certificate;
  readonly key: KeyObject;
  readonly kind: SigningKey;
  readonly product: Product;
  /** TCB_VERSION that the key was derived for, 8 bytes. */
  readonly tcb: Buffer;
  /** VCEK: the chip's id. */
  readonly chipId?: Buffer;
  /** VLEK: the cloud that it was given to. */
  readonly provider?: string;
}

/** The chip's id stands there as it is, or inside of an OCTET STRING: AMD has done both. */
function chipIdOf(value: Buffer, length: number): Buffer {
  if (value.length === length) return value;
  const inner = onlyBody(value, tags.octets);
  if (inner.length !== length) throw new NotProven('malformed');
  return inner;
}

function partOf(extensions: ReadonlyMap<string, Buffer>, part: number): number {
  const value = extensions.get(extension.part(part));
  const number = value === undefined ? 0 : numberOf(onlyBody(value, tags.integer));
  if (number > 255) throw new NotProven('malformed');
  return number;
}

/** What a certificate endorses; undefined for one that is not of a key for reports. */
export function endorsementOf(certificate: X509Certificate): Endorsement | undefined {
  const extensions = extensionsOf(certificate);
  const named = extensions.get(extension.product);
  const key = keyOn('secp384r1', certificate);
  if (named === undefined || key === undefined) return undefined;
  // `Milan-B0` in a VCEK's, `Milan` in a VLEK's.
  const [name = ''] = onlyBody(named, tags.text).toString('latin1').split('-');
  const product = products.get(name);
  if (product === undefined) throw new NotProven('version_unknown');
  const tcb = Buffer.from(product.tcb.map((part) => partOf(extensions, part)));
  const told = { certificate, key, product, tcb };
  const chipId = extensions.get(extension.chipId);
  if (chipId !== undefined) return { ...told, kind: 'vcek', chipId: chipIdOf(chipId, product.chipId) };
  const [provider] = elementsOf(extensions.get(extension.provider) ?? Buffer.alloc(0));
  if (provider === undefined) throw new NotProven('malformed');
  return { ...told, kind: 'vlek', provider: provider.body.toString('utf8') };
}

/**
 * Whether the key is that of the machine and the firmware that the report tells of: a VCEK is of one chip and one
 * TCB_VERSION, a VLEK of one TCB_VERSION. From version 3 the report also names the processor.
 */
export function isFor(endorsement: Endorsement, report: Buffer): boolean {
  const { kind, product, tcb, chipId } = endorsement;
  if (kind !== signingKeyOf(report) || !tcb.equals(field(report, 'reportedTcb'))) return false;
  const [family = 0, model = 0] = field(report, 'cpuid');
  if (numberField(report, 'version') >= 3 && !isOf(product, family, model)) return false;
  const told = field(report, 'chipId');
  return (
    chipId === undefined ||
    // A machine may be told to keep its id to itself; it cannot be told from others then.
    (!isZero(told) && chipId.equals(told.subarray(0, chipId.length)) && isZero(told.subarray(chipId.length)))
  );
}
