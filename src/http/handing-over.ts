import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { asRefusal, Refusal } from '../errors/refusal.ts';
import type { Face } from './face.ts';

/** Waits for an event of the response, as long as the envelope lives. */
async function until(event: 'drain' | 'close', response: ServerResponse, signal: AbortSignal): Promise<void> {
  try {
    await once(response, event, { signal });
  } catch {
    throw asRefusal(signal.reason, 'caller_gone');
  }
}

export async function write(response: ServerResponse, text: string, signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw asRefusal(signal.reason, 'caller_gone');
  if (!response.write(text)) await until('drain', response, signal);
}

/** Writes the last piece; resolves when all of the answer has been handed to the host's network. */
export async function finish(response: ServerResponse, text: string, signal: AbortSignal): Promise<void> {
  const closed = until('close', response, signal);
  response.end(text);
  await closed;
  if (!response.writableFinished) throw new Refusal('caller_gone');
}

/** How long a caller may take to read the error that ends a stream, in milliseconds. */
const lingerMs = 2000;

/** A caller that does not read keeps the connection, and what waits in it, no longer than this. */
export function endWithError(response: ServerResponse, text: string): void {
  const timer = setTimeout(() => response.destroy(), lingerMs);
  response.once('close', () => clearTimeout(timer));
  response.end(text);
}

/** The end of a delivery could not be written yet: it is owed, and at the latest the next start closes the trail. */
export const lost = (face: Face, trail: string): void =>
  face.gateway.services.log.write('fault.unexpected', { trail, reason: 'trail_unavailable' });
