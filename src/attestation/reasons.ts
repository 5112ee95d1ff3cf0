/** Why evidence does not count: code, and what it means. The codes are an interface: `attest verify`, the trail. */
export const reasons = {
  malformed: 'the evidence is not of the form that its format prescribes',
  version_unknown: 'a version or an algorithm that is not known here',
  chain_incomplete: 'no certificates lead from the signature to a root',
  root_unknown: 'the certificates lead to a root that the policy does not name',
  certificate_invalid: 'a certificate is not signed by its issuer, or its issuer may not sign certificates',
  certificate_expired: 'a certificate does not hold at this time',
  certificate_revoked: 'a certificate was revoked',
  certificate_mismatch: 'the certificate is of another machine or of other firmware than the evidence',
  revocation_unknown: 'a revocation list is not signed by its issuer, or out of date',
  collateral_invalid: 'what the vendor says of its firmware is not signed by the vendor, or out of date',
  signature_invalid: 'the evidence is not signed by its certificate',
  enclave_unknown: 'the quoting enclave is not the one that the vendor names',
  debug: 'the machine may be looked into by its host',
  flag_not_allowed: 'the machine allows, or is, what the policy does not',
  tcb_outdated: 'firmware is older than the policy demands',
  tcb_unknown: 'nothing is known of the firmware that the policy asks for',
  measurement_missing: 'a register that the policy names is not in the evidence',
  measurement_not_allowed: 'a register holds what the policy does not name',
  platform_not_allowed: 'the machine is not one that the policy names',
  claim_not_allowed: 'a claim is not what the policy demands',
  nonce_mismatch: 'the evidence was not made for this request',
  key_mismatch: 'the evidence is bound to another key than that of the connection',
  not_bound: 'the evidence is bound to no key',
  too_old: 'the evidence was made too long ago, or does not say when',
  not_yet_valid: 'the evidence is of the future',
  issuer_unknown: 'the token is of another issuer, or of a key that is not known',
  audience_mismatch: 'the token was made for somebody else',
  format_missing: 'evidence that the policy demands is not there',
} as const;

export type Reason = keyof typeof reasons;

/** Thrown where evidence proves nothing. */
export class NotProven extends Error {
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(reasons[reason]);
    this.name = 'NotProven';
    this.reason = reason;
  }
}
