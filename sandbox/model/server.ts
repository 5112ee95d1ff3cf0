import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { keptAliveMs } from '../../src/http/listeners.ts';
import { misdirected } from '../../src/http/own-address.ts';
import type { Clock } from '../../src/vocabulary/time.ts';
import { complete, modelName, readRequest } from './completions.ts';
import { embeddingName, embeddingsOf, readEmbeddingRequest } from './embeddings.ts';
import { type Reply, readScript } from './script.ts';

/** What crossed the boundary, as `GET /__received` lists it. Credentials are left out, everything else is kept. */
interface ReceivedRequest {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Method, path and query are the sender's own: `path` is the request target as received. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ModelServer {
  /** Base URL of the OpenAI API: `http://127.0.0.1:PORT/v1`. */
  readonly baseUrl: string;
  /** Root URL of the controls, without a slash at the end: `/__received`, `/__script`. */
  readonly control: string;
  received(): readonly ReceivedRequest[];
  /** Replies to play next, as `POST /__script` takes them. */
  script(replies: readonly unknown[]): void;
  close(): Promise<void>;
}

const loopback = '127.0.0.1';
const credentials = new Set(['authorization', 'proxy-authorization', 'cookie', 'x-api-key', 'api-key']);

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) if (Buffer.isBuffer(piece)) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers)
      .filter(([name]) => !credentials.has(name))
      .map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}

const json = (response: ServerResponse, status: number, value: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
};

const fail = (response: ServerResponse, status: number, message: string): void =>
  json(response, status, { error: { message, type: 'invalid_request_error', param: null, code: null } });

/**
 * Starts the sandbox's model endpoint on loopback. Port 0 takes any free one. It speaks the chat completions and embeddings
 * of the OpenAI API, records every byte it is sent and plays scripted replies in order.
 */
export async function startModelServer(options: {
  readonly port: number;
  readonly clock: Clock;
  /** How long a connection at rest is kept, in milliseconds. */
  readonly keepAliveMs?: number;
}): Promise<ModelServer> {
  const { clock } = options;
  const received: ReceivedRequest[] = [];
  const replies: Reply[] = [];
  let port = options.port;
  let served = 0;

  const routes: Readonly<Record<string, (response: ServerResponse, body: string) => Promise<void> | void>> = {
    'GET /__received': (response) => json(response, 200, received),
    'DELETE /__received': (response) => {
      received.length = 0;
      response.writeHead(204).end();
    },
    'POST /__script': (response, body) => {
      try {
        replies.push(...readScript(body));
      } catch (thrown) {
        fail(response, 400, thrown instanceof TypeError ? thrown.message : 'not JSON');
        return;
      }
      json(response, 200, { waiting: replies.length });
    },
    'GET /v1/models': (response) =>
      json(response, 200, {
        object: 'list',
        data: [modelName, embeddingName].map((id) => ({
          id,
          object: 'model',
          created: 0,
          owned_by: 'phi-gateway-sandbox',
        })),
      }),
    'POST /v1/embeddings': (response, body) => {
      const request = readEmbeddingRequest(body);
      if (request === undefined) fail(response, 400, 'not an embeddings request');
      else json(response, 200, embeddingsOf(request));
    },
    'POST /v1/chat/completions': async (response, body) => {
      const request = readRequest(body);
      if (request === undefined) {
        fail(response, 400, 'not a chat completion request');
        return;
      }
      served += 1;
      await complete(response, request, replies.shift(), clock, `chatcmpl-${served}`);
    },
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '/';
    const body = await bodyOf(request);
    // Other machines, and web pages that a browser on this machine has open, have no business here.
    const refused =
      misdirected(request.headers, port) ?? (request.headers.origin === undefined ? undefined : 403);
    if (refused !== undefined) {
      fail(response, refused, 'loopback only');
      return;
    }
    if (!path.startsWith('/__')) received.push({ at: clock.now(), path, headers: headersOf(request), body });
    const route = routes[`${request.method ?? ''} ${path.split('?', 1)[0] ?? ''}`];
    if (route === undefined) fail(response, 404, 'no such route');
    else await route(response, body);
  };

  const server = createServer(
    { keepAliveTimeout: options.keepAliveMs ?? keptAliveMs },
    (request, response) => {
      handle(request, response).catch(() => response.destroy());
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, loopback, resolve);
  });
  const address = server.address();
  if (address !== null && typeof address === 'object') port = address.port;
  const control = `http://${loopback}:${port}`;
  return {
    baseUrl: `${control}/v1`,
    control,
    received: () => [...received],
    script: (list) => {
      replies.push(...readScript(JSON.stringify(list)));
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
