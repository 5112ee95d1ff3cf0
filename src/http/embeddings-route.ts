import type { IncomingMessage, ServerResponse } from 'node:http';
import { endianness } from 'node:os';
import type { EmbeddingDelivery } from '../envelope/delivery.ts';
import type { Ask } from '../envelope/envelope.ts';
import { Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import type { Face } from './face.ts';
import { phiOf } from './phi-headers.ts';
import { sendOpenAiError } from './problem.ts';
import { checkAnswerBody, checkRequest } from './validate.ts';
import { walking } from './walking.ts';

/** How the vectors of one request are to be written. */
type Format = 'float' | 'base64';

const textsOf = (input: unknown): readonly string[] =>
  (Array.isArray(input) ? input : [input]).filter((text) => typeof text === 'string');

function parsed(request: IncomingMessage, body: unknown): { readonly ask: Ask; readonly format: Format } {
  checkRequest('embeddingsRequest', body);
  if (!isRecord(body)) throw new Refusal('malformed_request');
  const { dimensions, encoding_format: format, input, model, phi } = body;
  return {
    ask: {
      action: 'embed',
      messages: textsOf(input).map((text) => ({ role: 'user', text })),
      phi: phiOf(request, phi),
      stream: false,
      ...(typeof model === 'string' ? { model } : {}),
      ...(typeof dimensions === 'number' ? { dimensions } : {}),
    },
    format: format === 'base64' ? 'base64' : 'float',
  };
}

/** Little-endian, whatever the host is: that is what clients decode. */
function base64Of(vector: Float32Array): string {
  const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
  return (endianness() === 'LE' ? bytes : Buffer.from(bytes).swap32()).toString('base64');
}

function bodyOf({ embedding, model, phi }: EmbeddingDelivery, format: Format): object {
  const spelled = (vector: Float32Array) => (format === 'base64' ? base64Of(vector) : [...vector]);
  const tokens = embedding.promptTokens ?? 0;
  return checkAnswerBody('embeddingsAnswer', {
    object: 'list',
    data: embedding.vectors.map((vector, index) => ({
      object: 'embedding',
      index,
      embedding: spelled(vector),
    })),
    model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
    phi,
  });
}

/** POST /v1/embeddings */
export function createEmbeddings(
  face: Face,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let format: Format = 'float';
  const walk = walking(
    (shown, body) => {
      const { ask, format: wanted } = parsed(shown, body);
      format = wanted;
      return ask;
    },
    ({ gateway }, ...rest) => gateway.embed(...rest),
    (delivery) => bodyOf(delivery, format),
    sendOpenAiError,
  );
  return walk(face, request, response);
}
