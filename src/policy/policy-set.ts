import { createHash } from 'node:crypto';
import {
  checkParseSchema,
  type DetailedError,
  type PolicyJson,
  policySetTextToParts,
  policyToJson,
  preparsePolicySet,
  preparseSchema,
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
}

/** A validated, preparsed policy set; `name` is its name in the engine (equal to the hash). */
export interface CompiledPolicySet {
  readonly name: string;
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
  const compiled = files.flatMap(readPolicies);
  const texts: Record<string, string> = {};
  const policies = new Map<string, CompiledPolicy>();
  for (const { policy, text } of compiled) {
    const earlier = policies.get(policy.id);
    if (earlier !== undefined) {
      throw new PolicySetFault(`${policy.file}: policy "${policy.id}" also stands in ${earlier.file}`);
    }
    policies.set(policy.id, policy);
    texts[policy.id] = text;
  }
  if (policies.size === 0) throw new PolicySetFault(`${schema.file}: there is no policy beside it`);
  validateStrictly(schema, texts, policies);
  const hash = hashOf([schema, ...files]);
  const ready = [preparseSchema(hash, schema.text), preparsePolicySet(hash, { staticPolicies: texts })];
  for (const answer of ready) if (answer.type !== 'success') throw fault(schema.file, answer.errors);
  return { name: hash, schema: hash, hash, policies };
}

function readPolicies(source: PolicySource): { policy: CompiledPolicy; text: string }[] {
  const parts = policySetTextToParts(source.text);
  if (parts.type !== 'success') throw fault(source.file, parts.errors);
  if (parts.policy_templates.length > 0) {
    throw new PolicySetFault(`${source.file}: policy templates are not used here`);
  }
  return parts.policies.map((text) => {
    const json = policyToJson(text);
    if (json.type !== 'success') throw fault(source.file, json.errors);
    return { policy: described(source.file, json.json), text };
  });
}

function described(file: string, json: PolicyJson): CompiledPolicy {
  const id = json.annotations?.['id'];
  if (id === undefined || !/^[a-z][a-z0-9]{0,31}(-[a-z0-9]{1,32}){0,7}$/.test(id)) {
    throw new PolicySetFault(`${file}: a policy has no @id of lower-case words joined by hyphens`);
  }
  const reason = json.annotations?.['reason'];
  if (reason === undefined || !isTemplate(reason)) {
    throw new PolicySetFault(`${file}: policy "${id}" has no @reason, or one with an unknown {word}`);
  }
  return { id, file, effect: json.effect, reason, json };
}

function validateStrictly(
  schema: PolicySource,
  texts: Readonly<Record<string, string>>,
  policies: ReadonlyMap<string, CompiledPolicy>,
): void {
  const answer = validate({
    validationSettings: { mode: 'strict' },
    schema: schema.text,
    policies: { staticPolicies: texts },
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
