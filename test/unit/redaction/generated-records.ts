import { type GoldSpan, generatePatients } from '../../../sandbox/patients/generate.ts';
import { loadPacksInForce } from '../../../src/packs.ts';
import type { Redactor } from '../../../src/redaction/ports.ts';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import { collectIdentity } from '../../../src/retrieval/collect-identity.ts';
import { isRecord, type Resource } from '../../../src/vocabulary/fhir.ts';
import type { IdentityValue } from '../../../src/vocabulary/identity-sheet.ts';

/** One free text of a generated record with every identifier that was written into it. */
export interface GeneratedText {
  readonly text: string;
  readonly spans: readonly GoldSpan[];
}

/** A generated patient as the gateway sees one: texts, the values of the record, and the redactor built from them. */
export interface GeneratedRecord {
  readonly patient: string;
  readonly identity: readonly IdentityValue[];
  readonly redactor: Redactor;
  readonly texts: readonly GeneratedText[];
}

function referencesIn(value: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const one of value) referencesIn(one, found);
  else if (isRecord(value)) {
    const { reference } = value;
    if (typeof reference === 'string') found.add(reference);
    for (const one of Object.values(value)) referencesIn(one, found);
  }
  return found;
}

/** A patient's own resources, and those of the directory that they name, directly or through another one. */
function withNamed(own: readonly Resource[], directory: ReadonlyMap<string, Resource>): Resource[] {
  const named = new Map<string, Resource>();
  const open = [...referencesIn(own)];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const resource = directory.get(key);
    if (resource === undefined || named.has(key)) continue;
    named.set(key, resource);
    open.push(...referencesIn(resource));
  }
  return [...own.filter(({ resourceType }) => resourceType !== 'Binary'), ...named.values()];
}

export function generatedRecords(seed: number): GeneratedRecord[] {
  const { bundle, spans } = generatePatients({ seed, now: Date.UTC(2026, 10, 20) });
  const directory = new Map<string, Resource>();
  const records = new Map<string, Resource[]>();
  let own: Resource[] | undefined;
  for (const resource of bundle) {
    if (resource.resourceType === 'Patient') records.set(resource.id ?? '', (own = []));
    if (own === undefined) directory.set(`${resource.resourceType}/${resource.id ?? ''}`, resource);
    else own.push(resource);
  }
  const texts = new Map<string, Map<string, GoldSpan[]>>();
  for (const span of spans) {
    const places = texts.get(span.patient) ?? new Map<string, GoldSpan[]>();
    texts.set(span.patient, places);
    const key = `${span.resource} ${span.path}`;
    places.set(key, [...(places.get(key) ?? []), span]);
  }
  const packs = loadPacksInForce();
  return [...records].map(([patient, resources]) => {
    const identity = collectIdentity(withNamed(resources, directory));
    return {
      patient,
      identity,
      redactor: createRedactor({ identity, packs }),
      texts: [...(texts.get(patient)?.values() ?? [])].map((found) => ({
        text: found[0]?.text ?? '',
        spans: found,
      })),
    };
  });
}

/** Which UTF-16 units are hidden. */
export function coverage(text: string, spans: readonly { start: number; end: number }[]): Uint8Array {
  const covered = new Uint8Array(text.length);
  for (const { start, end } of spans) covered.fill(1, start, end);
  return covered;
}

/** Letters and digits of a stretch that stay visible. */
export function visibleIn(text: string, covered: Uint8Array, start: number, end: number): string {
  let visible = '';
  for (let at = start; at < end; at += 1) {
    if (covered[at] !== 1 && /[\p{L}\p{N}]/u.test(text.charAt(at))) visible += text.charAt(at);
  }
  return visible;
}
