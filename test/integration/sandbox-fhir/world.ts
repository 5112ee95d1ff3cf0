import { request as httpRequest } from 'node:http';
import type { Authorize } from '../../../sandbox/fhir/access.ts';
import { type FhirServer, startFhirServer } from '../../../sandbox/fhir/server.ts';
import { FhirStore } from '../../../sandbox/fhir/store.ts';
import type { Resource } from '../../../src/vocabulary/fhir.ts';

const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] });
const category = (code: string) => [
  { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code }] },
];
const observation = (
  id: string,
  patient: string,
  code: string,
  day: string,
  kind = 'laboratory',
): Resource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  category: category(kind),
  code: loinc(code),
  subject: { reference: `Patient/${patient}` },
  encounter: { reference: 'Encounter/e1' },
  effectiveDateTime: day,
  valueQuantity: { value: 190, unit: 'mg/dL' },
  interpretation: [{ text: 'high' }],
});

export const resources: readonly Resource[] = [
  {
    resourceType: 'Patient',
    id: 'p1',
    name: [{ family: 'Núñez', given: ['Ana', 'Lucía'] }],
    birthDate: '1980-02-29',
  },
  {
    resourceType: 'Patient',
    id: 'p2',
    name: [{ family: 'Okafor', given: ['Chidi'] }],
    birthDate: '1975-07-01',
  },
  observation('o1', 'p1', '2093-3', '2024-03-01T09:00:00+02:00'),
  observation('o2', 'p1', '2093-3', '2025-03-01'),
  observation('o3', 'p1', '8867-4', '2025-03', 'vital-signs'),
  observation('o4', 'p2', '2093-3', '2025-04-01'),
  {
    resourceType: 'Encounter',
    id: 'e1',
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    subject: { reference: 'Patient/p1' },
    period: { start: '2025-03-01T08:00:00Z', end: '2025-03-01T10:00:00Z' },
  },
  { resourceType: 'Medication', id: 'm1', code: { text: 'warfarin' } },
  {
    resourceType: 'MedicationRequest',
    id: 'r1',
    status: 'active',
    intent: 'order',
    medicationReference: { reference: 'Medication/m1' },
    subject: { reference: 'Patient/p1' },
    authoredOn: '2025-01-05',
  },
  {
    resourceType: 'Provenance',
    id: 'v1',
    target: [{ reference: 'Observation/o1' }, { reference: 'Patient/p1' }],
    recorded: '2025-03-01T10:00:00Z',
    agent: [{ who: { display: 'x' } }],
  },
  {
    resourceType: 'DocumentReference',
    id: 'd1',
    status: 'current',
    subject: { reference: 'Patient/p1' },
    content: [{ attachment: { contentType: 'text/plain', url: 'Binary/b1' } }],
  },
  {
    resourceType: 'Binary',
    id: 'b1',
    contentType: 'text/plain',
    data: Buffer.from('a note').toString('base64'),
  },
  {
    resourceType: 'Binary',
    id: 'b2',
    contentType: 'text/plain',
    data: Buffer.from('another').toString('base64'),
  },
];

/** Tokens of the tests and what they allow. */
const tokens: Readonly<Record<string, Awaited<ReturnType<Authorize>>>> = {
  all: { scopes: ['system/*.rs'] },
  own: { scopes: ['patient/*.rs', 'openid'], patient: 'p1' },
  labs: {
    scopes: [
      'patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory',
    ],
    patient: 'p1',
  },
  searchOnly: { scopes: ['patient/MedicationRequest.s'], patient: 'p1' },
  consents: { scopes: ['system/Consent.rs'] },
};

export async function world(): Promise<FhirServer> {
  const store = new FhirStore();
  for (const resource of resources) store.put(resource);
  return startFhirServer({
    port: 0,
    store,
    authorize: (token) => Promise.resolve(Object.hasOwn(tokens, token) ? tokens[token] : undefined),
    clock: { now: () => Date.parse('2025-06-01T00:00:00Z') },
  });
}

export interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** JSON of the text; fails the test where it is none. */
  json(): Json;
}
/** Loosely typed JSON for assertions. */
export interface Json {
  readonly [name: string]: Json;
}

/** Plain node:http, so that Host and Origin can be set and nothing is followed. */
export function ask(
  url: string,
  options: { token?: string; method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Got> {
  const { token, method = 'GET', headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      url,
      {
        method,
        headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const json = () => {
            const parsed: Json = JSON.parse(text);
            return parsed;
          };
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** Ids of the entries of a searchset, in order, includes marked by `+`. */
export function ids(got: Got): string[] {
  const bundle: { entry?: { resource: { id: string }; search: { mode: string } }[] } = JSON.parse(got.text);
  return (bundle.entry ?? []).map(
    (entry) => (entry.search.mode === 'include' ? '+' : '') + entry.resource.id,
  );
}
/** The url of a link of a searchset. */
export function link(got: Got, relation: string): string | undefined {
  const bundle: { link?: { relation: string; url: string }[] } = JSON.parse(got.text);
  return bundle.link?.find((one) => one.relation === relation)?.url;
}
