import type { DropReason } from '../vocabulary/context-item.ts';
import { isFhirId, isRecord, type Resource } from '../vocabulary/fhir.ts';
import type { ServerFault } from '../vocabulary/server-fault.ts';
import { elementsOf, isAbout, tokensOf } from './elements.ts';
import { outside } from './search-parameters.ts';

/** A step with its placeholders filled. */
export interface FilledStep {
  readonly type: string;
  readonly patient: string;
  /** Parameters that were sent: a row outside them means that the server ignores filters. */
  readonly sent: Readonly<Record<string, string>>;
  /** Every parameter of the plan, sent or not. */
  readonly all: Readonly<Record<string, string>>;
}

export interface Verdict {
  readonly reason: DropReason;
  /** Set where the server was asked to leave this row out, or had no business sending it. */
  readonly fault?: ServerFault;
}

const faults: Readonly<Partial<Record<DropReason, ServerFault>>> = {
  wrong_patient: 'foreign_patient',
  wrong_type: 'wrong_type',
  malformed: 'malformed_row',
};

function verdict(reason: DropReason): Verdict {
  const fault = faults[reason];
  return { reason, ...(fault === undefined ? {} : { fault }) };
}

/** Why a row has no place in the answer at all: it is not a resource of this type about this patient. */
export function foreignTo(
  resource: Resource,
  step: Pick<FilledStep, 'type' | 'patient'>,
): Verdict | undefined {
  if (!isFhirId(resource.id)) return verdict('malformed');
  if (resource.resourceType !== step.type) return verdict('wrong_type');
  return isAbout(resource, step.patient) ? undefined : verdict('wrong_patient');
}

/**
 * Why a resource may not be used, whatever the server was asked for: the first reason that holds, or undefined. An
 * Observation with `focus` is about something else than its subject.
 */
export function recheck(resource: Resource, step: FilledStep): Verdict | undefined {
  const foreign = foreignTo(resource, step);
  if (foreign !== undefined) return foreign;
  if (elementsOf(resource['focus']).length > 0) return { reason: 'wrong_patient' };
  if (isEnteredInError(resource)) return verdict('entered_in_error');
  if (hasUnknownModifier(resource)) return verdict('unknown_modifier');
  for (const [parameter, value] of Object.entries(step.all)) {
    const reason = outside(resource, step.type, parameter, value);
    if (reason !== undefined)
      return { reason, ...(step.sent[parameter] === value ? { fault: 'filter_ignored' } : {}) };
  }
  return undefined;
}

export const isEnteredInError = (resource: Resource): boolean =>
  [resource['status'], resource['docStatus'], resource['verificationStatus']].some((status) =>
    tokensOf(status).some((token) => token.code === 'entered-in-error'),
  );

/** `modifierExtension` anywhere, or `implicitRules`: this gateway understands none, so the meaning is unknown. */
export function hasUnknownModifier(resource: Resource): boolean {
  const open: unknown[] = [resource];
  while (open.length > 0) {
    const value = open.pop();
    if (Array.isArray(value)) open.push(...value);
    if (!isRecord(value)) continue;
    if (value['implicitRules'] !== undefined) return true;
    const extension = value['modifierExtension'];
    if (extension !== undefined && !(Array.isArray(extension) && extension.length === 0)) return true;
    open.push(...Object.values(value));
  }
  return false;
}
