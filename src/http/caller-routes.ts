import type { IncomingMessage } from 'node:http';
import { isPurpose } from '../vocabulary/purpose.ts';
import { callerOf } from './caller.ts';
import type { Face } from './face.ts';

/** GET /v1/models: what the caller's workload may use, in OpenAI's list shape. */
export async function listModels(face: Face, request: IncomingMessage): Promise<object> {
  const { tenant, workload } = await callerOf(face, request);
  const { models } = workload;
  const data = tenant.config.models
    .filter(({ id }) => models === 'all' || models.includes(id))
    .map(({ id }) => ({ id, object: 'model', created: 0, owned_by: tenant.config.id }));
  return { object: 'list', data };
}

/** GET /v1/tasks: tasks and purposes that role and workload of the caller fit. */
export async function listTasks(face: Face, request: IncomingMessage): Promise<object> {
  const { services } = face.gateway;
  const { user, workload } = await callerOf(face, request);
  const tasks = services.tasks.list().flatMap((task) => {
    const purposes = [...new Set(user.roles.flatMap((role) => task.roles[role] ?? []))].filter(
      (purpose) =>
        isPurpose(purpose) &&
        services.admits({
          tenant: user.tenant,
          task: task.name,
          purpose,
          actions: ['ask'],
          roles: user.roles,
          workload,
        }) === undefined,
    );
    return purposes.length === 0 ? [] : [{ task: task.name, title: task.title, purposes }];
  });
  return { tasks };
}
