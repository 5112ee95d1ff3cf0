import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { pseudonym, saltedHash } from '../audit/pseudonym.ts';
import type { StoreWatch } from '../audit/store-watch.ts';
import type { Config, FhirServer } from '../config/config.ts';
import { recogniserAddress } from '../config/configured-origins.ts';
import { createRecordTokens, recordClientKey } from '../delegation/record/record-tokens.ts';
import { createTokenIssuer } from '../delegation/token-issuer.ts';
import { createEnrolled } from '../envelope/enrolled.ts';
import type { OpenEnvelopes } from '../envelope/open-envelopes.ts';
import { createPatientsSeen } from '../envelope/patients-seen.ts';
import type { RecordServer, Services } from '../envelope/services.ts';
import { subjectOf } from '../envelope/stages/authenticate.ts';
import { createTurns } from '../envelope/turns.ts';
import { createAssertionVerifier } from '../identity/assertions.ts';
import { createProofVerifier } from '../identity/dpop.ts';
import { createReplayWindow } from '../identity/replay-window.ts';
import type { TrustDomains } from '../identity/trust-domains.ts';
import { createUserVerifier } from '../identity/user-verifier.ts';
import type { WorkloadKeys } from '../identity/workload-keys.ts';
import { LabelTables } from '../labels/labeller.ts';
import { NoteAllowance } from '../limits/note-allowance.ts';
import { RequestLimits } from '../limits/request-limits.ts';
import type { Outbound } from '../outbound/dispatcher.ts';
import { tellOfficer } from '../outbound/officer-notice.ts';
import { askTicketSystem } from '../outbound/ticket-system.ts';
import { ReadingThreads } from '../reading/reading-threads.ts';
import { createAnalyzerClient } from '../recogniser/analyzer-client.ts';
import { createActing } from '../redaction/acting.ts';
import { createContextShelf } from '../release/context-shelf.ts';
import { createNoticeDesk } from '../sessions/notice-desk.ts';
import { Sessions } from '../sessions/sessions.ts';
import { StreamWatch } from '../sessions/stream-watch.ts';
import type { Log } from '../telemetry/log.ts';
import { faultLogged } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { type Clock, type Randomness, steadyClock } from '../vocabulary/time.ts';
import type { CrossReferences } from './cross-references.ts';
import type { Kept } from './kept.ts';
import { keyFor } from './keys.ts';
import { createProofs } from './proofs.ts';
import type { Rosters } from './rosters.ts';
import type { RulesInForce } from './rules.ts';
import { taskRules } from './task-rules.ts';
import { recordServer, tenantServices } from './tenant-services.ts';

/** One core is for the thread that serves; two threads at least, so that one long text does not stop all others. */
const readingThreads = (): number => Math.min(8, Math.max(2, availableParallelism() - 1));

/** Fact under which the trail names what ended. */
const endedNames = { session: 'session', subject: 'user', claims: 'user', device: 'device' } as const;

interface ServicesInput {
  readonly config: Config;
  readonly clock: Clock;
  readonly clinicalClock: Clock;
  readonly randomness: Randomness;
  readonly pseudonymKey: Uint8Array;
  /** Where callers reach the gateway; `iss` and `aud` of its own tokens. */
  readonly publicUrl: string;
  readonly rules: RulesInForce;
  readonly kept: Kept;
  readonly openEnvelopes: OpenEnvelopes;
  readonly stores: Pick<StoreWatch, 'demand' | 'settle'>;
  readonly outbound: Outbound;
  readonly trust: TrustDomains;
  readonly workloadKeys: WorkloadKeys;
  readonly crossReferences: CrossReferences;
  readonly rosters: Rosters;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Puts on the trail that a privacy officer was told of one. Never rejects. */
  noteTold(tenant: string, told: string): Promise<void>;
  /** Puts the end of a session on the trail. */
  noteEnding(tenant: string, facts: Readonly<Record<string, string>>): Promise<void>;
}

/** What the envelopes of a gateway reach, made of its configuration and of what it keeps. */
export async function createServices(input: ServicesInput): Promise<Services> {
  const { clock, config, kept, log, outbound, pseudonymKey, publicUrl, randomness, trust } = input;
  const { rules } = input;
  const { labels, packs } = rules;
  const { revocations, vault } = kept;
  const pseudonymOf: Services['pseudonym'] = (tenant, kind, value) =>
    pseudonym(pseudonymKey, tenant, kind, value);
  const streams = new StreamWatch(
    config.tenants.flatMap(({ issuers }) => issuers),
    () => performance.now(),
  );
  const textReader = new ReadingThreads({ packs, labels, threads: readingThreads() });
  const sessions = new Sessions({
    clock,
    pseudonym: pseudonymOf,
    streams,
    endings: kept.endings,
    revocations,
    idleSeconds: config.limits.sessionIdleSeconds,
    absoluteSeconds: config.limits.sessionAbsoluteSeconds,
    forget: (scopes) => {
      for (const scope of scopes) textReader.forget(scope);
      return vault.forget(scopes);
    },
    note: (tenant, { by, id, kind }) => {
      // Who was sent away may have lost a role as well.
      tenants.get(tenant)?.shared.roles.drop();
      return input.noteEnding(tenant, { ended: kind, by, [endedNames[kind]]: id });
    },
    onFault: faultLogged(log, 'store_unavailable'),
  });
  const clientKeys = new Map(
    await Promise.all(
      config.tenants
        .flatMap(({ fhir, furtherFhir }) => [fhir, ...furtherFhir])
        .map(async (server) => [server, await recordClientKey(server)] as const),
    ),
  );
  const tokens = await createTokenIssuer({
    signingKey: config.keys.signing,
    ...(config.keys.overlap === undefined ? {} : { overlapKeys: config.keys.overlap }),
    issuer: publicUrl,
    audience: publicUrl,
    clock,
    randomness,
    revocations,
    otherKeys: [...clientKeys.values()].flatMap((key) => key?.jwks.keys ?? []),
    publicPseudonym: (kind, value) => pseudonym(pseudonymKey, '-', 'subject', JSON.stringify([kind, value])),
  });
  const { recogniser } = config.redaction;
  const serverOf = (server: Omit<FhirServer, 'aliases'>): RecordServer =>
    recordServer(
      server,
      outbound.dispatcher,
      createRecordTokens({ server, key: clientKeys.get(server), tokens, clock, fetch: outbound.fetch }),
    );
  const proofOf = createProofs(
    config,
    outbound.attested,
    rules.appraisals,
    randomness,
    steadyClock(clock, () => performance.now()),
  );
  const tenants = new Map(
    config.tenants.map((tenant) => [
      tenant.id,
      tenantServices(
        tenant,
        outbound.dispatcher,
        serverOf(tenant.fhir),
        tenant.furtherFhir.map((server) => ({
          ...serverOf(server),
          links: () => input.crossReferences.of(server.crossReference).links(),
          part2Programs: server.part2Programs,
        })),
        proofOf,
      ),
    ]),
  );
  return {
    config,
    clock,
    clinicalClock: input.clinicalClock,
    randomness,
    openEnvelopes: input.openEnvelopes,
    trail: kept.trail,
    reserve: kept.reserve,
    transparency: kept.transparency,
    stores: input.stores,
    vault,
    contexts: createContextShelf(),
    enrolled: createEnrolled(vault),
    seen: createPatientsSeen(vault, clock),
    users: createUserVerifier({ tenants: config.tenants, clock, fetch: outbound.fetch }),
    tokens,
    revocations,
    sessions,
    notices: createNoticeDesk({
      tenants: config.tenants,
      clock,
      fetch: outbound.fetch,
      pseudonym: pseudonymOf,
      sessions,
      streams,
      revokeToken: (tenant, tokenId, expiresAt) => revocations.revoke(tenant, tokenId, expiresAt),
    }),
    proofs: createProofVerifier({
      key: keyFor(pseudonymKey, 'dpop nonces'),
      clock,
      window: createReplayWindow(clock),
    }),
    assertions: createAssertionVerifier({
      audiences: [publicUrl, `${publicUrl}/oauth/token`],
      trust,
      clock,
      window: createReplayWindow(clock),
      keysOf: (workload) => input.workloadKeys.keysOf(workload),
    }),
    ...taskRules(() => rules.current.tasks, config, clock),
    get release() {
      return rules.current.release;
    },
    get policy() {
      return rules.current.policy;
    },
    get tasks() {
      return rules.current.tasks;
    },
    notes: new NoteAllowance({
      clock,
      passages: config.limits.notePassages,
      key: randomness.bytes(32),
    }),
    limits: new RequestLimits({ perMinute: config.limits.perMinute, key: randomness.bytes(32) }),
    emergencies: kept.emergencies,
    tellOfficer: (tenant, trail) => {
      const url = config.tenants.find(({ id }) => id === tenant)?.breakGlass?.notify;
      if (url === undefined) return;
      tellOfficer(url, trail, {
        fetch: outbound.fetch,
        onTold: () => void input.noteTold(tenant, trail),
        onFault: () => {
          input.metrics.officerNotTold(tenant);
          log.write('fault.unexpected', { reason: 'officer_not_told', trail });
        },
      });
    },
    keptConsents: kept.keptConsents,
    grants: kept.grants,
    proxies: kept.proxies,
    ticketState: async (tenant, ticket, user) => {
      const system = config.tenants.find(({ id }) => id === tenant)?.tickets;
      const isAssignee = (issuer: string, subject: string): boolean =>
        pseudonymOf(tenant, 'user', subjectOf({ issuer, subject })) === user;
      return system === undefined
        ? 'unverified'
        : askTicketSystem(system, ticket, isAssignee, outbound.fetch);
    },
    rosterOf: (tenant) => input.rosters.of(tenant),
    labels: new LabelTables(labels),
    acting: createActing(packs),
    textReader,
    ...(recogniser === undefined
      ? {}
      : {
          recogniser: createAnalyzerClient(
            { ...recogniser, address: recogniserAddress(recogniser) },
            outbound.dispatcher,
          ),
        }),
    tenants,
    pseudonym: pseudonymOf,
    saltedHash: (at, label, content) =>
      saltedHash(pseudonymKey, { tenant: at.tenantId, trail: at.trail }, label, content),
    turn: createTurns(),
    log,
    metrics: input.metrics,
  };
}
