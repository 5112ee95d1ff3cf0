import {
  type Chain,
  chainOf,
  checkRevocations,
  readCertificates,
  shownCertificates,
} from '../certificates.ts';
import type { Claims } from '../claims.ts';
import { signs } from '../ecdsa.ts';
import { NotProven } from '../reasons.ts';
import type { Verifier } from '../verifier.ts';
import { type Endorsement, endorsementOf, isFor } from './snp-certificate.ts';
import { tcbParts } from './snp-product.ts';
import {
  bitsField,
  field,
  hexField,
  isZero,
  numberField,
  openReport,
  signatureOf,
  signedLength,
} from './snp-report.ts';

/** Bits of the guest's policy: what the host may do. */
const policyFlags = {
  smt: 16n,
  migration: 18n,
  debug: 19n,
  singleSocket: 20n,
  cxl: 21n,
  aes256Xts: 22n,
  raplDisabled: 23n,
  ciphertextHiding: 24n,
  pageSwapDisabled: 25n,
};

/** Bits of the platform: what the machine is. */
const platformFlags = {
  platformSmt: 0n,
  platformTsme: 1n,
  platformEcc: 2n,
  platformRaplDisabled: 3n,
  platformCiphertextHiding: 4n,
  platformAliasCheck: 5n,
  platformTio: 7n,
};

const flagsOf = (bits: bigint, table: Readonly<Record<string, bigint>>): Record<string, boolean> =>
  Object.fromEntries(Object.entries(table).map(([name, bit]) => [name, ((bits >> bit) & 1n) === 1n]));

const registers = [
  'measurement',
  'hostData',
  'idKeyDigest',
  'authorKeyDigest',
  'familyId',
  'imageId',
  'reportId',
  'reportIdMa',
] as const;
const versionsInForce = ['committedTcb', 'currentTcb', 'launchTcb'] as const;
const mitigations = ['launchMitigations', 'currentMitigations'] as const;

/** `major.minor.build` of the firmware; the report has it the other way round. */
const firmwareOf = (report: Buffer, name: 'currentFirmware' | 'committedFirmware'): string =>
  [...field(report, name)].toReversed().join('.');

function factsOf(report: Buffer, { kind, product, provider }: Endorsement): Record<string, string> {
  const version = numberField(report, 'version');
  return {
    reportVersion: String(version),
    product: product.name,
    signingKey: kind,
    ...(provider === undefined ? {} : { provider }),
    vmpl: String(numberField(report, 'vmpl')),
    policy: bitsField(report, 'policy').toString(16).padStart(16, '0'),
    firmware: firmwareOf(report, 'currentFirmware'),
    committedFirmware: firmwareOf(report, 'committedFirmware'),
    ...Object.fromEntries(versionsInForce.map((name) => [name, hexField(report, name)])),
    ...(version < 5 ? {} : Object.fromEntries(mitigations.map((name) => [name, hexField(report, name)]))),
  };
}

function claimsOf(report: Buffer, signer: Endorsement, { root }: Chain): Claims {
  const [build = 0, abiMinor = 0, abiMajor = 0] = field(report, 'currentFirmware');
  const chipId = field(report, 'chipId');
  return {
    format: 'sev-snp',
    tee: 'sev-snp',
    root,
    measurements: Object.fromEntries(registers.map((name) => [name, hexField(report, name)])),
    flags: {
      ...flagsOf(bitsField(report, 'policy'), policyFlags),
      ...flagsOf(bitsField(report, 'platformInfo'), platformFlags),
    },
    tcb: {
      parts: {
        ...tcbParts(signer.product, field(report, 'reportedTcb')),
        abiMajor,
        abiMinor,
        build,
        guestSvn: numberField(report, 'guestSvn'),
      },
    },
    ...(isZero(chipId) ? {} : { platform: chipId.toString('hex') }),
    facts: factsOf(report, signer),
    bound: { reportData: hexField(report, 'reportData'), nonces: [] },
  };
}

/** The key that signed the report, of those that the report can be of. */
function signerOf(report: Buffer, endorsements: readonly Endorsement[]): Endorsement {
  if (endorsements.length === 0) throw new NotProven('chain_incomplete');
  const fitting = endorsements.filter((one) => isFor(one, report));
  if (fitting.length === 0) throw new NotProven('certificate_mismatch');
  const signature = signatureOf(report);
  const signed = report.subarray(0, signedLength);
  const signer = fitting.find(({ key }) => signs('secp384r1', key, signed, signature));
  if (signer === undefined) throw new NotProven('signature_invalid');
  return signer;
}

/**
 * Verifies an attestation report of AMD SEV-SNP, versions 2 to 5, signed by a VCEK or VLEK of Milan, Genoa or Turin:
 * its signature, chip and TCB against the certificate's, and the certificates by ASK or ASVK up to an ARK of `trust`.
 * Debug, firmware and measurements are claims. Parts of firmware are those of the reported TCB, which the key is of.
 */
export const verifySevSnp: Verifier = async ({ document, certificates }, trust, at) => {
  const report = openReport(document);
  const shown = shownCertificates(certificates);
  const signer = signerOf(
    report,
    [...shown, ...readCertificates(trust.certificates)].flatMap((one) => endorsementOf(one) ?? []),
  );
  const chain = chainOf(signer.certificate, shown, trust, at);
  await checkRevocations(chain, trust, at);
  return claimsOf(report, signer, chain);
};
