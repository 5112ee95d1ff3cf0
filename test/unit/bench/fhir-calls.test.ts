import { expect, test } from '@jest/globals';
import { callsAlone, notingCalls } from '../../../bench/processes/fhir-calls.ts';
import type { RecordServer } from '../../../src/envelope/services.ts';
import type { Capabilities, FhirReader, SearchResult } from '../../../src/retrieval/ports.ts';

const nothing: SearchResult = { matches: [], included: [], pages: 1, bytes: 0, cut: false };
const capabilities: Capabilities = { fhirVersion: '4.0.1', types: new Set() };

function recordServer(): { readonly server: RecordServer; readonly asked: string[] } {
  const asked: string[] = [];
  const reader = (token: string): FhirReader => ({
    server: 'main',
    async search(type, params) {
      asked.push(`${token} ${type} ${JSON.stringify(params)}`);
      return nothing;
    },
    async read(type, id) {
      asked.push(`${token} ${type}/${id}`);
      return undefined;
    },
    binary: async () => undefined,
    capabilities: async () => capabilities,
  });
  const server: RecordServer = {
    fhir: { id: 'main', base: 'http://fhir.example' },
    recordTokens: { method: 'own', patientBound: false, issue: () => Promise.reject(new Error('not asked')) },
    reader,
    statement: async () => capabilities,
  };
  return { server, asked };
}

const read = async (server: RecordServer, token: string): Promise<void> => {
  const reader = server.reader(token, new AbortController().signal, () => undefined);
  await reader.capabilities();
  await Promise.all([reader.read('Patient', 'p1'), reader.search('CareTeam', { patient: 'Patient/p1' })]);
};

test('the calls of a request are noted while they are made, and made again as often as asked', async () => {
  const { asked, server } = recordServer();
  const before = Object.getOwnPropertyDescriptor(server, 'reader');
  const noting = notingCalls(server);
  await read(server, 'one');
  await read(server, 'other');
  noting.stop();
  expect(Object.getOwnPropertyDescriptor(server, 'reader')).toEqual(before);
  const once = [
    'one Patient/p1',
    'one CareTeam {"patient":"Patient/p1"}',
    'other Patient/p1',
    'other CareTeam {"patient":"Patient/p1"}',
  ];
  expect(asked.splice(0)).toEqual(once);
  await read(server, 'later');
  asked.splice(0);
  expect(await callsAlone(server, noting.noted, { requests: 5, at: 2 })).toBeGreaterThan(0);
  expect(asked.toSorted()).toEqual(once.flatMap((call) => Array.from({ length: 5 }, () => call)).toSorted());
});
