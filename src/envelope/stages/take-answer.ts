import { Refusal } from '../../errors/refusal.ts';
import type { Answering, Redacted } from '../envelope.ts';
import type { Services } from '../services.ts';
import type { StageResult } from '../stage.ts';
import { randomMark } from './random-mark.ts';

/**
 * An answer of a model that was called elsewhere, beside the lines that it was shown. The record was read anew, so
 * that the checks know every identifier of it as it stands now.
 */
export async function takeAnswer(envelope: Redacted, services: Services): Promise<StageResult<Answering>> {
  const { ask, redacted, shown } = envelope;
  await services.limits.mayAnswer(envelope.delegation.scope.tenant, envelope.userPseudonym);
  if (ask.answered === undefined || shown === undefined) throw new Refusal('context_unknown');
  const answer = ask.answered.text;
  return {
    envelope: {
      ...envelope,
      redacted: { ...redacted, items: shown.items },
      notices: shown.notices,
      // Nobody was given one: what the caller tells its model is its own.
      canary: randomMark(services),
      answer,
      finish: 'stop',
      usage: undefined,
    },
    facts: {
      model: envelope.modelId,
      responseHash: services.saltedHash(envelope, 'response', answer),
      bytes: Buffer.byteLength(answer),
    },
  };
}
