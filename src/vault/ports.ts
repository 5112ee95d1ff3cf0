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
  /** Destroys the patient's key: nothing of the patient resolves any more, in any scope. */
  erase(tenant: string, patient: string): Promise<void>;
  /** Removes scopes whose retention has ended; answers how many tokens went. */
  purge(now: number): Promise<number>;
  /** Whether the disk takes writes: what it did last, or where that failed, whether it does so now. */
  writable(): Promise<boolean>;
  close(): Promise<void>;
}
