import { existsSync, readFileSync } from 'node:fs';
import { isRecord } from '../../../src/vocabulary/fhir.ts';

const folder = '../shared/data/injection';
export const present = existsSync(folder);

const read = (file: string): unknown => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'));

/** Attacks of one file of BIPIA, by kind. */
function kindsIn(file: string): readonly (readonly string[])[] {
  const kinds = read(`bipia/${file}.json`);
  return (isRecord(kinds) ? Object.values(kinds) : []).map((list) =>
    Array.isArray(list) ? list.map(String) : [],
  );
}

/** Every attack of BIPIA: texts and code, of the training and the test part. */
export function attacks(): readonly string[] {
  if (!present) return [];
  const files = ['text_attack_train', 'text_attack_test', 'code_attack_train', 'code_attack_test'];
  return files.flatMap((file) => kindsIn(file).flat());
}

/** The first kinds of text attacks are requests that anybody may make; the others say what is to be done to the answer. */
const kindsOfRequests = 5;

/** The attacks of BIPIA by what they want. */
export function attackKinds(): Readonly<Record<'requests' | 'answers' | 'programs', readonly string[]>> {
  const texts = ['text_attack_train', 'text_attack_test'].map(kindsIn);
  return {
    requests: texts.flatMap((kinds) => kinds.slice(0, kindsOfRequests).flat()),
    answers: texts.flatMap((kinds) => kinds.slice(kindsOfRequests).flat()),
    programs: ['code_attack_train', 'code_attack_test'].flatMap((file) => kindsIn(file).flat()),
  };
}

/** Attacks of the test half of deepset's set, which the rules were not written with. */
export const unseenAttacks = (): readonly string[] =>
  readFileSync(`${folder}/deepset/test.jsonl`, 'utf8')
    .trim()
    .split('\n')
    .flatMap((line) => {
      const row: unknown = JSON.parse(line);
      return isRecord(row) && row['label'] === 1 && typeof row['text'] === 'string' ? [row['text']] : [];
    });

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
