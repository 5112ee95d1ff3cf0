import type { Format } from './evidence.ts';

/** What verified evidence says, in the same words for every format. Bytes are lower-case hex. */
export interface Claims {
  readonly format: Format;
  /** The kind of machine: `sev-snp`, `tdx`, `nitro`, `nvidia-cc`, or what a token's issuer calls it. */
  readonly tee: string;
  /** SHA-256 of the root certificate that it led to; of the key (RFC 7638 thumbprint) for a token without a chain. */
  readonly root: string;
  /** Registers by the vendor's names: `measurement`, `hostData`; `mrtd`, `rtmr0` …; `pcr0` …; `image_digest`. */
  readonly measurements: Readonly<Record<string, string>>;
  /** What the machine allows or is: `debug`, `migration`, `smt`, `secureBoot`. A format states those it knows. */
  readonly flags: Readonly<Record<string, boolean>>;
  /** Versions of firmware as numbers (`bootloader`, `snp`, `microcode` …), and the vendor's own verdict on them. */
  readonly tcb: { readonly parts: Readonly<Record<string, number>>; readonly status?: string };
  /** Advisories that the vendor's verdict names. */
  readonly advisories?: readonly string[];
  /** Which machine it is, where it says so: chip id, PPID, module id. */
  readonly platform?: string;
  /** Other facts, `name` to text, as they stand: product, version of the report, policy hash. */
  readonly facts: Readonly<Record<string, string>>;
  /** What the machine bound to itself: 64 bytes of report data; nonces; a public key. */
  readonly bound: {
    readonly reportData?: string;
    readonly nonces: readonly string[];
    readonly publicKey?: string;
  };
  /** When it was made and until when it counts, epoch milliseconds, where it says so. */
  readonly at?: number;
  readonly expires?: number;
}
