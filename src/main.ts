import { hkdfSync, randomFillSync } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Writable } from 'node:stream';
import { setTimeout as delay, setImmediate as nextRound } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { v7 as uuidv7 } from 'uuid';
import { type PseudonymKind, pseudonym, saltedHash } from './audit/pseudonym.ts';
import { hashOfFiles, hashOfJson, releaseFrom } from './audit/release-hash.ts';
import { TrailPurge } from './audit/retention.ts';
import { createNoteSigner, parseVerifierKey, type VerifierKey } from './audit/signed-note.ts';
import { StoreWatch } from './audit/store-watch.ts';
import { TransparencyLog } from './audit/transparency-log.ts';
import type { Config, Tenant } from './config/config.ts';
import { configuredOrigins, recogniserAddress } from './config/configured-origins.ts';
import { logOrigin } from './config/log-origin.ts';
import { findDataFolder, productRoot } from './config/product-folder.ts';
import { dataFiles, decidingConfig } from './config/release.ts';
import { readSecret } from './config/secrets.ts';
import type { TaskAdmission } from './delegation/ports.ts';
import type { RecordTokens } from './delegation/record/ports.ts';
import { createRecordTokens, recordClientKey } from './delegation/record/record-tokens.ts';
import { openRevocations } from './delegation/revocations.ts';
import { demandAssurance } from './delegation/step-up.ts';
import { createTokenIssuer } from './delegation/token-issuer.ts';
import { keepWebAssemblyCallsApart } from './engine-setting.ts';
import { createEnrolled } from './envelope/enrolled.ts';
import { examineServers } from './envelope/examine-servers.ts';
import { Gateway } from './envelope/gateway.ts';
import type { Services, TenantServices } from './envelope/services.ts';
import { SharedReads } from './envelope/shared-reads.ts';
import { createTurns } from './envelope/turns.ts';
import type { Face } from './http/face.ts';
import { listen, publicHandler, type Running, type Unreadable } from './http/listeners.ts';
import { listenMtls } from './http/mtls-listener.ts';
import { operationsHandler } from './http/operations.ts';
import { onOwnAddress } from './http/own-address.ts';
import { createPeers } from './http/peers.ts';
import { routes } from './http/routes.ts';
import { unreadableAnswer } from './http/unreadable.ts';
import { watchFiles } from './http/watch-files.ts';
import { createAssertionVerifier } from './identity/assertions.ts';
import { createProofVerifier } from './identity/dpop.ts';
import { createReplayWindow } from './identity/replay-window.ts';
import { createTrustDomains } from './identity/trust-domains.ts';
import { createUserVerifier } from './identity/user-verifier.ts';
import { createWorkloadKeys } from './identity/workload-keys.ts';
import { loadShippedLabels } from './label-tables.ts';
import { LabelTables } from './labels/labeller.ts';
import { NoteAllowance } from './limits/note-allowance.ts';
import { RequestLimits } from './limits/request-limits.ts';
import { createModelClient } from './model/client.ts';
import { configuredWays } from './outbound/configured-ways.ts';
import { createOutbound, type Outbound } from './outbound/dispatcher.ts';
import { upstreamConnector } from './outbound/upstream-tls.ts';
import { loadPacksInForce } from './packs.ts';
import { Grants } from './policy/grants.ts';
import { loadPolicySet } from './policy/load.ts';
import { ReadingThreads } from './reading/reading-threads.ts';
import { createAnalyzerClient } from './recogniser/analyzer-client.ts';
import { createContextShelf } from './release/context-shelf.ts';
import { reportWords } from './retrieval/capability-report.ts';
import { createFhirReader } from './retrieval/fhir-reader.ts';
import type { Capabilities, FhirReader } from './retrieval/ports.ts';
import { createServerGuard } from './retrieval/server-guard.ts';
import { type TaskCatalogue, taskPermits } from './retrieval/task.ts';
import { loadTasks } from './retrieval/task-catalogue.ts';
import { openEndings } from './sessions/endings.ts';
import { createNoticeDesk } from './sessions/notice-desk.ts';
import { Sessions } from './sessions/sessions.ts';
import { StreamWatch } from './sessions/stream-watch.ts';
import { openLedger, storeFile } from './storage/sqlite/ledger.ts';
import { openTrail, trailFile } from './storage/sqlite/trail-writer.ts';
import { openVault } from './storage/sqlite/vault-open.ts';
import { createLog } from './telemetry/log.ts';
import { createMetrics } from './telemetry/metrics.ts';
import { patientBox } from './vault/patient-box.ts';
import { isRecord } from './vocabulary/fhir.ts';
import type { Clock, Randomness } from './vocabulary/time.ts';
import { createWitnessClient } from './witness/witness-client.ts';

const systemClock: Clock = { now: () => Date.now() };

const systemRandomness: Randomness = {
  bytes: (length) => randomFillSync(new Uint8Array(length)),
  uuid: () => uuidv7(),
};

export interface StartOptions {
  /** The gateway's own time: tokens, retention, the trail. The host's by default; tests step it. */
  readonly clock?: Clock;
  /** Time as the record sees it; the sandbox sets it, everywhere else it is the host's. */
  readonly clinicalClock?: Clock;
  /** Where log lines go; standard error by default, because standard output belongs to the command. */
  readonly logTo?: Writable;
  /** Made by `openOutbound` where the caller needs it as well; closed with the gateway. */
  readonly outbound?: Outbound;
}

export interface RunningGateway {
  readonly url: string;
  readonly operationsUrl: string;
  /** Where callers prove themselves by a certificate. */
  readonly mtlsUrl: string | undefined;
  readonly gateway: Gateway;
  /** Drains for up to `graceMs`, then ends what is left; the trail and the vault are closed after the last one. */
  stop(graceMs?: number): Promise<void>;
}

const secretBytes = (base64: string): Uint8Array => {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length < 32) throw new Error('a configured key has fewer than 32 bytes');
  return bytes;
};

/** One core is for the thread that serves; two threads at least, so that one long text does not stop all others. */
const readingThreads = (): number => Math.min(8, Math.max(2, availableParallelism() - 1));

/** How often a log that grows is signed, in milliseconds. */
const checkpointInterval = 1000;

/** How often sessions that rested or lived too long are ended, in milliseconds. */
const logoffInterval = 500;

/** Fact under which the trail names what ended. */
const endedNames = { session: 'session', subject: 'user', claims: 'user', device: 'device' } as const;

function verifierKeyOf(text: string): VerifierKey {
  const key = parseVerifierKey(text);
  if (key === undefined) throw new Error('a configured verifier key is malformed');
  return key;
}

/**
 * Verifier keys of the log and of its witnesses that are none, by their settings: what the shape of a configuration
 * cannot tell, because a key carries its own check sum.
 */
export const keyFaults = ({ audit }: Config): readonly string[] =>
  [
    ...audit.verifierKeys.map((key, index) => ({ key, at: `audit.verifierKeys[${index}]` })),
    ...audit.witnesses.map(({ key }, index) => ({ key, at: `audit.witnesses[${index}].key` })),
  ].flatMap(({ at, key }) => (parseVerifierKey(key) === undefined ? [`${at}: is no verifier key`] : []));

/** Whether task, purpose, role and workload fit together, by the task catalogue. Consent and policy come after. */
const admission =
  (tasks: TaskCatalogue): TaskAdmission =>
  ({ task, purpose, roles }) => {
    const known = tasks.get(task);
    if (known === undefined) return 'task_unknown';
    return roles.some((role) => taskPermits(known, role, purpose)) ? undefined : 'purpose_not_allowed';
  };

/** How long a server's CapabilityStatement counts, in milliseconds. */
const capabilitiesLast = 300_000;

/** The last CapabilityStatement of one server, so that it is not read again for every token. */
function rememberedCapabilities() {
  let known: { readonly at: number; readonly value: Capabilities } | undefined;
  return {
    get: () =>
      known !== undefined && performance.now() - known.at < capabilitiesLast ? known.value : undefined,
    watch: (reader: FhirReader): FhirReader => ({
      ...reader,
      async capabilities() {
        const value = await reader.capabilities();
        if (known?.value !== value) known = { at: performance.now(), value };
        return value;
      },
    }),
  };
}

function tenantServices(config: Tenant, connections: Dispatcher, recordTokens: RecordTokens): TenantServices {
  const models = new Map(
    config.models.map((model) => [
      model.id,
      { endpoint: model, client: createModelClient(model, connections) },
    ]),
  );
  const { id, base, timeoutMs, maxResponseBytes, maxConcurrent, batch } = config.fhir;
  const known = rememberedCapabilities();
  const guard = createServerGuard({ maxConcurrent, maxWaiting: 1_000, failures: 10, restMs: 1_000 });
  const server = { server: id, base, timeoutMs, maxResponseBytes, connections, guard, batch };
  return {
    config,
    models,
    recordTokens,
    shared: { consents: new SharedReads(), relations: new SharedReads() },
    reader(token, signal, onFault) {
      const capabilities = known.get();
      return known.watch(
        createFhirReader({
          ...server,
          token,
          signal,
          onFault,
          ...(capabilities === undefined ? {} : { capabilities }),
        }),
      );
    },
    statement: (signal, onFault) =>
      createFhirReader({ ...server, token: '', signal, onFault }).capabilities(),
  };
}

/** Text of a file that may change while the gateway runs; undefined where there is none. */
function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

const version = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(join(productRoot(), 'package.json'), 'utf8'));
  return isRecord(manifest) && typeof manifest['version'] === 'string' ? manifest['version'] : '0.0.0';
};

/** Envelopes that a crash left open are closed on the trail before the first new one is taken. */
async function closeUnfinished(services: Services): Promise<number> {
  const open = await services.trail.unfinished();
  if (open.length > 0)
    await services.trail.append(
      open.map(({ tenant, trail }) => ({
        tenant,
        trail,
        event: 'response.aborted',
        outcome: 'failed',
        reason: 'crashed',
        at: services.clock.now(),
        facts: {},
      })),
    );
  return open.length;
}

/** Answers until the gateway is wired: the port is needed before that. */
const notYet: RequestListener = (_request, response) => {
  response.statusCode = 503;
  response.end();
};

const notYetReadable: Unreadable = () => Promise.resolve('');

/** Route templates, tenants and upstreams of a configuration: the only names that log and metrics may say. */
const knownNames = (config: Config) => ({
  routes: Object.values(routes).map(({ path }) => path),
  tenants: config.tenants.map(({ id }) => id),
  upstreams: config.tenants.flatMap(({ fhir, models }) => [fhir.id, ...models.map(({ id }) => id)]),
});

/** The one way out of a gateway of this configuration; a refused address is an error in the log. */
export function openOutbound(config: Config, logTo: Writable = process.stderr): Outbound {
  const log = createLog(logTo, knownNames(config));
  const special = config.upstreamTls.map(
    (at) =>
      [
        at.origin,
        {
          connect: upstreamConnector(at, {
            readFile: readText,
            readSecret: (path) => readSecret(path).secret,
            onFault: () => log.write('fault.unexpected', { reason: 'workload_certificate' }),
          }),
        },
      ] as const,
  );
  return createOutbound(
    configuredOrigins(config),
    () => log.write('outbound.refused'),
    new Map([...special, ...configuredWays(config)]),
  );
}

/**
 * Wires the product and starts its listeners. Throws before it listens when a part cannot be opened: a gateway
 * that cannot write its trail or open its vault does not start.
 */
export async function startGateway(config: Config, options: StartOptions = {}): Promise<RunningGateway> {
  keepWebAssemblyCallsApart();
  const clock = options.clock ?? systemClock;
  const randomness = systemRandomness;
  const tasks = loadTasks(findDataFolder('tasks'));
  const names = { ...knownNames(config), plans: reportWords(tasks) };
  const log = createLog(options.logTo ?? process.stderr, names);
  const outbound = options.outbound ?? openOutbound(config, options.logTo);
  const metrics = createMetrics(names);
  const pseudonymKey = secretBytes(config.keys.pseudonym);
  mkdirSync(config.storage.directory, { recursive: true, mode: 0o700 });
  const policy = loadPolicySet(findDataFolder('policies'));
  const labels = loadShippedLabels();
  const textReader = new ReadingThreads({
    packs: loadPacksInForce(config.redaction.packs),
    labels,
    threads: readingThreads(),
  });
  const release = releaseFrom(hashOfFiles(dataFiles()), hashOfJson(decidingConfig(config)));
  const trail = await openTrail(trailFile(config.storage.directory));
  const transparency = await TransparencyLog.open({
    store: trail,
    signer: createNoteSigner(logOrigin(config), config.keys.log),
    retired: config.audit.verifierKeys.map((key) => verifierKeyOf(key)),
    witnesses: config.audit.witnesses.map(({ url, key }) =>
      createWitnessClient(url, verifierKeyOf(key), outbound.dispatcher),
    ),
    witnessMaxAgeMs: config.audit.witnessMaxAgeSeconds * 1000,
    elapsed: () => performance.now(),
    onFault: () => log.write('fault.unexpected', { reason: 'trail_unavailable' }),
  });
  const vault = await openVault({
    path: join(config.storage.directory, 'vault.db'),
    masterKey: config.keys.vault,
    directoryKey: new Uint8Array(hkdfSync('sha256', pseudonymKey, '', 'phi-gateway directory v1', 32)),
    clock,
    retentionSeconds: config.limits.tokenRetentionSeconds,
  });

  let handler = notYet;
  let secureHandler = notYet;
  let unreadable: Unreadable = notYetReadable;
  const listener = await listen(
    config.listeners.public,
    (request, response) => handler(request, response),
    (code) => unreadable(code),
  );
  /** Of the pages that speak for some workload. */
  const origins = new Set(
    config.tenants.flatMap(({ workloads }) => workloads.flatMap((workload) => workload.origins ?? [])),
  );
  // A sandbox answers to its own loopback name only; elsewhere names belong to the proxy in front.
  const guarded = (at: () => number, inner: RequestListener, scheme?: 'https'): RequestListener =>
    config.environment === 'sandbox' ? onOwnAddress(at, inner, scheme, origins) : inner;
  // Port 0 stands for whatever port the host gave.
  const trust = createTrustDomains(config.trustDomains, readText, () =>
    log.write('fault.unexpected', { reason: 'workload_certificate' }),
  );
  const workloadKeys = createWorkloadKeys(config.workloadKeys ?? [], readText, () =>
    log.write('fault.unexpected', { reason: 'workload_assertion' }),
  );
  const peers = createPeers({ trust, clock, proxies: config.listeners.mtls?.proxies ?? [] });
  const publicUrl = config.listeners.publicUrl.replace(/:0$/, `:${listener.port}`);
  const revocationStore = openLedger(storeFile(config.storage.directory, 'revocations'), 'revocations');
  const revocations = await openRevocations(revocationStore, clock);
  const pseudonymOf = (tenant: string, kind: PseudonymKind, value: string): string =>
    pseudonym(pseudonymKey, tenant, kind, value);
  const streams = new StreamWatch(
    config.tenants.flatMap(({ issuers }) => issuers),
    () => performance.now(),
  );
  const sessions = new Sessions({
    clock,
    pseudonym: pseudonymOf,
    streams,
    endings: await openEndings(revocationStore, clock),
    revocations,
    idleSeconds: config.limits.sessionIdleSeconds,
    absoluteSeconds: config.limits.sessionAbsoluteSeconds,
    forget: (scopes) => vault.forget(scopes),
    note: (tenant, { by, id, kind }) =>
      gateway.record(gateway.newTrail(), 'session.ended', tenant, {
        ended: kind,
        by,
        [endedNames[kind]]: id,
      }),
    onFault: () => log.write('fault.unexpected', { reason: 'store_unavailable' }),
  });
  const grantStore = openLedger(storeFile(config.storage.directory, 'grants'), 'grants');
  const grants = await Grants.open({
    store: grantStore,
    clock,
    newId: () => randomness.uuid(),
    box: async (tenant, patient) => {
      const key = await vault.factsKey(tenant, patient);
      return key === undefined ? undefined : patientBox(key, 'grants');
    },
  });
  const clientKeys = await Promise.all(
    config.tenants.map(async ({ fhir, id }) => ({ id, key: await recordClientKey(fhir) })),
  );
  const tokens = await createTokenIssuer({
    signingKey: config.keys.signing,
    ...(config.keys.overlap === undefined ? {} : { overlapKeys: config.keys.overlap }),
    issuer: publicUrl,
    audience: publicUrl,
    clock,
    randomness,
    revocations,
    otherKeys: clientKeys.flatMap(({ key }) => key?.jwks.keys ?? []),
    publicPseudonym: (kind, value) => pseudonym(pseudonymKey, '-', 'subject', JSON.stringify([kind, value])),
  });
  const { recogniser } = config.redaction;
  const services: Services = {
    config,
    clock,
    clinicalClock: options.clinicalClock ?? clock,
    randomness,
    trail,
    transparency,
    stores: { demand: () => stores.demand(), settle: () => stores.settle() },
    vault,
    contexts: createContextShelf(),
    enrolled: createEnrolled(vault),
    users: createUserVerifier({
      tenants: config.tenants,
      clock,
      fetch: outbound.fetch,
    }),
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
      key: new Uint8Array(hkdfSync('sha256', pseudonymKey, '', 'phi-gateway dpop nonces v1', 32)),
      clock,
      window: createReplayWindow(clock),
    }),
    assertions: createAssertionVerifier({
      audiences: [publicUrl, `${publicUrl}/oauth/token`],
      trust,
      clock,
      window: createReplayWindow(clock),
      keysOf: (workload) => workloadKeys.keysOf(workload),
    }),
    admits: admission(tasks),
    release,
    workLimits: ({ task }) => {
      const known = tasks.get(task);
      return {
        dataTypes: known?.dataTypes ?? [],
        retentionSeconds: config.limits.tokenRetentionSeconds,
        ...(known?.retentionSeconds === undefined ? {} : { taskRetentionSeconds: known.retentionSeconds }),
        once: known?.use === 'once',
      };
    },
    assured: (user, { purpose, task }) =>
      demandAssurance(
        config.tenants.find(({ id }) => id === user.tenant)?.stepUp ?? [],
        { task, purpose, dataTypes: tasks.get(task)?.dataTypes ?? [] },
        user,
        clock.now() / 1000,
      ),
    notes: new NoteAllowance({
      clock,
      passages: config.limits.notePassages,
      key: randomness.bytes(32),
    }),
    limits: new RequestLimits({ perMinute: config.limits.perMinute, key: randomness.bytes(32) }),
    policy,
    grants,
    tasks,
    labels: new LabelTables(labels),
    textReader,
    ...(recogniser === undefined
      ? {}
      : {
          recogniser: createAnalyzerClient(
            { ...recogniser, address: recogniserAddress(recogniser) },
            outbound.dispatcher,
          ),
        }),
    tenants: new Map(
      config.tenants.map((tenant) => [
        tenant.id,
        tenantServices(
          tenant,
          outbound.dispatcher,
          createRecordTokens({
            server: tenant.fhir,
            key: clientKeys.find(({ id }) => id === tenant.id)?.key,
            tokens,
            clock,
            fetch: outbound.fetch,
          }),
        ),
      ]),
    ),
    pseudonym: pseudonymOf,
    saltedHash: (at, label, content) =>
      saltedHash(pseudonymKey, { tenant: at.tenantId, trail: at.trail }, label, content),
    turn: createTurns(),
    log,
    metrics,
  };
  // The first request finds the keys there; where an issuer is down, each request says so until it is back.
  void services.users.ready();
  const stopping = new AbortController();
  // Not a condition of the start: a record system that is down for an hour must not keep the gateway down.
  void examineServers(services, stopping.signal);
  const recovered = await closeUnfinished(services);
  const gateway = new Gateway(services);
  const facts = { version: version(), environment: config.environment };
  await gateway.record(gateway.newTrail(), 'gateway.started', '-', {
    ...facts,
    ...release,
    policyHash: policy.policyHash,
    recovered,
  });
  const stores = await StoreWatch.open({
    stores: [revocationStore, grantStore, vault],
    trail,
    note: (noted) => gateway.record(gateway.newTrail(), 'store.noted', '-', noted),
    elapsed: () => performance.now(),
    onFault: () => log.write('fault.unexpected', { reason: 'store_behind' }),
  });
  const retention = new TrailPurge(
    {
      rows: (from, limit) => trail.rows(from, limit),
      rowsOf: (tenant, id) => trail.rowsOf(tenant, id),
      purgedTotal: async () => {
        const newest = await trail.newest('trail.purged', () => true);
        return Number(newest?.facts['purgedTotal'] ?? 0);
      },
      purge: (places, stated) =>
        trail.purge(places, {
          tenant: '-',
          trail: gateway.newTrail(),
          event: 'trail.purged',
          outcome: 'success',
          at: transparency.expiryTime(clock.now()) ?? clock.now(),
          facts: { ...stated },
        }),
      pause: () => nextRound(),
    },
    new Map(config.tenants.map(({ id, trailRetentionDays }) => [id, trailRetentionDays])),
  );
  const purgeTrail = () => {
    const now = transparency.expiryTime(clock.now());
    if (now !== undefined)
      void retention.run(now).catch(() => log.write('fault.unexpected', { reason: 'trail_unavailable' }));
  };
  await transparency.settle();
  purgeTrail();
  const signing = setInterval(() => {
    void transparency.tick();
    void stores.tick();
  }, checkpointInterval);
  signing.unref();
  const logoff = setInterval(() => void sessions.tick(), logoffInterval);
  logoff.unref();
  const mtls =
    config.listeners.mtls === undefined
      ? undefined
      : await listenMtls({
          at: config.listeners.mtls,
          trust,
          peers,
          readFile: readText,
          readSecret: (path) => readSecret(path).secret,
          handler: (request, response) => secureHandler(request, response),
          unreadable: (code) => unreadable(code),
          onFault: () => log.write('fault.unexpected', { reason: 'workload_certificate' }),
        });
  // Also where no listener asks for certificates: JWT authorities of trust domains are turned too.
  const unwatch = watchFiles([...workloadKeys.files, ...trust.files], () => {
    workloadKeys.reload();
    if (mtls === undefined) trust.reload();
  });
  const mtlsUrl = config.listeners.mtls?.publicUrl.replace(/:0$/, `:${mtls?.port ?? 0}`);
  const face: Face = {
    gateway,
    publicUrl,
    ...(mtlsUrl === undefined ? {} : { mtlsUrl }),
    peers,
    origins,
    bodyBytes: config.limits.bodyBytes,
    version: facts.version,
  };
  handler = guarded(() => listener.port, publicHandler(face));
  secureHandler = guarded(() => mtls?.port ?? 0, publicHandler(face), 'https');
  unreadable = (code) => unreadableAnswer(face, code);
  const probes = operationsHandler(gateway, {
    trail: () => trail.writable(),
    vault: async () => stores.isOpen('vault') && (await vault.writable()),
    witness: async () => transparency.witnessed(),
    revocations: async () => stores.isOpen('revocations'),
    grants: async () => stores.isOpen('grants'),
    issuers: () => services.users.ready(),
  });
  const operations: Running = await listen(
    config.listeners.operations,
    guarded(() => operations.port, probes),
  );
  const purge = setInterval(
    () =>
      void vault
        .purge(clock.now())
        .catch(() => log.write('fault.unexpected', { reason: 'vault_unavailable' })),
    60_000,
  );
  purge.unref();
  const strangers = setInterval(
    () =>
      void gateway
        .sumUpStrangers()
        .catch(() => log.write('fault.unexpected', { reason: 'trail_unavailable' })),
    60_000,
  );
  strangers.unref();
  const expiry = setInterval(purgeTrail, 3_600_000);
  expiry.unref();
  log.write('gateway.listening', { listener: 'public', port: listener.port });

  return {
    url: publicUrl,
    operationsUrl: operations.url,
    mtlsUrl,
    gateway,
    async stop(graceMs = 10_000) {
      clearInterval(purge);
      clearInterval(expiry);
      clearInterval(logoff);
      clearInterval(strangers);
      stopping.abort();
      unwatch();
      gateway.drain();
      for (const one of [listener, mtls]) one?.drain();
      // By the monotonic clock: the wall clock may step while we wait.
      const until = performance.now() + graceMs;
      while (gateway.open > 0 && performance.now() < until) await delay(20);
      gateway.stop();
      while (gateway.open > 0 && performance.now() < until + 2000) await delay(10);
      const closed = Promise.all([listener.close(), mtls?.close()]);
      // Answers that are complete on our side still have to leave.
      await Promise.race([
        closed,
        delay(Math.max(500, until - performance.now()), undefined, { ref: false }),
      ]);
      await Promise.all([listener.close(true), mtls?.close(true)]);
      await closed;
      await operations.close(true);
      await stores.settle();
      await gateway
        .sumUpStrangers()
        .then(() => gateway.record(gateway.newTrail(), 'gateway.stopped', '-', facts))
        .catch(() => log.write('fault.unexpected', { reason: 'trail_unavailable' }));
      for (const { models } of services.tenants.values())
        for (const { client } of models.values()) await client.close();
      clearInterval(signing);
      await transparency.settle();
      await outbound.close();
      await trail.close();
      await revocationStore.close();
      await grantStore.close();
      await textReader.close();
      await vault.close();
    },
  };
}
