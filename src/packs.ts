import { join } from 'node:path';
import { findDataFolder } from './config/product-folder.ts';
import type { Pack } from './redaction/pack.ts';
import { loadPack } from './redaction/pack-loader.ts';

/** Packs by name, as they ship. */
export const packNames = [
  'hipaa-safe-harbor',
  'limited-data-set',
  'gdpr',
  'es',
  'de',
  'fr',
  'strict',
] as const;

/** One shipped pack with everything that it extends. */
export function loadShippedPack(name: (typeof packNames)[number]): Pack {
  const rules = findDataFolder('redaction-rules');
  return loadPack(join(rules, `${name}.yaml`), join(rules, 'pack.schema.json'));
}

/** The packs that ship with the product and are in force for every envelope. */
export const loadShippedPacks = (): readonly Pack[] => [loadShippedPack('hipaa-safe-harbor')];
