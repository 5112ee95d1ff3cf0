import { table } from '../vocabulary/table.ts';
import { allAt, referencesOf, type Token, tokensOf } from './elements.ts';
import { type Interval, intervalOf, timesOf } from './fhir-time.ts';

/**
 * FHIR R4 search parameters that plans may use, with the elements they read: what a server was asked to filter is
 * filtered again here (`https://hl7.org/fhir/R4/search.html`). A parameter that is not in this table cannot
 * stand in a task.
 */
type Reading =
  | { readonly kind: 'token'; readonly paths: readonly (readonly string[])[] }
  | { readonly kind: 'date'; readonly paths: readonly (readonly string[])[] }
  | { readonly kind: 'reference'; readonly paths: readonly (readonly string[])[] };

const token = (...paths: string[]): Reading => ({
  kind: 'token',
  paths: paths.map((path) => path.split('.')),
});
const date = (...paths: string[]): Reading => ({ kind: 'date', paths: paths.map((path) => path.split('.')) });
const reference = (...paths: string[]): Reading => ({
  kind: 'reference',
  paths: paths.map((path) => path.split('.')),
});

const everywhere: Readonly<Record<string, Reading>> = table({
  _id: token('id'),
  _lastUpdated: date('meta.lastUpdated'),
});

const medicationActivity = date(
  'authoredOn',
  'dispenseRequest.validityPeriod.end',
  'dosageInstruction.timing',
  'effectivePeriod.end',
  'effectiveDateTime',
  'dateAsserted',
  'meta.lastUpdated',
);

const readings: Readonly<Record<string, Readonly<Record<string, Reading>>>> = table({
  AllergyIntolerance: {
    'clinical-status': token('clinicalStatus'),
    'verification-status': token('verificationStatus'),
    date: date('recordedDate'),
    'x-activity': date('recordedDate', 'lastOccurrence', 'meta.lastUpdated'),
  },
  Appointment: { status: token('status'), date: date('start') },
  CareTeam: { status: token('status'), category: token('category') },
  Condition: {
    category: token('category'),
    'clinical-status': token('clinicalStatus'),
    'verification-status': token('verificationStatus'),
    code: token('code'),
    encounter: reference('encounter'),
    'recorded-date': date('recordedDate'),
    'abatement-date': date('abatementDateTime', 'abatementPeriod'),
  },
  Coverage: { status: token('status') },
  DiagnosticReport: {
    category: token('category'),
    code: token('code'),
    status: token('status'),
    date: date('effectiveDateTime', 'effectivePeriod'),
    encounter: reference('encounter'),
  },
  DocumentReference: {
    category: token('category'),
    type: token('type'),
    status: token('status'),
    date: date('date'),
    encounter: reference('context.encounter'),
  },
  Encounter: {
    class: token('class'),
    status: token('status'),
    type: token('type'),
    date: date('period'),
  },
  Flag: { status: token('status'), date: date('period') },
  Immunization: { status: token('status'), date: date('occurrenceDateTime') },
  MedicationDispense: { status: token('status'), whenhandedover: date('whenHandedOver') },
  MedicationRequest: {
    intent: token('intent'),
    status: token('status'),
    category: token('category'),
    authoredon: date('authoredOn'),
    encounter: reference('encounter'),
    'x-activity': medicationActivity,
  },
  MedicationStatement: {
    status: token('status'),
    effective: date('effectiveDateTime', 'effectivePeriod'),
    'x-activity': medicationActivity,
  },
  Observation: {
    category: token('category'),
    code: token('code'),
    status: token('status'),
    date: date('effectiveDateTime', 'effectivePeriod', 'effectiveInstant'),
    encounter: reference('encounter'),
  },
  Procedure: {
    status: token('status'),
    code: token('code'),
    date: date('performedDateTime', 'performedPeriod'),
    encounter: reference('encounter'),
  },
});

/** Parameters that shape the answer and filter nothing; `patient` is checked by `isAbout`. */
const shaping = new Set(['patient', '_sort', '_count', '_include', '_elements']);

/** Types that a plan may search. */
export const searchableTypes: readonly string[] = Object.keys(readings);

export const readingOf = (type: string, parameter: string): Reading | undefined =>
  readings[type]?.[parameter] ?? everywhere[parameter];

export const isShaping = (parameter: string): boolean => shaping.has(parameter);

/** Names beginning `x-` exist only here: several date elements, one of them enough. Never sent. */
export const isLocalOnly = (parameter: string): boolean => parameter.startsWith('x-');

const tokenMatches = (found: Token, wanted: string): boolean => {
  const bar = wanted.indexOf('|');
  if (bar === -1) return found.code === wanted;
  return found.code === wanted.slice(bar + 1) && (found.system ?? '') === wanted.slice(0, bar);
};

const comparisons: Readonly<Record<string, (value: Interval, wanted: Interval) => boolean>> = table({
  ge: (value, wanted) => value.end > wanted.start,
  gt: (value, wanted) => value.end > wanted.end,
  le: (value, wanted) => value.start < wanted.end,
  lt: (value, wanted) => value.start < wanted.start,
  eq: (value, wanted) => value.start >= wanted.start && value.end <= wanted.end,
});

function dateMatches(values: readonly Interval[], wanted: string): boolean {
  const prefix = wanted.slice(0, 2);
  const compare = comparisons[prefix] ?? comparisons['eq'];
  const bound = intervalOf(comparisons[prefix] === undefined ? wanted : wanted.slice(2));
  return bound !== undefined && compare !== undefined && values.some((value) => compare(value, bound));
}

/** Why a resource is outside the value of one parameter: undefined where it is inside. Unknown parameters never match. */
export function outside(
  resource: Readonly<Record<string, unknown>>,
  type: string,
  parameter: string,
  value: string,
): 'outside_plan' | 'outside_dates' | undefined {
  if (isShaping(parameter)) return undefined;
  const reading = readingOf(type, parameter);
  if (reading === undefined) return 'outside_plan';
  const values = reading.paths.flatMap((path) => allAt(resource, ...path));
  const wanted = value.split(',');
  if (reading.kind === 'date') {
    const times = values.flatMap(timesOf);
    return wanted.some((one) => dateMatches(times, one)) ? undefined : 'outside_dates';
  }
  if (reading.kind === 'reference') {
    const references = referencesOf(values);
    return wanted.some((one) => references.includes(one)) ? undefined : 'outside_plan';
  }
  const tokens = tokensOf(values);
  return tokens.some((found) => wanted.some((one) => tokenMatches(found, one))) ? undefined : 'outside_plan';
}
