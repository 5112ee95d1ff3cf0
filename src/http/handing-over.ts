import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Delivery } from '../envelope/delivery.ts';
import { asRefusal, Refusal } from '../errors/refusal.ts';
import { faultLogged } from '../telemetry/log.ts';
import type { Face } from './face.ts';

/** Waits for an event of the response, as long as the envelope lives. */
async function until(event: 'drain' | 'close', response: ServerResponse, signal: AbortSignal): Promise<void> {
  try {
    await once(response, event, { signal });
  } catch {
    throw asRefusal(signal.reason, 'caller_gone');
  }
}

/**
 * Keeps a stream alive while nothing of the answer can be sent: a comment, which clients skip, after each `everyMs` of
 * silence. Before the first piece it opens the stream, and whatever is refused from then on is an error frame of it.
 */
export class Heartbeat {
  readonly #response: ServerResponse;
  readonly #everyMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(response: ServerResponse, everyMs: number) {
    this.#response = response;
    this.#everyMs = everyMs;
    response.once('close', () => this.end());
  }

  /** From here on silence counts. */
  start(): void {
    this.#timer ??= setInterval(() => this.#beat(), this.#everyMs);
  }

  /** Something else was sent. */
  sent(): void {
    this.#timer?.refresh();
  }

  end(): void {
    clearInterval(this.#timer);
  }

  #beat(): void {
    // A caller that does not read needs no sign of life.
    const { destroyed, writableEnded, writableNeedDrain } = this.#response;
    if (destroyed || writableEnded || writableNeedDrain) return;
    openStream(this.#response);
    this.#response.write(': the answer is being worked on\n\n');
  }
}

/** The head of a stream of server-sent events, if it is not sent yet. */
export function openStream(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('content-type', 'text/event-stream; charset=utf-8');
}

/**
 * Tells in a header how long the answer took so far. A refusal never tells: how long it took could tell what is forbidden
 * from what is not there. Nor does a stream that a comment has opened: its head has left.
 */
export function tellTiming(response: ServerResponse, { stopwatch }: Pick<Delivery, 'stopwatch'>): void {
  if (!response.headersSent) response.setHeader('server-timing', stopwatch.timing);
}

export async function write(response: ServerResponse, text: string, signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw asRefusal(signal.reason, 'caller_gone');
  if (!response.write(text)) await until('drain', response, signal);
}

/**
 * Writes the last piece; resolves when all of the answer has been handed to the host's network. Of what was ended before
 * that nothing is written.
 *
 * @throws Refusal why the envelope was ended, or `caller_gone`
 */
export async function finish(response: ServerResponse, text: string, signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw asRefusal(signal.reason, 'caller_gone');
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
export const lost = (face: Face, trail: string): ((thrown: unknown) => void) =>
  faultLogged(face.gateway.services.log, 'trail_unavailable', trail);
