import { Buffer } from 'node:buffer';
import type { GeneratedPatient } from '../../../sandbox/patients/generate.ts';
import { generatePatients } from '../../../sandbox/patients/generate.ts';
import type { Resource } from '../../../src/vocabulary/fhir.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';

export const now = Date.UTC(2026, 10, 20, 15, 30);
export const set = generatePatients({ seed: 7, now });
export const byKey = new Map(
  set.bundle.map((resource) => [`${resource.resourceType}/${resource.id}`, resource]),
);

/** Every value of a tree with its path, depth first. */
export function* walk(value: unknown, path = ''): Generator<readonly [path: string, value: unknown]> {
  yield [path, value];
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* walk(item, `${path}[${index}]`);
  else if (isRecord(value))
    for (const [key, item] of Object.entries(value)) yield* walk(item, path === '' ? key : `${path}.${key}`);
}

/** The value at a path as the spans write it: `content[0].attachment`. */
export function at(resource: Resource | undefined, path: string): unknown {
  let value: unknown = resource;
  for (const step of path.split(/[.[\]]+/).filter((part) => part !== '')) {
    if (Array.isArray(value)) value = value[Number(step)];
    else if (isRecord(value)) value = value[step];
    else return undefined;
  }
  return value;
}

export const references = (resource: Resource): string[] =>
  [...walk(resource)].flatMap(([path, value]) =>
    path.endsWith('reference') && typeof value === 'string' ? [value] : [],
  );

const owners = ['subject', 'patient', 'beneficiary'] as const;

/** Patient id that a resource is about, by the elements that the gateway checks too. */
export function ownerOf(resource: Resource): string | undefined {
  if (resource.resourceType === 'Patient') return resource.id;
  for (const element of owners) {
    const value = resource[element];
    const reference = Array.isArray(value)
      ? at(resource, `${element}[0].reference`)
      : at(resource, `${element}.reference`);
    if (typeof reference === 'string') return reference.replace('Patient/', '');
  }
  if (resource.resourceType !== 'Appointment') return undefined;
  return references(resource)
    .find((reference) => reference.startsWith('Patient/'))
    ?.replace('Patient/', '');
}

export const patientOf = (story: string): string => {
  const found: GeneratedPatient | undefined = set.patients.find((patient) => patient.story === story);
  if (found === undefined) throw new Error(`no story ${story}`);
  return found.id;
};

const owned = new Map<string | undefined, Resource[]>();
for (const resource of set.bundle) {
  const owner = ownerOf(resource);
  const list = owned.get(owner);
  if (list === undefined) owned.set(owner, [resource]);
  else list.push(resource);
}

export const recordOf = (story: string, type?: string): Resource[] =>
  (owned.get(patientOf(story)) ?? []).filter(
    ({ resourceType }) => type === undefined || resourceType === type,
  );

/** First coding's code of a CodeableConcept at a path. */
export const codeOf = (resource: Resource, path = 'code'): unknown => at(resource, `${path}.coding[0].code`);

export const decoded = (attachment: unknown): string => {
  if (!isRecord(attachment)) throw new Error('no attachment');
  const { data, url } = attachment;
  const inside = typeof data === 'string' ? data : at(byKey.get(String(url)), 'data');
  return Buffer.from(String(inside), 'base64').toString('utf8');
};
