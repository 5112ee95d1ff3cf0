import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { createNoteSigner } from '../../../src/audit/signed-note.ts';
import { findDataFolder, productRoot } from '../../../src/config/product-folder.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { newKeyPair } from '../../fixtures/key-pair.ts';

export const configurationPage = (): string =>
  readFileSync(join(productRoot(), 'docs/configuration.md'), 'utf8');

/** The complete example of docs/configuration.md. */
export function documentedExample(): Record<string, unknown> {
  const block = configurationPage().split('```yaml\n')[1]?.split('\n```')[0] ?? '';
  const parsed: unknown = parse(block);
  if (!isRecord(parsed)) throw new Error('the page has no example');
  return structuredClone({ ...parsed });
}

/** The site's own pack that the example names. */
export const sitePack = `id: north
title: North Hospital
covers: chart numbers of North Hospital
extends: hipaa-safe-harbor
rules:
  - id: chart.north
    class: H
    type: ID
    at: word
    pattern: 'nh-\\d{6}'
`;

const certificate = '-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n';

const folders: string[] = [];

/** Who may approve releases of these folders; their keys lie in `approvers/`. */
export const approverNames = ['privacy-officer', 'security-officer'] as const;

/** Removes every folder that this test file made. */
export const removeFolders = (): void => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
};

/** A folder with the example's configuration and secrets that fit it. */
export function configFolder(
  change: (config: Record<string, unknown>) => void = () => undefined,
  secrets: Readonly<Record<string, string>> = {},
): { path: string; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'phi-gateway-config-'));
  folders.push(folder);
  mkdirSync(join(folder, 'secrets'));
  const { privateKey } = newKeyPair();
  const next = newKeyPair();
  const files = {
    'signing.pem': privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    'signing-next.pem': next.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    'vault.key': randomBytes(32).toString('base64'),
    'pseudonym.key': randomBytes(32).toString('base64'),
    'log.pem': newKeyPair('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    'model.key': 'sk-planted-model-key',
    'signals.secret': 'planted-signals-secret',
    'copilot.jwks': JSON.stringify({
      keys: [newKeyPair().publicKey.export({ format: 'jwk' })],
    }),
    'record-client.pem': newKeyPair('P-384').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    'recogniser-client.pem': newKeyPair().privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    'introspection.secret': 'planted-introspection-secret',
    ...secrets,
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, 'secrets', name), `${text}\n`, { mode: 0o600 });
  }
  mkdirSync(join(folder, 'tls'));
  for (const name of ['recogniser-client.pem', 'recogniser-authority.pem'])
    writeFileSync(join(folder, 'tls', name), certificate);
  mkdirSync(join(folder, 'packs'));
  writeFileSync(join(folder, 'packs', 'north.yaml'), sitePack);
  mkdirSync(join(folder, 'links'));
  writeFileSync(join(folder, 'links', 'lab.json'), '{}');
  writeFileSync(join(folder, 'roster.json'), '{"covers": []}');
  mkdirSync(join(folder, 'attestation'));
  writeFileSync(
    join(folder, 'attestation/inference.yaml'),
    `name: inference\nevidence:\n  - format: sev-snp\n    measurements: { measurement: ['${'00'.repeat(48)}'] }\n`,
  );
  for (const name of ['policies', 'tasks'] as const)
    cpSync(findDataFolder(name), join(folder, 'rules', name), { recursive: true });
  const config = documentedExample();
  mkdirSync(join(folder, 'approvals'));
  mkdirSync(join(folder, 'approvers'));
  const approvers = approverNames.map((name) => {
    const pem = newKeyPair('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    writeFileSync(join(folder, 'approvers', `${name}.pem`), pem, { mode: 0o600 });
    return createNoteSigner(name, pem).key.text;
  });
  setting('release.approvers', approvers)(config);
  change(config);
  const path = join(folder, 'config.json');
  writeFileSync(path, JSON.stringify(config));
  return { path, folder };
}

/** Sets one setting by its path, `tenants.0.fhir.base`; undefined removes it. */
export function setting(path: string, value: unknown): (config: Record<string, unknown>) => void {
  return (config) => {
    const steps = path.split('.');
    const last = steps.pop() ?? '';
    let at: unknown = config;
    for (const step of steps) at = Reflect.get(Object(at), step);
    if (value === undefined) Reflect.deleteProperty(Object(at), last);
    else Reflect.set(Object(at), last, value);
  };
}
