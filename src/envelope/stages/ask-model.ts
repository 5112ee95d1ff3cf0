import { Refusal } from '../../errors/refusal.ts';
import type { ModelDelta } from '../../model/ports.ts';
import type { Answered, Cleared, Heard } from '../envelope.ts';
import type { Services } from '../services.ts';
import type { StageResult } from '../stage.ts';

/** The cleared bytes go to the endpoint they were cleared for. */
export function callModel({ cleared, tenant }: Cleared, signal: AbortSignal): AsyncIterable<ModelDelta> {
  const model = tenant.models.get(cleared.endpoint.id);
  if (model === undefined) throw new Refusal('model_not_allowed');
  return model.client.ask(cleared, { signal });
}

async function wholeAnswer(envelope: Cleared): Promise<Heard> {
  let answer = '';
  for await (const delta of callModel(envelope, envelope.signal)) {
    if (delta.type === 'text') answer += delta.text;
    else return { answer, finish: delta.reason, usage: delta.usage };
  }
  throw new Refusal('model_malformed');
}

/** The whole answer: held until all of it is there, or heard to its end while its beginning was on its way already. */
export async function askModel(envelope: Cleared, services: Services): Promise<StageResult<Answered>> {
  const heard = envelope.heard ?? (await envelope.stopwatch.outside(wholeAnswer(envelope)));
  const { answer, finish, usage } = heard;
  return {
    envelope: { ...envelope, ...heard },
    facts: {
      model: envelope.cleared.endpoint.id,
      ...(envelope.insteadOf === undefined ? {} : { insteadOf: envelope.insteadOf }),
      responseHash: services.saltedHash(envelope, 'response', answer),
      bytes: Buffer.byteLength(answer),
      finish,
      ...(usage === undefined
        ? {}
        : { promptTokens: usage.promptTokens, completionTokens: usage.completionTokens }),
    },
  };
}
