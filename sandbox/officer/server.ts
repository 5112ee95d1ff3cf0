import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { misdirected } from '../../src/http/own-address.ts';

/** Where the sandbox's privacy officer is told: keeps what was posted, and lists it. */
export interface OfficerServer {
  /** What the gateway posts to. */
  readonly url: string;
  /** Bodies as they came, the oldest first. */
  told(): readonly string[];
  close(): Promise<void>;
}

const loopback = '127.0.0.1';

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) if (Buffer.isBuffer(piece)) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

/** Starts it on loopback, on any free port: `POST /` takes a notice, `GET /` lists those that came. */
export async function startOfficerServer(): Promise<OfficerServer> {
  const told: string[] = [];
  let port = 0;
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    // Other machines, and web pages that a browser on this machine has open, have no business here.
    const foreign = misdirected(request.headers, port) !== undefined || request.headers.origin !== undefined;
    if (!foreign && request.method === 'POST') told.push(body);
    response.writeHead(foreign ? 403 : 200, { 'content-type': 'application/json' });
    response.end(foreign ? '{}' : JSON.stringify({ told }));
  };
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, loopback, resolve);
  });
  const address = server.address();
  if (address !== null && typeof address === 'object') port = address.port;
  return {
    url: `http://${loopback}:${port}/`,
    told: () => [...told],
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
