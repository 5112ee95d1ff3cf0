import type { Services } from '../../envelope/services.ts';
import type { Action } from '../../vocabulary/scope.ts';
import { table } from '../../vocabulary/table.ts';
import type { SchemaName } from '../schemas.ts';

/** What a tool does: walk an envelope, or read a trail. */
export interface ToolRow {
  readonly title: string;
  readonly description: string;
  readonly takes: SchemaName;
  readonly answers: SchemaName;
  /** Of the envelope; a tool without one reads a trail. */
  readonly action?: Action;
  /** Asked by this tool and no other. */
  readonly task?: string;
}

const redacted =
  'Identifiers never reach the model, and the answer names people by their role. A refusal is a result with isError.';

export const fixedTools = table<ToolRow>({
  ask: {
    title: 'Ask about one record',
    description: `Asks one question about one patient's record under a task and a purpose. ${redacted}`,
    takes: 'mcpAsk',
    answers: 'mcpAnswered',
    action: 'ask',
  },
  context: {
    title: 'Take a redacted context',
    description:
      'The redacted context of a task, for the model that is named in the entry of this client. Cite its lines by their keys.',
    takes: 'mcpContext',
    answers: 'contextAnswer',
    action: 'context',
  },
  explain: {
    title: 'Explain a decision',
    description: 'What was decided on a trail of yours, why, and what happened on it.',
    takes: 'mcpExplain',
    answers: 'trail',
  },
});

/** Names of tools know letters, digits and a few signs; dots are not taken by every client. */
export const taskToolName = (task: string): string => `ask_${task.replaceAll('.', '_')}`;

export const taskTool = (task: string, title: string): ToolRow => ({
  title,
  description: `Asks about "${title}" of one patient's record. ${redacted}`,
  takes: 'mcpAskTask',
  answers: 'mcpAnswered',
  action: 'ask',
  task,
});

/** Tasks by the names of their tools; two tasks whose tools would have one name are asked by `ask`. */
export function tasksByTool(services: Services): ReadonlyMap<string, { name: string; title: string }> {
  const found = new Map<string, { name: string; title: string }>();
  const twice = new Set<string>();
  for (const { name, title } of services.tasks.list()) {
    const tool = taskToolName(name);
    if (found.has(tool)) twice.add(tool);
    found.set(tool, { name, title });
  }
  for (const tool of twice) found.delete(tool);
  return found;
}

/** The tool of a name, whether or not this caller may use it: that is decided by the envelope. */
export function toolNamed(services: Services, name: string): ToolRow | undefined {
  const fixed = fixedTools[name];
  if (fixed !== undefined) return fixed;
  const task = tasksByTool(services).get(name);
  return task === undefined ? undefined : taskTool(task.name, task.title);
}
