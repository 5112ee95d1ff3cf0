import { createHash } from 'node:crypto';
import { isRecord } from '../../src/vocabulary/fhir.ts';

/** Name of the sandbox's embedding model. */
export const embeddingName = 'sandbox-hash';

const usual = 64;
const most = 4096;

export interface EmbeddingRequest {
  readonly texts: readonly string[];
  readonly dimensions: number;
}

/** What a request asks for; undefined for one that the API does not know. */
export function readEmbeddingRequest(body: string): EmbeddingRequest | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const { dimensions = usual, input } = value;
  const texts = (Array.isArray(input) ? input : [input]).filter((text) => typeof text === 'string');
  const wanted = Array.isArray(input) ? input.length : 1;
  const fits = typeof dimensions === 'number' && Number.isInteger(dimensions) && dimensions > 0;
  return texts.length === wanted && fits && dimensions <= most ? { texts, dimensions } : undefined;
}

/** Words counted in places that a hash gives them, at length 1: texts that share words lie near each other. */
function vectorOf(text: string, dimensions: number): number[] {
  const vector = Array.from({ length: dimensions }, () => 0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const hash = createHash('sha256').update(word).digest();
    const place = hash.readUInt32BE(0) % dimensions;
    vector[place] = (vector[place] ?? 0) + (hash.readUInt8(4) % 2 === 0 ? 1 : -1);
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((number) => number / length);
}

/** The same vectors for the same texts, always. */
export const embeddingsOf = ({ dimensions, texts }: EmbeddingRequest): object => {
  const tokens = texts.reduce((sum, text) => sum + text.split(/\s+/).length, 0);
  return {
    object: 'list',
    data: texts.map((text, index) => ({ object: 'embedding', index, embedding: vectorOf(text, dimensions) })),
    model: embeddingName,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
};
