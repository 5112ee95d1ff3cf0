import { Refusal } from '../../errors/refusal.ts';
import { clearForRelease } from '../../model/cleared-request.ts';
import { assemblePrompt } from '../../model/prompt.ts';
import { promisedBy } from '../../vocabulary/model-endpoint.ts';
import type { Cleared, Redacted } from '../envelope.ts';
import { leavesEarly } from '../leaves-early.ts';
import type { Services } from '../services.ts';
import type { StageResult } from '../stage.ts';
import { randomMark } from './random-mark.ts';

/**
 * The final bytes for the model, made from allowed fields and passed by the interlock. Nothing has left yet: the
 * event that says so must be durable first.
 */
export async function clearContext(envelope: Redacted, services: Services): Promise<StageResult<Cleared>> {
  const model = envelope.tenant.models.get(envelope.modelId);
  if (model === undefined) throw new Refusal('model_not_allowed');
  const canary = randomMark(services);
  const { ask, redacted, task } = envelope;
  const messages = ask.messages.flatMap(({ role }, n) => {
    const text = redacted.messages[n];
    return text === undefined ? [] : [{ role, text }];
  });
  if (messages.length !== ask.messages.length) throw new Refusal('redaction_failed');
  const prompt = assemblePrompt({
    instructions: task.instructions,
    ...(task.output === undefined ? {} : { outputSchema: task.output.schema }),
    task: task.title,
    items: redacted.items,
    ages: redacted.ages,
    shifted: redacted.shifted,
    notices: envelope.notices,
    messages,
    today: new Date(services.clinicalClock.now()).getUTCFullYear().toString(),
    marker: randomMark(services),
    canary,
  });
  const cleared = await clearForRelease(
    prompt,
    model.endpoint,
    {
      stream: leavesEarly(envelope),
      ...(ask.temperature === undefined ? {} : { temperature: ask.temperature }),
      ...(ask.maxTokens === undefined ? {} : { maxTokens: ask.maxTokens }),
    },
    envelope.readings,
  );
  return {
    envelope: { ...envelope, cleared, canary },
    facts: {
      model: model.endpoint.id,
      modelName: model.endpoint.model,
      residency: model.endpoint.residency,
      ...promisedBy(model.endpoint.retention),
      modelTrusted: model.endpoint.trusted,
      stream: ask.stream,
      requestHash: services.saltedHash(envelope, 'request', cleared.hashInput),
      bytes: cleared.bytes.length,
      items: redacted.items.length,
      scanned: envelope.sheet.values.length + envelope.record.identity.length,
    },
  };
}
