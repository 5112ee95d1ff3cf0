import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { type DataReader, fromDisk } from '../vocabulary/data-reader.ts';
import type { TicketSystem } from '../vocabulary/ticket-system.ts';
import type { Config, FhirServer, Issuer, RecogniserServer } from './config.ts';
import { isPackFile } from './pack-names.ts';
import { type DataFolder, productRoot } from './product-folder.ts';
import { socketPath } from './socket-path.ts';

const folders: readonly DataFolder[] = ['labels', 'policies', 'redaction-rules', 'tasks'];

/** A file that decides, by its name relative to the product's folder. */
interface DataFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/**
 * Every file that decides beside the code: label tables, policies with their schema, tasks, redaction packs. Folders inside them
 * (tests of policies) decide nothing. Throws where one of the folders is missing.
 */
export const dataFiles = (
  root = productRoot(),
  of = folders,
  reader: DataReader = fromDisk,
): readonly DataFile[] =>
  of.flatMap((folder) =>
    reader
      .list(join(root, folder))
      .map((name) => ({ name: `${folder}/${name}`, content: reader.read(join(root, folder, name)) })),
  );

const withoutKey = ({ authorization, ...server }: Omit<FhirServer, 'aliases'>): object => {
  if (authorization === undefined) return server;
  const { clientKey: _clientKey, ...rest } = authorization;
  return { ...server, authorization: rest };
};

const withoutSecrets = ({ introspection, signals, ...issuer }: Issuer): object => {
  const { clientSecret: _clientSecret, ...introspected } = introspection ?? {};
  const { authorization: _authorization, ...signalled } = signals ?? {};
  return {
    ...issuer,
    ...(introspection === undefined ? {} : { introspection: introspected }),
    ...(signals === undefined ? {} : { signals: signalled }),
  };
};

const withoutBearer = ({ authorization: _authorization, ...tickets }: TicketSystem): object => tickets;

const sha256 = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex');

/** Where it is, in the words of the configuration, what it is asked for, and who may vouch for it. */
const recogniserOf = ({ tls, url, ...server }: RecogniserServer): object => ({
  ...server,
  url: socketPath(url) === undefined ? url : 'unix:',
  ...(tls === undefined ? {} : { authority: sha256(tls.authority) }),
});

const fileContent = (named: string, reader: DataReader): object => ({
  file: basename(named),
  sha256: sha256(reader.read(named)),
});

/** A pack of the site's own decides by what it says, wherever it lies. */
const packContent = (named: string, reader: DataReader): object | string =>
  isPackFile(named) ? fileContent(named, reader) : named;

/** Under which names it is spoken to (a token may be for one of them), and who speaks for others there. */
const spokenTo = ({ mtls, publicUrl }: Config['listeners']): object => ({
  publicUrl,
  ...(mtls === undefined ? {} : { mtls: { publicUrl: mtls.publicUrl, proxies: mtls.proxies } }),
});

/**
 * The part of a configuration that decides, also who is believed: no secrets, no ports, no places on this host but
 * those of `trustFiles`. Reads the files of packs, and throws where one is missing.
 */
export const decidingConfig = (
  { audit, environment, limits, listeners, redaction, release, tenants, ...trust }: Config,
  reader: DataReader = fromDisk,
): object => ({
  environment,
  limits,
  listeners: spokenTo(listeners),
  trustDomains: trust.trustDomains.map(({ name }) => name),
  upstreamTls: trust.upstreamTls.map(({ origin }) => origin),
  trustFiles: trust.trustFiles ?? {},
  witnesses: audit.witnesses,
  witnessMaxAgeSeconds: audit.witnessMaxAgeSeconds,
  ...(release === undefined ? {} : { approvers: release.approvers }),
  redaction: {
    packs: redaction.packs.map((named) => packContent(named, reader)),
    ...(redaction.recogniser === undefined ? {} : { recogniser: recogniserOf(redaction.recogniser) }),
  },
  tenants: tenants.map(
    ({ fhir, furtherFhir, issuers, models, roster: _roster, tickets, workloads, ...tenant }) => ({
      ...tenant,
      ...(tickets === undefined ? {} : { tickets: withoutBearer(tickets) }),
      issuers: issuers.map(withoutSecrets),
      fhir: withoutKey(fhir),
      // Who is who there is data, as the records are, and who is on duty: their place stands in `trustFiles`.
      furtherFhir: furtherFhir.map(({ crossReference: _crossReference, ...server }) => withoutKey(server)),
      models: models.map(({ apiKey: _apiKey, attestation, ...model }) => ({
        ...model,
        ...(attestation === undefined
          ? {}
          : { attestation: { ...attestation, policy: fileContent(attestation.policy, reader) } }),
      })),
      // Keys turn while the gateway runs, as trust bundles do: their place stands in `trustFiles`.
      workloads: workloads.map(({ keys: _keys, ...workload }) => workload),
    }),
  ),
});
