import type { IncomingMessage } from 'node:http';
import type { Services } from '../envelope/services.ts';
import { Refusal } from '../errors/refusal.ts';
import { isPurpose } from '../vocabulary/purpose.ts';
import { type Caller, callerOf } from './caller.ts';
import type { Face } from './face.ts';

/** What the caller's workload may use, as OpenAI describes models. */
function modelsOf({ tenant, workload: { models } }: Pick<Caller, 'tenant' | 'workload'>) {
  return tenant.config.models
    .filter(({ id }) => models === 'all' || models.includes(id))
    .map(({ id }) => ({ id, object: 'model', created: 0, owned_by: tenant.config.id }));
}

/** GET /v1/models, in OpenAI's list shape. */
export async function listModels(face: Face, request: IncomingMessage): Promise<object> {
  return { object: 'list', data: modelsOf(await callerOf(face, request)) };
}

/**
 * GET /v1/models/{id}
 *
 * @throws Refusal `model_not_visible`
 */
export async function readModel(
  face: Face,
  request: IncomingMessage & { readonly params?: Readonly<Record<string, unknown>> },
): Promise<object> {
  const models = modelsOf(await callerOf(face, request));
  const model = models.find(({ id }) => id === request.params?.['id']);
  if (model === undefined) throw new Refusal('model_not_visible');
  return model;
}

/** Tasks and purposes that role and workload of a caller fit. */
export const permittedTasks = (
  services: Services,
  { user, workload }: Pick<Caller, 'user' | 'workload'>,
): readonly { readonly task: string; readonly title: string; readonly purposes: readonly string[] }[] =>
  services.tasks.list().flatMap((task) => {
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

/** GET /v1/tasks */
export async function listTasks(face: Face, request: IncomingMessage): Promise<object> {
  return { tasks: permittedTasks(face.gateway.services, await callerOf(face, request)) };
}
