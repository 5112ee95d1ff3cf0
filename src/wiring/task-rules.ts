import type { Config } from '../config/config.ts';
import type { TaskAdmission } from '../delegation/ports.ts';
import { demandAssurance } from '../delegation/step-up.ts';
import type { Services } from '../envelope/services.ts';
import { type TaskCatalogue, taskPermits } from '../retrieval/task.ts';
import type { Clock } from '../vocabulary/time.ts';

/** Whether task, purpose, role and workload fit together, by the task catalogue. Consent and policy come after. */
const admission =
  (tasks: () => TaskCatalogue): TaskAdmission =>
  ({ task, purpose, roles }) => {
    const known = tasks().get(task);
    if (known === undefined) return 'task_unknown';
    return roles.some((role) => taskPermits(known, role, purpose)) ? undefined : 'purpose_not_allowed';
  };

/** What the task catalogue says to whoever asks for a token: may they, for how much, and how strongly signed in. */
export const taskRules = (
  tasks: () => TaskCatalogue,
  config: Config,
  clock: Clock,
): Pick<Services, 'admits' | 'assured' | 'workLimits'> => ({
  admits: admission(tasks),
  workLimits: ({ task }) => {
    const known = tasks().get(task);
    return {
      dataTypes: known?.dataTypes ?? [],
      retentionSeconds: config.limits.tokenRetentionSeconds,
      ...(known?.retentionSeconds === undefined ? {} : { taskRetentionSeconds: known.retentionSeconds }),
      once: known?.use === 'once',
    };
  },
  assured: (user, { purpose, task }) =>
    demandAssurance(
      config.tenants.find(({ id }) => id === user.tenant)?.stepUp ?? [],
      { task, purpose, dataTypes: tasks().get(task)?.dataTypes ?? [] },
      user,
      clock.now() / 1000,
    ),
});
