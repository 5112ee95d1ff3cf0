/** Kinds of evidence that a machine gives about itself. */
export const formats = ['sev-snp', 'tdx', 'nitro', 'nvidia', 'jwt'] as const;
export type Format = (typeof formats)[number];

/** What a machine shows, as it came: nothing of it is believed before its signatures lead to a pinned root. */
export interface Evidence {
  readonly format: Format;
  /**
   * `sev-snp`: the attestation report (1184 bytes); `tdx`: the quote; `nitro`: the COSE_Sign1 document; `nvidia`: the
   * SPDM request (37 bytes) and response of GET_MEASUREMENTS; `jwt`: the compact token in ASCII, or the JSON of a
   * detached bundle.
   */
  readonly document: Uint8Array;
  /** Certificates that came with it, DER, in any order. */
  readonly certificates: readonly Uint8Array[];
}

/** JSON Web Key Set (RFC 7517, section 5) of an attestation service. */
export interface TokenKeys {
  readonly keys: readonly Readonly<Record<string, unknown>>[];
}

/** What is believed, from the appraisal policy and the files it names; nothing of it comes from the machine. */
export interface Trust {
  /** SHA-256 of the DER of root certificates, lower-case hex. A certificate is a root by being named here only. */
  readonly roots: ReadonlySet<string>;
  /** Intermediate and leaf certificates that need not come with the evidence, DER; they are verified like those. */
  readonly certificates: readonly Uint8Array[];
  /** Certificate revocation lists (RFC 5280), DER. Each is verified by the certificate of its issuer. */
  readonly revocations: readonly Uint8Array[];
  /** Intel's TCB info and QE identity for TDX, as signed: the raw text of the whole JSON answer. */
  readonly tcbInfo?: string;
  readonly qeIdentity?: string;
  /** `jwt`: keys, issuer and audience that count. */
  readonly keys?: TokenKeys;
  readonly issuer?: string;
  readonly audience?: string;
}
