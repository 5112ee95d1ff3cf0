import { Refusal } from '../../errors/refusal.ts';
import type { Answered, Cleared } from '../envelope.ts';
import type { Services } from '../services.ts';
import type { StageResult } from '../stage.ts';

/** The cleared bytes go to the endpoint they were cleared for; the answer is held until all of it is there. */
export async function askModel(envelope: Cleared, services: Services): Promise<StageResult<Answered>> {
  const model = envelope.tenant.models.get(envelope.modelId);
  if (model === undefined) throw new Refusal('model_not_allowed');
  let answer = '';
  let finish: Answered['finish'] | undefined;
  let usage: Answered['usage'];
  for await (const delta of model.client.ask(envelope.cleared, { signal: envelope.signal })) {
    if (delta.type === 'text') answer += delta.text;
    else {
      finish = delta.reason;
      usage = delta.usage;
    }
  }
  if (finish === undefined) throw new Refusal('model_malformed');
  return {
    envelope: { ...envelope, answer, finish, usage },
    facts: {
      model: model.endpoint.id,
      responseHash: services.saltedHash(envelope, 'response', answer),
      bytes: Buffer.byteLength(answer),
      finish,
      ...(usage === undefined
        ? {}
        : { promptTokens: usage.promptTokens, completionTokens: usage.completionTokens }),
    },
  };
}
