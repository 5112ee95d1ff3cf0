import type { ProofSource } from '../attestation/endpoint-proof.ts';
import type { TrailReader, TrailReserve, TrailWriter } from '../audit/ports.ts';
import type { PseudonymKind } from '../audit/pseudonym.ts';
import type { Release } from '../audit/release-hash.ts';
import type { StoreWatch } from '../audit/store-watch.ts';
import type { TransparencyLog } from '../audit/transparency-log.ts';
import type { Config, FhirServer, Tenant } from '../config/config.ts';
import type { KeptConsents } from '../consent/kept-consents.ts';
import type { DelegateDependencies } from '../delegation/delegate.ts';
import type { AssuranceDemand, Revocations, TaskAdmission, TokenIssuer } from '../delegation/ports.ts';
import type { RecordTokens } from '../delegation/record/ports.ts';
import type { AssertionVerifier } from '../identity/assertions.ts';
import type { ProofVerifier } from '../identity/dpop.ts';
import type { UserVerifier } from '../identity/ports.ts';
import type { LabelTables } from '../labels/labeller.ts';
import type { NoteAllowance } from '../limits/note-allowance.ts';
import type { RequestLimits } from '../limits/request-limits.ts';
import type { ModelClient } from '../model/client.ts';
import type { PolicyDecisionPoint } from '../policy/decision.ts';
import type { Emergencies } from '../policy/emergencies.ts';
import type { Grants } from '../policy/grants.ts';
import type { Proxies } from '../policy/proxies.ts';
import type { RosterState } from '../policy/roster.ts';
import type { TextReader } from '../reading/ports.ts';
import type { Recogniser } from '../recogniser/ports.ts';
import type { Acting } from '../redaction/acting.ts';
import type { ContextShelf } from '../release/context-shelf.ts';
import type { Relations } from '../retrieval/control-reads.ts';
import type { CrossReference } from '../retrieval/elsewhere/cross-reference.ts';
import type { Capabilities, FhirReader } from '../retrieval/ports.ts';
import type { TaskCatalogue } from '../retrieval/task.ts';
import type { NoticeDesk } from '../sessions/notice-desk.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { PatientIndex, SubjectDirectory, TokenVault } from '../vault/ports.ts';
import type { Resource } from '../vocabulary/fhir.ts';
import type { ModelEndpoint } from '../vocabulary/model-endpoint.ts';
import type { ServerFault } from '../vocabulary/server-fault.ts';
import type { TicketFinding } from '../vocabulary/ticket-system.ts';
import type { Clock, Randomness } from '../vocabulary/time.ts';
import type { Enrolled } from './enrolled.ts';
import type { OpenEnvelopes } from './open-envelopes.ts';
import type { PatientsSeen } from './patients-seen.ts';
import type { SharedReads } from './shared-reads.ts';
import type { Turns } from './turns.ts';

/** One record system, as the envelopes of one tenant reach it. */
export interface RecordServer {
  readonly fhir: Pick<FhirServer, 'id' | 'base'>;
  readonly recordTokens: RecordTokens;
  /** A reader for one FHIR token, thrown away with the envelope. */
  reader(token: string, signal: AbortSignal, onFault: (fault: ServerFault, rows: number) => void): FhirReader;
  /** The CapabilityStatement of the server as it is now, read without a token. Errors are Refusals (`fhir_*`). */
  statement(signal: AbortSignal, onFault: (fault: ServerFault, rows: number) => void): Promise<Capabilities>;
}

/** A record system beside the tenant's own one. */
export interface FurtherServer extends RecordServer {
  /** Who is who there, as it is known now; one envelope goes by one answer. */
  readonly links: () => CrossReference;
  /** In the references of that server. */
  readonly part2Programs: readonly string[];
}

/** A model endpoint, and how it is reached. */
export interface ReachedModel {
  readonly endpoint: ModelEndpoint;
  readonly client: ModelClient;
  /** What it has proven of its machine, where it must. */
  readonly proof?: ProofSource;
}

/** What one tenant's envelopes may reach, its own record system first. Nothing in here is shared with another tenant. */
export interface TenantServices extends RecordServer {
  readonly config: Tenant;
  readonly further: readonly FurtherServer[];
  readonly models: ReadonlyMap<string, ReachedModel>;
  /** What open envelopes ask again and again, by patient; of the asker, what staff of the tenant they are. */
  readonly shared: {
    /** For at most a minute. */
    readonly roles: SharedReads<readonly Resource[] | undefined>;
    readonly consents: SharedReads<readonly Resource[]>;
    readonly relations: SharedReads<Relations>;
  };
}

/** Everything that the stages reach outside themselves, wired once in main.ts. */
export interface Services {
  readonly config: Config;
  /** The host's time: tokens, trail, deadlines. */
  readonly clock: Clock;
  /** Time as the record sees it: look-back, consent periods, visits. The sandbox may set it; elsewhere the same. */
  readonly clinicalClock: Clock;
  readonly randomness: Randomness;
  readonly trail: TrailWriter & TrailReader;
  /** Room of the trail's disk that nothing new may use. */
  readonly reserve: TrailReserve;
  /** Signs what the trail holds: checkpoints, receipts, proofs. */
  readonly transparency: TransparencyLog;
  /** Holds the stores beside the trail to what it states of them. */
  readonly stores: Pick<StoreWatch, 'demand' | 'settle'>;
  readonly vault: TokenVault & SubjectDirectory & Pick<PatientIndex, 'ofOthers'>;
  /** Keeps by what patients can be told. */
  readonly seen: PatientsSeen;
  /** Contexts that were taken out and may be answered. */
  readonly contexts: ContextShelf;
  /** Keeps whom pseudonyms stand for. */
  readonly enrolled: Enrolled;
  readonly users: UserVerifier;
  readonly proofs: ProofVerifier;
  readonly assertions: AssertionVerifier;
  readonly tokens: TokenIssuer;
  readonly revocations: Revocations;
  /** Who is signed in, and what has ended. */
  readonly sessions: Sessions;
  /** Where issuers tell of endings. */
  readonly notices: NoticeDesk;
  /** Whether task, purpose, role and workload fit together at all; consent and policy come after. */
  readonly admits: TaskAdmission;
  /** What task and policy allow at most of what is read and kept. */
  readonly workLimits: DelegateDependencies['limits'];
  /** What decides here: stands on every decision. */
  readonly release: Release;
  /** Whether the sign-in is strong and recent enough for the work. */
  readonly assured: AssuranceDemand;
  readonly limits: RequestLimits;
  readonly notes: NoteAllowance;
  readonly policy: PolicyDecisionPoint;
  /** Consents that the gateway keeps itself. */
  readonly keptConsents: KeptConsents;
  /** Who broke the glass. */
  readonly emergencies: Emergencies;
  /** Tells the privacy officer of a tenant that a trail wants to be looked at. Never throws, and nobody waits for it. */
  tellOfficer(tenant: string, trail: string): void;
  /** What colleagues granted support agents. */
  readonly grants: Grants;
  /** What the tenant's ticket system says of a ticket and a person (pseudonym). Errors are Refusals (`ticket_system_*`). */
  ticketState(tenant: string, ticket: string, user: string): Promise<TicketFinding>;
  /** Who stands in for whom at a tenant, now. */
  rosterOf(tenant: string): RosterState;
  /** Who may act for which patient. */
  readonly proxies: Proxies;
  readonly tasks: TaskCatalogue;
  /** Which resources and texts are sensitive. */
  readonly labels: LabelTables;
  /** What is done with identifiers for a task, by its name. */
  acting(task: string): Acting;
  /** Reads texts for what must not cross, in threads of its own. */
  readonly textReader: TextReader;
  /** Reads free texts beside the redactor, where one is configured. */
  readonly recogniser?: Recogniser;
  readonly tenants: ReadonlyMap<string, TenantServices>;
  /** Keyed pseudonym, pairwise by tenant and kind. */
  pseudonym(tenant: string, kind: PseudonymKind, value: string): string;
  /** Keyed hash of something sent or received, salted with its trail. */
  saltedHash(
    at: { readonly tenantId: string; readonly trail: string },
    label: string,
    content: string | Uint8Array,
  ): string;
  /** One at a time in each round of the event loop, over all envelopes, the oldest first. */
  readonly turn: Turns;
  readonly openEnvelopes: OpenEnvelopes;
  readonly log: Log;
  readonly metrics: Metrics;
}
