import { KeyObject, randomBytes } from 'node:crypto';
import type { Evidence } from '../../src/attestation/evidence.ts';
import { type Product, partNumbers, products } from '../../src/attestation/formats/snp-product.ts';
import type { SigningKey } from '../../src/attestation/formats/snp-report.ts';
import { numberBytes, type ReportFields, signedReport } from './snp-report.ts';
import type { SnpVendor } from './snp-vendor.ts';

const day = 86_400_000;
/** Guest's policy: hyper-threading allowed, and the bit that is always set; the host may look into the guest. */
const policy = { usual: 0x3_0000, debug: 0x8_0000 };
/** `build`, `minor`, `major`. */
const firmware = Uint8Array.of(29, 55, 1);

/** What the machine is. All has a default: a Milan with its own key. */
export interface SnpMachineRequest {
  readonly kind?: SigningKey;
  readonly product?: 'Milan' | 'Genoa' | 'Turin';
  /** Versions of firmware by the names of claims; those not named are 0. */
  readonly tcb?: Readonly<Record<string, number>>;
  /** 64 bytes, of which a Turin uses 8. */
  readonly chipId?: Uint8Array;
  /** Validity of its certificate, milliseconds since the epoch. */
  readonly notBefore?: number;
  readonly notAfter?: number;
}

/** What a guest asks for, and what it was started with. */
export interface SnpReportRequest {
  /** At most 64 bytes; what is missing is zero. */
  readonly reportData?: Uint8Array;
  /** Of the image, 48 bytes. */
  readonly measurement?: Uint8Array;
  readonly hostData?: Uint8Array;
  /** Lets the host look into the guest. */
  readonly debug?: boolean;
  /** 2 to 5; only from 3 on the processor is named. */
  readonly version?: number;
  /** Written last. */
  readonly fields?: ReportFields;
}

export interface SnpMachine {
  /** DER of the certificate of its key, and that certificate's serial number in hex. */
  readonly certificate: Uint8Array;
  readonly serial: string;
  /** 64 bytes, lower-case hex. */
  readonly chipId: string;
  /** A report, signed, with the certificates that lead to the vendor's root. */
  evidence(request?: SnpReportRequest): Evidence;
}

const processorOf = ({ family, models }: Product): Uint8Array =>
  Uint8Array.of(family, models[0]?.[0] ?? 0, 1);

/** A machine of a test vendor. What it signs has the form of AMD's reports and is worth nothing outside of a sandbox. */
export async function createSnpMachine(
  vendor: SnpVendor,
  request: SnpMachineRequest = {},
): Promise<SnpMachine> {
  const { kind = 'vcek', tcb = { bootloader: 4, snp: 24, microcode: 219 } } = request;
  const product = products.get(request.product ?? 'Milan');
  if (product === undefined) throw new RangeError('no such product');
  const parts = new Map(Object.entries(tcb).map(([name, value]) => [partNumbers.get(name) ?? 0, value]));
  const tcbVersion = Uint8Array.from(product.tcb, (part) => parts.get(part) ?? 0);
  const chipId = Buffer.alloc(64);
  chipId.set((request.chipId ?? randomBytes(64)).subarray(0, product.chipId));
  const { certificate, serial, key } = await vendor.endorse({
    kind,
    product: product.name,
    parts,
    chipId: chipId.subarray(0, product.chipId),
    notBefore: request.notBefore ?? Date.now() - day,
    notAfter: request.notAfter ?? Date.now() + 365 * day,
  });
  const signingKey = KeyObject.from(key);
  return {
    certificate,
    serial,
    chipId: chipId.toString('hex'),
    evidence({ reportData, measurement, hostData, debug = false, version = 3, fields = [] } = {}) {
      const document = signedReport(
        [
          ['version', numberBytes('version', version)],
          ['policy', numberBytes('policy', policy.usual + (debug ? policy.debug : 0))],
          ['signatureAlgorithm', numberBytes('signatureAlgorithm', 1)],
          ['keyInfo', numberBytes('keyInfo', kind === 'vcek' ? 0 : 1 << 2)],
          ['reportData', reportData ?? Uint8Array.of()],
          ['measurement', measurement ?? Buffer.alloc(48, 0x5a)],
          ['hostData', hostData ?? Uint8Array.of()],
          ['reportIdMa', Buffer.alloc(32, 0xff)],
          ['cpuid', version < 3 ? Uint8Array.of() : processorOf(product)],
          ['currentTcb', tcbVersion],
          ['reportedTcb', tcbVersion],
          ['committedTcb', tcbVersion],
          ['launchTcb', tcbVersion],
          ['currentFirmware', firmware],
          ['committedFirmware', firmware],
          // The cloud that owns a VLEK keeps the chip's id to itself.
          ['chipId', kind === 'vcek' ? chipId : Uint8Array.of()],
          ...fields,
        ],
        signingKey,
      );
      const { ark, [kind]: authority } = vendor.certificates;
      return { format: 'sev-snp', document, certificates: [certificate, authority, ark] };
    },
  };
}
