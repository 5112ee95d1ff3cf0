import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Listener } from '../config/config.ts';
import { askingNames, askingRoutes } from './asking-routes.ts';
import { answerAcrossOrigins } from './cors.ts';
import { createExpressApp } from './express-app.ts';
import type { Face } from './face.ts';
import { routes } from './routes.ts';

/** A listener that is up. */
export interface Running {
  readonly url: string;
  readonly port: number;
  /** From now on every answer ends its connection; new ones are still taken. */
  drain(): void;
  /** Takes no new connections; resolves when the open ones have ended, or `force` ends them. */
  close(force?: boolean): Promise<void>;
}

/** On node:http: Express behind it costs twice the CPU. */
const asking = new Map(
  askingNames.map((name): [string, (typeof askingRoutes)[typeof name]] => [
    routes[name].path,
    askingRoutes[name],
  ]),
);

/** The public listener: the routes that ask on node:http, everything else by Express behind it. */
export function publicHandler(face: Face): RequestListener {
  const app = createExpressApp(face);
  return (request: IncomingMessage, response: ServerResponse) => {
    if (answerAcrossOrigins(face.origins, request, response)) return;
    const ask = request.method === 'POST' ? asking.get(request.url ?? '') : undefined;
    if (ask === undefined) app(request, response);
    else void ask(face, request, response);
  };
}

/** Answers bytes that never became a request, told by the parser's error code; an empty answer only closes. */
export type Unreadable = (code: string | undefined) => Promise<string>;

const closeOnly: Unreadable = () => Promise.resolve('');

const codeOf = (error: Error): string | undefined =>
  'code' in error && typeof error.code === 'string' ? error.code : undefined;

async function answerUnreadable(error: Error, socket: Duplex, unreadable: Unreadable): Promise<void> {
  const code = codeOf(error);
  try {
    if (code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else socket.end(await unreadable(code));
  } catch {
    // Where no answer can be made the connection is closed.
    socket.destroy();
  }
}

/**
 * How long a connection at rest is kept, in milliseconds: longer than clients and proxies keep theirs (undici and Node's
 * agent 4 to 5 s, nginx and load balancers 60 s), so that it is they who close it. A server that closes first may do so
 * while the next request is on its way, which the caller sees as a reset connection and must not repeat by itself.
 */
export const keptAliveMs = 75_000;

/** Makes the server of a listener. */
export type MakeServer = (options: ServerOptions, handler: RequestListener) => Server;

/**
 * Starts a listener, plain HTTP unless `make` says otherwise. Limits: 16 KiB of headers, 30 s to send them, 2 min for
 * a whole request, no number of requests on one connection. Where `unreadable` is given nothing is answered by node:http itself: what it would answer (no
 * Host, an expectation that it does not know, CONNECT) goes to the handler or to `unreadable`, so that it is on the
 * trail.
 */
export async function listen(
  at: Listener,
  handler: RequestListener,
  unreadable?: Unreadable,
  make: MakeServer = createServer,
): Promise<Running> {
  // Responses under way: when the listener closes they end their connection, so that none is cut or kept.
  const open = new Set<ServerResponse>();
  let closing = false;
  const answer: RequestListener = (request, response) => {
    open.add(response);
    response.once('close', () => open.delete(response));
    if (closing) response.setHeader('connection', 'close');
    handler(request, response);
  };
  const server = make(
    {
      maxHeaderSize: 16_384,
      headersTimeout: 30_000,
      requestTimeout: 120_000,
      keepAliveTimeout: keptAliveMs,
      requireHostHeader: unreadable === undefined,
    },
    answer,
  );
  // By default node:http forgets headers beyond two thousand; their size is the limit here.
  server.maxHeadersCount = 0;
  server.on('clientError', (error, socket) => {
    void answerUnreadable(error, socket, unreadable ?? closeOnly);
  });
  if (unreadable !== undefined) {
    // RFC 9110, section 10.1.1: an expectation that is not understood may be passed over.
    server.on('checkExpectation', answer);
    server.on('connect', (_request, socket) => {
      void answerUnreadable(new Error('CONNECT'), socket, unreadable);
    });
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port } = addressOf(server);
  const drain = (): void => {
    closing = true;
    for (const response of open) if (!response.headersSent) response.setHeader('connection', 'close');
  };
  return {
    url: `http://${at.host.includes(':') ? `[${at.host}]` : at.host}:${port}`,
    port,
    drain,
    close: (force = false) =>
      new Promise((resolve) => {
        drain();
        server.close(() => resolve());
        if (force) server.closeAllConnections();
        else server.closeIdleConnections();
      }),
  };
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the listener has no port');
  return address;
}
