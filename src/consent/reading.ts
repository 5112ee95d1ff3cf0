import { isRecord } from '../vocabulary/fhir.ts';
import type { Code } from './sensitivity.ts';

/** A consent holds something that this evaluator does not understand: the whole decision is a denial. */
export class NotUnderstood extends Error {
  constructor() {
    super('consent not understood');
    this.name = 'NotUnderstood';
  }
}

/** Caps: beyond them a consent is refused whole, never read in part. */
export const caps = {
  consents: 200,
  depth: 12,
  elements: 20_000,
  list: 2_000,
  text: 4_096,
  groups: 200,
  members: 20_000,
} as const;

/** Counts what has been read of all consents of one request. */
export interface Budget {
  left: number;
  /** Whether the time for reading them is over. */
  readonly spent?: () => boolean;
}

export type Element = Readonly<Record<string, unknown>>;

/** An object whose keys are all expected. Unknown keys, primitive extensions and modifiers are refused by that. */
export function readObject(value: unknown, keys: ReadonlySet<string>): Element {
  if (!isRecord(value)) throw new NotUnderstood();
  for (const key of Object.keys(value)) if (!keys.has(key)) throw new NotUnderstood();
  return value;
}

/** A list that is absent, or has at least one entry and not too many. FHIR has no empty arrays. */
export function readList(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.length === 0 || value.length > caps.list) throw new NotUnderstood();
  return value;
}

export function readText(value: unknown): string {
  if (typeof value !== 'string' || value === '' || value.length > caps.text) throw new NotUnderstood();
  return value;
}

const codingKeys = new Set(['id', 'extension', 'system', 'version', 'code', 'display', 'userSelected']);
const conceptKeys = new Set(['id', 'extension', 'coding', 'text']);

/** A Coding with system and code; a display alone can neither be matched nor be known not to match. */
export function readCoding(value: unknown): Code {
  const coding = readObject(value, codingKeys);
  return { system: readText(coding['system']), code: readText(coding['code']) };
}

/** Every coding of a CodeableConcept; text alone is not understood. */
export function readConcept(value: unknown): readonly Code[] {
  const codings = readList(readObject(value, conceptKeys)['coding']).map(readCoding);
  if (codings.length === 0) throw new NotUnderstood();
  return codings;
}

/**
 * Walks everything that a consent holds: a modifierExtension anywhere changes the meaning of what is around it
 * (R4 extensibility, "applications SHALL NOT process"), and size and depth stay within the caps.
 */
export function walk(value: unknown, budget: Budget, depth = 0): void {
  budget.left -= 1;
  if (budget.left < 0 || depth > caps.depth * 3) throw new NotUnderstood();
  if (budget.left % 256 === 0 && budget.spent?.() === true) throw new NotUnderstood();
  if (Array.isArray(value)) {
    if (value.length > caps.list) throw new NotUnderstood();
    for (const entry of value) walk(entry, budget, depth + 1);
    return;
  }
  if (!isRecord(value)) return;
  for (const [key, entry] of Object.entries(value)) {
    if (key === 'modifierExtension' || key === '_modifierExtension') throw new NotUnderstood();
    walk(entry, budget, depth + 1);
  }
}
