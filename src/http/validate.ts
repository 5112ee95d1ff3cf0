import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { Refusal } from '../errors/refusal.ts';
import { type SchemaName, schemas } from './schemas.ts';

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: false });
const compiled = new Map<SchemaName, ValidateFunction>();

function validator(name: SchemaName): ValidateFunction {
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const fresh = ajv.compile(schemas[name]);
  compiled.set(name, fresh);
  return fresh;
}

/**
 * Checks a body of a caller. The refusal names the position and the rule, never the value.
 *
 * @throws Refusal `malformed_request`, or `position_not_allowed` for a member that the schema does not know
 */
export function checkRequest(name: SchemaName, body: unknown): void {
  const validate = validator(name);
  if (validate(body)) return;
  const fault = validate.errors?.[0];
  const unknown = fault?.keyword === 'additionalProperties';
  throw new Refusal(unknown ? 'position_not_allowed' : 'malformed_request', {
    fault: fault?.instancePath === '' || fault === undefined ? '/' : fault.instancePath,
    sentence: unknown
      ? 'The body has a member that this gateway does not accept.'
      : `The body does not have the documented shape: ${fault?.instancePath || '/'} ${fault?.keyword ?? ''} rule.`,
  });
}

/** Checks a body of our own before it leaves: what does not fit its schema is not sent. */
export function checkAnswerBody<T>(name: SchemaName, body: T): T {
  if (!validator(name)(body)) throw new Refusal('unexpected');
  return body;
}
