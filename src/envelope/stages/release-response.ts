import { citationsOf } from '../../release/citations.ts';
import { reveal } from '../../release/reveal.ts';
import { notice } from '../../vocabulary/notices.ts';
import type { Checked, Released } from '../envelope.ts';
import type { Services } from '../services.ts';
import type { StageResult } from '../stage.ts';

/**
 * Tokens become words again where a human reads and the vault knows them in this very scope; anywhere else they
 * become role words. Nothing has left yet: the event that says so must be durable first.
 */
export async function releaseResponse(envelope: Checked, services: Services): Promise<StageResult<Released>> {
  const { checked, decision, redacted, workload } = envelope;
  // Whoever sees a record by a grant alone sees it as the model did.
  const humanReads =
    workload.humanReads &&
    !decision.facts.grantInForce &&
    !envelope.verdicts.some(({ check }) => check === 'bare-tokens');
  const values = humanReads
    ? await services.vault.resolve(envelope.vaultScope, checked.tokens)
    : new Map<string, string>();
  const notices =
    envelope.finish === 'stop' ? envelope.notices : [...envelope.notices, notice('answer_shortened')];
  const released = reveal(checked, values, {
    humanReads,
    allowedTypes: 'all',
    notices: notices.map(({ text }) => text),
  });
  const citations = citationsOf(checked.text, redacted.items);
  return {
    envelope: { ...envelope, notices, released, citations },
    facts: {
      answerHash: services.saltedHash(envelope, 'answer', released.text),
      bytes: Buffer.byteLength(released.text),
      revealed: released.revealed,
      citations: citations.length,
      stream: envelope.ask.stream,
      ...envelope.seal('response.released', { notices: [...new Set(notices.map(({ code }) => code))] }),
    },
  };
}
