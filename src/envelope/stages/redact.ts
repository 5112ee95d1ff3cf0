import { askedSpans } from '../../recogniser/asked-spans.ts';
import { dayPolicy } from '../../redaction/day-counts.ts';
import type { RedactedContext } from '../../redaction/ports.ts';
import { redactEnvelope } from '../../redaction/redact-envelope.ts';
import { dayMs } from '../../vocabulary/time.ts';
import { tokenDay } from '../../vocabulary/token.ts';
import type { Redacted, Retrieved } from '../envelope.ts';
import { injectionFacts } from '../injection.ts';
import type { Services } from '../services.ts';
import type { Facts, StageResult } from '../stage.ts';

const datesWithCount = ({ issued }: RedactedContext): number =>
  issued.filter(({ token }) => tokenDay(token) !== undefined).length;

/**
 * Every identifier of the sheet, the fetched record and the packs becomes a token of this scope, whose value goes to
 * the vault, or what the packs say for this task. The interlock is given the same values, and shares nothing else with the redactor.
 */
export async function redact(envelope: Retrieved, services: Services): Promise<StageResult<Redacted>> {
  const identity = [...envelope.sheet.values, ...envelope.record.identity];
  const { openedAt: since, signal, trail, vaultScope } = envelope;
  // Without a conversation's name the request is one of its own, and nobody comes back to it.
  const goesOn = vaultScope.conversation !== trail;
  const readings = services.textReader.open({
    identity,
    since,
    signal,
    ...(goesOn ? { conversation: vaultScope } : {}),
  });
  const { recogniser } = services;
  const beside = recogniser === undefined ? undefined : askedSpans(readings.spans, recogniser, signal);
  const find = beside?.find ?? readings.spans;
  const { patient, tenant } = envelope.delegation.scope;
  let injection: Promise<Facts> | undefined;
  const redacting = redactEnvelope({
    find: async (texts) => {
      const spans = await find(texts);
      // Begun once the thread that knows this envelope is free again, and waited for after the vault has answered.
      injection ??= injectionFacts(envelope, readings, services);
      return spans;
    },
    again: readings.spans,
    acting: services.acting(envelope.task.name),
    vault: services.vault,
    scope: vaultScope,
    // Texts to embed go without the record; what it holds of identifiers was looked for in them all the same.
    items: envelope.ask.action === 'embed' ? [] : envelope.record.items,
    messages: envelope.ask.messages.map(({ text }) => text),
    days: dayPolicy(Math.floor(services.clinicalClock.now() / dayMs), identity),
  });
  const [redacted] = await Promise.all([
    redacting,
    services.seen.see(tenant, patient, envelope.sheet.values),
  ]);
  return {
    envelope: { ...envelope, redacted, readings },
    facts: {
      tokens: redacted.counts,
      ...(Object.keys(redacted.generalised).length === 0 ? {} : { generalised: redacted.generalised }),
      ...(Object.keys(redacted.removed).length === 0 ? {} : { removed: redacted.removed }),
      ...(redacted.shifted ? { shifted: datesWithCount(redacted) } : {}),
      texts: redacted.messages.length,
      items: redacted.items.length,
      ...(await (injection ?? injectionFacts(envelope, readings, services))),
      ...(beside === undefined ? {} : { recognised: { ...beside.asked() } }),
    },
  };
}
