import { isRecord } from '../../src/vocabulary/fhir.ts';

/** Every value at a path of element names; arrays on the way are flattened. A missing element gives nothing. */
export function valuesAt(node: unknown, path: readonly string[]): unknown[] {
  const found: unknown[] = [];
  collect(node, path, 0, found);
  return found;
}

function collect(node: unknown, path: readonly string[], depth: number, found: unknown[]): void {
  if (Array.isArray(node)) {
    for (const member of node) collect(member, path, depth, found);
    return;
  }
  const step = path[depth];
  if (step === undefined) {
    if (node !== undefined && node !== null) found.push(node);
  } else if (isRecord(node)) {
    collect(node[step], path, depth + 1, found);
  }
}

export interface LiteralReference {
  readonly type: string;
  readonly id: string;
}

const literal =
  /^(?:.*\/)?([A-Z][A-Za-z]{1,39})\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;

/** `Type/id` of a literal reference (relative, absolute or versioned); undefined for `#contained`, `urn:` and queries. */
export function parseReference(text: unknown): LiteralReference | undefined {
  if (typeof text !== 'string' || text.length > 2000) return undefined;
  const match = literal.exec(text);
  const [, type, id] = match ?? [];
  return type === undefined || id === undefined ? undefined : { type, id };
}

/** The literal references standing at the given paths: a Reference, a `reference` string, or a bare uri. */
export function referencesAt(node: unknown, paths: readonly (readonly string[])[]): LiteralReference[] {
  const found: LiteralReference[] = [];
  for (const path of paths) {
    for (const value of valuesAt(node, path)) {
      const reference = parseReference(isRecord(value) ? value['reference'] : value);
      if (reference !== undefined) found.push(reference);
    }
  }
  return found;
}
