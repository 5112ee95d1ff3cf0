import { Refusal } from '../errors/refusal.ts';
import { isFhirId, isRecord } from '../vocabulary/fhir.ts';
import { identifierOf } from '../vocabulary/patient-identifier.ts';
import { isPurpose } from '../vocabulary/purpose.ts';
import { type Action, actions } from '../vocabulary/scope.ts';
import type { AccessRequest } from './ports.ts';

const isAction = (value: unknown): value is Action => actions.some((action) => action === value);
const matches =
  (pattern: RegExp) =>
  (value: unknown): value is string =>
    typeof value === 'string' && pattern.test(value);

/** An id, `self`, or `system|value`. */
const isPatient = (value: unknown): value is string => isFhirId(value) || identifierOf(value) !== undefined;
const isType = matches(/^[A-Z][A-Za-z]{1,63}$/);
/** Seconds: 30 days, the longest that a configuration may keep tokens. */
const longestRetention = 2_592_000;

/** One check per member. `fault` names the member that fails, never its value. */
const members = {
  patient: isPatient,
  task: matches(/^[a-z][a-z0-9_.-]{0,63}$/),
  purpose: isPurpose,
  encounter: isFhirId,
  ticket: matches(/^[A-Za-z0-9][A-Za-z0-9._:#-]{0,63}$/),
  conversation: matches(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/),
} as const;

/** The two shapes in which access is asked for, and the members each one may have. */
const shapes = {
  details: [
    'type',
    'patient',
    'task',
    'purpose',
    'actions',
    'encounter',
    'ticket',
    'data',
    'retention',
    'use',
  ],
  body: ['patient', 'task', 'purpose', 'encounter', 'ticket', 'conversation', 'data', 'retention'],
} as const;

const malformed = (fault: string): Refusal => new Refusal('malformed_request', { fault });

function required(input: Readonly<Record<string, unknown>>, name: keyof typeof members, at: string): string {
  const value = input[name];
  if (!members[name](value)) throw malformed(`${at}/${name}`);
  return value;
}
const optional = (input: Readonly<Record<string, unknown>>, name: keyof typeof members, at: string) =>
  input[name] === undefined ? undefined : required(input, name, at);

function actionsOf(value: unknown, at: string): readonly Action[] {
  if (value === undefined) return ['ask'];
  if (!Array.isArray(value) || value.length === 0 || !value.every(isAction)) throw malformed(`${at}/actions`);
  return actions.filter((action) => value.includes(action));
}

/** FHIR types, each once. */
function dataOf(value: unknown, at: string): readonly string[] | undefined {
  if (value === undefined) return undefined;
  const fits =
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= 50 &&
    new Set(value).size === value.length &&
    value.every(isType);
  if (!fits) throw malformed(`${at}/data`);
  return value;
}

function retentionOf(value: unknown, at: string): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > longestRetention)
    throw malformed(`${at}/retention`);
  return value;
}

function useOf(value: unknown, at: string): 'once' | undefined {
  if (value !== undefined && value !== 'once') throw malformed(`${at}/use`);
  return value;
}

function parse(input: unknown, shape: keyof typeof shapes, at: string): AccessRequest {
  if (!isRecord(input)) throw malformed(at);
  const allowed: readonly string[] = shapes[shape];
  // The unknown name itself is the caller's text and may be anything: only the position is said.
  if (!Object.keys(input).every((name) => allowed.includes(name))) throw malformed(at);
  if (shape === 'details' && input['type'] !== 'phi_access') throw malformed(`${at}/type`);
  const encounter = optional(input, 'encounter', at);
  const ticket = optional(input, 'ticket', at);
  const conversation = optional(input, 'conversation', at);
  const data = dataOf(input['data'], at);
  const retention = retentionOf(input['retention'], at);
  const use = useOf(input['use'], at);
  return {
    patient: required(input, 'patient', at),
    task: required(input, 'task', at),
    purpose: required(input, 'purpose', at),
    actions: actionsOf(input['actions'], at),
    ...(encounter === undefined ? {} : { encounter }),
    ...(ticket === undefined ? {} : { ticket }),
    ...(data === undefined ? {} : { data }),
    ...(retention === undefined ? {} : { retention }),
    ...(use === undefined ? {} : { use }),
    ...(conversation === undefined ? {} : { conversation }),
  };
}

/**
 * Reads what a caller asks access for: the `phi` object of a body, or `authorization_details` (RFC 9396) as
 * JSON text or as parsed array with exactly one object of type `phi_access`. Members are exact; ids, task and
 * purpose are checked for shape. Throws Refusal('malformed_request') whose `fault` is a JSON pointer.
 */
export function parseAccessDetails(input: unknown): AccessRequest {
  if (isRecord(input)) return parse(input, 'body', '/phi');
  const at = '/authorization_details';
  let list = input;
  if (typeof input === 'string') {
    try {
      list = JSON.parse(input);
    } catch (cause) {
      throw new Refusal('malformed_request', { fault: at, cause });
    }
  }
  // One envelope, one patient: a list of several is never cut down to its first.
  if (!Array.isArray(list) || list.length !== 1) throw malformed(at);
  return parse(list[0], 'details', `${at}/0`);
}
