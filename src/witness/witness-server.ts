import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { CosigningWitness, WitnessReply } from './witness.ts';

/** The two calls of the protocol. */
type Cosigner = Pick<CosigningWitness, 'addCheckpoint' | 'checkpoint'>;

const maxBodyBytes = 65_536;

export interface RunningWitness {
  readonly url: string;
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > maxBodyBytes) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString();
}

const malformed: WitnessReply = {
  status: 400,
  type: 'text/plain; charset=utf-8',
  body: 'malformed request\n',
};
const nothing: WitnessReply = { status: 404, type: 'text/plain; charset=utf-8', body: 'nothing here\n' };

async function answer(witness: Cosigner, request: IncomingMessage): Promise<WitnessReply> {
  const path = request.url ?? '';
  if (request.method === 'POST' && path === '/add-checkpoint') {
    const body = await bodyOf(request);
    return body === undefined ? malformed : witness.addCheckpoint(body);
  }
  const origin = /^\/([0-9a-f]{64})\/checkpoint$/.exec(path)?.[1];
  return request.method === 'GET' && origin !== undefined ? witness.checkpoint(origin) : nothing;
}

/** Serves a witness over plain HTTP (C2SP tlog-witness); TLS stands before it. */
export async function serveWitness(
  witness: Cosigner,
  at: { readonly host: string; readonly port: number },
): Promise<RunningWitness> {
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const reply = await answer(witness, request);
    response.statusCode = reply.status;
    response.setHeader('content-type', reply.type);
    if (!request.complete) response.setHeader('connection', 'close');
    response.end(reply.body);
  };
  const server: Server = createServer(
    { maxHeaderSize: 16_384, headersTimeout: 10_000, requestTimeout: 20_000 },
    (request, response) => {
      respond(request, response).catch(() => {
        // What could not be recorded was not cosigned.
        if (response.headersSent) response.destroy();
        else response.writeHead(500).end();
      });
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : at.port;
  return {
    url: `http://${at.host.includes(':') ? `[${at.host}]` : at.host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
