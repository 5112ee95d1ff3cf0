import { createHash } from 'node:crypto';
import {
  checkParseSchema,
  type DetailedError,
  type Policy,
  type PolicyJson,
  policySetTextToParts,
  policyToJson,
  preparsePolicySet,
  preparseSchema,
  schemaToJson,
  validate,
} from '@cedar-policy/cedar-wasm/nodejs';
import { isTemplate } from './wording.ts';

/** One file of a policy folder. */
export interface PolicySource {
  readonly file: string;
  readonly text: string;
}

export interface CompiledPolicy {
  readonly id: string;
  readonly file: string;
  readonly effect: 'permit' | 'forbid';
  /** Template of the decision sentence, see wording.ts. */
  readonly reason: string;
  /** As the engine reads it. */
  readonly json: PolicyJson;
  /** What the engine is given: its text, because not every text can be read again from its JSON. */
  readonly given: Policy;
}

/** A validated, preparsed policy set. */
export interface CompiledPolicySet {
  /** Name in the engine of the policies that can speak of an action, by action of the schema. */
  readonly sets: ReadonlyMap<string, string>;
  /** Name of its schema in the engine. */
  readonly schema: string;
  /** SHA-256 (hex) over names and texts of schema and policies. */
  readonly hash: string;
  /** By id, in the order of files and of policies within them. */
  readonly policies: ReadonlyMap<string, CompiledPolicy>;
}

/** A policy folder that cannot be used; the message names file, policy and fault. */
export class PolicySetFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PolicySetFault';
  }
}

/**
 * Parses, validates (strict mode, the only one of the engine) and preparses a policy set. Every policy has an `@id`
 * of its own and a `@reason`; templates are refused. Throws PolicySetFault; nothing is left half loaded, because a
 * set is preparsed under its own hash. Preparsed sets live per thread.
 */
export function compilePolicySet(schema: PolicySource, sources: readonly PolicySource[]): CompiledPolicySet {
  const files = sources.toSorted((a, b) => (a.file < b.file ? -1 : 1));
  const parsed = checkParseSchema(schema.text);
  if (parsed.type !== 'success') throw fault(schema.file, parsed.errors);
  const policies = new Map<string, CompiledPolicy>();
  for (const policy of files.flatMap(readPolicies)) {
    const earlier = policies.get(policy.id);
    if (earlier !== undefined) {
      throw new PolicySetFault(`${policy.file}: policy "${policy.id}" also stands in ${earlier.file}`);
    }
    policies.set(policy.id, policy);
  }
  if (policies.size === 0) throw new PolicySetFault(`${schema.file}: there is no policy beside it`);
  validateStrictly(schema, policies);
  const hash = hashOf([schema, ...files]);
  const ready = preparseSchema(hash, schema.text);
  if (ready.type !== 'success') throw fault(schema.file, ready.errors);
  const sets = preparseByAction(hash, actionsOf(schema), [...policies.values()]);
  return { sets, schema: hash, hash, policies };
}

/** Actions of a schema. One that is a member of another would be spoken of by the policies of that one: refused. */
function actionsOf(schema: PolicySource): readonly string[] {
  const answer = schemaToJson(schema.text);
  if (answer.type !== 'success') throw fault(schema.file, answer.errors);
  return Object.values(answer.json).flatMap(({ actions }) =>
    Object.entries(actions).map(([name, { memberOf }]) => {
      if ((memberOf ?? []).length > 0)
        throw new PolicySetFault(`${schema.file}: action "${name}" is in a group, which is not used here`);
      return name;
    }),
  );
}

const textsOf = (policies: Iterable<CompiledPolicy>): Record<string, Policy> =>
  Object.fromEntries([...policies].map((policy) => [policy.id, policy.given]));

/** Whether the scope of a policy lets it speak of an action. */
export function speaksOf({ action }: PolicyJson, name: string): boolean {
  if (action.op === 'All') return true;
  const named = 'entities' in action ? action.entities : 'entity' in action ? [action.entity] : [];
  // Another way of writing an action is not looked into: such a policy may speak of any.
  return named.some((entity) => !('id' in entity) || entity.id === name);
}

/**
 * Preparses for each action those policies only that can speak of it: the engine goes through all of a set, whatever
 * it is asked. Answers their names in the engine, which begin with `prefix`.
 */
export function preparseByAction(
  prefix: string,
  actions: Iterable<string>,
  policies: readonly CompiledPolicy[],
): ReadonlyMap<string, string> {
  const sets = new Map<string, string>();
  for (const action of actions) {
    const speaking = policies.filter(({ json }) => speaksOf(json, action));
    const name = `${prefix} ${action}`;
    const answer = preparsePolicySet(name, { staticPolicies: textsOf(speaking) });
    if (answer.type !== 'success') throw fault(speaking[0]?.file ?? action, answer.errors);
    sets.set(action, name);
  }
  return sets;
}

function readPolicies(source: PolicySource): CompiledPolicy[] {
  const parts = policySetTextToParts(source.text);
  if (parts.type !== 'success') throw fault(source.file, parts.errors);
  if (parts.policy_templates.length > 0) {
    throw new PolicySetFault(`${source.file}: policy templates are not used here`);
  }
  return parts.policies.map((text) => {
    const json = policyToJson(text);
    if (json.type !== 'success') throw fault(source.file, json.errors);
    return described(source.file, json.json, text);
  });
}

function described(file: string, json: PolicyJson, given: Policy): CompiledPolicy {
  const id = json.annotations?.['id'];
  if (id === undefined || !/^[a-z][a-z0-9]{0,31}(-[a-z0-9]{1,32}){0,7}$/.test(id)) {
    throw new PolicySetFault(`${file}: a policy has no @id of lower-case words joined by hyphens`);
  }
  const reason = json.annotations?.['reason'];
  if (reason === undefined || !isTemplate(reason)) {
    throw new PolicySetFault(`${file}: policy "${id}" has no @reason, or one with an unknown {word}`);
  }
  return { id, file, effect: json.effect, reason, json, given };
}

function validateStrictly(schema: PolicySource, policies: ReadonlyMap<string, CompiledPolicy>): void {
  const answer = validate({
    validationSettings: { mode: 'strict' },
    schema: schema.text,
    policies: { staticPolicies: textsOf(policies.values()) },
  });
  if (answer.type !== 'success') throw fault(schema.file, answer.errors);
  const [first] = [...answer.validationErrors, ...answer.validationWarnings];
  if (first === undefined) return;
  const file = policies.get(first.policyId)?.file ?? schema.file;
  throw new PolicySetFault(`${file}: policy "${first.policyId}": ${first.error.message}`);
}

const fault = (file: string, errors: readonly DetailedError[]): PolicySetFault =>
  new PolicySetFault(`${file}: ${errors.map(({ message }) => message).join('; ')}`);

function hashOf(sources: readonly PolicySource[]): string {
  const hash = createHash('sha256');
  for (const { file, text } of sources) {
    hash.update(JSON.stringify([file, text]));
    hash.update('\n');
  }
  return hash.digest('hex');
}
