import { type FhirStore, patientsOf } from '../../sandbox/fhir/store.ts';
import { collectIdentifiers, fold, type Identifiers, textsIn } from './matcher.ts';

const without = (values: ReadonlySet<string>, held: (value: string) => boolean): ReadonlySet<string> =>
  new Set([...values].filter((value) => !held(value)));

/**
 * Identifiers of everybody but one patient, less what stands in that patient's own record or among the staff: a
 * family may share a name or an address, a nurse may be a patient too, and that patient's caller may read them.
 */
export function othersThan(store: FhirStore, patient: string): Identifiers {
  const all = store.types().flatMap((type) => store.all(type));
  const about = (resource: (typeof all)[number]): readonly string[] =>
    resource.resourceType === 'Patient' ? [resource.id] : patientsOf(resource);
  const isOwn = (resource: (typeof all)[number]): boolean => {
    const patients = about(resource);
    return patients.length === 0 || patients.includes(patient);
  };
  const own = all.filter(isOwn);
  const foreign = all.filter((resource) => !isOwn(resource));
  const text = fold(JSON.stringify(own));
  const digits = text.replace(/[^\d"]/g, '');
  const found = collectIdentifiers(foreign);
  const born = collectIdentifiers(foreign.filter(({ resourceType }) => resourceType === 'Patient')).days;
  const standing = textsIn(text, found.texts);
  const words = new Set(text.match(/\p{L}+/gu) ?? []);
  return {
    names: without(found.names, (value) => words.has(value)),
    ordinary: new Map([...found.ordinary].filter(([value]) => !words.has(value))),
    texts: without(found.texts, (value) => standing.has(value)),
    digits: without(found.digits, (value) => digits.includes(value)),
    // Two records meet on many days; only a day of birth tells who.
    days: without(born, (value) => text.includes(value)),
  };
}
