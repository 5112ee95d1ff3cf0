import type { Reason } from '../errors/reasons.ts';
import type { EventName, FactValue, StoredEvent } from './events.ts';

/**
 * The facts that an asker reads of the own trail, by event: what the answer said too. How consent was found, how
 * much was fetched or left out and how much identifies the patient would tell what the answer kept to itself; that
 * is for officers. An event that is not named here is not shown.
 */
const shown: Readonly<Partial<Record<EventName, readonly string[]>>> = {
  'session.started': [],
  'patient.searched': [],
  'token.delegated': ['lifetime'],
  'workload.authorized': [],
  'request.authorized': ['sentence'],
  'request.denied': ['sentence', 'status'],
  'fhir.retrieved': ['items'],
  'record.masked': [],
  'context.released': ['items'],
  'response.generated': ['promptTokens', 'completionTokens'],
  'response.checked': ['citations'],
  'response.released': ['bytes', 'citations', 'revealed'],
  'response.delivered': [],
  'context.delivered': [],
  'decision.delivered': [],
  'response.received': [],
  'response.aborted': ['sentence', 'status'],
  'trail.read': [],
  'token.introspected': [],
  'token.revoked': [],
};

/** Whether a consent denies, is missing or is not understood is said by no answer, nor whether the patient exists. */
const told: Readonly<Partial<Record<Reason, Reason>>> = {
  consent_denied: 'policy_denied',
  consent_absent: 'policy_denied',
  consent_not_understood: 'policy_denied',
  patient_unknown: 'policy_denied',
};

/** A trail as its asker may read it. */
export const askerView = (events: readonly StoredEvent[]): readonly StoredEvent[] =>
  events.flatMap((stored): StoredEvent[] => {
    const names = shown[stored.event];
    if (names === undefined) return [];
    const facts: Record<string, FactValue> = {};
    for (const name of names) {
      const value = stored.facts[name];
      if (value !== undefined) facts[name] = value;
    }
    const { reason } = stored;
    return [{ ...stored, facts, ...(reason === undefined ? {} : { reason: told[reason] ?? reason }) }];
  });
