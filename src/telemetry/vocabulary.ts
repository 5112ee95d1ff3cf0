import { constants } from 'node:os';
import { catalogue } from '../errors/catalogue.ts';
import { reasons } from '../errors/reasons.ts';
import { injectionLevels, injectionPlaces, injectionRules } from '../vocabulary/injection.ts';
import { logFaults, storeFaults, storeNames } from '../vocabulary/kept-fault.ts';
import { serverFaults } from '../vocabulary/server-fault.ts';

/** Names that a deployment adds to the vocabulary; they come from code and configuration, never from a request. */
export interface KnownNames {
  /** Route templates as declared, for example `/v1/trails/{id}`. */
  readonly routes: readonly string[];
  /** Ids of tenants. */
  readonly tenants?: readonly string[];
  /** Ids of FHIR servers and models. */
  readonly upstreams?: readonly string[];
  /** Names of tasks, and the FHIR types and search parameters that they name. */
  readonly plans?: readonly string[];
}

const stages = [
  'authenticate',
  'delegate',
  'consent',
  'authorize',
  'retrieve',
  'redact',
  'clear',
  'ask',
  'check',
  'release',
];
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const outcomes = ['success', 'refused', 'failed', 'aborted'];
const barriers = [
  'before_search',
  'before_control_reads',
  'before_fhir',
  'before_model',
  'before_other_model',
  'before_first_byte',
  'before_rest',
];
const errorClasses = [
  'Error',
  'TypeError',
  'RangeError',
  'SyntaxError',
  'ReferenceError',
  'AggregateError',
  'AbortError',
  'TimeoutError',
  'Refusal',
  'ConfigFault',
  'OutboundRefused',
  'PolicySetFault',
  'SqliteError',
];
const systemCodes = [
  ...Object.keys(constants.errno),
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_SOCKET',
  'UND_ERR_ABORTED',
  'UND_ERR_RES_EXCEEDED_MAX_SIZE',
  'ERR_OUTBOUND_REFUSED',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_JWT_EXPIRED',
  'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  'ERR_JWKS_NO_MATCHING_KEY',
  'ERR_JWKS_TIMEOUT',
  'SQLITE_BUSY',
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_IOERR_FSYNC',
  'SQLITE_CORRUPT',
  'SQLITE_READONLY',
  'SQLITE_CANTOPEN',
  'SQLITE_IOERR_READ',
  'SQLITE_IOERR_WRITE',
  'SQLITE_NOMEM',
  'SQLITE_NOTADB',
];
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Turns what was given into what may be said; undefined says nothing. */
export type Reader = (value: unknown) => string | number | undefined;

/** A word of a closed list; any other becomes `other`, so a name, a path or a token cannot get through. */
const word = (allowed: readonly string[]): Reader => {
  const known: ReadonlySet<string> = new Set(allowed);
  return (value) => (typeof value === 'string' && known.has(value) ? value : 'other');
};

/** Words of a closed list, with blanks between them. */
const words = (allowed: readonly string[]): Reader => {
  const one = word(allowed);
  return (value) =>
    typeof value !== 'string' || value === '' ? undefined : value.split(' ').map(one).join(' ');
};

/** A number between 0 and `most`, rounded. */
const upTo =
  (most: number): Reader =>
  (value) =>
    typeof value === 'number' && value >= 0 && value <= most ? Math.round(value) : undefined;

const trailId: Reader = (value) => (typeof value === 'string' && uuid.test(value) ? value : undefined);

/** Every field that a log line or a metric can have, and how it is read. */
export const fieldReaders = (names: KnownNames) =>
  ({
    trail: trailId,
    route: word(names.routes),
    method: word(methods),
    status: upTo(599),
    stage: word(stages),
    outcome: word(outcomes),
    barrier: word(barriers),
    reason: word(Object.keys(reasons)),
    code: word(Object.keys(catalogue)),
    errorClass: word(errorClasses),
    systemCode: word(systemCodes),
    tenant: word(names.tenants ?? []),
    upstream: word(names.upstreams ?? []),
    fault: word([serverFaults, storeFaults, logFaults].flatMap((faults) => Object.keys(faults))),
    store: word(storeNames),
    task: word(names.plans ?? []),
    where: word(injectionPlaces),
    level: word(injectionLevels),
    rules: words(injectionRules),
    lacks: words(names.plans ?? []),
    filteredHere: words(names.plans ?? []),
    signal: word(['SIGINT', 'SIGTERM']),
    environment: word(['sandbox', 'production']),
    listener: word(['public', 'operations']),
    durationMs: upTo(86_400_000),
    port: upTo(65_535),
    count: upTo(1_000_000),
  }) satisfies Record<string, Reader>;

export type FieldName = keyof ReturnType<typeof fieldReaders>;
