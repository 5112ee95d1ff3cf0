import { isRecord } from '../vocabulary/fhir.ts';

/** What a resource says in codes and in words, without what identifies persons. */
export interface Telling {
  readonly codings: readonly { readonly system: string; readonly code: string }[];
  readonly texts: readonly string[];
}

/** Elements that say who or where, or nothing at all. */
const silent: ReadonlySet<string> = new Set([
  'meta',
  'id',
  'identifier',
  'telecom',
  'address',
  'contact',
  'div',
  'data',
  'url',
  'birthDate',
]);
/** Elements whose strings are words about the matter. */
const speaking: ReadonlySet<string> = new Set([
  'text',
  'display',
  'title',
  'name',
  'description',
  'conclusion',
  'comment',
  'valueString',
  'valueMarkdown',
  'patientInstruction',
  'topic',
  'summary',
]);
/** Elements that name persons, also where a reference is only a display. */
const persons: ReadonlySet<string> = new Set([
  'subject',
  'patient',
  'beneficiary',
  'recorder',
  'asserter',
  'author',
  'performer',
  'requester',
  'informationSource',
  'individual',
  'member',
  'actor',
  'practitioner',
  'enterer',
  'sender',
  'subscriber',
  'policyHolder',
  'authenticator',
]);
const personTypes = /(?:^|\/)(?:Patient|Practitioner|PractitionerRole|RelatedPerson|Person)\/[^/]+$/;

/** A reference to a person. What wraps one (`CareTeam.participant`, `Procedure.performer`) is none itself. */
function isPerson(name: string, { display, reference }: Readonly<Record<string, unknown>>): boolean {
  if (typeof reference === 'string') return personTypes.test(reference);
  return typeof display === 'string' && persons.has(name);
}

/** Walks resources whole: whatever they carry in codes and words tells what they are about. */
export function tellingOf(...resources: readonly unknown[]): Telling {
  const codings: { system: string; code: string }[] = [];
  const texts: string[] = [];
  const walk = (name: string, value: unknown): void => {
    if (typeof value === 'string') {
      if (speaking.has(name)) texts.push(value);
      return;
    }
    if (Array.isArray(value)) {
      for (const entry of value) walk(name, entry);
      return;
    }
    if (!isRecord(value)) return;
    if (isPerson(name, value)) return;
    const { system, code } = value;
    if (typeof system === 'string' && typeof code === 'string') codings.push({ system, code });
    for (const [key, child] of Object.entries(value)) {
      if (silent.has(key) || (key === 'name' && typeof child !== 'string')) continue;
      walk(key, child);
    }
  };
  for (const resource of resources) walk('', resource);
  return { codings, texts };
}
