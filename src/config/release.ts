import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
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
export const dataFiles = (root = productRoot(), of = folders): readonly DataFile[] =>
  of.flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => ({ name: `${folder}/${name}`, content: readFileSync(join(root, folder, name)) })),
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

/** Where it is, in the words of the configuration, and what it is asked for. */
const withoutTls = ({ tls: _tls, url, ...server }: RecogniserServer): object => ({
  ...server,
  url: socketPath(url) === undefined ? url : 'unix:',
});

/** A pack of the site's own decides by what it says, wherever it lies. */
const packContent = (named: string): object | string =>
  isPackFile(named)
    ? { file: basename(named), sha256: createHash('sha256').update(readFileSync(named)).digest('hex') }
    : named;

/**
 * The part of a configuration that decides: no secrets, no listeners, no places on this host, no witnesses. Reads the
 * files of packs, and throws where one is missing.
 */
export const decidingConfig = ({ environment, limits, redaction, release, tenants }: Config): object => ({
  environment,
  limits,
  ...(release === undefined ? {} : { approvers: release.approvers }),
  redaction: {
    packs: redaction.packs.map(packContent),
    ...(redaction.recogniser === undefined ? {} : { recogniser: withoutTls(redaction.recogniser) }),
  },
  tenants: tenants.map(({ fhir, furtherFhir, issuers, models, ...tenant }) => ({
    ...tenant,
    issuers: issuers.map(withoutSecrets),
    fhir: withoutKey(fhir),
    // Who is who there is data, as the records are.
    furtherFhir: furtherFhir.map(({ crossReference: _crossReference, ...server }) => withoutKey(server)),
    models: models.map(({ apiKey: _apiKey, ...model }) => model),
  })),
});
