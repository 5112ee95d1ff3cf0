import { mkdirSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { performance } from 'node:perf_hooks';
import type { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { StoreWatch } from './audit/store-watch.ts';
import type { Config } from './config/config.ts';
import { readSecret } from './config/secrets.ts';
import { keepWebAssemblyCallsApart } from './engine-setting.ts';
import { examineServers } from './envelope/examine-servers.ts';
import { Gateway } from './envelope/gateway.ts';
import { OpenEnvelopes } from './envelope/open-envelopes.ts';
import type { Services } from './envelope/services.ts';
import type { Face } from './http/face.ts';
import { listen, publicHandler, type Running, type Unreadable } from './http/listeners.ts';
import { listenMtls } from './http/mtls-listener.ts';
import { operationsHandler } from './http/operations.ts';
import { onOwnAddress } from './http/own-address.ts';
import { createPeers } from './http/peers.ts';
import { unreadableAnswer } from './http/unreadable.ts';
import { watchFiles } from './http/watch-files.ts';
import { createTrustDomains } from './identity/trust-domains.ts';
import { createWorkloadKeys } from './identity/workload-keys.ts';
import type { Outbound } from './outbound/dispatcher.ts';
import { reportWords } from './retrieval/capability-report.ts';
import { createLog, faultLogged } from './telemetry/log.ts';
import { createMetrics } from './telemetry/metrics.ts';
import type { Clock } from './vocabulary/time.ts';
import { openCrossReferences } from './wiring/cross-references.ts';
import { readText, systemClock, systemRandomness, version } from './wiring/host.ts';
import { openKept } from './wiring/kept.ts';
import { secretBytes } from './wiring/keys.ts';
import { knownNames, openOutbound } from './wiring/outbound.ts';
import { repeat } from './wiring/repeat.ts';
import { openRosters } from './wiring/rosters.ts';
import { RulesInForce } from './wiring/rules.ts';
import { watchRules } from './wiring/rules-watch.ts';
import { createServices } from './wiring/services.ts';
import { createTrailPurge } from './wiring/trail-purge.ts';

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

/** How often a log that grows is signed, in milliseconds. */
const checkpointInterval = 1000;

/** How often sessions that rested or lived too long are ended, in milliseconds. */
const logoffInterval = 500;

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

/**
 * Wires the product and starts its listeners. Throws before it listens when a part cannot be opened: a gateway
 * that cannot write its trail or open its vault does not start.
 */
export async function startGateway(config: Config, options: StartOptions = {}): Promise<RunningGateway> {
  keepWebAssemblyCallsApart();
  const clock = options.clock ?? systemClock;
  const randomness = systemRandomness;
  const rules = new RulesInForce(config);
  rules.demandApproval();
  const names = { ...knownNames(config), plans: reportWords(rules.current.tasks) };
  const log = createLog(options.logTo ?? process.stderr, names);
  const outbound = options.outbound ?? openOutbound(config, options.logTo);
  const pseudonymKey = secretBytes(config.keys.pseudonym);
  mkdirSync(config.storage.directory, { recursive: true, mode: 0o700 });
  const openEnvelopes = new OpenEnvelopes();
  const kept = await openKept({
    clinicalClock: options.clinicalClock ?? clock,
    config,
    clock,
    randomness,
    pseudonymKey,
    crowd: () => openEnvelopes.count,
    connections: outbound.dispatcher,
    log,
  });
  const { transparency, vault } = kept;

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
  const crossReferences = openCrossReferences(config, readText, () =>
    log.write('fault.unexpected', { reason: 'fhir_untrusted' }),
  );
  const rosters = openRosters(config, readText, options.clinicalClock ?? clock, () =>
    log.write('fault.unexpected', { reason: 'roster_unreadable' }),
  );
  const peers = createPeers({ trust, clock, proxies: config.listeners.mtls?.proxies ?? [] });
  const publicUrl = config.listeners.publicUrl.replace(/:0$/, `:${listener.port}`);
  const services = await createServices({
    config,
    clock,
    clinicalClock: options.clinicalClock ?? clock,
    randomness,
    pseudonymKey,
    publicUrl,
    rules,
    kept,
    openEnvelopes,
    stores: { demand: () => stores.demand(), settle: () => stores.settle() },
    outbound,
    trust,
    workloadKeys,
    crossReferences,
    rosters,
    log,
    metrics: createMetrics(names),
    noteTold: (tenant, told) =>
      gateway
        .record(gateway.newTrail(), 'emergency.told', tenant, { read: told })
        .catch(faultLogged(log, 'trail_unavailable')),
    noteEnding: (tenant, facts) => gateway.record(gateway.newTrail(), 'session.ended', tenant, facts),
  });
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
    ...services.release,
    policyHash: services.policy.policyHash,
    approvedBy: rules.current.approvedBy,
    recovered,
  });
  const stores = await StoreWatch.open({
    stores: kept.headed,
    trail: kept.trail,
    note: (noted) => gateway.record(gateway.newTrail(), 'store.noted', '-', noted),
    elapsed: () => performance.now(),
    onFault: (store, fault) => log.write('store.closed', { store, fault }),
    onUnnoted: faultLogged(log, 'trail_unavailable'),
  });
  const purgeTrail = createTrailPurge(gateway, kept);
  await transparency.settle();
  purgeTrail();
  const endSigning = repeat([
    [checkpointInterval, () => void transparency.tick()],
    [checkpointInterval, () => void stores.tick()],
  ]);
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
  const unwatch = watchFiles(
    [...workloadKeys.files, ...trust.files, ...crossReferences.files, ...rosters.files],
    () => {
      rosters.reload();
      workloadKeys.reload();
      crossReferences.reload();
      if (mtls === undefined) trust.reload();
    },
  );
  const endRules = watchRules({ rules, gateway, log });
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
    trail: async () => !kept.reserve.spent() && (await kept.trail.writable()),
    vault: async () => stores.isOpen('vault') && (await vault.writable()),
    witness: async () => transparency.witnessed(),
    revocations: async () => stores.isOpen('revocations'),
    grants: async () => stores.isOpen('grants'),
    consents: async () => stores.isOpen('consents'),
    emergencies: async () => stores.isOpen('emergencies'),
    proxies: async () => stores.isOpen('proxies'),
    issuers: () => services.users.ready(),
  });
  const operations: Running = await listen(
    config.listeners.operations,
    guarded(() => operations.port, probes),
  );
  const endChores = repeat([
    [logoffInterval, () => void services.sessions.tick()],
    [60_000, () => void vault.purge(clock.now()).catch(faultLogged(log, 'vault_unavailable'))],
    [60_000, () => void gateway.sumUpStrangers().catch(faultLogged(log, 'trail_unavailable'))],
    [3_600_000, purgeTrail],
  ]);
  log.write('gateway.listening', { listener: 'public', port: listener.port });

  return {
    url: publicUrl,
    operationsUrl: operations.url,
    mtlsUrl,
    gateway,
    async stop(graceMs = 10_000) {
      endChores();
      stopping.abort();
      unwatch();
      endRules();
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
        .catch(faultLogged(log, 'trail_unavailable'));
      for (const { models } of services.tenants.values())
        for (const { client } of models.values()) await client.close();
      endSigning();
      await transparency.settle();
      await outbound.close();
      await services.textReader.close();
      await kept.close();
    },
  };
}
