import { isFhirId, isRecord } from '../../vocabulary/fhir.ts';

/** Who is who in another record system: relative references of persons and organizations, one to one. */
export interface CrossReference {
  /** `Patient/9` there for `Patient/p1` here; undefined where nothing links it. */
  there(reference: string): string | undefined;
  here(reference: string): string | undefined;
}

/** What may be linked: persons and organizations. Records of a visit or a result are of one system only. */
const linkable = /^(Patient|Practitioner|PractitionerRole|RelatedPerson|Organization|Location)\/(.{1,64})$/;

const partsOf = (reference: unknown): readonly [type: string, id: string] | undefined => {
  const parts = typeof reference === 'string' ? linkable.exec(reference) : null;
  return parts?.[1] !== undefined && isFhirId(parts[2]) ? [parts[1], parts[2]] : undefined;
};

/**
 * Reads a cross-reference, `{"Patient/p1": "Patient/9", …}`: from references of the tenant's own server to those of the
 * other one. Undefined where it is none: not an object of references, two types linked, or anybody linked twice, in
 * either direction.
 */
export function readCrossReference(text: string): CrossReference | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(parsed)) return undefined;
  // JSON takes the last of two members of one name: which of them was meant nobody knows.
  if ((text.match(/"(?:[^"\\]|\\.)*"/g) ?? []).length !== 2 * Object.keys(parsed).length) return undefined;
  const there = new Map<string, string>();
  const here = new Map<string, string>();
  for (const [own, other] of Object.entries(parsed)) {
    const [from, to] = [partsOf(own), partsOf(other)];
    if (typeof other !== 'string' || from === undefined || to === undefined) return undefined;
    if (from[0] !== to[0] || here.has(other)) return undefined;
    there.set(own, other);
    here.set(other, own);
  }
  return { there: (reference) => there.get(reference), here: (reference) => here.get(reference) };
}

export interface CrossReferenceFile {
  readonly path: string;
  /** The links as they are now; what was handed out does not change with the file. */
  readonly links: () => CrossReference;
  /** Reads the file again. */
  reload(): void;
}

const nobody: CrossReference = { there: () => undefined, here: () => undefined };

/**
 * The cross-reference that a file holds now. One that is gone links nobody; one that cannot be used, half written say,
 * leaves the last good one standing, and `onFault` hears of it.
 */
export function crossReferenceFile(
  path: string,
  readFile: (path: string) => string | undefined,
  onFault: () => void,
): CrossReferenceFile {
  let held: { readonly text: string; readonly links: CrossReference } | undefined;
  const reload = (): void => {
    try {
      const text = readFile(path) ?? '{}';
      if (held?.text === text) return;
      const links = readCrossReference(text);
      if (links === undefined) onFault();
      else held = { text, links };
    } catch {
      onFault();
    }
  };
  reload();
  return {
    path,
    reload,
    links: () => held?.links ?? nobody,
  };
}
