import { canStream } from '../release/check-table.ts';
import type { Redacted } from './envelope.ts';

/**
 * Whether an answer may leave while the model speaks: asked for, allowed by the task, and every check can tell early.
 * Whether all its dates can be turned back from a shifted calendar shows at its end.
 */
export const leavesEarly = ({ ask, redacted, task }: Pick<Redacted, 'ask' | 'redacted' | 'task'>): boolean =>
  ask.stream && task.delivery === 'stream' && canStream && !redacted.shifted;
