import { placeholderNames, placeholdersIn } from './placeholders.ts';
import { projections } from './projection/projections.ts';
import { isLocalOnly, isShaping, readingOf, searchableTypes } from './search-parameters.ts';
import { rowsOf, type Step, type Task } from './task.ts';

/** Parameters that narrow a search beyond the patient; allergies and immunizations are fetched whole on purpose. */
const wholeTypes = new Set(['AllergyIntolerance', 'Immunization', 'Flag']);

/** Of one task, over all its steps: resources in a context, and rows that are read for it. */
const most = { cap: 1_000, rows: 4_000 } as const;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

function checkStep(task: Task, step: Step): readonly string[] {
  const faults: string[] = [];
  const fault = (text: string): void => void faults.push(`step ${step.id}: ${text}`);
  if (!searchableTypes.includes(step.type)) fault(`${step.type} cannot be searched by a plan`);
  const params = { ...step.search, ...step.local };
  for (const [name, value] of Object.entries(params)) {
    if (!isShaping(name) && readingOf(step.type, name) === undefined)
      fault(`parameter ${name} of ${step.type} is unknown and could not be checked again`);
    for (const placeholder of [value].flat().flatMap(placeholdersIn)) {
      if (!placeholderNames.includes(placeholder)) fault(`placeholder {${placeholder}} is unknown`);
      const bound = task.steps.some((one) => one.bind?.placeholder === placeholder && one !== step);
      if ((placeholder === 'anchor' || placeholder === 'encounter') && !bound)
        fault(`placeholder {${placeholder}} is bound by no other step`);
    }
  }
  for (const name of Object.keys(step.search))
    if (isLocalOnly(name)) fault(`parameter ${name} belongs under local`);
  const narrows = Object.keys(params).some((name) => !isShaping(name));
  if (!narrows && !wholeTypes.has(step.type)) fault('fetches everything of a type');
  if (step.newestPerCode === true && step.search['code'] === undefined) fault('newestPerCode needs codes');
  if (step.whenEmpty !== undefined && !task.steps.some((one) => one.id === step.whenEmpty))
    fault(`waits for ${step.whenEmpty}, which does not exist`);
  const include = [step.search['_include'] ?? []].flat();
  if (include.join() !== (step.include ?? []).join()) fault('include and _include differ');
  if (step.rank === true && step.passages !== true) fault('only passages can be ranked');
  if (step.passages === true && step.type !== 'DocumentReference') fault('only documents have passages');
  return faults;
}

/** What the schema cannot say: faults in plain words, none where the task holds together. */
export function checkTask(task: Task): readonly string[] {
  const faults = task.steps.flatMap((step) => checkStep(task, step));
  const ids = task.steps.map((step) => step.id);
  if (new Set(ids).size !== ids.length) faults.push('two steps have one id');
  const types = new Set(
    task.steps.flatMap((step) => [step.type, ...(step.include === undefined ? [] : ['Medication'])]),
  );
  if ([...types].toSorted().join() !== task.dataTypes.toSorted().join())
    faults.push(`dataTypes must be exactly ${[...types].toSorted().join(', ')}`);
  for (const [type, elements] of Object.entries(task.keep)) {
    const known = projections[type]?.elements;
    if (!types.has(type)) faults.push(`keep names ${type}, which no step fetches`);
    for (const element of elements)
      if (known !== undefined && !Object.hasOwn(known, element))
        faults.push(`keep names ${type}.${element}, which is not projected`);
  }
  for (const id of task.complete ?? []) {
    const step = task.steps.find((one) => one.id === id);
    if (step === undefined) faults.push(`complete names ${id}, which is no step`);
    if (step?.passages === true) faults.push(`complete names ${id}, of which passages are shown`);
  }
  if (task.complete !== undefined && task.delivery !== 'whole')
    faults.push('complete needs an answer that leaves whole');
  if (task.output !== undefined && task.delivery !== 'whole')
    faults.push('output needs an answer that leaves whole');
  const caps = sum(task.steps.map(({ cap }) => cap));
  if (caps > most.cap)
    faults.push(`the caps of all steps are ${caps} resources together, more than ${most.cap}`);
  const rows = sum(task.steps.map(rowsOf));
  if (rows > most.rows) faults.push(`all steps together read ${rows} rows, more than ${most.rows}`);
  for (const step of task.steps)
    if (task.keep[step.type] === undefined) faults.push(`keep says nothing about ${step.type}`);
  return faults;
}
