import { decideConsents } from '../../consent/decide.ts';
import type { ConsentDecision } from '../../consent/decision.ts';
import { namedIn } from '../../consent/named.ts';
import type { Reason } from '../../errors/reasons.ts';
import { asRefusal, Refusal } from '../../errors/refusal.ts';
import { denyKinds } from '../../labels/denied-codes.ts';
import { actorReferences } from '../../policy/relations.ts';
import { consentLookups } from '../../retrieval/consent-lookups.ts';
import { readConsents } from '../../retrieval/control-reads.ts';
import { notCurrent } from '../../retrieval/current-record.ts';
import { elsewhereReader } from '../../retrieval/elsewhere/elsewhere-reader.ts';
import type { Beside } from '../../retrieval/elsewhere/joined-reader.ts';
import { ServerNames } from '../../retrieval/elsewhere/server-names.ts';
import { isTelling, readIdentitySheet } from '../../retrieval/identity-sheet.ts';
import { hasEntropy, plainValue } from '../../retrieval/identity-values.ts';
import { patientOnly } from '../../retrieval/patient-only.ts';
import type { FhirReader } from '../../retrieval/ports.ts';
import { readRolesHeld } from '../../retrieval/roles-held.ts';
import { scopesOf } from '../../retrieval/smart-scopes.ts';
import type { IdentitySheet, IdentityValue } from '../../vocabulary/identity-sheet.ts';
import type { FhirUser, VerifiedUser } from '../../vocabulary/person.ts';
import type { Authorized, StandingCheck } from '../envelope.ts';
import type { FurtherServer, Services } from '../services.ts';
import { consentRequest, readingTime, sameDecision } from './consent-request.ts';
import { controlReads, recordReader } from './control-reader.ts';

/** A record system beside the tenant's own one that holds something of this patient and may be read. */
export interface RecordElsewhere extends Beside {
  readonly server: string;
  /** Id of the patient here. */
  readonly patient: string;
  /** Place in the configuration, from 2 on: the tenant's own is the first. */
  readonly place: number;
  readonly control: FhirReader;
  readonly consent: ConsentDecision;
  readonly sheet: IdentitySheet;
  readonly standing: StandingCheck;
  readonly part2Programs: readonly string[];
}

export interface RecordsElsewhere {
  readonly opened: readonly RecordElsewhere[];
  /** Those that the patient's consents there close: nothing of them is read but what identifies. */
  readonly denied: readonly RecordElsewhere[];
  /** Ids of servers that could not be read, or not to the end; more may be added while the record is retrieved. */
  readonly absent: Set<string>;
}

/** What a record system that is down comes to. A server that lies, or a token that reaches too far, is none of these. */
const outages: ReadonlySet<Reason> = new Set<Reason>([
  'fhir_unavailable',
  'fhir_timeout',
  'fhir_refused',
  'record_token_unavailable',
  'record_token_refused',
  'consent_unavailable',
  'identity_sheet_unavailable',
]);

/** What lies behind a control read that closed under a reason of its own. */
function causeOf(thrown: unknown): Reason {
  const refusal = asRefusal(thrown);
  const { cause } = refusal;
  return cause instanceof Refusal ? causeOf(cause) : refusal.reason;
}

const referenceOf = ({ id, type }: FhirUser): string => `${type}/${id}`;

/** The asker as that server knows them; nobody in particular, and without a name, where no link says so. */
function userThere({ fhirUser, name, ...user }: VerifiedUser, names: ServerNames): VerifiedUser {
  const linked = fhirUser === undefined ? undefined : names.there(referenceOf(fhirUser));
  const id = linked?.split('/')[1];
  if (fhirUser === undefined || id === undefined) return user;
  return { ...user, ...(name === undefined ? {} : { name }), fhirUser: { ...fhirUser, id } };
}

const denied: ConsentDecision = {
  effect: 'deny',
  reason: 'consent_denied',
  phrase: 'consent at another record system names people whom no link tells apart',
  consents: [],
  residual: [],
  separately: [],
};

class Opener {
  readonly #envelope: Authorized;
  readonly #services: Services;
  readonly #absent = new Set<string>();

  constructor(envelope: Authorized, services: Services) {
    this.#envelope = envelope;
    this.#services = services;
  }

  async open(): Promise<RecordsElsewhere> {
    const { further } = this.#envelope.tenant;
    const found = await Promise.all(further.map(async (server, n) => this.#openOne(server, n + 2)));
    const known = found.filter((one) => one !== undefined);
    return {
      opened: known.filter(({ consent }) => consent.effect === 'permit'),
      denied: known.filter(({ consent }) => consent.effect === 'deny'),
      absent: this.#absent,
    };
  }

  /** Undefined where nothing links the patient, or where it is down and the task does without it. */
  async #openOne(server: FurtherServer, place: number): Promise<RecordElsewhere | undefined> {
    const { config } = this.#envelope.tenant;
    const { patient, tenant } = this.#envelope.delegation.scope;
    const links = server.links();
    const linked = links.there(`Patient/${patient}`)?.split('/')[1];
    if (linked === undefined) return undefined;
    const names = new ServerNames({
      links,
      home: [config.fhir.base, ...(config.fhir.aliases ?? [])],
      base: server.fhir.base,
      alias: (reference) =>
        this.#services.pseudonym(tenant, 'resource', JSON.stringify([server.fhir.id, reference])),
    });
    const failed = (thrown: unknown): void => this.#failed(server, thrown);
    try {
      return await this.#read(server, { names, patient: linked, place, failed });
    } catch (thrown) {
      failed(thrown);
      return undefined;
    }
  }

  #failed({ fhir }: FurtherServer, thrown: unknown): void {
    const { signal, task } = this.#envelope;
    if (signal.aborted || task.partial !== 'allowed' || !outages.has(causeOf(thrown)))
      throw asRefusal(thrown);
    this.#absent.add(fhir.id);
  }

  async #read(
    server: FurtherServer,
    there: Pick<RecordElsewhere, 'failed' | 'names' | 'place'> & { readonly patient: string },
  ): Promise<RecordElsewhere> {
    const { failed, names, place } = there;
    const { delegation, servers, task } = this.#envelope;
    const { patient } = delegation.scope;
    const reads = controlReads(this.#envelope, this.#services, servers, server);
    const controlled = async (): Promise<FhirReader> => elsewhereReader(await reads(), names);
    const control = await controlled();
    const capabilities = await control.capabilities();
    const person = await control.read('Patient', patient);
    // A link to nobody: whoever keeps the links has to look.
    if (person === undefined) throw new Refusal('fhir_untrusted');
    const unusable = notCurrent(person);
    if (unusable !== undefined) throw new Refusal(unusable);
    const decide = (): Promise<ConsentDecision> => this.#decide(controlled, names);
    /** Whom the links meant where this began, and whom they mean now. */
    const isLinkedStill = (): boolean =>
      [`Patient/${patient}`, ...actorReferences(delegation.user.fhirUser)].every(
        (reference) => server.links().there(reference) === names.there(reference),
      );
    const [consent, sheet, { reader, token }] = await Promise.all([
      decide(),
      readIdentitySheet(control, patient, capabilities),
      recordReader(this.#envelope, scopesOf(task), {
        server,
        patient: there.patient,
        user: userThere(delegation.user, names),
      }),
    ]);
    if (sheet === undefined) throw new Refusal('fhir_untrusted');
    return {
      server: server.fhir.id,
      patient,
      place,
      names,
      capabilities,
      failed,
      control,
      consent,
      sheet: { ...sheet, values: [...sheet.values, ...idOf(there.patient, patient)] },
      reader: elsewhereReader(token.patientBound ? reader : patientOnly(reader, there.patient), names),
      part2Programs: server.part2Programs.map((reference) => names.here(reference)),
      standing: {
        name: 'consent',
        when: 'delivery',
        ask: async () => {
          const now = await decide();
          if (!sameDecision(now, consent) || !isLinkedStill()) throw new Refusal('revoked');
        },
      },
    };
  }

  /** The consents of that server can only narrow what those of the tenant's own permit. */
  async #decide(control: () => Promise<FhirReader>, names: ServerNames): Promise<ConsentDecision> {
    const { delegation, user } = this.#envelope;
    const { patient } = delegation.scope;
    const { fhirUser } = user;
    const now = this.#services.clinicalClock.now();
    const consents = await readConsents(await control(), patient);
    const isLinked = fhirUser !== undefined && names.there(referenceOf(fhirUser)) !== undefined;
    if (!isLinked && namesPeople(consents)) return denied;
    const from = performance.now();
    return decideConsents(
      consents,
      consentRequest(this.#envelope, actorReferences(fhirUser), now),
      { implicit: 'permit', emergency: 'permit', spent: () => performance.now() - from > readingTime },
      consentLookups({
        reader: control,
        patient,
        roles: async () => (fhirUser === undefined ? undefined : readRolesHeld(await control(), fhirUser)),
        now,
      }),
    );
  }
}

/** Whether it turns on who somebody is; what is too much to look through counts as if it did. */
function namesPeople(consents: Parameters<typeof namedIn>[0]): boolean {
  try {
    return namedIn(consents).actors.length > 0;
  } catch {
    return true;
  }
}

/** The patient's own id there, where it cannot be an ordinary word. */
const idOf = (there: string, patient: string): readonly IdentityValue[] =>
  plainValue('identifier', isTelling(there) ? there : undefined, {
    bearer: 'patient',
    entity: `Patient/${patient}`,
    source: 'Patient.id',
  });

/**
 * The record systems beside the tenant's own one that hold something of this patient, as the configured links say and
 * nothing else: each with its own token, its own consents, which can only narrow, and its own identity sheet. One that
 * is down ends the envelope, unless the task does without.
 *
 * @throws Refusal of a server (`fhir_*`, `record_*`, `consent_unavailable`, `identity_sheet_unavailable`)
 */
export const openRecordsElsewhere = (envelope: Authorized, services: Services): Promise<RecordsElsewhere> =>
  new Opener(envelope, services).open();

/** Ids of that server that were met: they identify there, also where a note here names them. */
export const idsMet = ({ names, patient }: RecordElsewhere): readonly IdentityValue[] =>
  names.met.flatMap(([here, there]) => {
    const id = there.split('/')[1] ?? '';
    const bearer =
      here === `Patient/${patient}` ? 'patient' : there.startsWith('Practitioner') ? 'clinician' : 'other';
    return hasEntropy(id)
      ? plainValue('identifier', id, { bearer, entity: here, source: 'Resource.id' })
      : [];
  });

/** The rules by which a record elsewhere leaves something out. */
export const rulesOf = (
  { consent }: Pick<RecordElsewhere, 'consent'>,
  { labels }: Services,
): ConsentDecision => ({
  ...consent,
  residual: denyKinds(consent.residual, labels),
});
