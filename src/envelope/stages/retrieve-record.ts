import { withheldUnder } from '../../consent/residual.ts';
import { mentionsOf, resourceFacts } from '../../consent/resource-facts.ts';
import { Refusal } from '../../errors/refusal.ts';
import { denyKinds } from '../../labels/denied-codes.ts';
import { readAll } from '../../retrieval/control-reads.ts';
import { recordsBeside } from '../../retrieval/current-record.ts';
import { readIdentitySheet } from '../../retrieval/identity-sheet.ts';
import { retrieve } from '../../retrieval/retrieve.ts';
import { scopesOf } from '../../retrieval/smart-scopes.ts';
import { isVital } from '../../retrieval/vital.ts';
import type { ContextItem } from '../../vocabulary/context-item.ts';
import type { IdentitySheet } from '../../vocabulary/identity-sheet.ts';
import { type Notice, notice } from '../../vocabulary/notices.ts';
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

const treating: ReadonlySet<string> = new Set(['physician', 'nurse', 'pharmacist']);
const treatment: ReadonlySet<string> = new Set(['TREAT', 'ETREAT', 'BTG']);

/** The asker treats this patient: what must not be missed is not left out because of a label alone. */
const isTreating = ({ delegation, user }: Authorized): boolean =>
  treatment.has(delegation.scope.purpose) && user.roles.some((role) => treating.has(role));

/** The tenant's programs under 42 CFR Part 2, and the patient's encounters there. */
async function part2Of({ tenant, delegation, control }: Authorized): Promise<ReadonlySet<string>> {
  const programs = new Set(tenant.config.part2Programs);
  if (programs.size === 0) return programs;
  const reader = await control();
  const encounters = await readAll(
    reader,
    await reader.capabilities(),
    'Encounter',
    delegation.scope.patient,
  );
  const there = encounters.filter((one) => mentionsOf(one).some((reference) => programs.has(reference)));
  return new Set([...programs, ...there.map(({ id }) => `Encounter/${id ?? ''}`)]);
}

/** What has to be said with records of a program under 42 CFR Part 2 (42 CFR 2.32). */
const redisclosure = (items: readonly ContextItem[]): readonly Notice[] =>
  items.some(({ labels, passages }) =>
    [labels, ...passages.map((passage) => passage.labels)].flat().some(({ code }) => code === '42CFRPart2'),
  )
    ? [notice('part2_redisclosure')]
    : [];

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
  const [part2, { patient }] = await Promise.all([part2Of(envelope), envelope.relations]);
  const birthDate = patient?.['birthDate'];
  const labeller = services.labels.about({
    part2,
    ...(typeof birthDate === 'string' ? { birthDate } : {}),
  });
  const treats = isTreating(envelope);
  const { safetyNotice } = tenant.config;
  const rules = { ...consent, residual: denyKinds(consent.residual, services.labels) };
  const [sheet, record] = await Promise.all([
    identitySheet(envelope),
    retrieve({
      task,
      patient: delegation.scope.patient,
      reader,
      now: services.clinicalClock.now(),
      question: questionOf(envelope.ask.messages),
      ...(delegation.scope.encounter === undefined ? {} : { encounter: delegation.scope.encounter }),
      labeller,
      admits: (document, passage) =>
        services.notes.take(
          {
            tenant: delegation.scope.tenant,
            user: envelope.userPseudonym,
            patient: delegation.scope.patient,
            document: document.id ?? '',
          },
          passage.start,
        ),
      withheld: (resource, labels) =>
        withheldUnder(rules, resourceFacts(resource, labels, treats && isVital(resource)))
          ? 'withheld_consent'
          : undefined,
      privacyNotice: tenant.config.privacyNotice,
      ...(treats && safetyNotice !== 'refuse' ? { safetyNotice } : {}),
    }),
  ]);
  if (treats && safetyNotice === 'refuse' && record.vitalWithheld > 0) throw new Refusal('vital_withheld');
  const notices = [
    ...record.notices,
    ...recordsBeside(patient),
    ...redisclosure(record.items),
    ...sheet.absentTypes.map((type) => notice('type_not_supported', { what: type })),
  ];
  return {
    envelope: { ...envelope, sheet, record, notices },
    before: envelope.servers.take(),
    facts: {
      server: tenant.config.fhir.id,
      recordToken: tenant.recordTokens.method,
      patientBound: token.patientBound,
      searches: record.searches,
      bytes: record.bytes,
      items: record.items.length,
      absentTypes: sheet.absentTypes,
      sheet: countBy(sheet.values, ({ kind }) => kind),
      ...envelope.seal('fhir.retrieved', {
        fetched: record.fetched,
        kept: countBy(record.items, ({ resource }) => resource.type),
        dropped: record.dropped,
        notices: [...new Set(notices.map(({ code }) => code))],
      }),
    },
  };
}
