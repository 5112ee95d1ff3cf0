import { projections } from './projection/projections.ts';
import { scopesOf } from './smart-scopes.ts';
import type { Step, Task, TaskCatalogue } from './task.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');
const short = (value: string): string =>
  value.replace(
    /^https?:\/\/(?:terminology\.hl7\.org\/CodeSystem\/|hl7\.org\/fhir\/us\/core\/CodeSystem\/)?/,
    '',
  );
const shown = (params: Readonly<Record<string, string | readonly string[]>>): string =>
  Object.entries(params)
    .filter(([name]) => !['patient', '_count', '_include'].includes(name))
    .map(([name, value]) => `${name}=${[value].flat().map(short).join(',')}`)
    .join(' & ');

function row(step: Step): string {
  const rules = [
    ...(step.newestPerCode === true ? ['newest per code'] : []),
    ...(step.soonestFirst === true ? ['soonest first'] : []),
    ...(step.bind === undefined ? [] : [`binds {${step.bind.placeholder}}`]),
    ...(step.whenEmpty === undefined ? [] : [`only where ${step.whenEmpty} is empty`]),
    ...(step.unlessBound === undefined ? [] : ['only where the request names no visit']),
    ...(step.passages === true ? ['text of the document'] : []),
    ...(step.rank === true ? ['the passages that fit the question'] : []),
    ...(step.include === undefined ? [] : ['with its Medication']),
    ...(step.lookBackMonths === undefined ? [] : [`${step.lookBackMonths} months back`]),
  ];
  const cells = [
    step.id,
    step.type,
    shown(step.search),
    shown(step.local ?? {}),
    rules.join('; '),
    String(step.cap),
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
}

function section(task: Task): string {
  const kept = Object.entries(task.keep).map(([type, elements]) => {
    const always = Object.entries(projections[type]?.elements ?? {})
      .filter(([, element]) => element.always === true)
      .map(([name]) => name);
    return `- ${type}: ${[...new Set([...always, ...elements])].join(', ')}`;
  });
  return [
    `### ${task.name}`,
    '',
    `${task.title}. Asked by ${Object.entries(task.roles)
      .map(([role, purposes]) => `${role} (${purposes.join(', ')})`)
      .join(', ')}.`,
    '',
    '| step | type | search | checked here as well | rules | at most |',
    '|---|---|---|---|---|---|',
    ...task.steps.map(row),
    '',
    'Kept:',
    '',
    ...kept,
    '',
    ...(task.output === undefined ? [] : ['Answered as one JSON document of its schema.', '']),
    ...(task.complete === undefined ? [] : [`Never left out: ${task.complete.join(', ')}`, '']),
    `Scopes: ${scopesOf(task)
      .map((scope) => `\`${scope}\``)
      .join(', ')}`,
  ].join('\n');
}

/** The tasks as Markdown: the part of docs/retrieval.md that a test holds to the files in `tasks/`. */
export const taskTable = (tasks: TaskCatalogue): string => tasks.list().map(section).join('\n\n');
