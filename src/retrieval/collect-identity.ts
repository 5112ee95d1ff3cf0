import { Refusal } from '../errors/refusal.ts';
import { codeSystems, isRecord, type Resource } from '../vocabulary/fhir.ts';
import type { Bearer, IdentityValue } from '../vocabulary/identity-sheet.ts';
import { table } from '../vocabulary/table.ts';
import { type Element, textOf, tokensOf } from './elements.ts';
import {
  addressValue,
  DistinctValues,
  dateValue,
  hasEntropy,
  nameValue,
  type Place,
  plainValue,
  spokenName,
  systemValue,
} from './identity-values.ts';

const maxDepth = 40;
const maxValues = 20_000;

const bearers: Readonly<Record<string, Bearer>> = table({
  Patient: 'patient',
  Person: 'patient',
  RelatedPerson: 'relative',
  Practitioner: 'clinician',
  PractitionerRole: 'clinician',
  Organization: 'organization',
  HealthcareService: 'organization',
  Location: 'organization',
});

/** Elements whose reference names a person or a place, where the reference itself does not say its type. */
const referenceBearers: Readonly<Record<string, Bearer>> = table({
  subject: 'patient',
  patient: 'patient',
  beneficiary: 'patient',
  subscriber: 'patient',
  policyHolder: 'patient',
  owner: 'organization',
  performer: 'clinician',
  actor: 'clinician',
  author: 'clinician',
  authenticator: 'clinician',
  requester: 'clinician',
  recorder: 'clinician',
  asserter: 'clinician',
  individual: 'clinician',
  member: 'clinician',
  provider: 'clinician',
  generalPractitioner: 'clinician',
  attester: 'clinician',
  party: 'clinician',
  informationSource: 'clinician',
  practitioner: 'clinician',
  onBehalfOf: 'organization',
  serviceProvider: 'organization',
  custodian: 'organization',
  managingOrganization: 'organization',
  organization: 'organization',
  payor: 'organization',
  insurer: 'organization',
  location: 'organization',
  origin: 'organization',
  destination: 'organization',
  facility: 'organization',
});

/** Strings that identify, by element name, in any resource. */
const plainElements: Readonly<Record<string, 'identifier' | 'name'>> = table({
  subscriberId: 'identifier',
  serialNumber: 'identifier',
  distinctIdentifier: 'identifier',
  carrierHRF: 'identifier',
  deviceIdentifier: 'identifier',
  authorString: 'name',
});

/** Answers that hold an address or a name as text: PRAPARE (93025-5) and its address item (56799-0). */
const addressCodes = new Set(['93025-5', '56799-0']);

const personExtensions: Readonly<Record<string, Bearer>> = table({
  'http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName': 'relative',
  'http://hl7.org/fhir/StructureDefinition/humanname-mothers-family': 'relative',
  'http://hl7.org/fhir/StructureDefinition/humanname-partner-name': 'relative',
});

/** An element that is read, whose it is, and what was gathered so far. */
interface Walk extends Place {
  readonly values: IdentityValue[];
  /** References that were read: most resources name the same few people. */
  readonly references: Set<string>;
  /** Type of the resource. */
  readonly type: string;
  /** The element is inside an answer that holds an address. */
  readonly address: boolean;
  readonly depth: number;
}

/** Where a value stood: made only where there is one, because most elements have none. */
const placeIn = ({ bearer, entity, source }: Walk): Place => ({ bearer, entity, source });

const organizational = (bearer: Bearer): boolean => bearer === 'organization';

const nameOf = (text: string, place: Place): IdentityValue =>
  organizational(place.bearer) ? { kind: 'organization', ...place, text } : spokenName(text, place);

/** Type and id of a reference as it was written: relative, by an address, with a version, or as a search. */
function namedIn(target: string): readonly [type: string, id: string] {
  const [plain = ''] = (target.split('?')[0] ?? '').split('/_history/');
  const segments = plain.split('/');
  const [type = '', id = ''] = segments.length < 2 ? segments : segments.slice(-2);
  return [type, id];
}

const isType = (written: string): boolean => /^[A-Z][A-Za-z]{1,63}$/.test(written);

/**
 * A Reference: whom it shows by `display`, and the id in it. Only references to persons and places count; where one does
 * not say its type (a URN, a contained resource), the element does.
 */
function readReference(reference: Element, element: string, walk: Walk): void {
  const target = textOf(reference['reference']) ?? '';
  const [type, id] = namedIn(target);
  const bearer = bearers[type] ?? (isType(type) ? undefined : referenceBearers[element]);
  if (bearer === undefined) return;
  const display = textOf(reference['display']);
  const said = `${bearer} ${target.length} ${target}${display ?? ''}`;
  if (walk.references.has(said)) return;
  walk.references.add(said);
  const entity = id !== '' ? `${type}/${id}` : `${bearer}:${display ?? target}`;
  const place: Place = { bearer, entity, source: walk.source };
  if (display !== undefined) walk.values.push(nameOf(display, place));
  if (hasEntropy(id)) walk.values.push(...plainValue('identifier', id, place));
}

const dateRoles: Readonly<Record<string, 'birth' | 'death'>> = table({
  birthDate: 'birth',
  deceasedDateTime: 'death',
});

/** A string that is a date, an identifier, a name or an address by its element. */
function readText(name: string, text: string, walk: Walk): void {
  const kind = plainElements[name];
  const named = name === 'name' || name === 'alias';
  const told = kind !== undefined || named || (walk.address && name === 'valueString');
  if (!told && !beginsWithDigit(text)) return;
  const { values } = walk;
  const place: Place = { ...placeIn(walk), source: `${walk.source}.${name}` };
  values.push(...dateValue(text, dateRoles[name] ?? 'event', place));
  if (kind === 'identifier') values.push(...plainValue(kind, textOf(text), place));
  else if (kind === 'name')
    values.push(spokenName(text, { ...place, bearer: 'other', entity: `other:${text}` }));
  else if (walk.address && name === 'valueString') values.push(...addressValue({ text }, place));
  else if (named) {
    if (organizational(place.bearer)) values.push({ kind: 'organization', ...place, text });
    else if (walk.type === 'Account') values.push(spokenName(text, place));
  }
}

const beginsWithDigit = (text: string): boolean => {
  const code = text.charCodeAt(0);
  return code >= 48 && code <= 57;
};

/** Reads one element; answers whether it was understood as a whole and needs no deeper walk. */
function readElement(name: string, element: Element, walk: Walk): boolean {
  const { values } = walk;
  if (element['given'] !== undefined || element['family'] !== undefined) {
    values.push(...nameValue(element, placeIn(walk)));
    return true;
  }
  if (name === 'name' && textOf(element['text']) !== undefined) {
    values.push(...nameValue(element, placeIn(walk)));
    return true;
  }
  if (element['postalCode'] !== undefined || element['city'] !== undefined || element['line'] !== undefined) {
    values.push(...addressValue(element, placeIn(walk)));
    return true;
  }
  if ((name === 'address' || name === 'valueAddress') && textOf(element['text']) !== undefined) {
    values.push(...addressValue(element, placeIn(walk)));
    return true;
  }
  if (name === 'telecom' || name === 'valueContactPoint') {
    values.push(...systemValue('telecom', element, placeIn(walk)));
    return true;
  }
  if (/identifier$/i.test(name)) values.push(...systemValue('identifier', element, placeIn(walk)));
  if (element['reference'] !== undefined || element['display'] !== undefined)
    readReference(element, name, walk);
  return false;
}

/** Elements that name nobody: what a server says of its copy, the narrative, and words of terminologies. */
const unread = new Set(['meta', 'text', 'coding']);

const isAddressAnswer = (element: Element): boolean =>
  element['code'] !== undefined &&
  tokensOf(element['code']).some(
    ({ code, system }) => addressCodes.has(code) && system === codeSystems.loinc,
  );

function walkElement(element: Element, walk: Walk): void {
  if (walk.depth > maxDepth || walk.values.length > maxValues) throw new Refusal('fhir_malformed');
  const inside = !walk.address && isAddressAnswer(element) ? { ...walk, address: true } : walk;
  for (const name of Object.keys(element)) {
    if (unread.has(name)) continue;
    const value = element[name];
    if (Array.isArray(value)) for (const child of value) walkChild(name, child, inside);
    else walkChild(name, value, inside);
  }
}

function walkChild(name: string, child: unknown, walk: Walk): void {
  if (typeof child === 'string') {
    readText(name, child, walk.type === 'Patient' && name === 'contact' ? contactOf(child, walk) : walk);
    return;
  }
  if (!isRecord(child)) return;
  const { values, references, type, address } = walk;
  const { bearer, entity } = type === 'Patient' && name === 'contact' ? contactOf(child, walk) : walk;
  const source = `${walk.source}.${name}`;
  const depth = walk.depth + 1;
  const resourceType = textOf(child['resourceType']);
  if (resourceType !== undefined) {
    walkResource(child, `${source}(${resourceType})`, { values, references, depth });
    return;
  }
  if (name === 'extension') {
    const whose = personExtensions[textOf(child['url']) ?? ''];
    const text = textOf(child['valueString']);
    if (whose !== undefined && text !== undefined)
      values.push(spokenName(text, { bearer: whose, entity: `${whose}:${text}`, source }));
  }
  const here: Walk = { values, references, bearer, entity, source, type, address, depth };
  if (!readElement(name, child, here)) walkElement(child, here);
}

/** Whoever is a contact of the patient is somebody else. */
const contactOf = (contact: unknown, walk: Walk): Walk => ({
  ...walk,
  bearer: 'relative',
  entity: `${walk.entity}#contact:${contactKey(contact)}`,
});

const contactKey = (contact: unknown): string => {
  const name =
    isRecord(contact) && isRecord(contact['name']) ? nameValue(contact['name'], anyPlace)[0] : undefined;
  return name?.text ?? '?';
};
const anyPlace: Place = { bearer: 'relative', entity: '', source: '' };

const placeFor = (resource: Element, source: string): Place => {
  const type = textOf(resource['resourceType']) ?? '';
  const bearer = bearers[type] ?? 'patient';
  return { bearer, entity: `${type}/${textOf(resource['id']) ?? '?'}`, source };
};

function walkResource(
  resource: Element,
  source: string,
  gathered: Pick<Walk, 'values' | 'references' | 'depth'>,
): void {
  const type = textOf(resource['resourceType']) ?? '';
  const place = placeFor(resource, source);
  const id = textOf(resource['id']);
  if (id !== undefined && hasEntropy(id)) gathered.values.push(...plainValue('identifier', id, place));
  walkElement(resource, { ...gathered, ...place, type, address: false });
}

/**
 * Every identifier standing in fetched resources, projected or not: names, addresses, contacts, identifiers, ids,
 * displays of persons and places, full dates, contained persons. It feeds redactor and interlock. Throws
 * Refusal('fhir_malformed') for nesting or numbers that no record has.
 */
export function collectIdentity(resources: readonly Resource[]): readonly IdentityValue[] {
  const gathered = new DistinctValues();
  const references = new Set<string>();
  for (const resource of resources) {
    const values: IdentityValue[] = [];
    walkResource(resource, resource.resourceType, { values, references, depth: 0 });
    // What several searches brought is counted once.
    gathered.add(values);
    if (gathered.size > maxValues) throw new Refusal('fhir_malformed');
  }
  return gathered.list();
}
