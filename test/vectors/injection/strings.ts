import { existsSync, readFileSync } from 'node:fs';
import { isRecord } from '../../../src/vocabulary/fhir.ts';

const folder = '../shared/data/injection';
export const present = existsSync(folder);

const read = (file: string): unknown => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'));

/** Every attack of BIPIA: texts and code, of the training and the test part. */
export function attacks(): readonly string[] {
  if (!present) return [];
  const files = ['text_attack_train', 'text_attack_test', 'code_attack_train', 'code_attack_test'];
  return files.flatMap((file) => {
    const kinds = read(`bipia/${file}.json`);
    const lists: unknown[] = isRecord(kinds) ? Object.values(kinds) : [];
    return lists.flatMap((list) => (Array.isArray(list) ? list.map(String) : []));
  });
}

/** Harmless texts that hold the words of attacks: NotInject, and what WildGuard has of that kind. */
export function harmlessTexts(): readonly string[] {
  if (!present) return [];
  const files = ['NotInject_one', 'NotInject_two', 'NotInject_three', 'valid', 'wildguard'];
  return files.flatMap((file) => {
    const rows = read(`notinject/${file}.json`);
    const list: readonly unknown[] = Array.isArray(rows) ? rows : [];
    return list.flatMap((row) =>
      isRecord(row) && typeof row['prompt'] === 'string' && (row['label'] ?? 0) === 0 ? [row['prompt']] : [],
    );
  });
}
