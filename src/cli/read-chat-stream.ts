import { EventSourceParserStream } from 'eventsource-parser/stream';
import { isRecord } from '../vocabulary/fhir.ts';
import type { Caller, CallInit } from './caller.ts';
import { CommandFailure, textAt } from './output.ts';

export type Streamed =
  | { readonly answer: string; readonly phi: unknown }
  | {
      readonly status: number;
      readonly error: Readonly<Record<string, unknown>>;
      readonly trail: string | undefined;
    };

/**
 * Reads a streamed chat completion, writing pieces to `out` as they come. A stream that ends without `[DONE]` is
 * an incomplete answer and fails.
 *
 * @throws CommandFailure
 */
export async function readChatStream(
  caller: Caller,
  init: CallInit,
  out: { write(text: string): unknown } | undefined,
): Promise<Streamed> {
  const response = await fetch(`${caller.gateway}/v1/chat/completions`, {
    ...init,
    redirect: 'error',
    headers: { authorization: `Bearer ${caller.token}`, ...init.headers },
  });
  const trail = response.headers.get('phi-trail') ?? undefined;
  if (response.status !== 200 || response.body === null) {
    const error: unknown = await response.json();
    return { status: response.status, error: isRecord(error) ? error : {}, trail };
  }
  let answer = '';
  let phi: unknown;
  const events = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream());
  for await (const { data } of events) {
    if (data === '[DONE]') return { answer, phi };
    const frame: unknown = JSON.parse(data);
    if (!isRecord(frame)) continue;
    if ('error' in frame) return { status: 200, error: frame, trail };
    if ('phi' in frame) phi = frame['phi'];
    const choice: unknown = Array.isArray(frame['choices']) ? frame['choices'][0] : undefined;
    const piece = textAt(choice, 'delta', 'content') ?? '';
    answer += piece;
    out?.write(piece);
  }
  throw new CommandFailure('The stream ended before the answer was complete.', {
    error: { code: 'incomplete', status: 200, sentence: 'The stream ended before the answer was complete.' },
    phi: { trail: trail ?? null },
  });
}
