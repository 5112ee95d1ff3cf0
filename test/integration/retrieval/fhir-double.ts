import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isRecord } from '../../../src/vocabulary/fhir.ts';

/** What one request looked like: the header `authorization` shows whether a token went astray. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly authorization: string;
  readonly prefer: string;
  readonly body: string;
}

export type Answer = (seen: Seen, response: ServerResponse, base: string) => void;

export interface FhirDouble {
  readonly base: string;
  readonly seen: Seen[];
  close(): Promise<void>;
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
};

const listen = (server: Server): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address: unknown = server.address();
      if (isRecord(address)) resolve(`http://127.0.0.1:${String(address['port'])}/fhir`);
    });
  });

/** A FHIR server that does as told, to stand in for hostile ones. */
export async function startDouble(answer: Answer): Promise<FhirDouble> {
  const seen: Seen[] = [];
  let base = '';
  const server = createServer((request, response) => {
    const handle = async (): Promise<void> => {
      const body = await bodyOf(request);
      const one = {
        method: request.method ?? '',
        path: request.url ?? '',
        authorization: request.headers.authorization ?? '',
        prefer: String(request.headers['prefer'] ?? ''),
        body,
      };
      seen.push(one);
      answer(one, response, base);
    };
    void handle();
  });
  base = await listen(server);
  return {
    base,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const sendJson = (response: ServerResponse, body: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(body));
};

export const searchset = (
  matches: readonly unknown[],
  next?: string,
  included: readonly unknown[] = [],
): unknown => ({
  resourceType: 'Bundle',
  type: 'searchset',
  ...(next === undefined ? {} : { link: [{ relation: 'next', url: next }] }),
  entry: [
    ...matches.map((resource) => ({ resource, search: { mode: 'match' } })),
    ...included.map((resource) => ({ resource, search: { mode: 'include' } })),
  ],
});

const capabilityTypes =
  'Patient RelatedPerson Coverage Account CareTeam Encounter Practitioner PractitionerRole Organization Consent Appointment Observation Condition MedicationRequest MedicationStatement MedicationDispense Medication AllergyIntolerance Immunization DiagnosticReport Procedure DocumentReference Flag Binary'.split(
    ' ',
  );

export const capabilityStatement = (types: readonly string[] = capabilityTypes): unknown => ({
  resourceType: 'CapabilityStatement',
  status: 'active',
  fhirVersion: '4.0.1',
  rest: [{ mode: 'server', resource: types.map((type) => ({ type })) }],
});

/**
 * A server that holds resources and ignores every filter but the type: what the gateway keeps is then its own work.
 */
export const careless =
  (resources: readonly unknown[], types?: readonly string[]): Answer =>
  ({ path }, response) => {
    const [type = '', rest = ''] = path.replace(/^\/fhir\//, '').split('/');
    if (type === 'metadata') return sendJson(response, capabilityStatement(types));
    const ofType = resources.filter((one) => isRecord(one) && one['resourceType'] === type);
    if (rest === '_search') return sendJson(response, searchset(ofType));
    const one = ofType.find((resource) => isRecord(resource) && resource['id'] === rest);
    return sendJson(response, one ?? { resourceType: 'OperationOutcome' }, one === undefined ? 404 : 200);
  };
