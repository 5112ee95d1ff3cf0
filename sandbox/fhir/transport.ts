import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type FaultKind, numberOf, type Strike, textOf } from './faults.ts';
import type { Answer } from './interactions.ts';
import { FhirFailure, operationOutcome } from './outcome.ts';

const fhirJson = 'application/fhir+json; charset=utf-8';

/** The whole body. Throws 413 past `limit` bytes. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > limit) {
      throw new FhirFailure(413, 'too-long', `the body exceeds ${limit} bytes`, { connection: 'close' });
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** JSON of a body. Throws 400. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new FhirFailure(400, 'structure', 'the body is not JSON');
  }
}

export const failureAnswer = (failure: FhirFailure): Answer => ({
  status: failure.status,
  headers: failure.headers,
  body: operationOutcome(failure.issue, failure.message),
});

export function send(response: ServerResponse, answer: Answer, contentType = fhirJson): void {
  if (answer.body === undefined) {
    response.writeHead(answer.status, answer.headers).end();
    return;
  }
  const bytes = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(JSON.stringify(answer.body));
  response
    .writeHead(answer.status, {
      'content-type': contentType,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...answer.headers,
      'content-length': bytes.length,
    })
    .end(bytes);
}

const page = '<!doctype html><html lang="en"><title>Sign in</title><p>Your session has ended.</p></html>';
const failing = (status: number, issue: 'throttled' | 'exception' | 'transient', more = {}) =>
  failureAnswer(new FhirFailure(status, issue, 'a fault of the sandbox', more));

/** Seconds after which it may be asked again: what the fault says, or one. */
const retryAfter = (fault: Parameters<typeof numberOf>[0]) => ({ 'retry-after': `${numberOf(fault, 1)}` });

type Break = (response: ServerResponse, answer: Answer, strike: Strike) => Promise<void> | void;

/** The transport faults that replace the sending of the answer; the first in this order that strikes is played. */
const breaks: Partial<Record<FaultKind, Break>> = {
  close: (response) => {
    response.destroy();
  },
  hang: () => {
    // The socket stays open until the client or the sandbox ends it.
  },
  'status-429': (response, _answer, strike) =>
    send(response, failing(429, 'throttled', retryAfter(strike.get('status-429')))),
  'status-503': (response, _answer, strike) =>
    send(response, failing(503, 'transient', retryAfter(strike.get('status-503')))),
  'status-500': (response) => send(response, failing(500, 'exception')),
  html: (response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
  },
  redirect: (response, _answer, strike) => {
    const location = textOf(strike.get('redirect'), 'https://elsewhere.invalid/fhir');
    response.writeHead(302, { location }).end();
  },
  'empty-body': (response) => {
    response.writeHead(200, { 'content-type': fhirJson, 'content-length': 0 }).end();
  },
  'truncated-json': (response, answer) => {
    const text = JSON.stringify(answer.body);
    response.writeHead(200, { 'content-type': fhirJson }).end(text.slice(0, Math.floor(text.length / 2)));
  },
  oversized: async (response, answer, strike) => {
    response.writeHead(answer.status, { 'content-type': fhirJson });
    response.write(JSON.stringify(answer.body));
    let left = numberOf(strike.get('oversized'), 64 * 1024 * 1024);
    const padding = Buffer.alloc(64 * 1024, ' ');
    while (left > 0 && !response.destroyed) {
      const bytes = Math.min(left, padding.length);
      left -= bytes;
      if (!response.write(padding.subarray(0, bytes))) await drained(response);
    }
    response.end();
  },
};

const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });

/** Sends the answer, or breaks it as the faults say. */
export async function deliver(response: ServerResponse, answer: Answer, strike: Strike): Promise<void> {
  const slow = strike.get('slow');
  if (slow !== undefined) {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    await delay(numberOf(slow, 5000), undefined, { signal: gone.signal }).catch(() => undefined);
    if (response.destroyed) return;
  }
  for (const [kind, play] of Object.entries(breaks)) {
    if ([...strike.keys()].some((struck) => struck === kind)) return play(response, answer, strike);
  }
  send(response, answer);
}
