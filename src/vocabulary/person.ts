import type { ModelRetention } from './model-endpoint.ts';

/** Roles that a claim of an issuer may be mapped to. Anything else in the claim is ignored. */
export const roles = [
  'patient',
  'proxy',
  'nurse',
  'physician',
  'pharmacist',
  'billing',
  'analyst',
  'support',
  'compliance',
  'administrator',
] as const;
export type Role = (typeof roles)[number];
export const isRole = (value: unknown): value is Role => roles.some((role) => role === value);

/** The FHIR resource that stands for the user, known only at the FHIR base of the user's own issuer. */
export interface FhirUser {
  readonly type: 'Practitioner' | 'PractitionerRole' | 'Patient' | 'RelatedPerson';
  readonly id: string;
}

/** The device that the user signed in on, as far as the issuer says. */
export interface Device {
  readonly id?: string;
  readonly managed?: boolean;
  readonly posture?: string;
}

/** SMART launch context of the user's token: the upper bound of what can be asked with it. */
export interface Launch {
  readonly patient?: string;
  readonly encounter?: string;
}

/** What a token is bound to (RFC 7800): a DPoP key, a certificate, or both. */
export interface Confirmation {
  /** RFC 7638 thumbprint of the key (RFC 9449, section 6.1). */
  readonly jkt?: string;
  /** Of the certificate (RFC 8705, section 3.1). */
  readonly 'x5t#S256'?: string;
}

/** Who asks, as proven by an issuer's token. Made by the identity room only. */
export interface VerifiedUser {
  readonly tenant: string;
  readonly issuer: string;
  readonly subject: string;
  readonly clientId: string;
  /** Who else may act with this token (`may_act`, RFC 8693, section 4.4): client ids or SPIFFE IDs. */
  readonly mayAct?: readonly string[];
  readonly roles: readonly Role[];
  readonly fhirUser?: FhirUser;
  readonly department?: string;
  /** As the issuer writes it, for the record system's audit. Nothing here stores, logs or sends it elsewhere. */
  readonly name?: string;
  readonly device?: Device;
  readonly launch?: Launch;
  readonly acr?: string;
  /** All classes where the issuer says more than one; `acr` is the first of them. */
  readonly acrs?: readonly string[];
  readonly amr: readonly string[];
  /** Seconds since the epoch. */
  readonly authTime?: number;
  /** Seconds since the epoch when the token was issued; tokens are renewed without a new sign-in. */
  readonly issuedAt?: number;
  readonly sessionId?: string;
  readonly tokenId?: string;
  readonly confirmation?: Confirmation;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
}

/** A model that is not called through this gateway, and what was agreed with whoever runs it. */
export interface ReadingModel {
  readonly name: string;
  readonly residency: string;
  /** Reference of the contract. */
  readonly contract: string;
  readonly retention?: ModelRetention;
}

/** Which software speaks, from configuration; found by the client id of the token or the certificate. */
export interface Workload {
  readonly id: string;
  readonly tenant: string;
  readonly clientIds: readonly string[];
  /** SPIFFE IDs under which it may prove itself. */
  readonly spiffeIds?: readonly string[];
  /** Public keys (JWK) of its client assertions. */
  readonly keys?: readonly Readonly<Record<string, unknown>>[];
  /** Whether its tokens must be bound to a key or certificate, and it must show the credentials it has. */
  readonly senderConstraint?: 'required' | 'optional';
  /** Origins of the pages that may speak for it; where there are some, no other page may. */
  readonly origins?: readonly string[];
  readonly tasks: readonly string[] | 'all';
  readonly purposes: readonly string[] | 'all';
  readonly models: readonly string[] | 'all';
  /** Which model reads the contexts that the workload takes out. */
  readonly readingModel?: ReadingModel;
  /** Reveal happens only where a human reads the output. */
  readonly humanReads: boolean;
}
