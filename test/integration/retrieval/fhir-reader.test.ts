import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Refusal } from '../../../src/errors/refusal.ts';
import { createFhirReader } from '../../../src/retrieval/fhir-reader.ts';
import type { FhirReader } from '../../../src/retrieval/ports.ts';
import { createServerGuard, type ServerGuard } from '../../../src/retrieval/server-guard.ts';
import {
  type Answer,
  capabilityStatement,
  type FhirDouble,
  searchset,
  sendJson,
  startDouble,
} from './fhir-double.ts';

const token = 'SECRET-TOKEN-7d1f';
const patient = 'pat-4711-ortiz';
const observation = (id: string): unknown => ({
  resourceType: 'Observation',
  id,
  subject: { reference: `Patient/${patient}` },
});

const doubles: FhirDouble[] = [];
afterEach(async () => {
  await Promise.all(doubles.splice(0).map((one) => one.close()));
});

async function against(
  answer: Answer,
  options: {
    timeoutMs?: number;
    maxResponseBytes?: number;
    maxPages?: number;
    signal?: AbortSignal;
    guard?: ServerGuard;
  } = {},
): Promise<{ reader: FhirReader; double: FhirDouble }> {
  const double = await startDouble(answer);
  doubles.push(double);
  const reader = createFhirReader({
    server: 'main',
    base: double.base,
    token,
    timeoutMs: 2000,
    maxResponseBytes: 200_000,
    ...options,
  });
  return { reader, double };
}

const refusalOf = async (promise: Promise<unknown>): Promise<Refusal> => {
  try {
    await promise;
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown;
    throw thrown;
  }
  throw new Error('nothing was refused');
};

const search = (reader: FhirReader, maxResources = 100): ReturnType<FhirReader['search']> =>
  reader.search('Observation', { patient: `Patient/${patient}`, code: ['a', 'b'] }, { maxResources });

describe('an honest server', () => {
  test('is searched by POST with the token, strict handling, and no id in the URL', async () => {
    const { reader, double } = await against((_seen, response) =>
      sendJson(response, searchset([observation('o1')])),
    );
    const found = await search(reader);
    expect(found.matches.map((one) => one.id)).toEqual(['o1']);
    expect(found).toMatchObject({ cut: false, pages: 1 });
    expect(found.bytes).toBeGreaterThan(50);
    const [seen] = double.seen;
    expect(seen).toMatchObject({
      method: 'POST',
      path: '/fhir/Observation/_search',
      authorization: `Bearer ${token}`,
      prefer: 'handling=strict',
    });
    expect(new URLSearchParams(seen?.body).getAll('code')).toEqual(['a', 'b']);
  });

  test('pages by next links below its own base, up to the rows asked for', async () => {
    let page = 0;
    const answer: Answer = (_seen, response, base) => {
      page += 1;
      sendJson(
        response,
        searchset(
          [observation(`o${page}a`), observation(`o${page}b`)],
          page < 3 ? `${base}?_getpages=${page}` : undefined,
        ),
      );
    };
    const { reader, double } = await against(answer);
    const all = await search(reader);
    expect(all.matches).toHaveLength(6);
    expect(all).toMatchObject({ pages: 3, cut: false });
    expect(double.seen.map((one) => one.method)).toEqual(['POST', 'GET', 'GET']);
    page = 0;
    const some = await search(reader, 3);
    expect(some.matches).toHaveLength(3);
    expect(some.cut).toBe(true);
  });

  test('reads a resource; 404 and 410 are undefined; ids that are none are never sent', async () => {
    const { reader, double } = await against((seen, response) => {
      if (seen.path.endsWith('/gone')) sendJson(response, { resourceType: 'OperationOutcome' }, 410);
      else if (seen.path.endsWith('/none')) sendJson(response, { resourceType: 'OperationOutcome' }, 404);
      else sendJson(response, { resourceType: 'Patient', id: 'p1' });
    });
    expect(await reader.read('Patient', 'p1')).toEqual({ resourceType: 'Patient', id: 'p1' });
    expect(await reader.read('Patient', 'none')).toBeUndefined();
    expect(await reader.read('Patient', 'gone')).toBeUndefined();
    const before = double.seen.length;
    for (const id of ['1/../../Observation?patient=2', '..', '', 'a b', 'x'.repeat(65)])
      expect(await reader.read('Patient', id)).toBeUndefined();
    await expect(reader.search('Observation?patient=9&x=', { patient: 'x' })).rejects.toThrow(Refusal);
    await expect(reader.search('Observation', { 'code&patient': 'x' })).rejects.toThrow(Refusal);
    expect(double.seen).toHaveLength(before);
  });

  test('gives a Binary as a resource or bare', async () => {
    const { reader } = await against((seen, response) => {
      if (seen.path.endsWith('/b1'))
        sendJson(response, { resourceType: 'Binary', id: 'b1', contentType: 'text/plain', data: 'aGVsbG8=' });
      else response.writeHead(200, { 'content-type': 'text/html' }).end('<p>hi</p>');
    });
    const first = await reader.binary('b1');
    expect([first?.contentType, Buffer.from(first?.data ?? []).toString()]).toEqual(['text/plain', 'hello']);
    const second = await reader.binary('b2');
    expect([second?.contentType, Buffer.from(second?.data ?? []).toString()]).toEqual([
      'text/html',
      '<p>hi</p>',
    ]);
  });

  test('tells its types and search parameters', async () => {
    const statement = {
      resourceType: 'CapabilityStatement',
      fhirVersion: '4.0.1',
      rest: [
        { resource: [{ type: 'Observation', searchParam: [{ name: 'patient' }] }, { type: 'Patient' }] },
      ],
    };
    const { reader, double } = await against((_seen, response) => sendJson(response, statement));
    const capabilities = await reader.capabilities();
    await reader.capabilities();
    expect([...capabilities.types]).toEqual(['Observation', 'Patient']);
    expect(capabilities.searchParams?.get('Observation')?.has('patient')).toBe(true);
    expect(double.seen).toHaveLength(1);
  });
});

describe('a hostile or broken server', () => {
  test('gets no token sent to another origin, path or port by a next link', async () => {
    const trap = await startDouble((_seen, response) => sendJson(response, searchset([observation('trap')])));
    doubles.push(trap);
    for (const next of [
      `${trap.base}/Observation?page=2`,
      'http://evil.example/fhir/Observation?page=2',
      '/other/Observation?page=2',
      '../evil?page=2',
      '//127.0.0.1:9/fhir/x',
      'javascript:alert(1)',
      'http://user:pw@127.0.0.1/fhir/x',
      '/fhir/%2e%2e/evil',
      '/fhir.evil/Observation',
    ]) {
      const { reader } = await against((_seen, response) =>
        sendJson(response, searchset([observation('o')], next)),
      );
      expect((await refusalOf(search(reader))).reason).toBe('fhir_untrusted');
    }
    expect(trap.seen).toEqual([]);
  });

  test('cannot redirect a request', async () => {
    const trap = await startDouble((_seen, response) => sendJson(response, searchset([])));
    doubles.push(trap);
    for (const status of [301, 302, 303, 307, 308]) {
      const { reader } = await against((_seen, response) =>
        response.writeHead(status, { location: `${trap.base}/Observation` }).end(),
      );
      expect((await refusalOf(search(reader))).reason).toBe('fhir_untrusted');
      expect((await refusalOf(reader.binary('b1'))).reason).toBe('fhir_untrusted');
    }
    expect(trap.seen).toEqual([]);
  });

  test('cannot page for ever: a page seen before is untrusted, new ones end at the limit', async () => {
    const cyclic = await against((_seen, response, base) =>
      sendJson(response, searchset([observation('o')], `${base}/Observation?page=1`)),
    );
    expect((await refusalOf(search(cyclic.reader))).reason).toBe('fhir_untrusted');
    let page = 0;
    const endless = await against(
      (_seen, response, base) => {
        page += 1;
        sendJson(response, searchset([], `${base}/Observation?page=${page}`));
      },
      { maxPages: 5 },
    );
    expect(await search(endless.reader)).toMatchObject({ pages: 5, cut: true });
  });

  test('cannot fill memory: by length, by stream, by pages, by compression', async () => {
    const declared = await against((_seen, response) => {
      response.writeHead(200, { 'content-type': 'application/fhir+json', 'content-length': '1000000000' });
      response.flushHeaders();
    });
    expect((await refusalOf(search(declared.reader))).reason).toBe('fhir_malformed');
    const streamed = await against((_seen, response) => {
      response.writeHead(200, { 'content-type': 'application/fhir+json' });
      const pour = (): void => {
        while (!response.destroyed && response.write(' '.repeat(16_384)));
      };
      response.on('drain', pour);
      pour();
    });
    expect((await refusalOf(search(streamed.reader))).reason).toBe('fhir_malformed');
    let page = 0;
    const paged = await against((_seen, response, base) => {
      page += 1;
      sendJson(
        response,
        searchset([{ ...Object(observation('o')), pad: 'x'.repeat(60_000) }], `${base}/O?p=${page}`),
      );
    });
    expect((await refusalOf(search(paged.reader))).reason).toBe('fhir_malformed');
    expect(page).toBeLessThan(6);
    const packed = await against((_seen, response) =>
      response
        .writeHead(200, { 'content-type': 'application/fhir+json', 'content-encoding': 'gzip' })
        .end(gzipSync(JSON.stringify(searchset([observation('o')])))),
    );
    expect((await refusalOf(search(packed.reader))).reason).toBe('fhir_malformed');
  });

  test('is given up on when slow, at the first byte and later', async () => {
    const silent = await against(() => {}, { timeoutMs: 120 });
    expect((await refusalOf(search(silent.reader))).reason).toBe('fhir_timeout');
    const dripping = await against(
      (_seen, response) => {
        response.writeHead(200, { 'content-type': 'application/fhir+json' });
        const drip = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(drip));
      },
      { timeoutMs: 150 },
    );
    expect((await refusalOf(search(dripping.reader))).reason).toBe('fhir_timeout');
    expect((await refusalOf(dripping.reader.binary('b1'))).reason).toBe('fhir_timeout');
  });

  test.each([
    ['HTML', 200, 'text/html', '<html>Patient Ortiz</html>', 'fhir_malformed'],
    ['HTML called JSON', 200, 'application/fhir+json', '<html>Patient Ortiz</html>', 'fhir_malformed'],
    ['null', 200, 'application/fhir+json', 'null', 'fhir_malformed'],
    ['nothing', 200, 'application/fhir+json', '', 'fhir_malformed'],
    ['a string', 200, 'application/fhir+json', '"x"', 'fhir_malformed'],
    [
      'a wrong resource',
      200,
      'application/fhir+json',
      '{"resourceType":"Patient","id":"p"}',
      'fhir_malformed',
    ],
    [
      'a history',
      200,
      'application/fhir+json',
      '{"resourceType":"Bundle","type":"history"}',
      'fhir_malformed',
    ],
    [
      'entries of nothing',
      200,
      'application/fhir+json',
      '{"resourceType":"Bundle","type":"searchset","entry":[{}]}',
      'fhir_malformed',
    ],
    [
      'deep nesting',
      200,
      'application/fhir+json',
      `{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"Observation","x":${'['.repeat(5000)}${']'.repeat(5000)}}}]}`,
      'fhir_malformed',
    ],
    ...['constructor', '__proto__', 'Ortiz', 'observation', ''].map(
      (type) =>
        [
          `a row of the type ${JSON.stringify(type)}`,
          200,
          'application/fhir+json',
          `{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"${type}","id":"x"},"search":{"mode":"include"}}]}`,
          'fhir_malformed',
        ] as const,
    ),
    ['401', 401, 'application/fhir+json', '{}', 'fhir_refused'],
    ['403', 403, 'text/html', 'no', 'fhir_refused'],
    ['429', 429, 'text/plain', 'slow down', 'fhir_unavailable'],
    ['500', 500, 'text/html', 'Ortiz', 'fhir_unavailable'],
    ['504', 504, 'text/html', '', 'fhir_timeout'],
  ])('%s is refused without its words', async (_what, status, type, body, reason) => {
    const { reader, double } = await against((_seen, response) =>
      response.writeHead(status, { 'content-type': type }).end(body),
    );
    const refusal = await refusalOf(search(reader));
    expect(refusal.reason).toBe(reason);
    const shown = inspect(refusal, { depth: 20, showHidden: true });
    for (const secret of [token, patient, double.base, 'Ortiz']) expect(shown).not.toContain(secret);
  });

  test('that is down is unavailable, and a request stopped from outside says why', async () => {
    const { reader, double } = await against((_seen, response) => sendJson(response, searchset([])));
    await double.close();
    expect((await refusalOf(search(reader))).reason).toBe('fhir_unavailable');
    const stop = new AbortController();
    const slow = await against(() => stop.abort(new Refusal('revoked')), { signal: stop.signal });
    expect((await refusalOf(search(slow.reader))).reason).toBe('revoked');
  });

  test('answers a read only with the resource asked for', async () => {
    const { reader } = await against((_seen, response) =>
      sendJson(response, { resourceType: 'Patient', id: 'p2' }),
    );
    expect((await refusalOf(reader.read('Patient', 'p1'))).reason).toBe('fhir_malformed');
  });
});

/** Answers so many requests with a status, and the rest well. */
const busyFor = (times: number, status: number, headers: Record<string, string> = {}): Answer => {
  let left = times;
  return (_seen, response) => {
    left -= 1;
    if (left >= 0) response.writeHead(status, headers).end('busy');
    else sendJson(response, searchset([observation('o1')]));
  };
};

describe('a busy server', () => {
  test.each([429, 503])('is asked again after %s, as long as it says', async (status) => {
    const { reader, double } = await against(busyFor(1, status, { 'retry-after': '1' }));
    const started = performance.now();
    expect((await search(reader)).matches).toHaveLength(1);
    expect(performance.now() - started).toBeGreaterThan(950);
    expect(double.seen).toHaveLength(2);
  });

  test('is given up after the third time, or where it asks for more time than there is', async () => {
    const stubborn = await against(busyFor(9, 503));
    expect((await refusalOf(search(stubborn.reader))).reason).toBe('fhir_unavailable');
    expect(stubborn.double.seen).toHaveLength(3);
    const later = await against(busyFor(1, 503, { 'retry-after': 'Fri, 01 Jan 2100 00:00:00 GMT' }));
    expect((await refusalOf(search(later.reader))).reason).toBe('fhir_unavailable');
    expect(later.double.seen).toHaveLength(1);
  });

  test.each([401, 403, 500, 502])('%s is final', async (status) => {
    const { reader, double } = await against(busyFor(1, status));
    await refusalOf(search(reader));
    expect(double.seen).toHaveLength(1);
  });

  test('a revocation while waiting ends the wait', async () => {
    const stop = new AbortController();
    const { reader, double } = await against(
      (_seen, response) => {
        response.writeHead(503, { 'retry-after': '1' }).end();
        setTimeout(() => stop.abort(new Refusal('revoked')), 50);
      },
      { signal: stop.signal },
    );
    expect((await refusalOf(search(reader))).reason).toBe('revoked');
    expect(double.seen).toHaveLength(1);
  });
});

/** Breaks the connection of so many requests, after `first` has gone out on it, and answers the rest. */
const breaking = (times: number, first = ''): Answer => {
  let left = times;
  return (_seen, response) => {
    left -= 1;
    if (left < 0) sendJson(response, searchset([observation('o1')]));
    else if (first === '') response.destroy();
    else {
      response.writeHead(200, { 'content-type': 'application/fhir+json' });
      response.write(first, () => response.destroy());
    }
  };
};

describe('a connection that breaks', () => {
  test('before a response: the read is sent once more, as it was', async () => {
    const { reader, double } = await against(breaking(1));
    expect((await search(reader)).matches).toHaveLength(1);
    expect(double.seen).toHaveLength(2);
    expect(double.seen[1]).toEqual(double.seen[0]);
  });

  test('twice: it is unavailable, and not asked a third time', async () => {
    const { reader, double } = await against(breaking(9));
    expect((await refusalOf(search(reader))).reason).toBe('fhir_unavailable');
    expect(double.seen).toHaveLength(2);
  });

  test('in a response: that is final', async () => {
    const { reader, double } = await against(breaking(1, '{"resourceType":'));
    expect((await refusalOf(search(reader))).reason).toBe('fhir_malformed');
    expect(double.seen).toHaveLength(1);
  });

  test.each([401, 403, 404, 500])('after a reset %s is as final as ever', async (status) => {
    let times = 0;
    const { reader, double } = await against((_seen, response) => {
      times += 1;
      if (times === 1) response.destroy();
      else response.writeHead(status).end();
    });
    const reason = status === 500 || status === 404 ? 'fhir_unavailable' : 'fhir_refused';
    expect((await refusalOf(search(reader))).reason).toBe(reason);
    expect(double.seen).toHaveLength(2);
  });

  test('before the second page: the search is sent once more from its beginning', async () => {
    let times = 0;
    const { reader, double } = await against((_seen, response, base) => {
      times += 1;
      if (times === 2) response.destroy();
      else if (times % 2 === 1)
        sendJson(response, searchset([observation('o1')], `${base}/Observation?page=2`));
      else sendJson(response, searchset([observation('o2')]));
    });
    expect((await search(reader)).matches.map(({ id }) => id)).toEqual(['o1', 'o2']);
    expect(double.seen).toHaveLength(4);
  });

  test('one that the server closes at rest, while the next read is on its way, is not noticed', async () => {
    const { reader, double } = await against((_seen, response) => {
      const { socket } = response;
      response.once('finish', () => setTimeout(() => socket?.destroy(), 5));
      sendJson(response, searchset([observation('o1')]));
    });
    for (let n = 0; n < 200; n += 1) {
      expect((await search(reader)).matches).toHaveLength(1);
      await new Promise((resolve) => setTimeout(resolve, 3 + (n % 5)));
    }
    expect(double.seen.length).toBeGreaterThanOrEqual(200);
  });
});

describe('what all readers of a server share', () => {
  const limits = { maxConcurrent: 2, maxWaiting: 1, failures: 3, restMs: 150 };

  test('no more calls at a time than configured, and no more waiting than stated', async () => {
    let running = 0;
    let most = 0;
    const guard = createServerGuard(limits);
    const { reader } = await against(
      (_seen, response) => {
        running += 1;
        most = Math.max(most, running);
        setTimeout(() => {
          running -= 1;
          sendJson(response, searchset([]));
        }, 50);
      },
      { guard },
    );
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => search(reader)));
    expect(most).toBe(2);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected']);
    expect(results[3]).toMatchObject({ reason: { reason: 'fhir_unavailable' } });
  });

  test('a server that does not answer is left alone, and tried again after its rest', async () => {
    const guard = createServerGuard(limits);
    let silent = true;
    const { reader, double } = await against(
      (_seen, response) => {
        if (silent) response.destroy();
        else sendJson(response, searchset([]));
      },
      { guard },
    );
    for (let calls = 0; calls < 6; calls += 1)
      expect((await refusalOf(search(reader))).reason).toBe('fhir_unavailable');
    // Each of them was sent once more.
    expect(double.seen).toHaveLength(6);
    silent = false;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await search(reader)).matches).toEqual([]);
    expect((await search(reader)).matches).toEqual([]);
  });

  test('answers that refuse leave the way open for others', async () => {
    const guard = createServerGuard(limits);
    const { reader, double } = await against(
      (_seen, response) => response.writeHead(double.seen.length > 5 ? 404 : 403).end(),
      { guard },
    );
    for (let calls = 0; calls < 5; calls += 1)
      expect((await refusalOf(search(reader))).reason).toBe('fhir_refused');
    for (let calls = 0; calls < 5; calls += 1) expect(await reader.read('Patient', 'none')).toBeUndefined();
    expect(double.seen).toHaveLength(10);
  });
});

describe('secrets', () => {
  test('stand in nothing that can be printed', async () => {
    const { reader } = await against((seen, response) =>
      sendJson(
        response,
        seen.path.endsWith('metadata') ? capabilityStatement() : searchset([observation('o1')]),
      ),
    );
    const results = [reader, await search(reader), await reader.capabilities()];
    expect(inspect(results, { depth: 20, showHidden: true })).not.toContain(token);
    expect(JSON.stringify(results)).not.toContain(token);
  });

  test('an absolute reference to the own base becomes relative, any other stays', async () => {
    const { reader } = await against((_seen, response, base) =>
      sendJson(
        response,
        searchset([
          { resourceType: 'Observation', id: 'o1', subject: { reference: `${base}/Patient/p1` } },
          {
            resourceType: 'Observation',
            id: 'o2',
            subject: { reference: 'http://other.example/fhir/Patient/p1' },
          },
        ]),
      ),
    );
    const { matches } = await search(reader);
    expect(matches.map((one) => one['subject'])).toEqual([
      { reference: 'Patient/p1' },
      { reference: 'http://other.example/fhir/Patient/p1' },
    ]);
  });
});
