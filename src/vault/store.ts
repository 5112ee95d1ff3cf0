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
  /** The eight random characters, shared by all forms of an entity. */
  readonly random: string;
  readonly form: number;
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
  /** Removes a scope with its tokens, where there is one. */
  removeScope(tenant: string, scope: string): void;
  /** All rows of one entity in a scope. */
  forms(tenant: string, scope: string, entity: string): readonly TokenRow[];
  token(tenant: string, scope: string, random: string, form: number): TokenRow | undefined;
  addToken(tenant: string, scope: string, row: TokenRow): void;
  /** Removes the patient's key, scopes and tokens. */
  erase(tenant: string, patient: string): void;
  /** Removes scopes that expired at or before `now`; answers how many tokens went. */
  purge(now: number): number;
  /** Writes what stands there already, so that the commit meets the disk. */
  probe(): void;
}
