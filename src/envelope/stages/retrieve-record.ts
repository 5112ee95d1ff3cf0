import { type ResourceFacts, withheldUnder } from '../../consent/residual.ts';
import { mentionsOf, resourceFacts } from '../../consent/resource-facts.ts';
import { Refusal } from '../../errors/refusal.ts';
import { readAll } from '../../retrieval/control-reads.ts';
import { recordsBeside } from '../../retrieval/current-record.ts';
import { joinedReader } from '../../retrieval/elsewhere/joined-reader.ts';
import { readIdentitySheet } from '../../retrieval/identity-sheet.ts';
import { distinct } from '../../retrieval/identity-values.ts';
import type { FhirReader } from '../../retrieval/ports.ts';
import { retrieve } from '../../retrieval/retrieve.ts';
import { scopesOf } from '../../retrieval/smart-scopes.ts';
import { isVital } from '../../retrieval/vital.ts';
import type { ContextItem, RetrievedRecord } from '../../vocabulary/context-item.ts';
import { type Resource, withoutVersion } from '../../vocabulary/fhir.ts';
import type { IdentitySheet } from '../../vocabulary/identity-sheet.ts';
import { type Notice, notice } from '../../vocabulary/notices.ts';
import type { AskedMessage, Authorized, Retrieved } from '../envelope.ts';
import type { Services } from '../services.ts';
import type { StageResult } from '../stage.ts';
import { recordReader } from './control-reader.ts';
import { isFamilyRequest } from './family.ts';
import {
  idsMet,
  openRecordsElsewhere,
  type RecordElsewhere,
  type RecordsElsewhere,
  rulesOf,
} from './records-elsewhere.ts';

async function identitySheet(envelope: Authorized): Promise<IdentitySheet> {
  const reader = await envelope.control();
  const { patient } = await envelope.relations;
  const sheet = await readIdentitySheet(
    reader,
    envelope.delegation.scope.patient,
    await reader.capabilities(),
    patient,
  );
  if (sheet === undefined) throw new Refusal('patient_unknown');
  return sheet;
}

const treating: ReadonlySet<string> = new Set(['physician', 'nurse', 'pharmacist']);
const treatment: ReadonlySet<string> = new Set(['TREAT', 'ETREAT', 'BTG']);

/** The asker treats this patient: what must not be missed is not left out because of a label alone. */
const isTreating = ({ delegation, user }: Authorized): boolean =>
  treatment.has(delegation.scope.purpose) && user.roles.some((role) => treating.has(role));

/** Programs under 42 CFR Part 2 of one record system, and the patient's encounters there. */
async function part2At(
  named: readonly string[],
  patient: string,
  control: () => Promise<FhirReader>,
): Promise<readonly string[]> {
  const programs = new Set(named);
  if (programs.size === 0) return [];
  const reader = await control();
  const encounters = await readAll(reader, await reader.capabilities(), 'Encounter', patient);
  const there = encounters.filter((one) => mentionsOf(one).some((reference) => programs.has(reference)));
  return [...programs, ...there.map(({ id }) => `Encounter/${id ?? ''}`)];
}

/** The programs of all record systems that are read. */
async function part2Of(
  { tenant, delegation, control }: Authorized,
  elsewhere: readonly RecordElsewhere[],
): Promise<ReadonlySet<string>> {
  const { patient } = delegation.scope;
  const found = await Promise.all([
    part2At(tenant.config.part2Programs, patient, control),
    ...elsewhere.map(({ part2Programs, control: there }) =>
      part2At(part2Programs, patient, async () => there),
    ),
  ]);
  return new Set(found.flat());
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

/**
 * What the consents here go by for a row from elsewhere: who made it is nobody in particular where no link says who they
 * are, so that a denial by author withholds it.
 */
function factsFrom(facts: ResourceFacts, from: RecordElsewhere | undefined): ResourceFacts {
  const isKnown = (author: string): boolean => from?.names.made(withoutVersion(author)) !== true;
  return { ...facts, authors: facts.authors.map((author) => (isKnown(author) ? author : '')) };
}

/** Items of other record systems under their own ids, and what identifies there beside what identifies here. */
function withElsewhere(
  record: RetrievedRecord,
  sheet: IdentitySheet,
  { denied, opened }: Pick<RecordsElsewhere, 'denied' | 'opened'>,
): { readonly record: RetrievedRecord; readonly sheet: IdentitySheet } {
  const origin = ({ id, type }: ContextItem['resource']) =>
    opened.find(({ names }) => names.made(`${type}/${id}`));
  const items = record.items.map((item): ContextItem => {
    const { id, type } = item.resource;
    const from = origin(item.resource);
    if (from === undefined) return item;
    const there = from.names.there(`${type}/${id}`)?.split('/')[1] ?? id;
    return {
      ...item,
      resource: { ...item.resource, id: there, elsewhere: { server: from.server, place: from.place } },
      provenance: { ...item.provenance, server: from.server },
    };
  });
  const met = [...opened, ...denied].flatMap((one) => [...one.sheet.values, ...idsMet(one)]);
  return {
    record: { ...record, items },
    sheet: {
      values: distinct([...sheet.values, ...met]),
      absentTypes: [...new Set([sheet, ...opened.map((one) => one.sheet)].flatMap((one) => one.absentTypes))],
    },
  };
}

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
  const [{ reader, token }, elsewhere] = await Promise.all([
    recordReader(envelope, scopesOf(task)),
    openRecordsElsewhere(envelope, services),
  ]);
  const { opened } = elsewhere;
  const [part2, { patient }] = await Promise.all([part2Of(envelope, opened), envelope.relations]);
  const birthDate = patient?.['birthDate'];
  const labeller = services.labels.about({
    part2,
    ...(typeof birthDate === 'string' ? { birthDate } : {}),
  });
  const treats = isTreating(envelope);
  const { safetyNotice } = tenant.config;
  const rules = [{ consent }, ...opened].map((one) => rulesOf(one, services));
  const owner = ({ id, resourceType }: Resource): RecordElsewhere | undefined =>
    opened.find(({ names }) => names.made(`${resourceType}/${id ?? ''}`));
  /** The consents of the tenant's own record system hold everywhere, those of another one for what is from there. */
  const isWithheld = (resource: Resource, facts: ResourceFacts): boolean => {
    const from = owner(resource);
    return rules.some((one, n) =>
      n === 0
        ? withheldUnder(one, factsFrom(facts, from))
        : opened[n - 1] === from && withheldUnder(one, facts),
    );
  };
  const [own, retrieved] = await Promise.all([
    identitySheet(envelope),
    retrieve({
      task,
      patient: delegation.scope.patient,
      reader: opened.length === 0 ? reader : joinedReader(reader, opened),
      closedElsewhere: elsewhere.denied.length,
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
      withheld: (resource, labels) => {
        const facts = resourceFacts(resource, labels, treats && isVital(resource));
        return isWithheld(resource, facts) ? 'withheld_consent' : undefined;
      },
      // What a patient does not share with a proxy, or denies them, is nothing to point at.
      privacyNotice: isFamilyRequest(envelope) ? 'constant' : tenant.config.privacyNotice,
      ...(treats && safetyNotice !== 'refuse' ? { safetyNotice } : {}),
    }),
  ]);
  const { record, sheet } = withElsewhere(retrieved, own, elsewhere);
  if (treats && safetyNotice === 'refuse' && record.vitalWithheld > 0) throw new Refusal('vital_withheld');
  const notices = [
    ...(delegation.scope.purpose === 'BTG' ? [notice('emergency_access')] : []),
    ...record.notices,
    ...(elsewhere.absent.size === 0 ? [] : [notice('server_missing')]),
    ...recordsBeside(patient),
    ...redisclosure(record.items),
    ...sheet.absentTypes.map((type) => notice('type_not_supported', { what: type })),
  ];
  return {
    envelope: {
      ...envelope,
      sheet,
      record,
      notices,
      standing: [...envelope.standing, ...opened.map(({ standing }) => standing)],
    },
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
        elsewhere: opened.map(({ server }) => server),
        absentServers: [...elsewhere.absent],
      }),
    },
  };
}
