import { placeholderNames, placeholdersIn } from './placeholders.ts';
import { projections } from './projection/projections.ts';
import { isLocalOnly, isShaping, readingOf, searchableTypes } from './search-parameters.ts';
import { rowsOf, type Step, type Task } from './task.ts';

/** What does not hold together in a task, and where it stands: keys and indexes from the top. */
export interface UnsoundPart {
  readonly at: readonly (string | number)[];
  readonly fault: string;
}

/** Parameters that narrow a search beyond the patient; allergies and immunizations are fetched whole on purpose. */
const wholeTypes = new Set(['AllergyIntolerance', 'Immunization', 'Flag']);

/** Of one task, over all its steps: resources in a context, and rows that are read for it. */
const most = { cap: 1_000, rows: 4_000 } as const;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

function checkStep(task: Task, step: Step, index: number): readonly UnsoundPart[] {
  const faults: UnsoundPart[] = [];
  const fault = (text: string): void =>
    void faults.push({ at: ['steps', index], fault: `step ${step.id}: ${text}` });
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
export function checkTask(task: Task): readonly UnsoundPart[] {
  const faults = task.steps.flatMap((step, index) => checkStep(task, step, index));
  const fault = (text: string, ...at: UnsoundPart['at']): void => void faults.push({ at, fault: text });
  const ids = task.steps.map((step) => step.id);
  if (new Set(ids).size !== ids.length) fault('two steps have one id', 'steps');
  const types = new Set(
    task.steps.flatMap((step) => [step.type, ...(step.include === undefined ? [] : ['Medication'])]),
  );
  if ([...types].toSorted().join() !== task.dataTypes.toSorted().join())
    fault(`dataTypes must be exactly ${[...types].toSorted().join(', ')}`, 'dataTypes');
  for (const [type, elements] of Object.entries(task.keep)) {
    const known = projections[type]?.elements;
    if (!types.has(type)) fault(`keep names ${type}, which no step fetches`, 'keep', type);
    for (const [index, element] of elements.entries())
      if (known !== undefined && !Object.hasOwn(known, element))
        fault(`keep names ${type}.${element}, which is not projected`, 'keep', type, index);
  }
  for (const [index, id] of (task.complete ?? []).entries()) {
    const step = task.steps.find((one) => one.id === id);
    if (step === undefined) fault(`complete names ${id}, which is no step`, 'complete', index);
    if (step?.passages === true)
      fault(`complete names ${id}, of which passages are shown`, 'complete', index);
  }
  if (task.complete !== undefined && task.delivery !== 'whole')
    fault('complete needs an answer that leaves whole', 'delivery');
  if (task.output !== undefined && task.delivery !== 'whole')
    fault('output needs an answer that leaves whole', 'delivery');
  const caps = sum(task.steps.map(({ cap }) => cap));
  if (caps > most.cap)
    fault(`the caps of all steps are ${caps} resources together, more than ${most.cap}`, 'steps');
  const rows = sum(task.steps.map(rowsOf));
  if (rows > most.rows) fault(`all steps together read ${rows} rows, more than ${most.rows}`, 'steps');
  for (const [index, step] of task.steps.entries())
    if (task.keep[step.type] === undefined) fault(`keep says nothing about ${step.type}`, 'steps', index);
  return faults;
}
