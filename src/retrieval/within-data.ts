import type { Step, Task } from './task.ts';

/** Every type that a step reads: its own, and what it includes. The text of a document belongs to the document. */
const typesOf = (step: Step): readonly string[] =>
  step.include === undefined ? [step.type] : [step.type, 'Medication'];

const namesPlaceholder = ({ search, local }: Step, name: string): boolean =>
  [...Object.values(search), ...Object.values(local ?? {})]
    .flat()
    .some((value) => value.includes(`{${name}}`));

const boundBy = (steps: readonly Step[]): readonly string[] =>
  steps.flatMap(({ bind }) => (bind === undefined ? [] : [bind.placeholder]));

/** Steps that can run without those left out: whose visit is still looked for, and whose forerunner still runs. */
function withoutOrphans(task: Task, kept: readonly Step[]): readonly Step[] {
  const after = boundBy(kept);
  const lost = boundBy(task.steps).filter((name) => !after.includes(name));
  const rest = kept.filter(
    (step) =>
      !lost.some((name) => namesPlaceholder(step, name)) &&
      (step.whenEmpty === undefined || kept.some(({ id }) => id === step.whenEmpty)),
  );
  return rest.length === kept.length ? kept : withoutOrphans(task, rest);
}

/**
 * A task as far as it reads the given types and no others; the task itself where all of them may be read. A step that
 * waits for one that is left out is left out with it. What is not, or not wholly, read is named by `notRead` and said in
 * a notice. Undefined where nothing is left.
 */
export function withinData(task: Task, data: readonly string[] | undefined): Task | undefined {
  if (data === undefined || task.dataTypes.every((type) => data.includes(type))) return task;
  const steps = withoutOrphans(
    task,
    task.steps.filter((step) => typesOf(step).every((type) => data.includes(type))),
  );
  if (steps.length === 0) return undefined;
  const dataTypes = task.dataTypes.filter((type) => data.includes(type));
  const notRead = new Set(task.steps.filter((step) => !steps.includes(step)).flatMap(typesOf));
  return { ...task, steps, dataTypes, notRead: task.dataTypes.filter((type) => notRead.has(type)) };
}
