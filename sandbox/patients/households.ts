/** Homes: two patients of one household share address and telephone. Street, town and numbers are invented. */
export interface Household {
  readonly number: string;
  readonly street: string;
  /** `St`, `Ave`: the abbreviation that notes use for the last word of the street. */
  readonly streetShort: string;
  readonly unit?: string;
  readonly city: string;
  readonly state: string;
  readonly stateName: string;
  readonly postalCode: string;
  readonly phone: string;
}

// biome-ignore format: a table
export const households = {
  alder:     { number: '412', street: 'Alderwick Street', streetShort: 'Alderwick St.', unit: 'Apartment 3B', city: 'Thornbury Mills', state: 'MA', stateName: 'Massachusetts', postalCode: '01077', phone: '413-555-0110' },
  canal:     { number: '9', street: 'Old Towpath Road', streetShort: 'Old Towpath Rd', city: 'Ashgrove', state: 'MA', stateName: 'Massachusetts', postalCode: '01096', phone: '413-555-0111' },
  birch:     { number: '27', street: 'Birchholm Lane', streetShort: 'Birchholm Ln', city: 'Thornbury Mills', state: 'MA', stateName: 'Massachusetts', postalCode: '01077', phone: '413-555-0112' },
  mill:      { number: '1608', street: 'Quillfeather Avenue', streetShort: 'Quillfeather Ave.', city: 'Larkspur Falls', state: 'NH', stateName: 'New Hampshire', postalCode: '03602', phone: '603-555-0113' },
  harbor:    { number: '55', street: 'North Saltmarsh Drive', streetShort: 'N. Saltmarsh Dr', unit: 'Unit 12', city: 'Greywick', state: 'VT', stateName: 'Vermont', postalCode: '05901', phone: '802-555-0114' },
  orchard:   { number: '310', street: 'Plumtree Court', streetShort: 'Plumtree Ct', city: 'Ashgrove', state: 'MA', stateName: 'Massachusetts', postalCode: '01096', phone: '413-555-0115' },
  bridge:    { number: '74', street: 'Ironbridge Terrace', streetShort: 'Ironbridge Ter', unit: 'Apt 2', city: 'Thornbury Mills', state: 'MA', stateName: 'Massachusetts', postalCode: '01077', phone: '413-555-0116' },
  garden:    { number: '5', street: 'Lanternhill Place', streetShort: 'Lanternhill Pl', city: 'Larkspur Falls', state: 'NH', stateName: 'New Hampshire', postalCode: '03602', phone: '603-555-0117' },
  station:   { number: '2240', street: 'Coppergate Boulevard', streetShort: 'Coppergate Blvd', unit: 'Apt 14', city: 'Ashgrove', state: 'MA', stateName: 'Massachusetts', postalCode: '01096', phone: '413-555-0118' },
  meadow:    { number: '18', street: 'Hayrick Road', streetShort: 'Hayrick Rd', city: 'Thornbury Mills', state: 'MA', stateName: 'Massachusetts', postalCode: '01077', phone: '413-555-0119' },
  ridge:     { number: '901', street: 'Foxglove Ridge', streetShort: 'Foxglove Rdg', city: 'Greywick', state: 'VT', stateName: 'Vermont', postalCode: '05901', phone: '802-555-0120' },
  chapel:    { number: '63', street: 'Chapelgarth Way', streetShort: 'Chapelgarth Wy', city: 'Ashgrove', state: 'MA', stateName: 'Massachusetts', postalCode: '01096', phone: '413-555-0121' },
  quay:      { number: '140', street: 'Lower Quayside Street', streetShort: 'Lower Quayside St', unit: 'Apt 7', city: 'Thornbury Mills', state: 'MA', stateName: 'Massachusetts', postalCode: '01077', phone: '413-555-0122' },
  tannery:   { number: '33', street: 'Tannery Yard', streetShort: 'Tannery Yd', city: 'Larkspur Falls', state: 'NH', stateName: 'New Hampshire', postalCode: '03602', phone: '603-555-0123' },
  hillcrest: { number: '1', street: 'Penrose Heights', streetShort: 'Penrose Hts', city: 'Greywick', state: 'VT', stateName: 'Vermont', postalCode: '05901', phone: '802-555-0124' },
  weir:      { number: '86', street: 'Weirside Crescent', streetShort: 'Weirside Cres', city: 'Ashgrove', state: 'MA', stateName: 'Massachusetts', postalCode: '01096', phone: '413-555-0125' },
  cooper:    { number: '219', street: 'Cooperage Lane', streetShort: 'Cooperage Ln', city: 'Thornbury Mills', state: 'MA', stateName: 'Massachusetts', postalCode: '01077', phone: '413-555-0126' },
  smithy:    { number: '470', street: 'Smithy Lane', streetShort: 'Smithy Ln', city: 'Ashgrove', state: 'MA', stateName: 'Massachusetts', postalCode: '01096', phone: '413-555-0170' },
  terrace:   { number: '12', street: 'Vinegar Hill Terrace', streetShort: 'Vinegar Hill Ter', city: 'Larkspur Falls', state: 'NH', stateName: 'New Hampshire', postalCode: '03602', phone: '603-555-0171' },
  cannery:   { number: '2', street: 'Cannery Wharf', streetShort: 'Cannery Whf', unit: 'Unit 8', city: 'Greywick', state: 'VT', stateName: 'Vermont', postalCode: '05901', phone: '802-555-0172' },
  foundry:   { number: '1015', street: 'Bellfounder Street', streetShort: 'Bellfounder St', unit: 'Apt 21', city: 'Thornbury Mills', state: 'MA', stateName: 'Massachusetts', postalCode: '01077', phone: '413-555-0173' },
  lantern:   { number: '38', street: 'Wickerwork Avenue', streetShort: 'Wickerwork Ave', city: 'Ashgrove', state: 'MA', stateName: 'Massachusetts', postalCode: '01096', phone: '413-555-0174' },
  granary:   { number: '700', street: 'Granary Square', streetShort: 'Granary Sq', unit: 'Apartment 9', city: 'Thornbury Mills', state: 'MA', stateName: 'Massachusetts', postalCode: '01077', phone: '413-555-0175' },
} as const satisfies Record<string, Household>;
export type HouseholdKey = keyof typeof households;
