import type { EnvelopeReadings } from '../reading/ports.ts';
import type { TextsByPlace } from '../signal/injection-signals.ts';
import { errorFields } from '../telemetry/log.ts';
import type { ContextItem } from '../vocabulary/context-item.ts';
import type { IdentityValue } from '../vocabulary/identity-sheet.ts';
import { type InjectionSignals, injectionLevelOf, injectionPlaces } from '../vocabulary/injection.ts';
import type { Retrieved } from './envelope.ts';
import type { Services } from './services.ts';
import type { Facts } from './stage.ts';

/** A record as it will stand before a model: whoever splits an attack over its lines is read all the same. */
const textOf = ({ parts, passages }: ContextItem): string =>
  [...parts, ...passages].map(({ text }) => text).join('\n');

/** Values in which whoever registers a patient can write what they like. */
const written: ReadonlySet<IdentityValue['kind']> = new Set(['name', 'address', 'organization']);

/** What is read: all messages of the conversation, what a model may read of the record, and names and addresses. */
function textsOf({ ask, record, sheet }: Retrieved): TextsByPlace {
  const question = ask.messages.map(({ text }) => text);
  // Texts to embed go without the record.
  if (ask.action === 'embed') return { question, record: [] };
  const identity = [...sheet.values, ...record.identity].filter(({ kind }) => written.has(kind));
  return { question, record: [...record.items.map(textOf), ...identity.map(({ text }) => text)] };
}

/** Scores and counts by code, and nothing for a place where nothing was found. */
function factsOf(signals: InjectionSignals): Facts {
  const found: Record<string, number> = {};
  const rules: Record<string, number> = {};
  for (const place of injectionPlaces) {
    const { score, texts, rules: ofPlace } = signals[place];
    if (score === 0) continue;
    found[`${place}.score`] = score;
    found[`${place}.texts`] = texts;
    for (const [rule, holding] of Object.entries(ofPlace)) rules[`${place}.${rule}`] = holding;
  }
  return Object.keys(found).length === 0 ? {} : { injection: found, injectionRules: rules };
}

type Told = Pick<Services, 'log'> & {
  readonly metrics: Pick<Services['metrics'], 'injectionSignal' | 'injectionUnread'>;
};

function tell(
  signals: InjectionSignals,
  { log, metrics }: Told,
  { trail, tenantId: tenant }: Retrieved,
): void {
  for (const where of injectionPlaces) {
    const { rules, score } = signals[where];
    const level = injectionLevelOf(score);
    if (level === undefined) continue;
    metrics.injectionSignal({ where, level });
    if (level === 'high')
      log.write('injection.suspected', { trail, tenant, where, rules: Object.keys(rules).join(' ') });
  }
}

/**
 * Facts for the trail about texts that look as if they were written for a model; metrics and, where the score is high,
 * the log are told. It decides nothing: texts, policy and answer are the same with and without it. So here alone a failure
 * lets the request go on (what protects it, redactor, interlock and answer checks, does not rest on this), and is said on
 * the trail, in the log and in a metric. Never rejects.
 */
export async function injectionFacts(
  envelope: Retrieved,
  readings: Pick<EnvelopeReadings, 'signals'>,
  services: Told,
): Promise<Facts> {
  try {
    const signals = await readings.signals(textsOf(envelope));
    tell(signals, services, envelope);
    return factsOf(signals);
  } catch (thrown) {
    // Of an envelope that has ended nothing is read, and nothing goes on.
    if (envelope.signal.aborted) return {};
    services.metrics.injectionUnread();
    const { trail, tenantId: tenant } = envelope;
    services.log.write('injection.unread', { trail, tenant, ...errorFields(thrown) });
    return { injectionFailed: true };
  }
}
