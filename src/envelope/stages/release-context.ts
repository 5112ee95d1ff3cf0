import { demandClear } from '../../model/cleared-request.ts';
import { assembleContext } from '../../model/prompt.ts';
import { promisedBy } from '../../vocabulary/model-endpoint.ts';
import type { ContextCleared, Redacted } from '../envelope.ts';
import type { Services } from '../services.ts';
import type { StageResult } from '../stage.ts';
import { randomMark } from './random-mark.ts';

/**
 * The redacted context for a pipeline that calls a model of its own: the same text that a model of this gateway would
 * read, passed by the interlock. Nothing has left yet: the event that says so must be durable first.
 */
export async function releaseContext(
  envelope: Redacted,
  services: Services,
): Promise<StageResult<ContextCleared>> {
  const { notices, readings, redacted, workload } = envelope;
  const marker = randomMark(services);
  const { ages, items, shifted } = redacted;
  const context = assembleContext({ items, ages, shifted, notices, marker });
  const body = JSON.stringify(context);
  await demandClear(body, readings);
  readings.end();
  return {
    envelope: { ...envelope, context },
    facts: {
      model: envelope.modelId,
      ...(workload.readingModel === undefined ? {} : { residency: workload.readingModel.residency }),
      ...promisedBy(workload.readingModel?.retention),
      requestHash: services.saltedHash(envelope, 'context', body),
      bytes: Buffer.byteLength(body),
      items: items.length,
      scanned: envelope.sheet.values.length + envelope.record.identity.length,
      ...envelope.seal('context.released', { notices: [...new Set(notices.map(({ code }) => code))] }),
    },
  };
}
