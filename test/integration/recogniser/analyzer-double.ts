import { createServer as createPlain, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo } from 'node:net';
import { isRecord } from '../../../src/vocabulary/fhir.ts';

/** Names that no rule of ours knows: small letters, no context. */
export const foundByIt = 'zbylut';

export type Answering = (text: string, response: ServerResponse) => void;

/** As Presidio's analyzer answers: every place of the name, offsets in code points. */
export const asAnalyzer: Answering = (text, response) => {
  const rows = [...text.matchAll(new RegExp(foundByIt, 'g'))].map(({ index }) => {
    const start = Array.from(text.slice(0, index)).length;
    return {
      analysis_explanation: null,
      end: start + foundByIt.length,
      entity_type: 'PERSON',
      score: 0.85,
      start,
    };
  });
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(rows));
};

export interface AnalyzerDouble {
  readonly port: number;
  /** Bodies that came in. */
  readonly asked: Readonly<Record<string, unknown>>[];
  answering: Answering;
  close(): Promise<void>;
}

/** A small server with the REST shape of the analyzer: on a socket, or by mutual TLS on a port. */
export async function startAnalyzer(
  at:
    | { readonly socket: string }
    | { readonly tls: { readonly cert: string; readonly key: string; readonly ca: string } },
): Promise<AnalyzerDouble> {
  const asked: Readonly<Record<string, unknown>>[] = [];
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const body: unknown = JSON.parse(Buffer.concat(pieces).toString('utf8'));
      if (request.url !== '/analyze' || !isRecord(body)) {
        response.writeHead(404).end();
        return;
      }
      asked.push(body);
      double.answering(String(body['text']), response);
    });
  };
  const server =
    'tls' in at
      ? createSecure({ ...at.tls, requestCert: true, rejectUnauthorized: true }, listener)
      : createPlain(listener);
  await new Promise<void>((resolve) => {
    if ('socket' in at) server.listen(at.socket, resolve);
    else server.listen(0, '127.0.0.1', resolve);
  });
  const address: string | AddressInfo | null = server.address();
  const double: AnalyzerDouble = {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    asked,
    answering: asAnalyzer,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return double;
}
