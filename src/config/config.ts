import type { ModelEndpoint } from '../vocabulary/model-endpoint.ts';
import type { PatientTexts } from '../vocabulary/patient-texts.ts';
import type { Role, Workload } from '../vocabulary/person.ts';
import type { ProxyRules } from '../vocabulary/proxy-rules.ts';
import type { SettlingRules } from '../vocabulary/settling-rules.ts';
import type { TicketSystem } from '../vocabulary/ticket-system.ts';
import type { IssuerProfileName } from './issuer-profiles.ts';

/** The effective configuration, after schema check, environment overrides and reading of `*_file` secrets. */
export interface Config {
  readonly environment: 'sandbox' | 'production';
  readonly listeners: {
    readonly public: Listener;
    readonly operations: Listener;
    /** URL under which callers reach the public listener: issuer of delegated tokens, base of documents. */
    readonly publicUrl: string;
    /** Beside the public listener: callers prove themselves by an X.509-SVID. */
    readonly mtls?: MtlsListener;
  };
  /** Whose workloads are believed. */
  readonly trustDomains: readonly TrustDomain[];
  /** Files of workloads' public keys (`workloads[].jwks`): read again when they change. */
  readonly workloadKeys?: readonly WorkloadKeyFile[];
  /** Files that say who is who, by their settings, as the configuration names them; what they hold turns by itself. */
  readonly trustFiles?: Readonly<Record<string, string>>;
  /** How upstreams are connected to, where it is not by the host's authorities and without a certificate. */
  readonly upstreamTls: readonly UpstreamTls[];
  /** Where policies and tasks are read from, where those of the product are not meant. */
  readonly rules?: { readonly directory: string };
  /** Who has to approve what decides, before it does. */
  readonly release?: ReleaseApproval;
  readonly storage: {
    readonly directory: string;
    /** Megabytes that stay free for the ends of what is under way. */
    readonly reserveMegabytes: number;
  };
  readonly keys: {
    /** PEM (PKCS#8) of the ES256 key that signs delegated and FHIR tokens. */
    readonly signing: string;
    /** PEMs of keys that sign nothing now, but are published and still read: the last one, and the next one. */
    readonly overlap?: readonly string[];
    /** 32 bytes, base64: wraps the patients' keys of the vault. */
    readonly vault: string;
    /** 32 bytes, base64: HMAC key of pseudonyms and salted hashes. Apart from the vault key. */
    readonly pseudonym: string;
    /** PEM (PKCS#8) of the Ed25519 key that signs checkpoints of the trail and receipts. */
    readonly log: string;
  };
  readonly audit: AuditLog;
  readonly redaction: Redaction;
  readonly limits: {
    readonly bodyBytes: number;
    readonly requestTimeoutMs: number;
    /** After so long a silence a stream gets a comment. */
    readonly heartbeatMs: number;
    readonly delegatedTokenSeconds: number;
    readonly tokenRetentionSeconds: number;
    /** Automatic logoff: seconds without a request, and seconds after the sign-in. */
    readonly sessionIdleSeconds: number;
    readonly sessionAbsoluteSeconds: number;
    /** Passages of one note that one person is shown at most within a day by questions that choose among them. */
    readonly notePassages: number;
    /** Requests a minute. */
    readonly perMinute: {
      readonly user: number;
      readonly workload: number;
      readonly tenant: number;
      readonly failedSignIns: number;
      /** Refusals before anybody was recognised that stand on a tenant's trail one by one. */
      readonly strangers: number;
    };
  };
  readonly tenants: readonly Tenant[];
}

export interface Redaction {
  /** Packs beside `hipaa-safe-harbor`: names of shipped ones, and files of others. */
  readonly packs: readonly string[];
  /** Reads free texts beside the gateway; without it the gateway reads alone. */
  readonly recogniser?: RecogniserServer;
}

/** A recogniser with the REST shape of Presidio's analyzer: by mutual TLS, or by a socket of this host. */
export interface RecogniserServer {
  /** Base address: https, or `unix:` and the path of a socket. */
  readonly url: string;
  /** What the gateway proves itself with over https, and who may vouch for the other side: PEM. */
  readonly tls?: { readonly certificate: string; readonly key: string; readonly authority: string };
  readonly language: string;
  readonly entities?: readonly string[];
  /** 0 to 1. */
  readonly leastScore: number;
  readonly timeoutMs: number;
}

/** How the trail is signed and who watches it. */
export interface AuditLog {
  /** Name of this log in its checkpoints; by default the public host and `/log`. For ever: it names the log. */
  readonly origin?: string;
  /** Verifier keys that signed checkpoints of this log before the present key. */
  readonly verifierKeys: readonly string[];
  readonly witnesses: readonly WitnessServer[];
  /** Where witnesses are configured: how old the newest cosignature may be before answers stop. */
  readonly witnessMaxAgeSeconds: number;
}

export interface WitnessServer {
  /** Submission prefix (C2SP tlog-witness), without `/add-checkpoint`. */
  readonly url: string;
  /** Verifier key of its cosignatures. */
  readonly key: string;
}

export interface WorkloadKeyFile {
  readonly tenant: string;
  /** Id of the workload. */
  readonly workload: string;
  readonly path: string;
}

/** TLS towards one upstream. The files are read where connections are made, and again when they have changed. */
export interface UpstreamTls {
  /** Scheme, host and port, as in `https://fhir.example:8443`. */
  readonly origin: string;
  /** PEM file of the only authorities that the upstream is believed by; those of the host by default. */
  readonly authorities?: string;
  /** PEM files of the gateway's own certificate with its chain, and of its key: both or neither. */
  readonly certificate?: string;
  readonly key?: string;
}

export interface Listener {
  readonly host: string;
  readonly port: number;
}

export interface MtlsListener extends Listener {
  /** URL under which callers reach it. */
  readonly publicUrl: string;
  /** PEM files of the gateway's own certificate (with its chain) and key; read again when they change. */
  readonly certificate: string;
  readonly key: string;
  /** SPIFFE IDs of proxies that may forward their callers' certificates (X-Forwarded-Client-Cert). */
  readonly proxies: readonly string[];
}

export interface TrustDomain {
  /** As in `spiffe://name/…`. */
  readonly name: string;
  /** PEM file of its X.509 authorities; read again when it changes. */
  readonly bundle: string;
  /** JSON file of its JWT authorities (SPIFFE bundle or JWK set). */
  readonly jwks?: string;
}

export interface Tenant {
  readonly id: string;
  readonly issuers: readonly Issuer[];
  /** The record system that knows the tenant's people: consents, relations and identity are read there. */
  readonly fhir: FhirServer;
  /** Further record systems that may hold something of the same patients. */
  readonly furtherFhir: readonly FurtherFhirServer[];
  readonly models: readonly ModelEndpoint[];
  readonly workloads: readonly Workload[];
  /** What sign-ins must show for some work (RFC 9470). */
  readonly stepUp?: readonly StepUpRule[];
  /** What holds when no consent applies, IHE PCF: deny is the default. */
  readonly implicitConsent: 'permit' | 'deny';
  /** Whose Consents count: the FHIR server's, those that the gateway keeps itself, or both (a denial of either wins). */
  readonly consentSource: 'fhir' | 'own' | 'both';
  /** Emergency access (break the glass); absent: there is none. */
  readonly breakGlass?: BreakGlass;
  /** File that says who stands in for whom, and when. */
  readonly roster?: string;
  /** Where tickets of grants are looked up; absent: they are taken at their word. */
  readonly tickets?: TicketSystem;
  /** When a care relation that was written just now counts; at once where nothing is said. */
  readonly relations?: SettlingRules;
  /** Who may act for a patient; what is said in docs/proxies.md where nothing is said. */
  readonly proxies?: ProxyRules;
  /** What is said to patients and proxies by code; shipped texts where nothing is said. */
  readonly patientTexts?: PatientTexts;
  /** Hosts to whose pages an answer may link, by plain https addresses; to none where nothing is said. */
  readonly linkHosts?: readonly string[];
  /** The laws that the tenant is under; policies for each are in `policies/`. */
  readonly jurisdictions: readonly Jurisdiction[];
  /** By purpose: articles 6 and 9 of the GDPR, or a paragraph of 45 CFR 164. */
  readonly lawfulBases: Readonly<Record<string, string>>;
  /** `constant`: the privacy notice stands on every answer; `specific`: only where something was withheld. */
  readonly privacyNotice: 'constant' | 'specific';
  /** The same for allergies and active drugs, towards those who treat; `refuse`: then nothing is answered. */
  readonly safetyNotice: 'constant' | 'specific' | 'refuse';
  /** Organizations and services that are programs under 42 CFR Part 2, as `Organization/7`. */
  readonly part2Programs: readonly string[];
  /** How long its trails are kept; six years at least. */
  readonly trailRetentionDays: number;
}

/** Emergency access without a relation on record. */
export interface BreakGlass {
  /** At most so long, in minutes. */
  readonly minutes: number;
  /** What holds where no consent speaks of breaking the glass; a denial that covers it wins always. */
  readonly implicitConsent: 'permit' | 'deny';
  /** Where the privacy officer is told at once: the id of a trail is posted there, and nothing else. */
  readonly notify: string;
}

/** Holds where everything that it names fits: the task, the purpose, one of the FHIR types that the task reads. */
export interface StepUpRule {
  readonly tasks?: readonly string[];
  readonly purposes?: readonly string[];
  readonly dataTypes?: readonly string[];
  /** Authentication classes, any of which will do. */
  readonly acr?: readonly string[];
  /** Longest time since the sign-in (`auth_time`). */
  readonly maxAgeSeconds?: number;
}

export interface Issuer {
  readonly issuer: string;
  readonly audience: string;
  /** How its access tokens look; RFC 9068 where nothing is said. */
  readonly profile?: IssuerProfileName;
  readonly algorithms: readonly string[];
  readonly claims: ClaimNames;
  /** What the issuer's names in the roles claim stand for here; without it they are the roles themselves. */
  readonly roleNames?: Readonly<Record<string, readonly Role[]>>;
  /** FHIR base at which this issuer's `fhirUser` is meant. */
  readonly fhirBase: string;
  /** Plain http is accepted for loopback addresses only. */
  readonly discoveryTimeoutMs: number;
  /** Origin of the key set, where it is not the issuer's own. */
  readonly jwksOrigin?: string;
  /** How long the last good key set stands while the issuer cannot be reached; an hour where nothing is said. */
  readonly keyGraceSeconds?: number;
  /** Whether its ID tokens may be subject tokens of an exchange; refused where nothing is said. */
  readonly idTokens?: 'accepted' | 'refused';
  /** Where its tokens are asked about instead of read (RFC 7662): every one of them, at every use. */
  readonly introspection?: Introspection;
  /** Shared Signals stream that tells of endings at this issuer. */
  readonly signals?: Signals;
}

export interface Signals {
  /** Transmitter, where it is not the issuer itself. */
  readonly issuer?: string;
  /** `aud` of its tokens. */
  readonly audience: string;
  /** Its key set, where the issuer's discovery document does not lead there. */
  readonly jwksUri?: string;
  /** What it must show as a bearer token. */
  readonly authorization?: string;
  /** Without a word for so long the stream is down. */
  readonly silenceSeconds: number;
  /** `closed`: sign-ins of the issuer are refused while its stream is down. */
  readonly whenSilent: 'closed' | 'open';
}

/** Names of claims, or paths into objects with dots (`realm_access.roles`). */
export interface ClaimNames {
  readonly roles: string;
  readonly fhirUser: string;
  readonly tenant?: string;
  readonly department?: string;
  /** The person's name, for the record system's audit. */
  readonly name?: string;
  /** Authentication class; `acr` by default. */
  readonly assurance?: string;
  /** Session id; `sid` by default. */
  readonly session?: string;
  readonly deviceId?: string;
  readonly deviceManaged?: string;
  readonly devicePosture?: string;
  /** SMART launch context; `patient` and `encounter` by default. */
  readonly patient?: string;
  readonly encounter?: string;
}

export interface Introspection {
  readonly endpoint: string;
  /** What the gateway calls itself there, with a secret (HTTP Basic). */
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface FhirServer {
  readonly id: string;
  readonly base: string;
  /** Other addresses of the same server, under which issuers may know its people. */
  readonly aliases?: readonly string[];
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  /** Calls to the server at the same time; more wait for their turn. */
  readonly maxConcurrent: number;
  /** Searches that are asked for at the same time go as one FHIR batch. */
  readonly batch: boolean;
  /** Who gives tokens for it; absent, the gateway signs its own and the server trusts its key set. */
  readonly authorization?: RecordAuthorization;
}

/** A record system beside the tenant's own one. */
export interface FurtherFhirServer extends Omit<FhirServer, 'aliases'> {
  /** File that says who of the tenant's own server is who there. */
  readonly crossReference: string;
  /** As `Tenant.part2Programs`, in the references of this server. */
  readonly part2Programs: readonly string[];
}

/** The authorization server of a record system, at which the gateway is a registered client. */
export interface RecordAuthorization {
  /** `backend`: SMART Backend Services; `exchange`: RFC 8693, for the person who asks. */
  readonly method: 'backend' | 'exchange';
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly clientId: string;
  /** PEM (PKCS#8) of the key that signs client assertions. */
  readonly clientKey: string;
  /** Seconds; a token that lives longer is refused. */
  readonly maxLifetimeSeconds: number;
  /** Its key set, where its discovery document does not lead there. */
  readonly jwksUri?: string;
}

/** Approval of releases by people with keys of their own. */
export interface ReleaseApproval {
  /** Folder of signed notes. */
  readonly approvals: string;
  /** Verifier keys (C2SP signed-note), one for each who may approve. */
  readonly approvers: readonly string[];
}

export const jurisdictions = ['US', 'EU'] as const;
export type Jurisdiction = (typeof jurisdictions)[number];
