import { canStream } from '../release/check-table.ts';
import type { Delegated } from './envelope.ts';

/** Whether an answer may leave while the model speaks: asked for, allowed by the task, and every check can tell early. */
export const leavesEarly = ({ ask, task }: Pick<Delegated, 'ask' | 'task'>): boolean =>
  ask.stream && task.delivery === 'stream' && canStream;
