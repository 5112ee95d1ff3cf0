import type { ConsentLookups } from '../consent/decide.ts';
import { holdsNow, intervalOf } from '../consent/instants.ts';
import { canBeRelated } from '../consent/named.ts';
import { mentionsOf } from '../consent/resource-facts.ts';
import { Refusal } from '../errors/refusal.ts';
import { isFhirId, isRecord, type Resource, referenceOf, withoutVersion } from '../vocabulary/fhir.ts';
import { table } from '../vocabulary/table.ts';
import { closingAs } from './control-reads.ts';
import { elementsOf, isAbout } from './elements.ts';
import type { FhirReader } from './ports.ts';

/** Organizations above one another that are followed; beyond that the answer is an error, not a part of it. */
const levels = 8;

const partsOf = (reference: string): readonly [type: string, id: string] => {
  const [type = '', id = '', ...more] = reference.split('/');
  return more.length > 0 ? ['', ''] : [type, id];
};

/** In force now, and without anything that changes its meaning. */
const isPlain = (element: Readonly<Record<string, unknown>>, now: number): boolean =>
  !('modifierExtension' in element) && !('implicitRules' in element) && holdsNow(element['period'], now);

/** Whether it can be told that a role is held now, or that it is not: one that may be held may be the one denied. */
const isUnderstood = (role: Resource): boolean => {
  const { active, period } = role;
  const { start, end } = isRecord(period) ? period : {};
  return (
    !('modifierExtension' in role) &&
    !('implicitRules' in role) &&
    (active === undefined || typeof active === 'boolean') &&
    (period === undefined || isRecord(period)) &&
    [start, end].every((one) => one === undefined || intervalOf(one) !== undefined)
  );
};

/** Under which references the asker is meant too, and whether these are all. */
interface Affiliations {
  readonly names: readonly string[];
  readonly complete: boolean;
}

/** Elements of a group that name members, by type: the list and the reference in each of its entries. */
const memberElements = table<readonly [list: string, reference: string]>({
  Group: ['member', 'entity'],
  CareTeam: ['participant', 'member'],
});

/**
 * Who a group names, where all of them can be told. An entry that has ended or is not understood leaves open whether
 * it counts, so that the whole stays unknown.
 */
function membersNamed(group: Resource, now: number): readonly string[] | undefined {
  const elements = memberElements[group.resourceType];
  if (elements === undefined || !isPlain(group, now)) return undefined;
  const enumerated =
    group.resourceType === 'Group'
      ? group['actual'] === true && group['active'] !== false && group['characteristic'] === undefined
      : group['status'] === 'active';
  if (!enumerated) return undefined;
  const [list, name] = elements;
  const members: string[] = [];
  for (const entry of elementsOf(group[list])) {
    const reference = referenceOf(entry[name]);
    if (reference === undefined || !isPlain(entry, now) || entry['inactive'] === true) return undefined;
    members.push(reference);
  }
  return members;
}

/** An organization by which somebody could be meant; undefined where it is named otherwise than consents name one. */
function organizationIn(value: unknown): string | undefined {
  const reference = referenceOf(value) ?? '';
  const [type, id] = partsOf(reference);
  return type === 'Organization' && isFhirId(id) ? reference : undefined;
}

/**
 * The organization that an element names, and those above it, each once. Not complete where one of them is named by
 * something that cannot be compared (an identifier, a version): it may be any.
 */
async function above(reader: FhirReader, element: unknown): Promise<Affiliations> {
  const chain = new Set<string>();
  for (let at = element; at !== undefined; ) {
    const organization = organizationIn(at);
    if (organization === undefined) return { names: [...chain], complete: false };
    if (chain.has(organization)) break;
    if (chain.size >= levels) throw new Refusal('fhir_malformed');
    chain.add(organization);
    const [type, id] = partsOf(organization);
    at = (await reader.read(type, id))?.['partOf'];
  }
  return { names: [...chain], complete: true };
}

/**
 * Look-ups by the gateway's control token. Roles and organizations are found from the asker upwards: whatever the
 * asker's PractitionerRoles do not name, the asker does not belong to. Errors close as `consent_unavailable`.
 */
export function consentLookups(options: {
  readonly reader: () => Promise<FhirReader>;
  readonly patient: string;
  /** PractitionerRoles of the asker; undefined where nobody can tell. */
  readonly roles: () => Promise<readonly Resource[] | undefined>;
  readonly now: number;
}): ConsentLookups {
  const { patient, now } = options;
  let affiliations: Promise<Affiliations | undefined> | undefined;

  async function readAffiliations(): Promise<Affiliations | undefined> {
    const roles = await options.roles();
    if (roles === undefined) return undefined;
    const reader = await options.reader();
    const held = roles.filter((role) => role['active'] !== false && isPlain(role, now));
    // Those that several roles name alike are looked up once.
    const named = new Map(
      held.map(({ organization }) => [organizationIn(organization) ?? organization, organization]),
    );
    const organizations = await Promise.all([...named.values()].map((one) => above(reader, one)));
    return {
      names: [
        ...held.map(({ id }) => `PractitionerRole/${id ?? ''}`),
        // Whoever holds a role, or held it, is the one who asks.
        ...roles.flatMap((role) => referenceOf(role['practitioner']) ?? []).map(withoutVersion),
        ...organizations.flatMap(({ names }) => names),
      ],
      complete: roles.every(isUnderstood) && organizations.every(({ complete }) => complete),
    };
  }

  const affiliated = (): Promise<Affiliations | undefined> =>
    (affiliations ??= closingAs('consent_unavailable', readAffiliations));

  const read = async (reference: string): Promise<Resource | undefined> => {
    const [type, id] = partsOf(reference);
    const reader = await options.reader();
    const { types } = await reader.capabilities();
    return types.has(type) ? reader.read(type, id) : undefined;
  };

  return {
    affiliations: async () => (await affiliated())?.names ?? [],
    membersOf: async (group) => {
      const [type] = partsOf(group);
      if (type === 'Organization' || type === 'PractitionerRole')
        return (await affiliated())?.complete === true ? [] : undefined;
      const found = await closingAs('consent_unavailable', () => read(group));
      return found === undefined ? undefined : membersNamed(found, now);
    },
    refersTo: async (instance) => {
      if (!canBeRelated(instance)) return undefined;
      const found = await closingAs('consent_unavailable', () => read(instance));
      return found === undefined || !isAbout(found, patient) ? undefined : mentionsOf(found);
    },
  };
}
