import { createServer, type ServerResponse } from 'node:http';
import type { Config } from '../../../src/config/config.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';

/** One answer of the double, written by hand; a play that never ends its answer hangs. */
export type Play = (response: ServerResponse, request: string) => void;

export interface ModelDouble {
  readonly baseUrl: string;
  /** What it received: path, headers and body of each request, as one text. */
  readonly received: string[];
  play: Play;
  close(): Promise<void>;
}

/** A whole answer as the OpenAI API spells it. */
export const completion = (content: string, extra: object = {}, message: object = {}): object => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1_790_000_000,
  model: 'double',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content, refusal: null, ...message },
      logprobs: null,
      finish_reason: 'stop',
    },
  ],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  ...extra,
});

export const answers =
  (body: unknown, headers: Readonly<Record<string, string>> = {}, status = 200): Play =>
  (response) => {
    response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(typeof body === 'string' ? body : JSON.stringify(body));
  };

/** A model endpoint that does as it is told, byte by byte; the sandbox's own one keeps to HTTP and JSON. */
export async function startModelDouble(): Promise<ModelDouble> {
  const received: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (piece: string) => {
      body += piece;
    });
    request.on('end', () => {
      received.push(`${request.url ?? ''}\n${JSON.stringify(request.headers)}\n${body}`);
      double.play(response, body);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const address: unknown = server.address();
  const port = isRecord(address) ? String(address['port']) : '';
  const double: ModelDouble = {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    received,
    play: answers(completion('ok')),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return double;
}

/** Milliseconds that a hurried sandbox waits for its upstreams. */
export const patience = 1500;

/** A configuration with short waits, small answers and further models beside the sandbox's own. */
export const hurried =
  (models: Readonly<Record<string, string>> = {}, fhirTimeoutMs = patience) =>
  (config: Config): Config => ({
    ...config,
    tenants: config.tenants.map((tenant) => ({
      ...tenant,
      fhir: { ...tenant.fhir, timeoutMs: fhirTimeoutMs, maxResponseBytes: 3_000_000 },
      models: [
        ...tenant.models,
        ...Object.entries(models).map(([id, baseUrl]) => ({
          id,
          model: id,
          baseUrl,
          timeoutMs: patience,
          maxAnswerBytes: 100_000,
          residency: 'local' as const,
          trusted: true,
        })),
      ],
    })),
  });
