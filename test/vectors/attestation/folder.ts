import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const shared = join(process.cwd(), '../shared/data/attestation');

/** A folder of real evidence beside the checkout; tests of one that is not there are skipped, and say so. */
export function vectorFolder(name: string) {
  const folder = join(shared, name);
  const present = existsSync(folder);
  if (!present) console.log(`skipped: ../shared/data/attestation/${name} is not here`);
  return {
    present,
    read: (file: string): Uint8Array => new Uint8Array(readFileSync(join(folder, file))),
    text: (file: string): string => readFileSync(join(folder, file), 'utf8'),
    /** DER of the certificates of a PEM file, in their order. */
    certificates: (file: string): Uint8Array[] =>
      readFileSync(join(folder, file), 'utf8')
        .split('-----BEGIN CERTIFICATE-----')
        .slice(1)
        .map((part) => new X509Certificate(`-----BEGIN CERTIFICATE-----${part}`).raw),
  };
}
