import { type Bindings, fillAll } from './placeholders.ts';
import { isLocalOnly } from './search-parameters.ts';
import type { Step, Task } from './task.ts';

/** Types whose SMART scopes may be narrowed by category (US Core granular scopes). */
const byCategory = new Set(['Condition', 'Observation', 'DocumentReference']);

function scopesOfStep(step: Step): readonly string[] {
  const categories = step.scopeCategories ?? [step.search['category'] ?? []].flat();
  const own =
    byCategory.has(step.type) && categories.length > 0
      ? categories.map((category) => `patient/${step.type}.rs?category=${category}`)
      : [`patient/${step.type}.rs`];
  return [
    ...own,
    ...(step.include === undefined ? [] : ['patient/Medication.rs']),
    ...(step.passages === true ? ['patient/Binary.rs'] : []),
  ];
}

/**
 * SMART App Launch 2.2 scopes that the plan of a task needs, sorted. A type that one step needs whole is not listed
 * by category beside it. Codes, dates and elements are no part of scopes: they are checked locally.
 */
export function scopesOf(task: Task): readonly string[] {
  const scopes = new Set(task.steps.flatMap(scopesOfStep));
  return [...scopes]
    .filter((scope) => !scope.includes('?') || !scopes.has(scope.split('?')[0] ?? ''))
    .toSorted();
}

export interface PlannedSearch {
  readonly step: string;
  readonly type: string;
  /** As sent in the body of POST `_search`; an unbound placeholder still stands in braces. */
  readonly params: Readonly<Record<string, string>>;
  readonly cap: number;
}

/** The searches that a task would send, without sending any: what is unbound until run time stays in braces. */
export function dryRun(
  task: Task,
  bindings: Partial<Bindings> & { readonly now: number },
): readonly PlannedSearch[] {
  const shown: Bindings = {
    patient: '{patient}',
    anchor: '{anchor}',
    encounter: '{encounter}',
    requested: '{requested}',
    ...bindings,
  };
  return task.steps.map((step) => ({
    step: step.id,
    type: step.type,
    params: Object.fromEntries(
      Object.entries(fillAll(step.search, shown) ?? {}).filter(([name]) => !isLocalOnly(name)),
    ),
    cap: step.cap,
  }));
}
