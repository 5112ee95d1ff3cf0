import { createServer, type IncomingMessage, request } from 'node:http';
import { isRecord } from '../../../src/vocabulary/fhir.ts';

/** One answer of the FHIR server on its way to the gateway. */
export interface FhirAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Asked {
  readonly method: string;
  /** Resource type of the request, `metadata` for the CapabilityStatement. */
  readonly type: string;
}

/** What the gateway is sent instead: an answer, bytes that need not be HTTP, or nothing and a closed connection. */
export type Sent = FhirAnswer | Buffer | undefined;
export type Tamper = (answer: FhirAnswer, asked: Asked) => Sent;

export interface HostileProxy {
  readonly base: string;
  tamper: Tamper;
  close(): Promise<void>;
}

export const honest: Tamper = (answer) => answer;

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of message) if (Buffer.isBuffer(piece)) pieces.push(piece);
  return Buffer.concat(pieces);
}

const headersOf = (message: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(message.headers)
      .filter(([name]) => !/^(connection|keep-alive|transfer-encoding|content-length|date)$/.test(name))
      .map(([name, value]) => [name, String(value)]),
  );

function ask(target: string, from: IncomingMessage, body: Buffer): Promise<FhirAnswer> {
  const { host, hostname, port } = new URL(target);
  return new Promise((resolve, reject) => {
    const headers = { ...from.headers, host };
    const sent = request({ hostname, port, method: from.method, path: from.url, headers }, (answer) => {
      const read = async (): Promise<FhirAnswer> => ({
        status: answer.statusCode ?? 0,
        headers: headersOf(answer),
        body: await bytesOf(answer),
      });
      read().then(resolve, reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const typeOf = (url: string): string => /^\/fhir\/(\w+)/.exec(url)?.[1] ?? '';

/**
 * Stands between the gateway and a FHIR server on loopback, hands requests on as they are, and lets `tamper` spoil
 * the answers. The server's own addresses in them become the proxy's, so that an honest proxy changes nothing.
 */
export async function startHostileProxy(target: string): Promise<HostileProxy> {
  const server = createServer((incoming, response) => {
    const answer = async (): Promise<void> => {
      const received = await ask(target, incoming, await bytesOf(incoming));
      const own = { ...received, body: Buffer.from(received.body.toString().replaceAll(target, proxy.base)) };
      const sent = proxy.tamper(own, { method: incoming.method ?? '', type: typeOf(incoming.url ?? '') });
      if (sent === undefined) response.destroy();
      else if (Buffer.isBuffer(sent)) response.socket?.end(sent);
      else response.writeHead(sent.status, { ...sent.headers }).end(sent.body);
    };
    answer().catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const address: unknown = server.address();
  const port = isRecord(address) ? String(address['port']) : '';
  const proxy: HostileProxy = {
    base: `http://127.0.0.1:${port}/fhir`,
    tamper: honest,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return proxy;
}
