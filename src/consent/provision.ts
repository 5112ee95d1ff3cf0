import { codeSystems, isFhirId } from '../vocabulary/fhir.ts';
import { purposeSystem } from '../vocabulary/purpose.ts';
import { table } from '../vocabulary/table.ts';
import type { DataCondition } from './decision.ts';
import { type Interval, intervalOf } from './instants.ts';
import { isKnownPurpose } from './purpose-of-use.ts';
import { caps, NotUnderstood, readCoding, readConcept, readList, readObject, readText } from './reading.ts';
import { type Code, isKnownLabel } from './sensitivity.ts';

/** Who a provision speaks of: any of `roles` where given, and `reference` where given. */
interface ConsentActor {
  /** Roles of the gateway; empty where the consent names none. */
  readonly roles: readonly string[];
  readonly reference: { readonly type: string; readonly id: string } | undefined;
}

/** One rule of a consent, read strictly: an empty list sets no condition. */
export interface Provision {
  readonly type: 'permit' | 'forbid';
  readonly period: Interval | undefined;
  readonly actors: readonly ConsentActor[];
  readonly purposes: readonly string[];
  readonly actions: readonly string[];
  readonly securityLabels: readonly Code[];
  readonly classes: readonly Code[];
  readonly codes: readonly Code[];
  readonly dataPeriod: { readonly start?: string; readonly end?: string } | undefined;
  readonly data: readonly DataCondition[];
  readonly nested: readonly Provision[];
}

const provisionKeys = new Set([
  'id',
  'extension',
  'type',
  'period',
  'actor',
  'action',
  'securityLabel',
  'purpose',
  'class',
  'code',
  'dataPeriod',
  'data',
  'provision',
]);
const actorKeys = new Set(['id', 'extension', 'role', 'reference']);
const dataKeys = new Set(['id', 'extension', 'meaning', 'reference']);
const periodKeys = new Set(['id', 'extension', 'start', 'end']);
const referenceKeys = new Set(['id', 'extension', 'reference', 'type', 'identifier', 'display']);

const resourceTypes = 'http://hl7.org/fhir/resource-types';
const consentAction = 'http://terminology.hl7.org/CodeSystem/consentaction';
const consentActions = new Set(['collect', 'access', 'use', 'disclose', 'correct']);
export const participation = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';
/** Information recipient, primary information recipient: the one who asks. */
const recipients = new Set(['IRCP', 'PRCP']);
export const practitionerRole = 'http://terminology.hl7.org/CodeSystem/practitioner-role';
export const gatewayRoles: Readonly<Record<string, string>> = table({
  doctor: 'physician',
  nurse: 'nurse',
  pharmacist: 'pharmacist',
});

/**
 * R4 Consent.provision. `rootType` stands in where the root gives no type (R4: "not permitted in root rule, required
 * in all nested rules"; IHE PCF wants it in the root too).
 */
export function readProvision(
  value: unknown,
  known: Instances,
  rootType?: 'permit' | 'forbid',
  depth = 0,
): Provision {
  if (depth >= caps.depth) throw new NotUnderstood();
  const element = readObject(value, provisionKeys);
  const period = readPeriod(element['period']);
  const dataPeriod = readPeriod(element['dataPeriod']);
  return {
    type: readType(element['type'], rootType),
    period: period?.interval,
    actors: readList(element['actor']).map(readActor),
    purposes: readList(element['purpose']).map(readPurpose),
    actions: readList(element['action']).flatMap(readAction),
    securityLabels: readList(element['securityLabel']).map(readLabel),
    classes: readList(element['class']).map(readClass),
    codes: readList(element['code']).flatMap(readConcept),
    dataPeriod: dataPeriod?.written,
    data: readList(element['data']).map((data) => readData(data, known)),
    nested: readList(element['provision']).map((nested) =>
      readProvision(nested, known, undefined, depth + 1),
    ),
  };
}

function readType(value: unknown, otherwise: 'permit' | 'forbid' | undefined): 'permit' | 'forbid' {
  if (value === 'permit') return 'permit';
  if (value === 'deny') return 'forbid';
  if (value === undefined && otherwise !== undefined) return otherwise;
  throw new NotUnderstood();
}

interface ReadPeriod {
  readonly interval: Interval;
  readonly written: { readonly start?: string; readonly end?: string };
}

function readPeriod(value: unknown): ReadPeriod | undefined {
  if (value === undefined) return undefined;
  const { start, end } = readObject(value, periodKeys);
  const from = start === undefined ? undefined : intervalOf(start);
  const to = end === undefined ? undefined : intervalOf(end);
  if ((start !== undefined && from === undefined) || (end !== undefined && to === undefined)) {
    throw new NotUnderstood();
  }
  if (from === undefined && to === undefined) throw new NotUnderstood();
  const interval = { start: from?.start ?? -Infinity, end: to?.end ?? Infinity };
  if (interval.start > interval.end) throw new NotUnderstood();
  const written = {
    ...(typeof start === 'string' ? { start } : {}),
    ...(typeof end === 'string' ? { end } : {}),
  };
  return { interval, written };
}

/** A literal reference `Type/id` on this very server. Contained, absolute, versioned and logical ones are refused. */
export function readReference(value: unknown): { readonly type: string; readonly id: string } {
  const element = readObject(value, referenceKeys);
  const [type, id, ...more] = readText(element['reference']).split('/');
  if (type === undefined || !/^[A-Z][A-Za-z]{1,63}$/.test(type) || !isFhirId(id) || more.length > 0) {
    throw new NotUnderstood();
  }
  if (element['type'] !== undefined && element['type'] !== type) throw new NotUnderstood();
  return { type, id };
}

function readActor(value: unknown): ConsentActor {
  const element = readObject(value, actorKeys);
  const roles: string[] = [];
  for (const { system, code } of readConcept(element['role'])) {
    if (system === participation && recipients.has(code)) continue;
    const role =
      system === practitionerRole && Object.hasOwn(gatewayRoles, code) ? gatewayRoles[code] : undefined;
    if (role === undefined) throw new NotUnderstood();
    roles.push(role);
  }
  const reference = element['reference'] === undefined ? undefined : readReference(element['reference']);
  if (reference === undefined && roles.length === 0) throw new NotUnderstood();
  return { roles, reference };
}

function readPurpose(value: unknown): string {
  const { system, code } = readCoding(value);
  if (system !== purposeSystem || !isKnownPurpose(code)) throw new NotUnderstood();
  return code;
}

function readAction(value: unknown): readonly string[] {
  return readConcept(value).map(({ system, code }) => {
    if (system !== consentAction || !consentActions.has(code)) throw new NotUnderstood();
    return code;
  });
}

function readLabel(value: unknown): Code {
  const label = readCoding(value);
  if (!isKnownLabel(label)) throw new NotUnderstood();
  return label;
}

function readClass(value: unknown): Code {
  const coding = readCoding(value);
  if (coding.system !== resourceTypes && coding.system !== codeSystems.loinc) throw new NotUnderstood();
  return coding;
}

const meanings = ['instance', 'related', 'dependents', 'authoredby'] as const;

/** What instances refer to, as far as it was read. */
export type Instances = ReadonlyMap<string, readonly string[]>;

/** What is related to an instance turns on what the instance refers to: where that was not read, nobody can tell. */
function readData(value: unknown, known: Instances): DataCondition {
  const element = readObject(value, dataKeys);
  const meaning = meanings.find((one) => one === element['meaning']);
  if (meaning === undefined) throw new NotUnderstood();
  const { type, id } = readReference(element['reference']);
  const reference = `${type}/${id}`;
  if (meaning !== 'related') return { meaning, reference };
  const refersTo = known.get(reference);
  if (refersTo === undefined) throw new NotUnderstood();
  return { meaning, reference, refersTo };
}
