import { type Document, findFiles, readDocuments } from './load/documents.ts';
import { Gathering } from './load/entries.ts';
import { NumberedNames } from './load/name-digits.ts';
import { type ReferenceCounts, Rewriting } from './load/rewrite.ts';
import { FhirStore } from './store.ts';

export interface LoadOptions {
  /** Where to put the resources; a new store when absent. */
  readonly store?: FhirStore;
  /** Strip the digits of Synthea names (`Beatris270`); true when absent. */
  readonly stripNameDigits?: boolean;
  readonly onProgress?: (progress: { files: number; ofFiles: number; resources: number }) => void;
}

export interface LoadReport {
  readonly store: FhirStore;
  readonly files: number;
  readonly resources: number;
  /** Ids of the patients of this load, in order of arrival. */
  readonly patients: readonly string[];
  readonly types: Readonly<Record<string, number>>;
  readonly references: Readonly<ReferenceCounts>;
  /** Different names whose digits were stripped. */
  readonly names: number;
  /** Entries that came again under the same id, or that a conditional create found present. */
  readonly repeated: number;
  /** Documents that are JSON but no FHIR resource. */
  readonly skipped: readonly string[];
}

/**
 * Loads R4 Bundles (transaction, batch, collection, any other) and single resources from files and folders:
 * `.json`, `.ndjson`, both also `.gz`, and `.tar.gz` of these. References between them become `Type/id`, conditional
 * ones are resolved by identifier or become logical, digits leave Synthea names everywhere. Nothing clinical is
 * added. The store is written only after everything was read. Throws when a path is missing or a file not JSON.
 */
export async function loadFhir(paths: readonly string[], options: LoadOptions = {}): Promise<LoadReport> {
  const { store = new FhirStore(), stripNameDigits = true, onProgress } = options;
  const gathering = new Gathering();
  const skipped: string[] = [];
  const files = await findFiles(paths);
  for await (const { index, documents } of oneAhead(files)) {
    for (const { source, content } of documents) {
      if (!gathering.add(content)) skipped.push(source);
    }
    onProgress?.({ files: index + 1, ofFiles: files.length, resources: gathering.entries.size });
  }

  const names = new NumberedNames();
  const entries = [...gathering.entries.values()];
  if (stripNameDigits) for (const { resource, links } of entries) names.learn(resource, links);
  const rewriting = new Rewriting(gathering, names);
  const types: Record<string, number> = {};
  for (const entry of entries) {
    store.put(rewriting.resource(entry));
    types[entry.type] = (types[entry.type] ?? 0) + 1;
  }
  return {
    store,
    files: files.length,
    resources: entries.length,
    patients: entries.filter(({ type }) => type === 'Patient').map(({ id }) => id),
    types,
    references: rewriting.counts,
    names: names.size,
    repeated: gathering.repeated,
    skipped,
  };
}

/** The documents of each file in order; the next file is read while this one is worked on. */
async function* oneAhead(
  files: readonly string[],
): AsyncGenerator<{ readonly index: number; readonly documents: readonly Document[] }> {
  const start = (index: number) => {
    const file = files[index];
    const documents = file === undefined ? undefined : documentsOf(file);
    // Whether it failed is asked when its turn comes.
    documents?.catch(() => undefined);
    return documents;
  };
  let next = start(0);
  for (let index = 0; next !== undefined; index++) {
    const documents = await next;
    next = start(index + 1);
    yield { index, documents };
  }
}

async function documentsOf(file: string): Promise<Document[]> {
  const documents: Document[] = [];
  for await (const document of readDocuments(file)) documents.push(document);
  return documents;
}
