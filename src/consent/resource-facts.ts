import type { Label } from '../vocabulary/context-item.ts';
import { isRecord, nameOf, type Resource } from '../vocabulary/fhir.ts';
import type { ResourceFacts } from './residual.ts';

/** Elements that say what a clinical resource is about, in R4. */
const codeElements = [
  'code',
  'type',
  'vaccineCode',
  'medicationCodeableConcept',
  'class',
  'serviceType',
] as const;

/** Elements that date a clinical resource, the clinically relevant one first. */
const dateElements = [
  'effectiveDateTime',
  'effectiveInstant',
  'occurrenceDateTime',
  'performedDateTime',
  'onsetDateTime',
  'authoredOn',
  'whenHandedOver',
  'recordedDate',
  'dateAsserted',
  'date',
  'created',
  'issued',
  'start',
] as const;

/** Elements that say who made a clinical resource, in R4. */
const authorElements = [
  'author',
  'performer',
  'recorder',
  'asserter',
  'requester',
  'informationSource',
  'enterer',
] as const;

/** Elements that hold a Period; its start dates the resource. */
const periodElements = ['effectivePeriod', 'performedPeriod', 'onsetPeriod', 'period'] as const;

/**
 * What the residual needs to know of one resource. `labels` are those of the resource or of one passage of it. What
 * is not found is left out, and a denial that turns on it then withholds. `vital`: see `stated`.
 */
export function resourceFacts(resource: Resource, labels: readonly Label[], vital = false): ResourceFacts {
  const dated = dateElements.map((name) => resource[name]).find((value) => typeof value === 'string');
  const begun = periodElements
    .map((name) => resource[name])
    .flatMap((period) => (isRecord(period) ? [period['start']] : []))
    .find((value) => typeof value === 'string');
  const date = typeof dated === 'string' ? dated : begun;
  return {
    labels,
    ...(vital ? { stated: labels.filter(({ origin }) => origin === 'source') } : {}),
    codes: codeElements.flatMap((name) => codingsOf(resource[name])),
    class: resource.resourceType,
    date: typeof date === 'string' ? date : undefined,
    reference: nameOf(resource),
    mentions: mentionsOf(resource),
    authors: authorElements.flatMap((name) => mentionsOf(resource[name])),
  };
}

/** Every literal reference that stands anywhere in a resource or element, as written. */
export function mentionsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(mentionsOf);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, child]) =>
    name === 'reference' && typeof child === 'string' ? [child] : mentionsOf(child),
  );
}

/** Codings of a CodeableConcept, of a list of them, or of a bare Coding. */
function codingsOf(value: unknown): ResourceFacts['codes'] {
  if (Array.isArray(value)) return value.flatMap(codingsOf);
  if (!isRecord(value)) return [];
  const { coding, system, code } = value;
  if (Array.isArray(coding)) return coding.flatMap(codingsOf);
  return typeof system === 'string' && typeof code === 'string' ? [{ system, code }] : [];
}
