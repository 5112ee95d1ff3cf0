import type { Config } from '../config/config.ts';
import {
  type CrossReferenceFile,
  crossReferenceFile,
  readCrossReference,
} from '../retrieval/elsewhere/cross-reference.ts';

/** The cross-references of all tenants, by the path of their file. */
export interface CrossReferences {
  of(path: string): CrossReferenceFile;
  readonly files: readonly string[];
  /** Reads the files again. */
  reload(): void;
}

/** Throws where a file is missing or cannot be used: a gateway does not start on links that nobody can read. */
export function openCrossReferences(
  config: Pick<Config, 'tenants'>,
  readFile: (path: string) => string | undefined,
  onFault: () => void,
): CrossReferences {
  const held = new Map(
    config.tenants
      .flatMap(({ furtherFhir }) => furtherFhir.map(({ crossReference }) => crossReference))
      .map((path) => {
        if (readCrossReference(readFile(path) ?? '') === undefined)
          throw new Error(`cross-reference ${path} is missing or not usable`);
        return [path, crossReferenceFile(path, readFile, onFault)] as const;
      }),
  );
  return {
    of(path) {
      const file = held.get(path);
      if (file === undefined) throw new Error('a cross-reference that nobody configured');
      return file;
    },
    files: [...held.keys()],
    reload: () => {
      for (const file of held.values()) file.reload();
    },
  };
}
