import { Refusal } from '../errors/refusal.ts';
import { isFhirId, type Resource, referenceOf, withoutVersion } from '../vocabulary/fhir.ts';
import type { FhirUser } from '../vocabulary/person.ts';
import type { FhirReader } from './ports.ts';

/** Roles of one person; more are an error, not a part of them. */
const most = 500;

/** Of a role only what says who is meant, since when, and whether it can be understood: it is kept for a minute. */
const kept = [
  'resourceType',
  'id',
  'meta',
  'active',
  'period',
  'practitioner',
  'organization',
  'implicitRules',
  'modifierExtension',
] as const;
const narrowed = (role: Resource): Resource => ({
  resourceType: role.resourceType,
  ...Object.fromEntries(kept.filter((name) => name in role).map((name) => [name, role[name]])),
});

/** By a version as well: whom a role names does not turn on which one. */
const names = (reference: unknown, self: string): boolean => {
  const named = referenceOf(reference);
  return named !== undefined && withoutVersion(named) === self;
};

/**
 * PractitionerRoles (R4) of the asker as the record system has them, ended and unreadable ones too. Undefined where it
 * cannot tell: the asker is no practitioner, or the server has no such resource or search. Errors are Refusals.
 */
export async function readRolesHeld(
  reader: FhirReader,
  fhirUser: FhirUser,
): Promise<readonly Resource[] | undefined> {
  if (fhirUser.type !== 'Practitioner' && fhirUser.type !== 'PractitionerRole') return undefined;
  const { searchParams, types } = await reader.capabilities();
  if (!types.has('PractitionerRole')) return undefined;
  if (fhirUser.type === 'PractitionerRole') {
    const role = await reader.read('PractitionerRole', fhirUser.id);
    // One that is not there any more is held by nobody.
    return [
      role === undefined
        ? { resourceType: 'PractitionerRole', id: fhirUser.id, active: false }
        : narrowed(role),
    ];
  }
  if (searchParams?.get('PractitionerRole')?.has('practitioner') === false) return undefined;
  const self = `Practitioner/${fhirUser.id}`;
  const found = await reader.search(
    'PractitionerRole',
    { practitioner: self, _count: '200' },
    { maxResources: most },
  );
  if (found.cut) throw new Refusal('fhir_malformed');
  const own = found.matches.filter(
    (one) => one.resourceType === 'PractitionerRole' && isFhirId(one.id) && names(one['practitioner'], self),
  );
  if (own.length < found.matches.length)
    reader.suspect?.('filter_ignored', found.matches.length - own.length);
  return own.map(narrowed);
}
