import type { VaultHead } from './ports.ts';

/** One conversation of one patient; every name is a keyed pseudonym, the anchor is sealed. */
export interface ScopeRow {
  readonly scope: string;
  readonly patient: string;
  readonly anchor: Uint8Array;
  /** Epoch milliseconds. */
  readonly expires: number;
}

/** One hidden value in one written form. */
export interface TokenRow {
  /** Keyed index of type and entity within the scope. */
  readonly entity: string;
  /** Keyed index of the exact request within the scope. */
  readonly lookup: string;
  readonly type: string;
  /** The eight random characters, shared by all forms of an entity and by no other entity of the tenant. */
  readonly random: string;
  readonly form: number;
  readonly sealed: Uint8Array;
}

/** Whom a pseudonym of the trail stands for. */
export interface SubjectRow {
  readonly pseudonym: string;
  /** Keyed pseudonym of the patient inside the vault; absent for a user. */
  readonly patient?: string;
  readonly sealed: Uint8Array;
}

/**
 * What a unit of the vault's work asks of a database. The tenant is first in every key. Synchronous, because a unit
 * is one transaction in a thread of its own: between two of these calls nobody else has written.
 */
export interface VaultRows {
  patientKey(tenant: string, patient: string): Uint8Array | undefined;
  addPatientKey(tenant: string, patient: string, wrapped: Uint8Array): void;
  scope(tenant: string, scope: string): ScopeRow | undefined;
  addScope(tenant: string, row: ScopeRow): void;
  /** Lets a scope expire earlier. */
  shortenScope(tenant: string, scope: string, expires: number): void;
  /** Removes a scope with its tokens; answers whether there was one. */
  removeScope(tenant: string, scope: string): boolean;
  /** All rows of one entity in a scope. */
  forms(tenant: string, scope: string, entity: string): readonly TokenRow[];
  token(tenant: string, scope: string, random: string, form: number): TokenRow | undefined;
  /** Whether an entity of any scope of the tenant has these random characters. */
  taken(tenant: string, random: string): boolean;
  addToken(tenant: string, scope: string, row: TokenRow): void;
  /** Keeps that a value is a patient's, seen at `now` (epoch milliseconds). */
  addValue(tenant: string, digest: string, patient: string, now: number): void;
  /** Whose value it is: so many at most. */
  bearers(tenant: string, digest: string, most: number): readonly string[];
  /** Forgets the values of patients that were not seen since. */
  forgetValues(seenBefore: number): void;
  /** Removes the patient's key, scopes, tokens, pseudonyms and values; answers whether there was a key. */
  erase(tenant: string, patient: string): boolean;
  subject(tenant: string, pseudonym: string): SubjectRow | undefined;
  addSubject(tenant: string, row: SubjectRow): void;
  /** The newest head of a tenant, and the one of a version. */
  head(tenant: string, version?: number): VaultHead | undefined;
  heads(): readonly VaultHead[];
  addHead(head: VaultHead): void;
  /** Forgets the heads before this version. */
  forgetHeads(tenant: string, version: number): void;
  /** Removes scopes that expired at or before `now`; answers how many tokens went. */
  purge(now: number): number;
  /** Writes what stands there already, so that the commit meets the disk. */
  probe(): void;
}
