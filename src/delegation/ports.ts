import type { JSONWebKeySet } from 'jose';
import type { Reason } from '../errors/reasons.ts';
import type { PatientIdentifier } from '../vocabulary/patient-identifier.ts';
import type { Confirmation, Role, VerifiedUser, Workload } from '../vocabulary/person.ts';
import type { Access, AccessScope, Action } from '../vocabulary/scope.ts';

/** What a verified delegated token says: who, on which workload, for what. */
export interface Delegation {
  readonly scope: AccessScope;
  readonly user: VerifiedUser;
  readonly workload: string;
  /** Workloads that acted before it in this chain, the nearest first. */
  readonly actedBefore?: readonly string[];
  /** Where less was granted than was asked, and why. No part of the token. */
  readonly reductions?: readonly Reduction[];
  /** What the token is bound to. */
  readonly confirmation?: Confirmation;
  /** Trail id of the exchange. */
  readonly txn: string;
  readonly tokenId: string;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
}

/**
 * What a caller asks for, checked for shape only. `patient` may be `self`, the caller's own record, or `system|value`: who
 * has this identifier.
 */
export interface AccessRequest extends Access {
  readonly patient: string;
  /** Token scope of the vault; no part of what is granted. */
  readonly conversation?: string;
}

/** A member of which less was granted than was asked, or more was demanded, and what said so. */
export interface Reduction {
  readonly member: 'data' | 'retention' | 'use' | 'encounter' | 'expires_in';
  readonly reason: 'task' | 'policy' | 'launch' | 'subject_token';
}

/** What task and policy allow at most, whoever asks. */
export interface WorkLimits {
  readonly dataTypes: readonly string[];
  /** Of the policy, seconds. */
  readonly retentionSeconds: number;
  /** Of the task, seconds, where it says so. */
  readonly taskRetentionSeconds?: number;
  /** Tokens for this task are good for one question. */
  readonly once: boolean;
}

/** RFC 9396 object as granted: the patient and the encounter are handles that only this gateway can read. */
export interface GrantedDetails extends Access {
  readonly type: 'phi_access';
  readonly patient: string;
}

interface MintedToken {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  readonly authorizationDetails: readonly [GrantedDetails];
}

/** What a token for the FHIR server is cut from. */
export interface FhirTokenRequest {
  /** Absent for the gateway's own control reads. */
  readonly user?: VerifiedUser;
  readonly workload?: string;
  readonly tenant: string;
  /** FHIR base: becomes the audience. */
  readonly base: string;
  /** Who is to read it, where that is not the FHIR server: the authorization server that it is exchanged at. */
  readonly audience?: string;
  /** SMART App Launch 2.2 scopes, read and search only: `patient/Observation.rs`, `system/Practitioner.r`. */
  readonly scopes: readonly string[];
  /** Logical id; required as soon as a scope has the context `patient/`. */
  readonly patient?: string;
  readonly purpose?: string;
  readonly txn: string;
}

/** RFC 7662, section 2.2. */
export type Introspection =
  | { readonly active: false }
  | {
      readonly active: true;
      readonly iss: string;
      readonly aud: string;
      readonly sub: string;
      readonly client_id: string;
      readonly jti: string;
      readonly txn: string;
      readonly exp: number;
      readonly token_type: 'Bearer' | 'DPoP';
      readonly cnf?: Confirmation;
      readonly authorization_details: readonly [GrantedDetails];
    };

/** Who calls introspection or revocation: the client that the token was made for, in its tenant. */
export interface TokenOwner {
  readonly tenant: string;
  readonly clientId: string;
}

export interface TokenIssuer {
  mintDelegated(delegation: Delegation): Promise<MintedToken>;
  /** Throws Refusal(`token_*`); asks the revocations each time. */
  verifyDelegated(token: string): Promise<Delegation>;
  /** Whether a token claims to be this gateway's own, unverified: chooses the verifier, proves nothing. */
  isOwn(token: string): boolean;
  /** Throws Refusal('scope_exceeded') for a scope that this gateway never asks for. */
  mintFhirToken(request: FhirTokenRequest): Promise<{ accessToken: string; expiresIn: number }>;
  /** `{active: false}` for every token but the owner's own. */
  introspect(token: string, owner: TokenOwner): Promise<Introspection>;
  /** RFC 7009: a token that is not the owner's, or no token at all, is no error and nothing happens: false. */
  revoke(token: string, owner: TokenOwner): Promise<boolean>;
  jwks(): JSONWebKeySet;
}

/** Where revocations outlive the process: what `add` took has returned from fsync when it resolves. */
export interface RevocationStore {
  /** `expires` in milliseconds since the epoch. */
  entries(): Promise<readonly { readonly tenant: string; readonly key: string; readonly expires?: number }[]>;
  add(entry: {
    readonly tenant: string;
    readonly key: string;
    readonly value: Uint8Array;
    readonly expires: number;
  }): Promise<unknown>;
  prune(now: number): Promise<unknown>;
}

/** Ids of tokens that ended before their time. Asked at every verification, and again while a request runs. */
export interface Revocations {
  /** `expiresAt` in seconds since the epoch: afterwards the entry may be forgotten. */
  revoke(tenant: string, tokenId: string, expiresAt: number): Promise<void>;
  isRevoked(tenant: string, tokenId: string): Promise<boolean>;
  /** Uses up a token that is good once; false where it was used before. Durable when it resolves. */
  takeOnce(tenant: string, tokenId: string, expiresAt: number): Promise<boolean>;
}

/** Whether the task exists and may be used so; answers the reason why not. The deciding room is the policy. */
export type TaskAdmission = (asked: {
  readonly tenant: string;
  readonly task: string;
  readonly purpose: string;
  readonly actions: readonly Action[];
  readonly roles: readonly Role[];
  readonly workload: Workload;
}) =>
  | Extract<Reason, 'task_unknown' | 'purpose_not_allowed' | 'workload_not_allowed' | 'policy_denied'>
  | undefined;

/** What policy said of an exchange, as the trail keeps it. */
export type ExchangeDecision = Readonly<Record<string, string | boolean | number | readonly string[]>>;

/** Whether this person may be given a token for this, by this workload; relation and consent are decided at its use. */
export type ExchangePolicy = (asked: {
  readonly user: VerifiedUser;
  readonly workload: Workload;
  readonly scope: AccessScope;
}) => ExchangeDecision;

/** Answers the id of the patient whom an identifier names, or an id that no record has. Errors are Refusals. */
export type PatientSearch = (identifier: PatientIdentifier) => Promise<string>;

/** Holds a sign-in to what a task and purpose demand (RFC 9470); throws Refusal('authentication_too_weak'). */
export type AssuranceDemand = (
  user: VerifiedUser,
  work: { readonly task: string; readonly purpose: string },
) => void;
