import { readFileSync } from 'node:fs';
import type { ModelEndpoint } from '../vocabulary/model-endpoint.ts';
import { readYaml, YamlFault } from '../vocabulary/yaml-text.ts';
import { checkShape } from './check.ts';
import type { Config, FhirServer, Issuer, RecogniserServer, Tenant } from './config.ts';
import { applyEnvironment } from './environment.ts';
import {
  ConfigFault,
  type ConfigFile,
  type FhirInFile,
  type IssuerInFile,
  type ModelInFile,
  type RecogniserInFile,
} from './file-form.ts';
import { issuerProfile } from './issuer-profiles.ts';
import { isPackFile } from './pack-names.ts';
import { type PublicKey, publicKeysOf } from './public-keys.ts';
import { ruleFaults } from './rules.ts';
import { besideConfig, isClientKey, isLogKey, isSigningKey, isSymmetricKey, readSecret } from './secrets.ts';
import { socketPath } from './socket-path.ts';

export interface ConfigSource {
  readonly path: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads a configuration file (YAML or JSON), lays the environment over it, checks it whole and reads the secrets.
 * Throws ConfigFault with one line per fault, each naming its setting; values are never repeated.
 */
export const loadConfig = (source: ConfigSource): Config =>
  loaded(source, (file) => secretReader(source.path, file.environment === 'production'));

/**
 * The configuration without its secrets, for who looks at what decides and holds no key of the gateway: in their place
 * stands nothing. Never to be started with. Throws as `loadConfig`.
 */
export const loadWithoutSecrets = (source: ConfigSource): Config =>
  loaded(source, () => ({ read: () => '', faults: [] }));

function loaded(source: ConfigSource, readerFor: (file: ConfigFile) => SecretReader): Config {
  const file = readConfigFile(source);
  const reader = readerFor(file);
  const config = withSecrets(
    file,
    source.path,
    reader.read,
    publicKeyReader(source.path, reader.faults),
    reader.faults,
  );
  const faults = [...ruleFaults(file), ...reader.faults];
  if (faults.length > 0) throw new ConfigFault(faults);
  return config;
}

/** The configuration as it stands in the file, with the environment over it; no secret is read. Throws ConfigFault. */
export const readConfigFile = (source: ConfigSource): ConfigFile =>
  checkShape(applyEnvironment(parseFile(source.path), source.env));

function parseFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new ConfigFault(['the configuration file does not exist or cannot be read']);
  }
  try {
    return readYaml(text).content;
  } catch (thrown) {
    if (!(thrown instanceof YamlFault)) throw thrown;
    throw new ConfigFault(thrown.faults.map(({ line, reason }) => `line ${line}: ${reason}`));
  }
}

type ReadKey = (setting: string, named: string, isKey: (text: string) => boolean, kind: string) => string;

interface SecretReader {
  readonly read: ReadKey;
  readonly faults: string[];
}

/** Collects the faults of all secrets, so that one start names them all. */
function secretReader(configPath: string, production: boolean): SecretReader {
  const faults: string[] = [];
  const read: ReadKey = (setting, named, isKey, kind) => {
    const { secret, fromSandbox, fault } = readSecret(besideConfig(configPath, named));
    if (fault !== undefined) faults.push(`${setting}: ${fault}`);
    if (production && fromSandbox) faults.push(`${setting}: is a key of a sandbox, which production refuses`);
    if (secret !== undefined && !isKey(secret)) faults.push(`${setting}: does not hold ${kind}`);
    return secret ?? '';
  };
  return { read, faults };
}

type ReadKeys = (setting: string, named: string) => readonly PublicKey[];

/** Reads files of public keys (JWK sets); what is missing, no key set, or holds a private or shared key is a fault. */
function publicKeyReader(configPath: string, faults: string[]): ReadKeys {
  return (setting, named) => {
    const keys = publicKeysOf(textOf(besideConfig(configPath, named)));
    if (keys === undefined) faults.push(`${setting}: does not hold public keys as a JWK set`);
    return keys ?? [];
  };
}

/** Of a file; nothing where it cannot be read. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

const symmetric = '32 bytes in base64';
const signingKind = 'a PKCS#8 PEM key of curve P-256 or of Ed25519';

function withSecrets(
  file: ConfigFile,
  configPath: string,
  read: ReadKey,
  keys: ReadKeys,
  faults: string[],
): Config {
  const vault = read('keys.vault_file', file.keys.vault_file, isSymmetricKey, symmetric);
  const signing = read('keys.signing_file', file.keys.signing_file, isSigningKey, signingKind);
  const overlap = file.keys.overlap_files?.map((named, index) =>
    read(`keys.overlap_files[${index}]`, named, isSigningKey, signingKind),
  );
  const tokenKeys = [signing, ...(overlap ?? [])];
  return {
    ...file,
    listeners: withPaths(file.listeners, configPath),
    trustDomains: file.trustDomains.map(({ name, bundle, jwks }) => ({
      name,
      bundle: besideConfig(configPath, bundle),
      ...(jwks === undefined ? {} : { jwks: besideConfig(configPath, jwks) }),
    })),
    upstreamTls: file.upstreamTls.map(({ authorities, certificate, key, origin }) => ({
      origin,
      ...(authorities === undefined ? {} : { authorities: besideConfig(configPath, authorities) }),
      ...(certificate === undefined ? {} : { certificate: besideConfig(configPath, certificate) }),
      ...(key === undefined ? {} : { key: besideConfig(configPath, key) }),
    })),
    trustFiles: trustFilesOf(file),
    workloadKeys: file.tenants.flatMap(({ id, workloads }) =>
      workloads.flatMap(({ id: workload, jwks }) =>
        jwks === undefined ? [] : [{ tenant: id, workload, path: besideConfig(configPath, jwks) }],
      ),
    ),
    ...(file.rules === undefined
      ? {}
      : { rules: { directory: besideConfig(configPath, file.rules.directory) } }),
    ...(file.release === undefined
      ? {}
      : { release: { ...file.release, approvals: besideConfig(configPath, file.release.approvals) } }),
    storage: { ...file.storage, directory: besideConfig(configPath, file.storage.directory) },
    redaction: {
      ...(file.redaction.recogniser === undefined
        ? {}
        : { recogniser: withTls(file.redaction.recogniser, configPath, read, faults) }),
      packs: file.redaction.packs.map((named) =>
        isPackFile(named) ? besideConfig(configPath, named) : named,
      ),
    },
    keys: {
      signing,
      ...(overlap === undefined ? {} : { overlap }),
      vault,
      pseudonym: read(
        'keys.pseudonym_file',
        file.keys.pseudonym_file,
        (text) => isSymmetricKey(text) && text !== vault,
        `${symmetric} that differ from the vault key`,
      ),
      log: read(
        'keys.log_file',
        file.keys.log_file,
        (text) => isLogKey(text) && !tokenKeys.includes(text),
        'a PKCS#8 PEM key of Ed25519 that signs nothing else',
      ),
    },
    tenants: file.tenants.map(({ tickets, ...tenant }, index) => ({
      ...tenant,
      privacyNotice: tenant.privacyNotice ?? usualNotice(tenant.jurisdictions),
      ...(tenant.roster === undefined ? {} : { roster: besideConfig(configPath, tenant.roster) }),
      ...(tickets === undefined ? {} : { tickets: withBearer(tickets, `tenants[${index}].tickets`, read) }),
      fhir: withClientKey(tenant.fhir, `tenants[${index}].fhir`, read),
      furtherFhir: tenant.furtherFhir.map(({ crossReference, part2Programs, ...server }, at) => ({
        ...withClientKey(server, `tenants[${index}].furtherFhir[${at}]`, read),
        crossReference: besideConfig(configPath, crossReference),
        part2Programs,
      })),
      issuers: tenant.issuers.map((issuer, at) =>
        effectiveIssuer(issuer, `tenants[${index}].issuers[${at}]`, read),
      ),
      models: tenant.models.map((model, at) =>
        withPolicyPath(withApiKey(model, `tenants[${index}].models[${at}]`, read), configPath, (fault) =>
          faults.push(`tenants[${index}].models[${at}].attestation.policy: ${fault}`),
        ),
      ),
      workloads: tenant.workloads.map(({ jwks, ...workload }, at) => ({
        // Bound unless somebody says otherwise, where the data is real and where a page holds the token.
        senderConstraint:
          file.environment === 'production' || workload.origins !== undefined
            ? ('required' as const)
            : ('optional' as const),
        ...workload,
        tenant: tenant.id,
        ...(jwks === undefined ? {} : { keys: keys(`tenants[${index}].workloads[${at}].jwks`, jwks) }),
      })),
    })),
  };
}

/**
 * That something was withheld is told where the law asks for openness, and kept quiet where it protects the secret (42 CFR
 * 2.13(c)); who is under both keeps quiet.
 */
const usualNotice = (laws: Tenant['jurisdictions']): Tenant['privacyNotice'] =>
  laws.includes('EU') && !laws.includes('US') ? 'specific' : 'constant';

/** Its socket, or its address with what is proven there; `ruleFaults` says what is missing. */
function withTls(
  { authority, certificate, key_file: named, url, ...rest }: RecogniserInFile,
  configPath: string,
  read: ReadKey,
  faults: string[],
): RecogniserServer {
  const pem = (setting: string, path: string): string => {
    try {
      const text = readFileSync(besideConfig(configPath, path), 'utf8');
      if (/-----BEGIN CERTIFICATE-----/.test(text)) return text;
    } catch {
      // The same fault as a file without a certificate.
    }
    faults.push(`redaction.recogniser.${setting}: does not hold certificates (PEM)`);
    return '';
  };
  const tls =
    authority === undefined || certificate === undefined || named === undefined
      ? {}
      : {
          tls: {
            certificate: pem('certificate', certificate),
            key: read('redaction.recogniser.key_file', named, isClientKey, clientKeyKind),
            authority: pem('authority', authority),
          },
        };
  const socket = socketPath(url);
  return { ...rest, ...tls, url: socket === undefined ? url : `unix:${besideConfig(configPath, socket)}` };
}

/** Whose place decides, because whoever is named or vouched for there is believed. */
function trustFilesOf({ tenants, trustDomains, upstreamTls }: ConfigFile): Readonly<Record<string, string>> {
  const named: [setting: string, file: string | undefined][] = [
    ...trustDomains.flatMap(({ bundle, jwks, name }): typeof named => [
      [`trustDomains.${name}.bundle`, bundle],
      [`trustDomains.${name}.jwks`, jwks],
    ]),
    ...upstreamTls.map(({ authorities, origin }): (typeof named)[number] => [
      `upstreamTls.${origin}.authorities`,
      authorities,
    ]),
    ...tenants.map(({ id, roster }): (typeof named)[number] => [`tenants.${id}.roster`, roster]),
    ...tenants.flatMap(({ furtherFhir, id: tenant, workloads }) => [
      ...workloads.map(({ id, jwks }): (typeof named)[number] => [
        `tenants.${tenant}.workloads.${id}.jwks`,
        jwks,
      ]),
      ...furtherFhir.map(({ crossReference, id }): (typeof named)[number] => [
        `tenants.${tenant}.furtherFhir.${id}.crossReference`,
        crossReference,
      ]),
    ]),
  ];
  return Object.fromEntries(named.flatMap(([setting, one]) => (one === undefined ? [] : [[setting, one]])));
}

/** Files that are watched while the gateway runs are read there, not here. */
function withPaths(listeners: Config['listeners'], configPath: string): Config['listeners'] {
  const { mtls, ...rest } = listeners;
  if (mtls === undefined) return rest;
  const path = (named: string): string => besideConfig(configPath, named);
  return { ...rest, mtls: { ...mtls, certificate: path(mtls.certificate), key: path(mtls.key) } };
}

const oneLine = (text: string): boolean => /^[\x21-\x7e]{1,4096}$/.test(text);

/** The algorithms of the profile where none are named, and the secret of introspection. */
function effectiveIssuer(issuer: IssuerInFile, at: string, read: ReadKey): Issuer {
  const { introspection, signals, ...rest } = issuer;
  return {
    ...rest,
    algorithms: issuer.algorithms ?? issuerProfile(issuer.profile).defaultAlgorithms,
    ...(introspection === undefined
      ? {}
      : { introspection: withClientSecret(introspection, `${at}.introspection`, read) }),
    ...(signals === undefined ? {} : { signals: withBearer(signals, `${at}.signals`, read) }),
  };
}

const clientKeyKind = 'a PKCS#8 PEM key: RSA of 2048 bits at least, P-256 or P-384';

function withClientKey({ authorization, ...rest }: FhirInFile, at: string, read: ReadKey): FhirServer {
  if (authorization === undefined) return rest;
  const { clientKey_file: named, ...server } = authorization;
  const clientKey = read(`${at}.authorization.clientKey_file`, named, isClientKey, clientKeyKind);
  return { ...rest, authorization: { ...server, clientKey } };
}

function withClientSecret(
  { clientSecret_file: named, ...rest }: NonNullable<IssuerInFile['introspection']>,
  at: string,
  read: ReadKey,
): NonNullable<Issuer['introspection']> {
  const clientSecret = read(`${at}.clientSecret_file`, named, oneLine, 'one line without blanks');
  return { ...rest, clientSecret };
}

/** What names a file with a bearer token, with the token itself. */
function withBearer<Rest extends object>(
  { authorization_file: named, ...rest }: Rest & { readonly authorization_file?: string },
  at: string,
  read: ReadKey,
): Omit<Rest, 'authorization_file'> & { readonly authorization?: string } {
  if (named === undefined) return rest;
  return {
    ...rest,
    authorization: read(`${at}.authorization_file`, named, oneLine, 'one line without blanks'),
  };
}

/** What is in the policy is read by those who need it. */
function withPolicyPath(
  { attestation, ...model }: ModelEndpoint,
  configPath: string,
  onFault: (fault: string) => void,
): ModelEndpoint {
  if (attestation === undefined) return model;
  const policy = besideConfig(configPath, attestation.policy);
  if (textOf(policy) === '') onFault('the file does not exist, is empty or cannot be read');
  return { ...model, attestation: { ...attestation, policy } };
}

function withApiKey(model: ModelInFile, at: string, read: ReadKey): ModelEndpoint {
  const { apiKey_file: named, ...rest } = model;
  if (named === undefined) return rest;
  return { ...rest, apiKey: read(`${at}.apiKey_file`, named, oneLine, 'one line without blanks') };
}
