import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type DataReader, fromDisk } from '../vocabulary/data-reader.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import { schemaCompiler } from '../vocabulary/json-schema.ts';
import { readYamlAs, YamlFault } from '../vocabulary/yaml-text.ts';
import { compileOutput } from './output-schema.ts';
import type { Task, TaskCatalogue } from './task.ts';
import { checkTask } from './task-check.ts';

export interface TaskFault {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly fault: string;
}

const schemaFile = 'task.schema.json';

interface ReadFolder {
  readonly tasks: readonly Task[];
  readonly faults: readonly TaskFault[];
  readonly hash: string;
}

function readFolder(directory: string, reader: DataReader): ReadFolder {
  const hash = createHash('sha256');
  const files = reader
    .list(directory)
    .filter((name) => name.endsWith('.yaml') || name === schemaFile)
    .toSorted();
  const contents = new Map(files.map((name) => [name, reader.read(join(directory, name)).toString('utf8')]));
  for (const [name, text] of contents) hash.update(`${name}\0${text.length}\0${text}\0`);
  const schema: unknown = JSON.parse(contents.get(schemaFile) ?? 'null');
  if (!isRecord(schema))
    return { tasks: [], faults: [{ file: schemaFile, line: 1, fault: 'is missing' }], hash: '' };
  const validate = schemaCompiler({ allErrors: true, allowUnionTypes: true }).compile<Task>(schema);
  const tasks: Task[] = [];
  const faults: TaskFault[] = [];
  for (const [file, text] of contents) {
    if (file === schemaFile) continue;
    try {
      const { content: task, lineOf } = readYamlAs(text, validate);
      if (file !== `${task.name}.yaml`)
        faults.push({ file, line: lineOf(['name']), fault: `must be named ${task.name}.yaml` });
      const output = task.output === undefined ? undefined : compileOutput(task.output.schema);
      const inOutput = output !== undefined && 'faults' in output ? output.faults : [];
      faults.push(
        ...checkTask(task).map(({ at, fault }) => ({ file, line: lineOf(at), fault })),
        ...inOutput.map((fault) => ({ file, line: lineOf(['output', 'schema']), fault })),
      );
      tasks.push(output !== undefined && 'accepts' in output ? { ...task, accepts: output.accepts } : task);
    } catch (thrown) {
      if (!(thrown instanceof YamlFault)) throw thrown;
      faults.push(...thrown.faults.map(({ line, reason }) => ({ file, line, fault: reason })));
    }
  }
  return { tasks, faults, hash: hash.digest('hex') };
}

/** A fault as it is told. */
export const inWords = ({ file, line, fault }: TaskFault): string => `${file}, line ${line}: ${fault}`;

/** Faults of all task files in a folder, in plain words; none where every task may be loaded. */
export const checkTasks = (directory: string): readonly TaskFault[] => readFolder(directory, fromDisk).faults;

/** Loads `tasks/*.yaml`. Throws an Error that names every fault: a gateway does not start on half a catalogue. */
export function loadTasks(directory: string, reader: DataReader = fromDisk): TaskCatalogue {
  const { tasks, faults, hash } = readFolder(directory, reader);
  if (faults.length > 0) throw new Error(`tasks are not usable:\n${faults.map(inWords).join('\n')}`);
  const byName = new Map(tasks.map((task) => [task.name, task]));
  return { get: (name) => byName.get(name), list: () => [...byName.values()], hash };
}
