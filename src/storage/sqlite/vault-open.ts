import type { TokenVault } from '../../vault/ports.ts';
import { createTokenVault, type VaultOptions } from '../../vault/token-vault.ts';
import { openSqliteVaultStore } from './vault-store.ts';

/**
 * Opens the vault in a file of its own, made where there is none. Throws RangeError where the master key is not
 * 32 bytes of base64; a file that is no database refuses as `vault_unavailable` would, by throwing here.
 */
export async function openVault(options: VaultOptions & { readonly path: string }): Promise<TokenVault> {
  const { path, ...vault } = options;
  return createTokenVault(openSqliteVaultStore(path), vault);
}
