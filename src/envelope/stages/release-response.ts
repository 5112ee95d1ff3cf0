import { Refusal } from '../../errors/refusal.ts';
import { supportChecks } from '../../release/check-table.ts';
import { citationsOf } from '../../release/citations.ts';
import { type ReleasedAnswer, reveal } from '../../release/reveal.ts';
import type { Task } from '../../retrieval/task.ts';
import { type Notice, notice } from '../../vocabulary/notices.ts';
import type { Begun, Checked, Redacted, Released } from '../envelope.ts';
import type { Services } from '../services.ts';
import type { StageResult } from '../stage.ts';

/** Whether values may stand in an answer. Whoever sees a record by a grant alone sees it as the model did. */
export const readByHuman = ({ ask, decision, workload }: Redacted): boolean =>
  workload.humanReads && ask.machineReads !== true && !decision.facts.grantInForce;

const sealedNotices = ({ seal }: Redacted, notices: readonly Notice[]) =>
  seal('response.released', { notices: [...new Set(notices.map(({ code }) => code))] });

/** Where the task wants a document, what leaves is one that fits, after all masks and with what was revealed in it. */
function demandDocument({ accepts, output }: Task, { document, text }: ReleasedAnswer): void {
  if (output === undefined) return;
  if (accepts === undefined || !document || !accepts(JSON.parse(text)))
    throw new Refusal('answer_blocked', { facts: { failed: ['schema'] } });
}

/**
 * Tokens become words again where a human reads and the vault knows them in this very scope; anywhere else they
 * become role words. Nothing of it has left yet that did not by `releaseBeginning`: the event that says so must be
 * durable first.
 */
export async function releaseResponse(envelope: Checked, services: Services): Promise<StageResult<Released>> {
  const { checked, redacted } = envelope;
  const humanReads = readByHuman(envelope) && !envelope.verdicts.some(({ check }) => check === 'bare-tokens');
  const values = humanReads
    ? await services.vault.resolve(envelope.vaultScope, checked.tokens)
    : new Map<string, string>();
  const notices = [
    ...envelope.notices,
    ...(envelope.verdicts.some(({ check, verdict }) => verdict !== 'pass' && supportChecks.has(check))
      ? [notice('answer_unsupported')]
      : []),
    ...(envelope.finish === 'stop' ? [] : [notice('answer_shortened')]),
  ];
  const released = reveal(checked, values, {
    humanReads,
    allowedTypes: 'all',
    notices: notices.map(({ text }) => text),
  });
  demandDocument(envelope.task, released);
  const citations = citationsOf(checked.text, redacted.items);
  return {
    envelope: { ...envelope, notices, released, citations },
    facts: {
      answerHash: services.saltedHash(envelope, 'answer', released.text),
      bytes: Buffer.byteLength(released.text),
      revealed: released.revealed,
      citations: citations.length,
      stream: envelope.ask.stream,
      ...sealedNotices(envelope, notices),
    },
  };
}

/** The first piece may leave, and after it others as they are settled, while the model still speaks. */
export async function releaseBeginning(envelope: Begun): Promise<StageResult<Begun>> {
  const { beginning, notices } = envelope;
  return {
    envelope,
    facts: {
      bytes: Buffer.byteLength(beginning.text),
      citations: beginning.citations,
      stream: true,
      ...sealedNotices(envelope, notices),
    },
  };
}
