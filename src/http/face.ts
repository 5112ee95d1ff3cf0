import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Gateway } from '../envelope/gateway.ts';
import { asRefusal, type Refusal } from '../errors/refusal.ts';
import type { Peers } from './peers.ts';

/** What every route of the public listener works with. */
export interface Face {
  readonly gateway: Gateway;
  readonly publicUrl: string;
  /** URL of the listener that asks for certificates, where there is one. */
  readonly mtlsUrl?: string;
  readonly peers: Peers;
  /** Origins of pages that some workload lists. */
  readonly origins: ReadonlySet<string>;
  readonly bodyBytes: number;
  readonly version: string;
}

/** Starts a request on this face: its trail id is on every answer, also on refusals. */
export function beginRequest(face: Face, response: ServerResponse): string {
  const trail = face.gateway.newTrail();
  response.setHeader('phi-trail', trail);
  if (response.req.headers['dpop'] !== undefined)
    response.setHeader('dpop-nonce', face.gateway.services.proofs.nonce());
  response.setHeader('cache-control', 'no-store');
  response.setHeader('x-content-type-options', 'nosniff');
  return trail;
}

/** A signal that aborts when the caller's connection closes before the answer is complete. */
export function callerSignal(response: ServerResponse, gone: Refusal): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort(gone);
  });
  return controller.signal;
}

/** How long a refusal waits for the rest of the body, in milliseconds. */
const arrivalMs = 250;

/** Waits for a body that is still coming: a connection closed on it is reset, and the refusal lost with it. */
export async function arrival(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, arrivalMs);
    request.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Answers a refusal, and closes the connection where a body was left unread. */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  send: (refusal: Refusal) => void,
  thrown: unknown,
): void {
  const refusal = asRefusal(thrown);
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  if (!request.complete) response.setHeader('connection', 'close');
  // Set for an answer that was ended before its first byte.
  response.removeHeader('server-timing');
  send(refusal);
}
