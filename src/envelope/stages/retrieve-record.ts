import { withheldBy } from '../../consent/residual.ts';
import { resourceFacts } from '../../consent/resource-facts.ts';
import { Refusal } from '../../errors/refusal.ts';
import { readIdentitySheet } from '../../retrieval/identity-sheet.ts';
import { retrieve } from '../../retrieval/retrieve.ts';
import { scopesOf } from '../../retrieval/smart-scopes.ts';
import type { IdentitySheet } from '../../vocabulary/identity-sheet.ts';
import { notice } from '../../vocabulary/notices.ts';
import type { AskedMessage, Authorized, Retrieved } from '../envelope.ts';
import type { Services } from '../services.ts';
import type { StageResult } from '../stage.ts';
import { recordReader } from './control-reader.ts';

async function identitySheet(envelope: Authorized): Promise<IdentitySheet> {
  const reader = await envelope.control();
  const sheet = await readIdentitySheet(
    reader,
    envelope.delegation.scope.patient,
    await reader.capabilities(),
  );
  if (sheet === undefined) throw new Refusal('patient_unknown');
  return sheet;
}

/** What is asked now: the last message of the user. */
const questionOf = (messages: readonly AskedMessage[]): string =>
  messages.findLast(({ role }) => role === 'user')?.text ?? '';

/** How often each kind stands in a list, for the trail. */
export function countBy<T>(list: readonly T[], kindOf: (one: T) => string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const one of list) counts[kindOf(one)] = (counts[kindOf(one)] ?? 0) + 1;
  return counts;
}

/**
 * The minimum of the record for this task, every resource checked again here, and beside it the identity sheet,
 * which feeds redactor and interlock and never enters the context. Either one failing ends the envelope.
 */
export async function retrieveRecord(
  envelope: Authorized,
  services: Services,
): Promise<StageResult<Retrieved>> {
  const { consent, delegation, task, tenant } = envelope;
  const { reader, token } = await recordReader(envelope, scopesOf(task));
  const [sheet, record] = await Promise.all([
    identitySheet(envelope),
    retrieve({
      task,
      patient: delegation.scope.patient,
      reader,
      now: services.clinicalClock.now(),
      question: questionOf(envelope.ask.messages),
      ...(delegation.scope.encounter === undefined ? {} : { encounter: delegation.scope.encounter }),
      withheld: (resource, labels) =>
        withheldBy(consent.residual, resourceFacts(resource, labels)) ? 'withheld_consent' : undefined,
      privacyNotice: tenant.config.privacyNotice,
    }),
  ]);
  const notices = [
    ...record.notices,
    ...sheet.absentTypes.map((type) => notice('type_not_supported', { what: type })),
  ];
  return {
    envelope: { ...envelope, sheet, record, notices },
    facts: {
      server: tenant.config.fhir.id,
      recordToken: tenant.recordTokens.method,
      patientBound: token.patientBound,
      searches: record.searches,
      bytes: record.bytes,
      fetched: record.fetched,
      kept: countBy(record.items, ({ resource }) => resource.type),
      dropped: record.dropped,
      items: record.items.length,
      absentTypes: sheet.absentTypes,
      notices: [...new Set(notices.map(({ code }) => code))],
      sheet: countBy(sheet.values, ({ kind }) => kind),
    },
  };
}
