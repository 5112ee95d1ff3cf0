import type { Tool } from '@modelcontextprotocol/server';
import type { Services } from '../../envelope/services.ts';
import type { Action } from '../../vocabulary/scope.ts';
import type { Caller } from '../caller.ts';
import { permittedTasks } from '../caller-routes.ts';
import { type SchemaName, schemas } from '../schemas.ts';
import { fixedTools, type ToolRow, tasksByTool, taskTool } from './tool-table.ts';

interface ObjectSchema {
  readonly type: 'object';
  readonly properties?: Readonly<Record<string, object>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
}

const objectSchema = (name: SchemaName): ObjectSchema => {
  const schema: ObjectSchema | { readonly type: unknown } = schemas[name];
  if (schema.type !== 'object') throw new TypeError('a tool takes and answers objects');
  return { ...schema, type: 'object' };
};

/** What a delegated token already says may not be said again. */
const saidByToken: ReadonlySet<string> = new Set(['patient', 'task', 'purpose', 'encounter', 'ticket']);
const neededWithoutToken: ReadonlySet<string> = new Set(['patient', 'task', 'purpose']);

/** Arguments of a tool, as this caller has to send them. */
function inputOf({ action, takes }: ToolRow, delegated: boolean, purposes?: readonly string[]) {
  const { properties = {}, required = [] } = objectSchema(takes);
  const own = Object.entries(properties).filter(([name]) => !(delegated && saidByToken.has(name)));
  const asked = action === undefined || delegated ? [] : own.filter(([name]) => neededWithoutToken.has(name));
  return {
    type: 'object' as const,
    properties: Object.fromEntries(
      own.map(([name, schema]) => [
        name,
        name === 'purpose' && purposes !== undefined ? { enum: [...purposes] } : { ...schema },
      ]),
    ),
    required: [...asked.map(([name]) => name), ...required],
    additionalProperties: false,
  };
}

/** A refusal is an answer too: one of the two shapes. */
function outputOf({ answers }: ToolRow) {
  const { properties = {}, required = [] } = objectSchema(answers);
  const refused = objectSchema('mcpRefused');
  return {
    type: 'object' as const,
    properties: { ...refused.properties, ...properties },
    anyOf: [{ required: [...required] }, { required: [...(refused.required ?? [])] }],
    additionalProperties: false,
  };
}

const described = (name: string, row: ToolRow, delegated: boolean, purposes?: readonly string[]): Tool => ({
  name,
  title: row.title,
  description: row.description,
  inputSchema: inputOf(row, delegated, purposes),
  outputSchema: outputOf(row),
  annotations: { readOnlyHint: true, destructiveHint: false, openWorldHint: false },
});

/** Whether the caller's entry and token leave room for an action at all; the envelope decides each call. */
function mayTry({ presented, workload }: Caller, action: Action | undefined): boolean {
  if (action === undefined) return true;
  if (presented?.scope.actions.includes(action) === false) return false;
  return action !== 'context' || workload.readingModel !== undefined;
}

/** The tools of one caller: what anybody may try, and one for each task that role and workload fit. */
export function toolsOf(services: Services, caller: Caller): Tool[] {
  const delegated = caller.presented !== undefined;
  const fixed = Object.entries(fixedTools)
    .filter(([, { action }]) => mayTry(caller, action))
    .map(([name, row]) => described(name, row, delegated));
  // A delegated token names its task itself.
  if (delegated) return fixed;
  const permitted = new Map(permittedTasks(services, caller).map(({ purposes, task }) => [task, purposes]));
  const byTask = [...tasksByTool(services)].flatMap(([tool, { name, title }]) => {
    const purposes = permitted.get(name);
    return purposes === undefined ? [] : [described(tool, taskTool(name, title), false, purposes)];
  });
  return [...fixed, ...byTask];
}
