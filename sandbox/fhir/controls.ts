import { isRecord, isResource, type Resource } from '../../src/vocabulary/fhir.ts';
import { parseReference } from './elements.ts';
import { type FaultSwitches, parseFaults } from './faults.ts';
import type { Answer } from './interactions.ts';
import { FhirFailure } from './outcome.ts';
import type { RequestLog } from './request-log.ts';
import type { FhirStore } from './store.ts';

interface Controlled {
  readonly store: FhirStore;
  readonly faults: FaultSwitches;
  readonly requests: RequestLog;
  readonly now: () => number;
}

type Control = (controlled: Controlled, body: () => Promise<unknown>) => Promise<Answer> | Answer;

/** The sandbox's controls, by method and name: for tests and the curious, on loopback, never on a real server. */
const controls: Readonly<Record<string, Control>> = {
  'GET __faults': ({ faults }) => ({ status: 200, body: faults.list() }),
  'POST __faults': async ({ faults }, body) => {
    faults.replace(bodyError(await body(), parseFaults));
    return { status: 200, body: faults.list() };
  },
  'DELETE __faults': ({ faults }) => {
    faults.replace([]);
    return { status: 204, body: undefined };
  },
  'GET __requests': ({ requests }) => ({ status: 200, body: requests.list() }),
  'DELETE __requests': ({ requests }) => {
    requests.clear();
    return { status: 204, body: undefined };
  },
  'PUT __resources': async ({ store, now }, body) => ({
    status: 200,
    body: putResources(store, await body(), now()),
  }),
};

function bodyError<T>(body: unknown, parse: (body: unknown) => T): T {
  try {
    return parse(body);
  } catch (thrown) {
    throw new FhirFailure(400, 'invalid', thrown instanceof Error ? thrown.message : 'not understood');
  }
}

/** Throws 404 or 405. */
export function control(
  method: string,
  name: string,
  controlled: Controlled,
  body: () => Promise<unknown>,
): Promise<Answer> | Answer {
  const handler = controls[`${method} ${name}`];
  if (handler !== undefined) return handler(controlled, body);
  const known = Object.keys(controls).filter((key) => key.endsWith(` ${name}`));
  if (known.length === 0) throw new FhirFailure(404, 'not-found', 'no such control');
  const allow = known.map((key) => key.split(' ', 1)[0]).join(', ');
  throw new FhirFailure(405, 'not-supported', 'the control does not take this method', { allow });
}

/**
 * Puts a resource, or every entry of a Bundle; an entry whose request is `DELETE Type/id` deletes. All or nothing:
 * a Bundle with an entry that cannot be put changes nothing. `meta.lastUpdated` is the sandbox's now.
 */
function putResources(store: FhirStore, body: unknown, now: number): { put: number; deleted: number } {
  if (!isResource(body)) throw new FhirFailure(400, 'invalid', 'the body must be a resource or a Bundle');
  const entries = body.resourceType === 'Bundle' ? body['entry'] : [{ resource: body }];
  if (!Array.isArray(entries)) throw new FhirFailure(400, 'invalid', 'the Bundle has no entries');
  const puts: Resource[] = [];
  const deletes: { type: string; id: string }[] = [];
  for (const entry of entries) {
    const { resource, request } = isRecord(entry) ? entry : {};
    const target =
      isRecord(request) && request['method'] === 'DELETE' ? parseReference(request['url']) : undefined;
    if (target !== undefined) deletes.push(target);
    else if (
      isResource(resource) &&
      parseReference(`${resource.resourceType}/${resource.id}`) !== undefined
    ) {
      puts.push(resource);
    } else throw new FhirFailure(400, 'invalid', 'each entry needs a resource with type and id, or a DELETE');
  }
  for (const resource of puts) store.put(resource, now);
  const deleted = deletes.filter(({ type, id }) => store.delete(type, id)).length;
  return { put: puts.length, deleted };
}
