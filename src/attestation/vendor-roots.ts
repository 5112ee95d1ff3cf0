/** A root certificate that a vendor publishes for what its machines say of themselves. */
export interface VendorRoot {
  readonly vendor: string;
  readonly product: string;
  /** SHA-256 of the certificate's DER, lower-case hex: what a policy names. */
  readonly sha256: string;
  /** When the certificate ends, as it says. */
  readonly notAfter: string;
  /** Where the vendor publishes it. */
  readonly source: string;
}

const amd = (product: string): string => `https://kdsintf.amd.com/vcek/v1/${product}/cert_chain`;

/** Believed where an appraisal policy names no roots for a format. */
export const vendorRoots: readonly VendorRoot[] = [
  {
    vendor: 'AMD',
    product: 'Milan',
    sha256: '69d063b45344d26a2e94e1f4210de49ef555308287d4c174445c95639a540bcd',
    notAfter: '2045-10-22T17:23:05Z',
    source: amd('Milan'),
  },
  {
    vendor: 'AMD',
    product: 'Genoa',
    sha256: '4c6598d19c18719c5dfd4a7d335f674e5bfe1d8f800cea2cf270c10d103db2f1',
    notAfter: '2047-01-26T15:34:37Z',
    source: amd('Genoa'),
  },
  {
    vendor: 'AMD',
    product: 'Turin',
    sha256: '1f084161a44bb6d93778a904877d4819cafa5d05ef4193b2ded9dd9c73dd3f6a',
    notAfter: '2048-05-15T20:03:12Z',
    source: amd('Turin'),
  },
  {
    vendor: 'Intel',
    product: 'SGX and TDX',
    sha256: '44a0196b2b99f889b8e149e95b807a350e7424964399e885a7cbb8ccfab674d3',
    notAfter: '2049-12-31T23:59:59Z',
    source: 'https://certificates.trustedservices.intel.com/IntelSGXRootCA.der',
  },
  {
    vendor: 'AWS',
    product: 'Nitro Enclaves',
    sha256: '641a0321a3e244efe456463195d606317ed7cdcc3c1756e09893f3c68f79bb5b',
    notAfter: '2049-10-28T14:28:05Z',
    source: 'https://aws-nitro-enclaves.amazonaws.com/AWS_NitroEnclaves_Root-G1.zip',
  },
  {
    vendor: 'NVIDIA',
    product: 'GPU devices',
    sha256: '102bf659d5419614c9d8e6aecebc80454eb26b1df6a769ac720b9a690b167b48',
    notAfter: '9999-12-31T23:59:59Z',
    source: 'https://github.com/NVIDIA/nvtrust (verifier_device_root.pem)',
  },
];
