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
 * What the vault asks of a database. The tenant is first in every key. A method that writes MUST have committed
 * when its promise resolves, and MUST be atomic: all rows or none.
 */
export interface VaultStore {
  patientKey(tenant: string, patient: string): Promise<Uint8Array | undefined>;
  /** Keeps a key where the patient has none; answers the one that stands. */
  keepPatientKey(tenant: string, patient: string, wrapped: Uint8Array): Promise<Uint8Array>;
  scope(tenant: string, scope: string): Promise<ScopeRow | undefined>;
  /** Keeps a scope where there is none that lives at `now`; an expired one goes with its tokens. Answers the one that stands. */
  keepScope(tenant: string, row: ScopeRow, now: number): Promise<ScopeRow>;
  /** All rows of these entities in a scope. */
  forms(tenant: string, scope: string, entities: readonly string[]): Promise<readonly TokenRow[]>;
  /** Adds rows; `false`, and nothing added, where one of them collides with what stands or its scope is gone. */
  add(tenant: string, scope: string, rows: readonly TokenRow[]): Promise<boolean>;
  token(tenant: string, scope: string, random: string, form: number): Promise<TokenRow | undefined>;
  /** Removes the patient's key, scopes and tokens so that the bytes are gone from the file. */
  erase(tenant: string, patient: string): Promise<void>;
  /** Removes scopes that expired at or before `now`; answers how many tokens went. */
  purge(now: number): Promise<number>;
  close(): Promise<void>;
}
