/** The workload that a connection has proven: by its own X.509-SVID, or by one that a configured proxy vouches for. */
export interface Peer {
  /** SPIFFE ID. */
  readonly id: string;
  /** `x5t#S256` of its certificate. */
  readonly thumbprint: string;
}
