import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { Refusal } from '../errors/refusal.ts';
import { schemaCompiler } from '../vocabulary/json-schema.ts';
import { nothingMore, refusedMembers, textAlone } from './refused-members.ts';
import { type SchemaName, schemas } from './schemas.ts';

const ajv = schemaCompiler({
  strictTypes: false,
  strictRequired: false,
  discriminator: true,
  allErrors: false,
});
const compiled = new Map<SchemaName, ValidateFunction>();

function validator(name: SchemaName): ValidateFunction {
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const fresh = ajv.compile(schemas[name]);
  compiled.set(name, fresh);
  return fresh;
}

const depth = ({ instancePath }: ErrorObject): number => instancePath.split('/').length;

/** Of the alternatives that a value could have fitted the one that it came nearest to tells what is wrong. */
const nearest = (errors: readonly ErrorObject[]): ErrorObject | undefined =>
  errors.toSorted((a, b) => depth(b) - depth(a))[0];

/** Names of our own schemas and numbers; anything else in a path is the caller's text. */
const ownPath = (path: string): string => (/^[/a-z0-9_]{1,120}$/i.test(path) ? path : '/');

/** A part of a content that has no text is an image, a file, a sound. */
const noText = (path: string, missing: unknown): boolean =>
  missing === 'text' && /\/(?:content|output)\/\d+$/.test(path);

/** Which kinds there are, where a value fits the shape of none. */
const kinds: readonly (readonly [RegExp, string])[] = [
  [/^\/messages\/\d+$/, 'must have a role: system, developer, user, assistant or tool'],
  [/^\/input\/\d+$/, 'must be a message, a function_call or a function_call_output'],
];

/** What does not fit, in words: those of the schema's own rules, which hold nothing of what was sent. */
function shapeFault(path: string, { keyword, message, params }: ErrorObject): string {
  const allowed: unknown = params['allowedValues'];
  const values = Array.isArray(allowed) ? `: ${allowed.map((one) => JSON.stringify(one)).join(', ')}` : '';
  const ofKind = kinds.find(([place]) => place.test(path));
  const isOfNone = keyword === 'discriminator' || params['missingProperty'] === 'role';
  const rule = (isOfNone ? ofKind?.[1] : undefined) ?? message ?? keyword;
  return `The body does not have the documented shape: ${path === '' ? 'it' : path} ${rule}${values}.`;
}

/**
 * Checks a body of a caller. The refusal names the position and the rule, never the value.
 *
 * @throws Refusal `malformed_request`, or `position_not_allowed` for a member that the schema does not know,
 * or that is taken only where it says nothing
 */
export function checkRequest(name: SchemaName, body: unknown): void {
  const validate = validator(name);
  if (validate(body)) return;
  const fault = nearest(validate.errors ?? []);
  if (fault === undefined) throw new Refusal('malformed_request');
  const path = ownPath(fault.instancePath);
  const { additionalProperty: extra, missingProperty: missing } = fault.params;
  const unknown = fault.keyword === 'additionalProperties';
  const known = typeof extra === 'string' && Object.hasOwn(refusedMembers, extra) ? extra : undefined;
  // What is missing is a name of ours.
  const lacks = typeof missing === 'string' && !noText(path, missing) ? missing : undefined;
  const below = known ?? lacks;
  const member = known ?? path.slice(1);
  const why = Object.hasOwn(refusedMembers, member) ? refusedMembers[member] : undefined;
  const needless = Object.hasOwn(nothingMore, member) ? nothingMore[member] : undefined;
  throw new Refusal(unknown || why !== undefined ? 'position_not_allowed' : 'malformed_request', {
    fault: below === undefined ? path || '/' : `${path.replace(/\/$/, '')}/${below}`,
    sentence:
      why ??
      needless ??
      (unknown
        ? 'The body has a member that this gateway does not accept.'
        : noText(path, missing)
          ? textAlone
          : shapeFault(path, fault)),
  });
}

/** Checks a body of our own before it leaves: what does not fit its schema is not sent. */
export function checkAnswerBody<T>(name: SchemaName, body: T): T {
  if (!validator(name)(body)) throw new Refusal('unexpected');
  return body;
}
