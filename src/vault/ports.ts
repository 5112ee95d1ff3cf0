import type { VaultScope } from '../vocabulary/scope.ts';
import type { TokenType } from '../vocabulary/token.ts';

/** One value to be hidden: `entity` groups written forms, `form` is the text exactly as it stands. */
export interface TokenRequest {
  readonly type: TokenType;
  /** Groups the written forms of one value inside a scope; keyed-hashed before it is stored. */
  readonly entity: string;
  readonly form: string;
  /** Days since the Unix epoch, for dates: the vault adds the scope's random anchor. */
  readonly epochDay?: number;
}

export interface IssuedToken {
  readonly request: TokenRequest;
  /** As spelled in the text, see vocabulary/token.ts. */
  readonly token: string;
}

/**
 * Encrypted store of what was hidden. The same request has the same token within a scope and an unrelated one
 * elsewhere. Values are AES-256-GCM under the patient's own key; destroying that key erases them.
 */
export interface TokenVault {
  issue(scope: VaultScope, requests: readonly TokenRequest[]): Promise<readonly IssuedToken[]>;
  /** Values of tokens that this very scope issued; anything else is absent from the answer. */
  resolve(scope: VaultScope, tokens: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The random day that the scope's day counts start from, in days since the epoch. */
  anchor(scope: VaultScope): Promise<number>;
  /** Removes scopes with their tokens: nothing of them resolves any more, and the same values get other tokens. */
  forget(scopes: readonly VaultScope[]): Promise<void>;
  /**
   * Destroys the patient's key: nothing of the patient resolves any more, in any scope; whom the pseudonym stands for
   * and the facts that were sealed for the trail can no longer be read. Answers whether there was such a key.
   */
  erase(tenant: string, patient: string): Promise<boolean>;
  /** Removes scopes whose retention has ended; answers how many tokens went. */
  purge(now: number): Promise<number>;
  close(): Promise<void>;
}

/** Who stands behind a pseudonym: a user as JSON of issuer and subject, a patient by the id in the record system. */
export interface Subject {
  readonly kind: 'user' | 'patient';
  readonly value: string;
}

export interface Enrolment extends Subject {
  readonly tenant: string;
  readonly pseudonym: string;
}

/** Whom the pseudonyms of the trail stand for: encrypted, a patient's under the patient's own key as well. */
export interface SubjectDirectory {
  /** Durable when it resolves. For a patient answers the key of the facts that are sealed for the trail. */
  enrol(enrolment: Enrolment): Promise<Uint8Array | undefined>;
  /** Undefined where nobody is known by this pseudonym in this tenant, or the patient was erased. */
  subject(tenant: string, pseudonym: string): Promise<Subject | undefined>;
  /** The key of the facts of the patient behind a pseudonym; undefined as above. */
  factsKey(tenant: string, pseudonym: string): Promise<Uint8Array | undefined>;
}

/**
 * By what the patients of a tenant can be told whose records were read in the last 90 days: keyed digests, which nobody
 * reads without the key and which go when the patient is erased.
 */
export interface PatientIndex {
  /** Keeps that these values are this patient's. Durable when it resolves. */
  remember(tenant: string, patient: string, values: readonly string[]): Promise<void>;
  /** How many of the values are another patient's of the tenant, and not this one's. */
  ofOthers(tenant: string, patient: string, values: readonly string[]): Promise<number>;
}

/** How often a tenant's part of the vault changed in what must not come back, and a hash over all those changes. */
export interface VaultHead {
  readonly tenant: string;
  readonly version: number;
  readonly hash: string;
}
