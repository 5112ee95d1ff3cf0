import { afterEach, describe, expect, test } from '@jest/globals';
import { createFhirReader } from '../../../src/retrieval/fhir-reader.ts';
import type { FhirReader, SearchResult } from '../../../src/retrieval/ports.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { type Answer, type FhirDouble, searchset, sendJson, startDouble } from './fhir-double.ts';

const doubles: FhirDouble[] = [];
afterEach(async () => {
  await Promise.all(doubles.splice(0).map((one) => one.close()));
});

async function readerOf(answer: Answer, faults: string[] = []): Promise<[FhirReader, FhirDouble]> {
  const double = await startDouble(answer);
  doubles.push(double);
  const reader = createFhirReader({
    server: 'main',
    base: double.base,
    token: 'T',
    timeoutMs: 2000,
    maxResponseBytes: 100_000,
    batch: true,
    onFault: (fault) => void faults.push(fault),
  });
  return [reader, double];
}

const row = (resourceType: string, id: string) => ({ resourceType, id });
const entryOf = (resource: unknown, status = '200 OK') => ({ resource, response: { status } });
const batchResponse = (entry: readonly unknown[], type = 'batch-response') => ({
  resourceType: 'Bundle',
  type,
  entry,
});

/** URLs of the entries that were asked for. */
const urlsOf = (body: string): readonly string[] => {
  const bundle: unknown = JSON.parse(body);
  const entries = isRecord(bundle) && Array.isArray(bundle['entry']) ? bundle['entry'] : [];
  return entries.filter(isRecord).flatMap(({ request }) => (isRecord(request) ? String(request['url']) : []));
};

/** Two searches in one turn, and what became of each. */
const both = (reader: FhirReader): Promise<readonly PromiseSettledResult<SearchResult>[]> =>
  Promise.allSettled([
    reader.search('Observation', { patient: 'Patient/p1', date: ['ge2026', 'lt2027'] }),
    reader.search('Condition', { patient: 'Patient/p1' }),
  ]);

const reasonOf = (settled: PromiseSettledResult<SearchResult> | undefined): unknown =>
  settled?.status === 'rejected' && isRecord(settled.reason) ? settled.reason['reason'] : settled?.status;

describe('searches of one turn', () => {
  test('go as one batch, with token and strict handling, and no id in a URL', async () => {
    const [reader, double] = await readerOf((_seen, response) =>
      sendJson(
        response,
        batchResponse([
          entryOf(searchset([row('Observation', 'o1')])),
          entryOf(searchset([row('Condition', 'c1')])),
        ]),
      ),
    );
    const [first, second] = await Promise.all([
      reader.search('Observation', { patient: 'Patient/p1', date: ['ge2026', 'lt2027'] }),
      reader.search('Condition', { patient: 'Patient/p1' }),
    ]);
    expect(first?.matches.map(({ id }) => id)).toEqual(['o1']);
    expect(second?.matches.map(({ id }) => id)).toEqual(['c1']);
    expect(double.seen).toHaveLength(1);
    const [seen] = double.seen;
    expect(seen).toMatchObject({ method: 'POST', authorization: 'Bearer T', prefer: 'handling=strict' });
    expect(seen?.path.replace(/\/$/, '')).toBe('/fhir');
    expect(urlsOf(seen?.body ?? '')).toEqual([
      'Observation?patient=Patient%2Fp1&date=ge2026&date=lt2027',
      'Condition?patient=Patient%2Fp1',
    ]);
  });

  test('go alone where there is only one', async () => {
    const [reader, double] = await readerOf((_seen, response) => sendJson(response, searchset([])));
    await reader.search('Condition', { patient: 'Patient/p1' });
    expect(double.seen.map(({ path }) => path)).toEqual(['/fhir/Condition/_search']);
  });

  test('are paged each, below the own base only', async () => {
    const [reader, double] = await readerOf(({ method, path }, response, base) =>
      sendJson(
        response,
        method === 'GET'
          ? searchset([row('Observation', path.includes('page=2') ? 'o2' : 'o9')])
          : batchResponse([
              entryOf(searchset([row('Observation', 'o1')], `${base}/Observation?page=2`)),
              entryOf(searchset([])),
            ]),
      ),
    );
    const [first] = await both(reader);
    expect(first?.status === 'fulfilled' ? first.value.matches.map(({ id }) => id) : []).toEqual([
      'o1',
      'o2',
    ]);
    expect(double.seen).toHaveLength(2);
  });

  test('are refused singly where one entry is, and asked again where it was busy', async () => {
    const [reader, double] = await readerOf(({ path }, response) =>
      sendJson(
        response,
        path.includes('_search')
          ? searchset([row('Condition', 'c1')])
          : batchResponse([entryOf(undefined, '403'), entryOf(undefined, '503 Busy')]),
      ),
    );
    const [first, second] = await both(reader);
    expect(reasonOf(first)).toBe('fhir_refused');
    expect(second?.status === 'fulfilled' ? second.value.matches.map(({ id }) => id) : []).toEqual(['c1']);
    expect(double.seen.map(({ path }) => path.includes('_search'))).toEqual([false, true]);
  });

  test.each([
    ['fewer entries', batchResponse([entryOf(searchset([]))])],
    ['more entries', batchResponse([1, 2, 3].map(() => entryOf(searchset([]))))],
    ['no batch-response', batchResponse([entryOf(searchset([])), entryOf(searchset([]))], 'searchset')],
    ['no entries', { resourceType: 'Bundle', type: 'batch-response' }],
    ['an outcome', { resourceType: 'OperationOutcome' }],
    ['entries without a status', batchResponse([{ resource: searchset([]) }, { resource: searchset([]) }])],
    ['entries that are no searchset', batchResponse([entryOf(row('Observation', 'o')), entryOf(null)])],
  ])('are all refused by an answer with %s', async (_name, body) => {
    const faults: string[] = [];
    const [reader] = await readerOf((_seen, response) => sendJson(response, body), faults);
    expect((await both(reader)).map(reasonOf)).toEqual(['fhir_malformed', 'fhir_malformed']);
  });

  test('send the token nowhere else by a link in an entry', async () => {
    const faults: string[] = [];
    const [elsewhere, other] = await readerOf((_seen, response) => sendJson(response, searchset([])));
    expect(elsewhere.server).toBe('main');
    const [reader] = await readerOf(
      (_seen, response) =>
        sendJson(
          response,
          batchResponse([entryOf(searchset([], `${other.base}/Observation?page=2`)), entryOf(searchset([]))]),
        ),
      faults,
    );
    expect((await both(reader)).map(reasonOf)).toEqual(['fhir_untrusted', 'fhir_untrusted']);
    expect(other.seen).toEqual([]);
    expect(faults).toEqual(['foreign_link']);
  });

  test('of more than sixteen go as several batches', async () => {
    const [reader, double] = await readerOf(({ body }, response) =>
      sendJson(response, batchResponse(urlsOf(body).map(() => entryOf(searchset([]))))),
    );
    const searches = Array.from({ length: 20 }, () => reader.search('Condition', { patient: 'Patient/p1' }));
    expect(await Promise.all(searches)).toHaveLength(20);
    expect(double.seen.map(({ body }) => urlsOf(body).length).toSorted((a, b) => a - b)).toEqual([4, 16]);
  });
});
