import { Refusal } from '../errors/refusal.ts';
import { createFhirReader, type FhirReaderOptions } from './fhir-reader.ts';
import type { Capabilities } from './ports.ts';
import { isLocalOnly, isShaping } from './search-parameters.ts';
import type { Task, TaskCatalogue } from './task.ts';

/** How one task fits a server, by its CapabilityStatement. */
export interface TaskFit {
  readonly task: string;
  /** Types of the plan that the server does not offer: not asked for, and said in every answer. */
  readonly absentTypes: readonly string[];
  /** Parameters of the plan that the server does not list: not sent, rows are filtered by them here. */
  readonly filteredHere: readonly { readonly type: string; readonly parameters: readonly string[] }[];
}

export interface CapabilityReport {
  readonly fhirVersion: string;
  readonly batch: boolean;
  readonly tasks: readonly TaskFit[];
}

function fitOf(task: Task, { searchParams, types }: Capabilities): TaskFit {
  const unlisted = new Map<string, Set<string>>();
  for (const { search, type } of task.steps) {
    const listed = searchParams?.get(type);
    if (!types.has(type) || listed === undefined) continue;
    for (const name of Object.keys(search))
      if (!isShaping(name) && !isLocalOnly(name) && !listed.has(name))
        unlisted.set(type, (unlisted.get(type) ?? new Set()).add(name));
  }
  return {
    task: task.name,
    absentTypes: task.dataTypes.filter((type) => !types.has(type)),
    filteredHere: [...unlisted].map(([type, names]) => ({ type, parameters: [...names].toSorted() })),
  };
}

/** What a server offers of what the tasks ask for. Names in it are those of the tasks, never the server's. */
export const capabilityReport = (tasks: TaskCatalogue, capabilities: Capabilities): CapabilityReport => ({
  fhirVersion: capabilities.fhirVersion,
  batch: capabilities.batch === true,
  tasks: tasks.list().map((task) => fitOf(task, capabilities)),
});

/** Served otherwise than planned: in part, or filtered here. */
export const isPartly = ({ absentTypes, filteredHere }: TaskFit): boolean =>
  absentTypes.length > 0 || filteredHere.length > 0;

/** The words that a report of these tasks can say: their names, types and parameters. */
export const reportWords = (tasks: TaskCatalogue): readonly string[] => [
  ...new Set(
    tasks
      .list()
      .flatMap(({ dataTypes, name, steps }) => [
        name,
        ...dataTypes,
        ...steps.flatMap(({ search }) => Object.keys(search)),
      ]),
  ),
];

/** The report in plain words, one line for the server and one for each task that it serves in part or not at all. */
export function reportLines(
  server: string,
  { batch, fhirVersion, tasks }: CapabilityReport,
): readonly string[] {
  const partly = tasks.filter(isPartly);
  return [
    `FHIR server ${server}: R4 (${fhirVersion}), ${batch ? 'answers' : 'does not say that it answers'} batches; ${tasks.length - partly.length} of ${tasks.length} tasks are served as planned.`,
    ...partly.map(({ absentTypes, filteredHere, task }) => {
      const lacks = absentTypes.length === 0 ? [] : [`lacks ${absentTypes.join(', ')}`];
      const here = filteredHere.map(
        ({ parameters, type }) => `${type} is filtered here by ${parameters.join(', ')}`,
      );
      return `  ${task}: ${[...lacks, ...here].join('; ')}`;
    }),
  ];
}

/**
 * Reads the CapabilityStatement of a server, which is public, without a token.
 *
 * @throws Refusal `fhir_*`; `fhir_malformed` too where it is not of FHIR R4
 */
export const readCapabilityReport = async (
  tasks: TaskCatalogue,
  from: Pick<FhirReaderOptions, 'base' | 'timeoutMs' | 'connections'>,
): Promise<CapabilityReport> => {
  const reader = createFhirReader({ server: 'report', token: '', maxResponseBytes: 8_388_608, ...from });
  return capabilityReport(tasks, await reader.capabilities());
};

/** Why there is no report, in words that hold nothing of the server's. */
export const noReport = (server: string, thrown: unknown): string =>
  `FHIR server ${server}: its CapabilityStatement could not be read (${thrown instanceof Refusal ? thrown.reason : 'unexpected'}); it must be reachable and of FHIR R4, or every request is refused.`;
