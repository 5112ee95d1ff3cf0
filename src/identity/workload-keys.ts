import type { WorkloadKeyFile } from '../config/config.ts';
import { type PublicKey, publicKeysOf } from '../config/public-keys.ts';
import type { Workload } from '../vocabulary/person.ts';

/** Keys that workloads sign client assertions with, as their files hold them now. */
export interface WorkloadKeys {
  /** Undefined for a workload that has none at all. */
  keysOf(workload: Workload): readonly PublicKey[] | undefined;
  /** Reads the files again. */
  reload(): void;
  readonly files: readonly string[];
}

const nameOf = (tenant: string, workload: string): string => JSON.stringify([tenant, workload]);

/**
 * Keys from the configured files, for workloads that have one; for others those of their entry. A file that is gone or
 * empty holds no key, so that nobody speaks for the workload; one that cannot be used, half written say, leaves the last
 * good keys standing, and `onFault` hears of it.
 */
export function createWorkloadKeys(
  files: readonly WorkloadKeyFile[],
  readFile: (path: string) => string | undefined,
  onFault: () => void,
): WorkloadKeys {
  const held = new Map<string, { readonly text: string; readonly keys: readonly PublicKey[] }>();

  function reloadOne({ path, tenant, workload }: WorkloadKeyFile): void {
    const name = nameOf(tenant, workload);
    try {
      const text = readFile(path) ?? '';
      if (held.get(name)?.text === text) return;
      const keys = text.trim() === '' ? [] : publicKeysOf(text);
      if (keys === undefined) onFault();
      else held.set(name, { text, keys });
    } catch {
      onFault();
    }
  }

  const reload = (): void => {
    for (const file of files) reloadOne(file);
  };
  reload();
  return {
    keysOf: (workload) => held.get(nameOf(workload.tenant, workload.id))?.keys ?? workload.keys,
    reload,
    files: files.map(({ path }) => path),
  };
}
