import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet } from 'jose';
import type { Config } from '../src/config/config.ts';
import { sandboxAudience } from '../src/config/rules.ts';
import { type RunningGateway, startGateway } from '../src/main.ts';
import { defaultPatientTexts } from '../src/vocabulary/patient-texts.ts';
import type { Clock } from '../src/vocabulary/time.ts';
import type { Authorize } from './fhir/access.ts';
import { startFhirServer } from './fhir/server.ts';
import type { FhirStore } from './fhir/store.ts';
import { sandboxKeys } from './keys.ts';
import { openLogFile } from './log-file.ts';
import { embeddingName } from './model/embeddings.ts';
import { startModelServer } from './model/server.ts';
import { type OfficerServer, startOfficerServer } from './officer/server.ts';
import { createFhirAuthorizer } from './oidc/fhir-authorizer.ts';
import { startIssuer } from './oidc/issuer.ts';
import { loadRecords, type SandboxPatient } from './records.ts';
import { mintSvids, type SandboxSvids, sandboxSpiffeId } from './svids.ts';

export interface SandboxOptions {
  /** Port of the gateway; 0 for any free one. The other services always take any. */
  readonly port: number;
  /** Files or folders with FHIR R4 bundles, instead of the generated patients. */
  readonly patients?: readonly string[];
  /** The record's clock; by default the host's, or the day after the last encounter of `patients`. */
  readonly now?: number;
  /** The gateway's own clock, for tests; the host's by default. */
  readonly clock?: Clock;
  readonly dataDir?: string;
  /** Patient that the account `patient` stands for. */
  readonly patientAccount?: string;
  readonly progress?: (text: string) => void;
  /** Puts something between gateway and FHIR server, for tests: answers the base that the gateway is to use. */
  readonly between?: (fhirBase: string) => Promise<string>;
  /** Whose tokens the FHIR server takes beside the gateway's own, for tests. */
  readonly alsoTrust?: Authorize;
  /** Changes to the configuration, for tests. */
  readonly configure?: (config: Config) => Config;
}

/** The ready line of `phi-gateway sandbox --json`. */
export interface SandboxReady {
  readonly gateway: string;
  /** The same gateway, for callers with a certificate. */
  readonly gatewayMtls: string;
  readonly issuer: string;
  readonly audience: string;
  readonly fhir: string;
  readonly model: string;
  readonly operations: string;
  readonly tenant: string;
  readonly now: string;
  readonly dataDir: string;
  readonly files: { readonly audit: string; readonly vault: string; readonly log: string };
  /** PEM file of the authority of all certificates. */
  readonly ca: string;
  /** PEM file with certificate and key of the workload `phi-cli`, and those of all workloads. */
  readonly svid: string;
  readonly svids: Readonly<Record<string, string>>;
  readonly users: readonly {
    readonly username: string;
    readonly password: string;
    readonly role: string;
    readonly patient?: string;
  }[];
  readonly patients: readonly SandboxPatient[];
}

export interface RunningSandbox {
  readonly ready: SandboxReady;
  readonly gateway: RunningGateway;
  /** Where the privacy officer is told, for tests. */
  readonly officer: OfficerServer;
  /** The record system's content, for tests. */
  readonly store: FhirStore;
  /** The sandbox's trust domain and its files, for tests that turn them. */
  readonly svids: SandboxSvids;
  close(): Promise<void>;
}

const tenant = 'sandbox';
const loopback = { host: '127.0.0.1', port: 0 };

/** Workloads of the sandbox; each is also the client id of its tokens. */
const workloadIds = ['phi-cli', 'phi-console', 'portal-app', 'copilot-app'] as const;

/** The configuration of a sandbox's gateway, whose neighbours answer at the given addresses. */
export function sandboxConfig(
  options: Pick<SandboxOptions, 'port'>,
  at: {
    issuer: string;
    fhir: string;
    model: string;
    dataDir: string;
    svids?: SandboxSvids;
    signals?: string;
    /** Where the privacy officer is told of emergency access; without it there is none. */
    officer?: string;
  },
): Config {
  return {
    environment: 'sandbox',
    listeners: {
      public: { host: '127.0.0.1', port: options.port },
      operations: loopback,
      publicUrl: 'http://127.0.0.1:0',
      ...(at.svids === undefined ? {} : { mtls: at.svids.listener }),
    },
    trustDomains: at.svids?.trustDomains ?? [],
    upstreamTls: [],
    storage: { directory: at.dataDir, reserveMegabytes: 64 },
    redaction: { packs: [] },
    keys: sandboxKeys(at.dataDir),
    audit: {
      origin: 'sandbox.phi-gateway.invalid/log',
      verifierKeys: [],
      witnesses: [],
      witnessMaxAgeSeconds: 60,
    },
    limits: {
      bodyBytes: 1_048_576,
      requestTimeoutMs: 60_000,
      heartbeatMs: 10_000,
      delegatedTokenSeconds: 300,
      tokenRetentionSeconds: 3600,
      sessionIdleSeconds: 900,
      sessionAbsoluteSeconds: 43_200,
      notePassages: 20,
      perMinute: {
        user: 100_000,
        workload: 100_000,
        tenant: 100_000,
        failedSignIns: 100_000,
        strangers: 1_000,
      },
    },
    tenants: [
      {
        id: tenant,
        issuers: [
          {
            issuer: at.issuer,
            audience: sandboxAudience,
            algorithms: ['ES256'],
            claims: { roles: 'roles', fhirUser: 'fhirUser', tenant: 'tenant' },
            fhirBase: at.fhir,
            discoveryTimeoutMs: 5000,
            idTokens: 'accepted',
            ...(at.signals === undefined
              ? {}
              : {
                  signals: {
                    audience: sandboxAudience,
                    authorization: at.signals,
                    silenceSeconds: 60,
                    whenSilent: 'closed',
                  },
                }),
          },
        ],
        fhir: {
          id: 'sandbox-fhir',
          base: at.fhir,
          timeoutMs: 10_000,
          maxResponseBytes: 20_000_000,
          maxConcurrent: 64,
          batch: false,
        },
        furtherFhir: [],
        models: [
          {
            id: 'sandbox-extractive',
            model: 'sandbox-extractive',
            baseUrl: at.model,
            timeoutMs: 20_000,
            maxAnswerBytes: 1_000_000,
            residency: 'local',
            trusted: true,
          },
          {
            id: embeddingName,
            model: embeddingName,
            baseUrl: at.model,
            timeoutMs: 20_000,
            maxAnswerBytes: 4_000_000,
            residency: 'local',
            trusted: true,
            embeddings: true,
          },
        ],
        workloads: workloadIds.map((id) => ({
          id,
          tenant,
          clientIds: [id],
          spiffeIds: at.svids === undefined ? [] : [sandboxSpiffeId(id)],
          tasks: 'all',
          purposes: 'all',
          models: 'all',
          readingModel: { name: 'sandbox-reader', residency: 'local', contract: 'sandbox' },
          humanReads: true,
        })),
        ...(at.officer === undefined
          ? {}
          : {
              stepUp: [{ purposes: ['BTG'], maxAgeSeconds: 900 }],
              breakGlass: { minutes: 30, implicitConsent: 'permit', notify: at.officer },
            }),
        jurisdictions: [],
        lawfulBases: {},
        implicitConsent: 'deny',
        consentSource: 'both',
        patientTexts: {
          answer:
            'This answer was written by artificial intelligence (AI) and can be wrong. To reach a person, call the sandbox clinic at extension 100.',
          emergency: defaultPatientTexts.emergency,
        },
        privacyNotice: 'constant',
        safetyNotice: 'constant',
        part2Programs: [],
        trailRetentionDays: 2192,
      },
    ],
  };
}

/** How the record system knows the gateway: by its published keys. Before `follow` it trusts nobody. */
export function gatewayTrust(clock: Clock = { now: () => Date.now() }): {
  authorize: Authorize;
  follow(gateway: string, audience: string): void;
} {
  let trusted: { authorize: Authorize } | undefined;
  return {
    authorize: async (token) => trusted?.authorize(token),
    follow(gateway, audience) {
      trusted = {
        authorize: createFhirAuthorizer({
          keys: createRemoteJWKSet(new URL(`${gateway}/oauth/jwks`)),
          issuer: () => gateway,
          audience: () => audience,
          clock,
        }),
      };
    },
  };
}

/** Time that starts at `now` and runs on with the host's. */
function clockFrom(now: number): Clock {
  const offset = now - Date.now();
  return { now: () => Date.now() + offset };
}

/**
 * Starts a whole sandbox on loopback: OIDC provider, FHIR server with patients, model endpoint, gateway. The
 * gateway is the product itself; only its neighbours are toys. Everything is gone after `close`, except `dataDir`.
 */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const progress = options.progress ?? (() => undefined);
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'phi-gateway-'));
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  progress('Loading patients …');
  const records = await loadRecords(options, progress);
  const clock = clockFrom(records.now);
  const account = options.patientAccount ?? records.patients[0]?.id;
  const trust = gatewayTrust(options.clock);
  const closers: (() => Promise<void>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of closers.toReversed()) await close();
  };
  try {
    progress('Starting the FHIR server, the model endpoint and the OIDC provider …');
    const authorize: Authorize = async (token) =>
      (await trust.authorize(token)) ?? options.alsoTrust?.(token);
    const fhir = await startFhirServer({ port: 0, store: records.store, authorize, clock });
    closers.push(() => fhir.close());
    const fhirBase = (await options.between?.(fhir.base)) ?? fhir.base;
    const model = await startModelServer({ port: 0, clock: { now: () => Date.now() } });
    closers.push(() => model.close());
    const officer = await startOfficerServer();
    closers.push(() => officer.close());
    const fhirUsers = {
      caregiver: 'RelatedPerson/sandbox-caregiver',
      ...(account === undefined ? {} : { patient: `Patient/${account}` }),
    };
    const issuer = await startIssuer({
      port: 0,
      audience: sandboxAudience,
      fhirBase,
      fhirUsers,
      tenant,
    });
    closers.push(() => issuer.close());
    progress('Starting the gateway …');
    const logFile = join(dataDir, 'gateway.log');
    const log = openLogFile(logFile);
    const svids = await mintSvids(dataDir, workloadIds);
    const authorization = randomBytes(24).toString('base64url');
    const config = sandboxConfig(options, {
      signals: authorization,
      issuer: issuer.issuer,
      fhir: fhirBase,
      model: model.baseUrl,
      officer: officer.url,
      dataDir,
      svids,
    });
    const gateway = await startGateway(options.configure?.(config) ?? config, {
      ...(options.clock === undefined ? {} : { clock: options.clock }),
      clinicalClock: clock,
      logTo: log,
    });
    closers.push(async () => {
      await gateway.stop(1500);
      await new Promise<void>((resolve) => log.end(() => resolve()));
    });
    trust.follow(gateway.url, fhirBase);
    issuer.setFurtherResources([`${gateway.url}/mcp`]);
    issuer.followSignals({ gateway: gateway.url, audience: sandboxAudience, authorization });
    return {
      ready: {
        gateway: gateway.url,
        gatewayMtls: gateway.mtlsUrl ?? '',
        issuer: issuer.issuer,
        audience: sandboxAudience,
        fhir: fhir.base,
        model: model.control,
        operations: gateway.operationsUrl,
        tenant,
        now: new Date(records.now).toISOString(),
        dataDir,
        files: { audit: join(dataDir, 'audit.db'), vault: join(dataDir, 'vault.db'), log: logFile },
        ca: svids.ca,
        svid: svids.workloads['phi-cli'] ?? '',
        svids: svids.workloads,
        users: issuer.users.map((user) =>
          user.username === 'patient' && account !== undefined ? { ...user, patient: account } : user,
        ),
        patients: records.patients,
      },
      gateway,
      store: records.store,
      svids,
      officer,
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
