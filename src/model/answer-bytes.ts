import { malformed, readCompletion } from './answer-shape.ts';
import { createChunkReader } from './chunk-reader.ts';
import type { ModelDelta } from './ports.ts';

/** Body as text pieces: strict UTF-8, never more than `limit` bytes. */
export async function* textPieces(body: AsyncIterable<unknown>, limit: number): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch {
      throw malformed();
    }
  };
  let size = 0;
  for await (const piece of body) {
    if (!(piece instanceof Uint8Array)) throw malformed();
    size += piece.byteLength;
    if (size > limit) throw malformed();
    yield decode(piece);
  }
  yield decode();
}

/**
 * The answer in a response's body, however its bytes are cut into pieces: server-sent events of a stream, one JSON
 * document otherwise. `limit` in bytes. The last delta is always `finish`; throws Refusal `model_malformed`.
 */
export async function* readAnswer(
  body: AsyncIterable<unknown>,
  { limit, stream }: { readonly stream: boolean; readonly limit: number },
): AsyncGenerator<ModelDelta> {
  const pieces = textPieces(body, limit);
  if (!stream) {
    let whole = '';
    for await (const piece of pieces) whole += piece;
    yield* readCompletion(whole);
    return;
  }
  const reader = createChunkReader();
  for await (const piece of pieces) {
    for (const text of reader.read(piece)) yield { type: 'text', text };
  }
  yield reader.finish();
}
