import { isIP } from 'node:net';
import { defaultPatientTexts } from '../vocabulary/patient-texts.ts';
import { configuredOrigins } from './configured-origins.ts';
import type { ConfigFile } from './file-form.ts';
import { issuerProfile } from './issuer-profiles.ts';
import { logOrigin } from './log-origin.ts';
import { isPackFile, isPackName, packNames } from './pack-names.ts';
import { socketPath } from './socket-path.ts';

/** Audience of the sandbox's access tokens, whatever its ports. */
export const sandboxAudience = 'urn:phi-gateway:sandbox';

/** Trust domain whose authority a sandbox makes for itself. */
export const sandboxTrustDomain = 'sandbox.phi-gateway.invalid';

/** What the schema cannot say: addresses, references between settings, and what production refuses. */
export function ruleFaults(config: ConfigFile): readonly string[] {
  const production = config.environment === 'production';
  const tenants = config.tenants.flatMap((tenant, index) =>
    tenantFaults(tenant, `tenants[${index}]`, production),
  );
  const introspected = config.tenants.flatMap(({ issuers }) =>
    issuers.filter(({ introspection }) => introspection !== undefined),
  );
  return [
    ...urlFaults('listeners.publicUrl', config.listeners.publicUrl, production),
    ...(production ? [] : openListeners(config)),
    ...trustFaults(config, production),
    ...upstreamTlsFaults(config),
    ...originFaults(config.tenants),
    ...twice('tenants', 'id', config.tenants),
    ...recogniserFaults(config.redaction.recogniser),
    ...config.redaction.packs.flatMap((named, index) =>
      isPackName(named) || isPackFile(named)
        ? []
        : [`redaction.packs[${index}]: is neither a .yaml file nor one of ${packNames.join(', ')}`],
    ),
    ...portFaults(config),
    ...(introspected.length > 1
      ? ['tenants: opaque tokens do not say whose they are, so one issuer at most may have introspection']
      : []),
    ...config.audit.witnesses.flatMap(({ url }, index) =>
      urlFaults(`audit.witnesses[${index}].url`, url, false),
    ),
    ...config.audit.verifierKeys.flatMap((key, index) =>
      key.startsWith(`${logOrigin(config)}+`)
        ? []
        : [`audit.verifierKeys[${index}]: is not a key of this log; the log keeps its audit.origin for ever`],
    ),
    ...releaseFaults(config.release, production),
    ...tenants,
  ];
}

/** Two people, not one with two names: in production nothing decides that they did not both sign. */
function releaseFaults(release: ConfigFile['release'], production: boolean): readonly string[] {
  if (release === undefined)
    return production ? ['release: production needs two approvers of what decides'] : [];
  const approvers = release.approvers.map((text) => {
    // Base64 has plus signs of its own.
    const [name = '', , ...key] = text.split('+');
    return { name, key: key.join('+') };
  });
  return [
    ...twice('release.approvers', 'name', approvers),
    ...twice('release.approvers', 'key', approvers),
    ...approvers.flatMap(({ name }, index) =>
      /^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/.test(name)
        ? []
        : [
            `release.approvers[${index}]: is named by something else than letters, digits, dots, @ and hyphens`,
          ],
    ),
  ];
}

/** Texts go there in clear: by mutual TLS, also on this machine, or by a socket that only this host has. */
function recogniserFaults(recogniser: ConfigFile['redaction']['recogniser']): readonly string[] {
  if (recogniser === undefined) return [];
  const { authority, certificate, key_file: key, url } = recogniser;
  const at = 'redaction.recogniser';
  const socket = socketPath(url);
  if (socket !== undefined) return socket === '' ? [`${at}.url: names no socket`] : [];
  return [
    ...(/^http:/i.test(url)
      ? [`${at}.url: must be https, also on this machine: use a socket there`]
      : urlFaults(`${at}.url`, url, false)),
    ...(authority === undefined || certificate === undefined || key === undefined
      ? [`${at}: needs certificate, key_file and authority beside url`]
      : []),
  ];
}

type TenantRules = ConfigFile['tenants'][number];

function recordFaults(
  { authorization, base }: Pick<TenantRules['fhir'], 'authorization' | 'base'>,
  at: string,
  production: boolean,
): readonly string[] {
  return [
    ...urlFaults(`${at}.base`, base, false),
    ...(['issuer', 'tokenEndpoint', 'jwksUri'] as const).flatMap((name) => {
      const address = authorization?.[name];
      return address === undefined ? [] : urlFaults(`${at}.authorization.${name}`, address, production);
    }),
  ];
}

/** Nobody breaks the glass by a sign-in of any strength and age: a step-up rule covers it, whatever the task. */
function breakGlassFaults({ breakGlass, stepUp }: TenantRules, at: string): readonly string[] {
  if (breakGlass === undefined) return [];
  const covered = (stepUp ?? []).some(
    ({ dataTypes, purposes, tasks }) =>
      tasks === undefined && dataTypes === undefined && (purposes === undefined || purposes.includes('BTG')),
  );
  return [
    ...urlFaults(`${at}.breakGlass.notify`, breakGlass.notify, false),
    ...(covered ? [] : [`${at}.breakGlass: needs a rule in stepUp for purpose BTG, whatever the task`]),
  ];
}

/** Assignees are subjects of one issuer: the same name at another one is somebody else. */
function ticketFaults({ issuers, tickets }: TenantRules, at: string): readonly string[] {
  if (tickets === undefined) return [];
  const { issuer, url } = tickets;
  return [
    ...urlFaults(`${at}.tickets.url`, url, false),
    ...(issuers.some((one) => one.issuer === issuer)
      ? []
      : [`${at}.tickets.issuer: is no issuer of this tenant`]),
  ];
}

/** Signs of markup, addresses, and dots or colons between letters: more than what a program makes a link of. */
const linked = /[<>[\]`|\\@]|\/\/|\p{L}:\S|\p{L}\.[\p{L}\p{N}]|\p{N}\.\p{L}|(?:\p{N}\.){2}/u;

/** No answer has links, and these texts stand in answers; what has no letter is never found in a question. */
function textFaults({ patientTexts = defaultPatientTexts }: TenantRules, at: string): readonly string[] {
  const { answer, emergency } = patientTexts;
  return [
    ...[['answer', answer] as const, ['emergency.text', emergency.text] as const].flatMap(([name, text]) =>
      !linked.test(text) ? [] : [`${at}.patientTexts.${name}: holds a link or markup`],
    ),
    ...emergency.phrases.flatMap((phrase, index) =>
      /[\p{L}\p{N}]/u.test(phrase)
        ? []
        : [`${at}.patientTexts.emergency.phrases[${index}]: has neither letters nor figures`],
    ),
  ];
}

const originOf = (address: string): string => (URL.canParse(address) ? new URL(address).origin : address);

/** Connections to an origin that must prove itself go to proven keys only, so all that is there must be proven alike. */
function originFaults(tenants: readonly TenantRules[]): readonly string[] {
  const models = tenants.flatMap((tenant, at) =>
    tenant.models.map((model, index) => ({ model, path: `tenants[${at}].models[${index}].attestation` })),
  );
  const proven = new Map(
    models
      .filter(({ model }) => model.attestation !== undefined)
      .map(({ model: { attestation, baseUrl } }) => [originOf(baseUrl), JSON.stringify(attestation)]),
  );
  const others = tenants.flatMap(({ fhir, furtherFhir, issuers }) => [
    ...[fhir, ...furtherFhir].map(({ base }) => base),
    ...issuers.map(({ issuer }) => issuer),
  ]);
  return [
    ...models.flatMap(({ model: { attestation, baseUrl }, path }) => {
      const demanded = proven.get(originOf(baseUrl));
      return demanded === undefined || demanded === JSON.stringify(attestation)
        ? []
        : [`${path}: endpoints of one origin need the same attestation`];
    }),
    ...(others.some((address) => proven.has(originOf(address)))
      ? [
          'tenants: the origin of a model endpoint with attestation is that of a record system or an issuer too',
        ]
      : []),
  ];
}

/** A proof is of the key of the connection: without TLS there is none. */
const attestationFaults = ({ models }: TenantRules, at: string): readonly string[] =>
  models.flatMap(({ attestation, baseUrl }, index) =>
    attestation === undefined || baseUrl.startsWith('https://')
      ? []
      : [`${at}.models[${index}].attestation: needs a baseUrl of https`],
  );

/**
 * What stands in for an endpoint is another one of the tenant that does the same. Vectors of two models do not compare:
 * one index would hold both, and nobody would see it.
 */
function fallbackFaults({ models }: TenantRules, at: string): readonly string[] {
  return models.flatMap(({ embeddings = false, fallback = [], id, model }, index) =>
    fallback.flatMap((name, place) => {
      const path = `${at}.models[${index}].fallback[${place}]`;
      const named = models.find((one) => one.id === name);
      if (named === undefined) return [`${path}: names a model that this tenant does not have`];
      if (name === id) return [`${path}: is the endpoint itself`];
      if ((named.embeddings ?? false) !== embeddings)
        return [`${path}: of these two one answers questions and one turns texts into vectors`];
      return embeddings && named.model !== model
        ? [`${path}: is another model, whose vectors do not compare with those of this one`]
        : [];
    }),
  );
}

function tenantFaults(tenant: TenantRules, at: string, production: boolean): readonly string[] {
  const models = new Set(tenant.models.map(({ id }) => id));
  const clients = tenant.workloads.flatMap(({ clientIds }) => clientIds);
  return [
    ...tenant.issuers.flatMap((issuer, index) => [
      ...urlFaults(`${at}.issuers[${index}].issuer`, issuer.issuer, production),
      ...urlFaults(`${at}.issuers[${index}].fhirBase`, issuer.fhirBase, production),
      ...(isServer(tenant.fhir, issuer.fhirBase)
        ? []
        : [
            `${at}.issuers[${index}].fhirBase: is another server than fhir.base; where it is the same one by another address, fhir.aliases names it`,
          ]),
      ...(issuer.jwksOrigin === undefined
        ? []
        : urlFaults(`${at}.issuers[${index}].jwksOrigin`, issuer.jwksOrigin, production)),
      ...(issuer.introspection === undefined
        ? []
        : urlFaults(
            `${at}.issuers[${index}].introspection.endpoint`,
            issuer.introspection.endpoint,
            production,
          )),
      ...[['issuer', issuer.signals?.issuer] as const, ['jwksUri', issuer.signals?.jwksUri] as const].flatMap(
        ([name, address]) =>
          address === undefined
            ? []
            : urlFaults(`${at}.issuers[${index}].signals.${name}`, address, production),
      ),
      ...foreignAlgorithms(issuer).map(
        (name) => `${at}.issuers[${index}].algorithms: ${name} is not an algorithm of the profile`,
      ),
      ...(production && isOfSandbox(issuer)
        ? [`${at}.issuers[${index}]: is an issuer of a sandbox, which production refuses`]
        : []),
    ]),
    ...recordFaults(tenant.fhir, `${at}.fhir`, production),
    ...tenant.furtherFhir.flatMap((server, index) => [
      ...recordFaults(server, `${at}.furtherFhir[${index}]`, production),
      ...(isServer(tenant.fhir, server.base)
        ? [`${at}.furtherFhir[${index}].base: is the server of fhir.base`]
        : []),
      ...(server.id === tenant.fhir.id ? [`${at}.furtherFhir[${index}].id: is that of fhir.id`] : []),
    ]),
    ...twice(`${at}.furtherFhir`, 'id', tenant.furtherFhir),
    ...(tenant.fhir.aliases ?? []).flatMap((alias, index) =>
      urlFaults(`${at}.fhir.aliases[${index}]`, alias, production),
    ),
    ...tenant.models.flatMap((model, index) => [
      ...urlFaults(`${at}.models[${index}].baseUrl`, model.baseUrl, false),
      ...(model.embeddings === true && model.noStore === true
        ? [
            `${at}.models[${index}].noStore: requests for vectors have no such member; it would promise nothing`,
          ]
        : []),
      ...(production && model.model.startsWith('sandbox-')
        ? [`${at}.models[${index}].model: is a model of the sandbox, which production refuses`]
        : []),
    ]),
    ...(production && tenant.jurisdictions.length === 0
      ? [`${at}.jurisdictions: production needs the laws that the tenant is under`]
      : []),
    ...attestationFaults(tenant, at),
    ...fallbackFaults(tenant, at),
    ...breakGlassFaults(tenant, at),
    ...ticketFaults(tenant, at),
    ...textFaults(tenant, at),
    ...twice(`${at}.issuers`, 'issuer', tenant.issuers),
    ...twice(`${at}.models`, 'id', tenant.models),
    ...twice(`${at}.workloads`, 'id', tenant.workloads),
    ...(new Set(clients).size < clients.length ? [`${at}.workloads: a client id stands in two places`] : []),
    ...tenant.workloads.flatMap((workload, index) =>
      workload.models === 'all' || workload.models.every((model) => models.has(model))
        ? []
        : [`${at}.workloads[${index}].models: names a model that this tenant does not have`],
    ),
  ];
}

const spelled = (address: string): string =>
  (URL.canParse(address) ? new URL(address).href : address).replace(/\/+$/, '');

/** `Patient/1` of one server is another person than `Patient/1` of the next. */
const isServer = ({ aliases = [], base }: TenantRules['fhir'], address: string): boolean =>
  [base, ...aliases].some((own) => spelled(own) === spelled(address));

const foreignAlgorithms = ({ algorithms = [], profile }: TenantRules['issuers'][number]): readonly string[] =>
  algorithms.filter((name) => !issuerProfile(profile).algorithms.includes(name));

/** People of an issuer on this machine, or with the sandbox's audience, are invented and their passwords are printed. */
const isOfSandbox = ({ issuer, audience }: TenantRules['issuers'][number]): boolean =>
  audience === sandboxAudience || (URL.canParse(issuer) && isLoopback(new URL(issuer).hostname));

/** Identities of workloads: their trust domain is configured, and each stands for one workload of one tenant. */
function trustFaults(
  { listeners, tenants, trustDomains }: ConfigFile,
  production: boolean,
): readonly string[] {
  const named = tenants.flatMap((tenant, at) =>
    tenant.workloads.flatMap(({ spiffeIds = [] }, index) =>
      spiffeIds.map((id) => ({ id, path: `tenants[${at}].workloads[${index}].spiffeIds` })),
    ),
  );
  const proxies = (listeners.mtls?.proxies ?? []).map((id) => ({ id, path: 'listeners.mtls.proxies' }));
  const domains = new Set(trustDomains.map(({ name }) => name));
  const seen = new Set<string>();
  return [
    ...twice('trustDomains', 'name', trustDomains),
    ...(listeners.mtls === undefined
      ? []
      : urlFaults('listeners.mtls.publicUrl', listeners.mtls.publicUrl, true)),
    ...(listeners.mtls !== undefined && domains.size === 0
      ? ['listeners.mtls: needs trustDomains, because nobody could connect']
      : []),
    ...[...named, ...proxies].flatMap(({ id, path }) => {
      const again = seen.has(id);
      seen.add(id);
      return [
        ...(again ? [`${path}: an identity stands in two places`] : []),
        ...(domains.has(id.split('/')[2] ?? '') ? [] : [`${path}: is of no configured trust domain`]),
      ];
    }),
    ...(production && trustDomains.some(({ name }) => name === sandboxTrustDomain)
      ? ['trustDomains: is the trust domain of a sandbox, which production refuses']
      : []),
  ];
}

/** TLS is for upstreams that are there and are spoken to by TLS. */
function upstreamTlsFaults(config: ConfigFile): readonly string[] {
  const upstreams = configuredOrigins(config);
  return [
    ...twice('upstreamTls', 'origin', config.upstreamTls),
    ...config.upstreamTls.flatMap(({ certificate, key, origin }, index) => {
      const at = `upstreamTls[${index}]`;
      const isOrigin = URL.canParse(origin) && new URL(origin).origin === origin;
      return [
        ...(isOrigin && origin.startsWith('https:')
          ? []
          : [`${at}.origin: must be https with host and port only, as in https://fhir.example:8443`]),
        ...(isOrigin && !upstreams.has(origin) ? [`${at}.origin: is of no configured upstream`] : []),
        ...((certificate === undefined) === (key === undefined)
          ? []
          : [`${at}: certificate and key go together`]),
      ];
    }),
  ];
}

/** A sandbox is for this machine only. */
const openListeners = ({ listeners }: ConfigFile): readonly string[] =>
  (['public', 'operations', 'mtls'] as const)
    .filter((name) => !isLoopback(listeners[name]?.host ?? 'localhost'))
    .map((name) => `listeners.${name}.host: a sandbox listens on loopback only`);

/** Plain http never leaves the machine; in production, issuers and the public address are https everywhere. */
function urlFaults(path: string, text: string, httpsOnly: boolean): readonly string[] {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return [`${path}: must be an https address`];
  }
  if (url.username !== '' || url.password !== '') return [`${path}: must not hold a user name or password`];
  if (url.search !== '' || url.hash !== '') return [`${path}: must not have a query or fragment`];
  if (url.protocol === 'https:') return [];
  if (httpsOnly) return [`${path}: must be https in production`];
  return isLoopback(url.hostname) ? [] : [`${path}: must be https, because it is not on this machine`];
}

/** By address, and by the one name that RFC 6761 gives to it. */
function isLoopback(hostname: string): boolean {
  const host = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

function portFaults({ listeners }: ConfigFile): readonly string[] {
  const seen = new Map<string, string>();
  return (['public', 'operations', 'mtls'] as const).flatMap((name) => {
    const at = listeners[name];
    if (at === undefined || at.port === 0) return [];
    const before = seen.get(`${at.host} ${at.port}`);
    seen.set(`${at.host} ${at.port}`, name);
    return before === undefined ? [] : [`listeners.${name}.port: is also the port of listeners.${before}`];
  });
}

function twice<Key extends string>(
  path: string,
  key: Key,
  entries: readonly Readonly<Record<Key, string>>[],
): readonly string[] {
  const seen = new Set<string>();
  return entries.flatMap((entry, index) => {
    const again = seen.has(entry[key]);
    seen.add(entry[key]);
    return again ? [`${path}[${index}].${key}: stands in two places`] : [];
  });
}
