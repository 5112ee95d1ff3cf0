import { Refusal } from '../../errors/refusal.ts';
import { ClearedTexts } from '../../model/cleared-texts.ts';
import { promisedBy } from '../../vocabulary/model-endpoint.ts';
import type { Embedded, EmbeddingCleared, Redacted } from '../envelope.ts';
import type { Services } from '../services.ts';
import type { StageResult } from '../stage.ts';

/** The redacted texts as final bytes that the interlock has passed. Nothing has left yet. */
export async function clearTexts(
  envelope: Redacted,
  services: Services,
): Promise<StageResult<EmbeddingCleared>> {
  const { ask, modelId, readings, record, redacted, sheet, tenant } = envelope;
  const endpoint = tenant.models.get(modelId)?.endpoint;
  if (endpoint?.embeddings !== true) throw new Refusal('model_not_allowed');
  if (redacted.messages.length !== ask.messages.length) throw new Refusal('redaction_failed');
  const clearedTexts = await ClearedTexts.release(redacted.messages, endpoint, ask.dimensions, readings);
  readings.end();
  return {
    envelope: { ...envelope, clearedTexts },
    facts: {
      model: endpoint.id,
      modelName: endpoint.model,
      residency: endpoint.residency,
      ...promisedBy(endpoint.retention),
      modelTrusted: endpoint.trusted,
      stream: false,
      requestHash: services.saltedHash(envelope, 'request', clearedTexts.hashInput),
      bytes: clearedTexts.bytes.length,
      items: redacted.messages.length,
      scanned: sheet.values.length + record.identity.length,
    },
  };
}

const bytesOf = (vectors: readonly Float32Array[]): Uint8Array =>
  Buffer.concat(
    vectors.map(({ buffer, byteLength, byteOffset }) => Buffer.from(buffer, byteOffset, byteLength)),
  );

/** The cleared texts go to the endpoint that they were cleared for; numbers come back. */
export async function embedTexts(
  envelope: EmbeddingCleared,
  services: Services,
): Promise<StageResult<Embedded>> {
  const { clearedTexts, insteadOf, signal, stopwatch, tenant } = envelope;
  const model = tenant.models.get(clearedTexts.endpoint.id);
  if (model === undefined) throw new Refusal('model_not_allowed');
  const embedded = await stopwatch.outside(model.client.embed(clearedTexts, { signal }));
  const bytes = bytesOf(embedded.vectors);
  return {
    envelope: { ...envelope, embedded },
    facts: {
      model: clearedTexts.endpoint.id,
      ...(insteadOf === undefined ? {} : { insteadOf }),
      responseHash: services.saltedHash(envelope, 'response', bytes),
      bytes: bytes.length,
      ...(embedded.promptTokens === undefined ? {} : { promptTokens: embedded.promptTokens }),
    },
  };
}

/** One vector a text, all of one length, nothing in them but numbers: no word can hide there, and none is missing. */
export async function checkVectors(envelope: Embedded): Promise<StageResult<Embedded>> {
  const { ask, embedded } = envelope;
  const length = ask.dimensions ?? embedded.vectors[0]?.length;
  const whole = embedded.vectors.every((vector) => vector.length === length && vector.every(Number.isFinite));
  if (!whole || embedded.vectors.length !== ask.messages.length) throw new Refusal('answer_blocked');
  return { envelope, facts: { passed: ['numbers'], failed: [] } };
}

/** The vectors may leave: the event that says so must be durable first. */
export async function releaseVectors(envelope: Embedded, services: Services): Promise<StageResult<Embedded>> {
  const bytes = bytesOf(envelope.embedded.vectors);
  return {
    envelope,
    facts: {
      answerHash: services.saltedHash(envelope, 'answer', bytes),
      bytes: bytes.length,
      revealed: {},
      citations: 0,
      stream: false,
    },
  };
}
