import { isRecord } from '../vocabulary/fhir.ts';
import { malformed, parseObject } from './answer-shape.ts';
import type { ClearedTexts } from './cleared-texts.ts';

/** What an embedding endpoint answered: numbers, and nothing of its words. */
export interface Embedding {
  readonly vectors: readonly Float32Array[];
  readonly promptTokens: number | undefined;
}

/** Longer vectors are of no model that is known. */
const mostNumbers = 16_384;

function vectorOf(value: unknown): Float32Array {
  const long = Array.isArray(value) ? value.length : 0;
  if (!Array.isArray(value) || long === 0 || long > mostNumbers) throw malformed();
  const numbers = value.filter((one): one is number => typeof one === 'number' && Number.isFinite(one));
  if (numbers.length !== long) throw malformed();
  const vector = Float32Array.from(numbers);
  // What a single-precision number cannot hold is none of a vector.
  if (!vector.every(Number.isFinite)) throw malformed();
  return vector;
}

/**
 * Reads an OpenAI embeddings answer (openai-openapi 2.3.0, `CreateEmbeddingResponse`): one vector for each text, each
 * named by its index once, all of one length, which is the one that was asked for where one was.
 *
 * @throws Refusal `model_malformed`, `model_unavailable`
 */
export function readVectors(text: string, asked: ClearedTexts['asked']): Embedding {
  const { data, usage } = parseObject(text);
  if (!Array.isArray(data) || data.length !== asked.texts) throw malformed();
  const vectors = new Map<number, Float32Array>();
  for (const one of data) {
    if (!isRecord(one)) throw malformed();
    const { embedding, index } = one;
    if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index >= asked.texts)
      throw malformed();
    vectors.set(index, vectorOf(embedding));
  }
  const inOrder = [...vectors].toSorted(([a], [b]) => a - b).map(([, vector]) => vector);
  const length = asked.dimensions ?? inOrder[0]?.length;
  if (inOrder.length !== asked.texts || inOrder.some((vector) => vector.length !== length)) throw malformed();
  const counted = isRecord(usage) ? usage['prompt_tokens'] : undefined;
  const known = typeof counted === 'number' && Number.isSafeInteger(counted) && counted >= 0;
  return { vectors: inOrder, promptTokens: known ? counted : undefined };
}
