import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isRecord } from '../vocabulary/fhir.ts';

/** Folders of data that ship beside the code, see `files` in package.json. */
export type DataFolder = 'labels' | 'policies' | 'tasks' | 'redaction-rules';

/**
 * Absolute path of a folder that ships with the product: the same from the sources, from `dist`, and from
 * `node_modules` of somebody else. Walks up to the package.json that is ours. Throws where the product is incomplete.
 */
export function findDataFolder(name: DataFolder): string {
  const folder = join(productRoot(), name);
  if (!existsSync(folder)) throw new Error(`this installation has no ${name} folder`);
  return folder;
}

/** The folder whose package.json names phi-gateway. */
export function productRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    if (isOurs(join(folder, 'package.json'))) return folder;
    const parent = dirname(folder);
    if (parent === folder) throw new Error('the package.json of phi-gateway was not found');
    folder = parent;
  }
}

function isOurs(file: string): boolean {
  if (!existsSync(file)) return false;
  const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return isRecord(manifest) && manifest['name'] === 'phi-gateway';
}
