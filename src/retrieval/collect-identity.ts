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

interface Walk {
  readonly values: IdentityValue[];
  readonly place: Place;
  readonly type: string;
  /** The element is inside an answer that holds an address. */
  readonly address: boolean;
  readonly depth: number;
}

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
  const entity = id !== '' ? `${type}/${id}` : `${bearer}:${display ?? target}`;
  const place: Place = { bearer, entity, source: walk.place.source };
  if (display !== undefined) walk.values.push(nameOf(display, place));
  if (hasEntropy(id)) walk.values.push(...plainValue('identifier', id, place));
}

const dateRoles: Readonly<Record<string, 'birth' | 'death'>> = table({
  birthDate: 'birth',
  deceasedDateTime: 'death',
});

/** Reads one child of an element; answers whether it was understood as a whole and needs no deeper walk. */
function readChild(name: string, child: unknown, walk: Walk): boolean {
  const { values, place } = walk;
  if (typeof child === 'string') {
    values.push(...dateValue(child, dateRoles[name] ?? 'event', place));
    const kind = plainElements[name];
    if (kind === 'identifier') values.push(...plainValue(kind, textOf(child), place));
    else if (kind === 'name')
      values.push(spokenName(child, { ...place, bearer: 'other', entity: `other:${child}` }));
    else if (walk.address && name === 'valueString') values.push(...addressValue({ text: child }, place));
    else if (name === 'name' || name === 'alias') {
      if (organizational(place.bearer)) values.push({ kind: 'organization', ...place, text: child });
      else if (walk.type === 'Account') values.push(spokenName(child, place));
    }
    return true;
  }
  if (!isRecord(child)) return false;
  if (child['given'] !== undefined || child['family'] !== undefined) {
    values.push(...nameValue(child, place));
    return true;
  }
  if (name === 'name' && textOf(child['text']) !== undefined) {
    values.push(...nameValue(child, place));
    return true;
  }
  if (child['postalCode'] !== undefined || child['city'] !== undefined || child['line'] !== undefined) {
    values.push(...addressValue(child, place));
    return true;
  }
  if ((name === 'address' || name === 'valueAddress') && textOf(child['text']) !== undefined) {
    values.push(...addressValue(child, place));
    return true;
  }
  if (name === 'telecom' || name === 'valueContactPoint') {
    values.push(...systemValue('telecom', child, place));
    return true;
  }
  if (/identifier$/i.test(name)) values.push(...systemValue('identifier', child, place));
  if (child['reference'] !== undefined || child['display'] !== undefined) readReference(child, name, walk);
  return false;
}

const placeFor = (resource: Element, source: string): Place => {
  const type = textOf(resource['resourceType']) ?? '';
  const bearer = bearers[type] ?? 'patient';
  return { bearer, entity: `${type}/${textOf(resource['id']) ?? '?'}`, source };
};

function walkElement(element: Element, walk: Walk): void {
  if (walk.depth > maxDepth || walk.values.length > maxValues) throw new Refusal('fhir_malformed');
  const answers = tokensOf(element['code']).some(
    (token) => addressCodes.has(token.code) && token.system === codeSystems.loinc,
  );
  for (const [name, value] of Object.entries(element)) {
    if (name === 'meta' || name === 'text' || name === 'coding') continue;
    const source = `${walk.place.source}.${name}`;
    for (const child of Array.isArray(value) ? value : [value]) {
      const relative = walk.type === 'Patient' && name === 'contact';
      const place: Place = relative
        ? { bearer: 'relative', entity: `${walk.place.entity}#contact:${contactKey(child)}`, source }
        : { ...walk.place, source };
      const here: Walk = { ...walk, place, address: walk.address || answers, depth: walk.depth + 1 };
      if (isRecord(child) && textOf(child['resourceType']) !== undefined) {
        walkResource(child, `${source}(${textOf(child['resourceType']) ?? ''})`, here);
        continue;
      }
      if (name === 'extension' && isRecord(child)) {
        const bearer = personExtensions[textOf(child['url']) ?? ''];
        const text = textOf(child['valueString']);
        if (bearer !== undefined && text !== undefined)
          walk.values.push(spokenName(text, { bearer, entity: `${bearer}:${text}`, source }));
      }
      if (!readChild(name, child, here) && isRecord(child)) walkElement(child, here);
    }
  }
}

const contactKey = (contact: unknown): string => {
  const name =
    isRecord(contact) && isRecord(contact['name']) ? nameValue(contact['name'], anyPlace)[0] : undefined;
  return name?.text ?? '?';
};
const anyPlace: Place = { bearer: 'relative', entity: '', source: '' };

function walkResource(
  resource: Element,
  source: string,
  walk: Omit<Walk, 'type' | 'address' | 'place'>,
): void {
  const type = textOf(resource['resourceType']) ?? '';
  const place = placeFor(resource, source);
  const id = textOf(resource['id']);
  if (id !== undefined && hasEntropy(id)) walk.values.push(...plainValue('identifier', id, place));
  walkElement(resource, { ...walk, place, type, address: false });
}

/**
 * Every identifier standing in fetched resources, projected or not: names, addresses, contacts, identifiers, ids,
 * displays of persons and places, full dates, contained persons. It feeds redactor and interlock. Throws
 * Refusal('fhir_malformed') for nesting or numbers that no record has.
 */
export function collectIdentity(resources: readonly Resource[]): readonly IdentityValue[] {
  const gathered = new DistinctValues();
  for (const resource of resources) {
    const values: IdentityValue[] = [];
    walkResource(resource, resource.resourceType, { values, depth: 0 });
    // What several searches brought is counted once.
    gathered.add(values);
    if (gathered.size > maxValues) throw new Refusal('fhir_malformed');
  }
  return gathered.list();
}
