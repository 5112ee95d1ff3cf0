import type { FhirResource, HumanName, Meta } from 'fhir/r4.js';
import { codeSystems } from '../../../src/vocabulary/fhir.ts';
import type { Calendar } from '../calendar.ts';
import { concept, staffReference, terminology } from '../chart.ts';
import type { PersonName } from '../person-name.ts';
import { fullName } from '../person-name.ts';
import type { OrganizationKey, OrganizationRow, StaffKey, StaffRow } from '../staff.ts';
import { locations, organizations, staff } from '../staff.ts';

export const organizationReference = (key: OrganizationKey) => ({
  reference: `Organization/${organizations[key].id}`,
  display: organizations[key].name,
});

export const locationReference = (key: keyof typeof locations) => ({
  reference: `Location/${locations[key].id}`,
  display: locations[key].name,
});

/** The name in use now; other names (maiden, nickname, own script) are the caller's to add. */
export const humanName = (name: PersonName): HumanName => ({
  use: 'official',
  text: fullName(name),
  family: name.family,
  given: [...name.given],
  ...(name.title === undefined ? {} : { prefix: [name.title] }),
  ...(name.suffix === undefined ? {} : { suffix: [name.suffix] }),
});

export const phone = (value: string, use: 'home' | 'work' | 'mobile') => {
  const [area, exchange, line] = value.split('-');
  return { system: 'phone' as const, value: `(${area}) ${exchange}-${line}`, use };
};

function practitioner(key: StaffKey, row: StaffRow, meta: Meta): FhirResource[] {
  return [
    {
      resourceType: 'Practitioner',
      id: row.id,
      meta,
      active: true,
      identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: row.npi }],
      name: [humanName(row.name)],
      telecom: [phone(row.phone, 'work'), { system: 'email', value: row.email, use: 'work' }],
    },
    {
      resourceType: 'PractitionerRole',
      id: `role-${row.id}`,
      meta,
      active: true,
      practitioner: staffReference(key),
      organization: organizationReference(row.organization),
      code: [concept(codeSystems.snomed, row.role.code, row.role.display)],
      telecom: [phone(row.phone, 'work')],
    },
  ];
}

const organization = (row: OrganizationRow, meta: Meta): FhirResource => ({
  resourceType: 'Organization',
  id: row.id,
  meta,
  active: true,
  type: [terminology('organization-type', row.type.code, row.type.display)],
  name: row.name,
  alias: [row.short],
  telecom: [phone(row.phone, 'work')],
  address: [
    { line: [row.line], city: row.city, state: row.state, postalCode: row.postalCode, country: 'US' },
  ],
});

const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>): K[] =>
  Object.keys(table).filter((key): key is K => Object.hasOwn(table, key));

/** Practitioners with their roles, organizations and locations, which all patients share. */
export function directory(calendar: Calendar): FhirResource[] {
  const meta: Meta = { versionId: '1', lastUpdated: calendar.stamp(calendar.at(700)) };
  return [
    ...keysOf(organizations).map((key) => organization(organizations[key], meta)),
    ...keysOf(locations).map(
      (key): FhirResource => ({
        resourceType: 'Location',
        id: locations[key].id,
        meta,
        status: 'active',
        name: locations[key].name,
        managingOrganization: organizationReference(locations[key].organization),
      }),
    ),
    ...keysOf(staff).flatMap((key) => practitioner(key, staff[key], meta)),
  ];
}
