import { buildInterlock } from '../../interlock/build.ts';
import { dayPolicy } from '../../redaction/day-counts.ts';
import { redactEnvelope } from '../../redaction/redact-envelope.ts';
import { createRedactor } from '../../redaction/redactor.ts';
import type { Redacted, Retrieved } from '../envelope.ts';
import type { Services } from '../services.ts';
import type { StageResult } from '../stage.ts';

/**
 * Every identifier of the sheet, the fetched record and the packs becomes a token of this scope; the values go to
 * the vault. The interlock is built from the same values here, and shares nothing else with the redactor.
 */
export async function redact(envelope: Retrieved, services: Services): Promise<StageResult<Redacted>> {
  const identity = [...envelope.sheet.values, ...envelope.record.identity];
  const redacted = await redactEnvelope({
    redactor: createRedactor({ identity, packs: services.packs }),
    vault: services.vault,
    scope: envelope.vaultScope,
    items: envelope.record.items,
    messages: envelope.ask.messages.map(({ text }) => text),
    days: dayPolicy(Math.floor(services.clinicalClock.now() / 86_400_000), identity),
  });
  return {
    envelope: { ...envelope, redacted, interlock: buildInterlock(identity) },
    facts: {
      tokens: redacted.counts,
      texts: redacted.messages.length,
      items: redacted.items.length,
    },
  };
}
