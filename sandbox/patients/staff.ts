import type { PersonName } from './person-name.ts';

/** Practitioners of the sandbox. The four `sandbox-` ids are fixed: the sandbox's accounts point at them. */
export interface StaffRow {
  readonly id: string;
  readonly name: PersonName;
  readonly role: { readonly code: string; readonly display: string };
  /** US National Provider Identifier; real ones begin with 1 or 2. */
  readonly npi: string;
  readonly phone: string;
  readonly email: string;
  readonly organization: OrganizationKey;
}

const physician = { code: '309343006', display: 'Physician' };

// biome-ignore format: a table
export const staff = {
  clinician:    { id: 'sandbox-clinician', name: { given: ['Amara'], family: 'Lindqvist', title: 'Dr.', suffix: 'MD' }, role: physician, npi: '9013377421', phone: '413-555-0181', email: 'a.lindqvist@riverbend.example.org', organization: 'clinic' },
  nurse:        { id: 'sandbox-nurse', name: { given: ['Jonas'], family: 'Petrović', title: 'Nurse', suffix: 'RN' }, role: { code: '224535009', display: 'Registered nurse' }, npi: '9013377439', phone: '413-555-0182', email: 'j.petrovic@riverbend.example.org', organization: 'clinic' },
  pharmacist:   { id: 'sandbox-pharmacist', name: { given: ['Priya'], family: 'Raghunathan', title: 'Dr.', suffix: 'PharmD' }, role: { code: '46255001', display: 'Pharmacist' }, npi: '9013377447', phone: '413-555-0183', email: 'p.raghunathan@riverbend.example.org', organization: 'clinic' },
  outsider:     { id: 'sandbox-outsider', name: { given: ['Henrik'], family: 'Vasquez-Ito', title: 'Dr.', suffix: 'MD' }, role: physician, npi: '9013377454', phone: '603-555-0184', email: 'h.vasquez-ito@stbrannoc.example.org', organization: 'hospital' },
  cardiologist: { id: 'staff-cardiologist', name: { given: ['Ottoline', 'R.'], family: 'Marchetti', title: 'Dr.', suffix: 'MD' }, role: { code: '17561000', display: 'Cardiologist' }, npi: '9013377462', phone: '413-555-0185', email: 'o.marchetti@stbrannoc.example.org', organization: 'hospital' },
  hospitalist:  { id: 'staff-hospitalist', name: { given: ['Desmond'], family: 'Achebe-Flint', title: 'Dr.', suffix: 'DO' }, role: physician, npi: '9013377470', phone: '413-555-0186', email: 'd.achebe-flint@stbrannoc.example.org', organization: 'hospital' },
  psychiatrist: { id: 'staff-psychiatrist', name: { given: ['Solveig'], family: 'Abramowitz', title: 'Dr.', suffix: 'MD' }, role: { code: '80584001', display: 'Psychiatrist' }, npi: '9013377488', phone: '413-555-0187', email: 's.abramowitz@riverbend.example.org', organization: 'clinic' },
} as const satisfies Record<string, StaffRow>;
export type StaffKey = keyof typeof staff;

export interface OrganizationRow {
  readonly id: string;
  readonly name: string;
  /** As people write it. */
  readonly short: string;
  readonly type: { readonly code: string; readonly display: string };
  readonly phone: string;
  readonly line: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
}

const provider = { code: 'prov', display: 'Healthcare Provider' };

// biome-ignore format: a table
export const organizations = {
  clinic:     { id: 'org-riverbend', name: 'Riverbend Community Clinic', short: 'Riverbend Clinic', type: provider, phone: '413-555-0190', line: '8 Millrace Lane', city: 'Thornbury Mills', state: 'MA', postalCode: '01077' },
  hospital:   { id: 'org-st-brannoc', name: "St. Brannoc's Regional Hospital", short: "St. Brannoc's", type: provider, phone: '413-555-0191', line: '1200 Quarryman Avenue', city: 'Ashgrove', state: 'MA', postalCode: '01096' },
  laboratory: { id: 'org-copperline', name: 'Copperline Diagnostics', short: 'Copperline', type: provider, phone: '603-555-0192', line: '77 Foundry Row', city: 'Larkspur Falls', state: 'NH', postalCode: '03602' },
  payer:      { id: 'org-harbor-meadow', name: 'Harbor Meadow Health Plan', short: 'Harbor Meadow', type: { code: 'pay', display: 'Payer' }, phone: '802-555-0193', line: 'P.O. Box 4410', city: 'Greywick', state: 'VT', postalCode: '05901' },
} as const satisfies Record<string, OrganizationRow>;
export type OrganizationKey = keyof typeof organizations;

// biome-ignore format: a table
export const locations = {
  clinic:   { id: 'loc-riverbend-east', name: 'Riverbend East Wing, Room 4', organization: 'clinic' },
  hospital: { id: 'loc-st-brannoc-5w', name: "St. Brannoc's 5 West", organization: 'hospital' },
} as const satisfies Record<string, { id: string; name: string; organization: OrganizationKey }>;
