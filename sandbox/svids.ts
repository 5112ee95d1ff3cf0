import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../src/config/config.ts';
import { sandboxTrustDomain } from '../src/config/rules.ts';
import { type Authority, createAuthority } from './authority.ts';

/** Files of the sandbox's trust domain, PEM each. */
export interface SandboxSvids {
  readonly authority: Authority;
  /** Certificate of the authority. */
  readonly ca: string;
  /** Certificate and key of each workload in one file, by workload id. */
  readonly workloads: Readonly<Record<string, string>>;
  readonly listener: NonNullable<Config['listeners']['mtls']>;
  readonly trustDomains: Config['trustDomains'];
}

export const sandboxSpiffeId = (workload: string): string =>
  `spiffe://${sandboxTrustDomain}/workload/${workload}`;

/** Written beside and renamed, so that a watcher never reads half a file. */
export function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** Mints the sandbox's authority, the gateway's own certificate and an X.509-SVID for each workload, anew at each start. */
export async function mintSvids(dataDir: string, workloads: readonly string[]): Promise<SandboxSvids> {
  const folder = join(dataDir, 'mtls');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const authority = await createAuthority(sandboxTrustDomain);
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    replaceFile(path, text);
    return path;
  };
  const gateway = await authority.issue({
    uris: [`spiffe://${sandboxTrustDomain}/gateway`],
    addresses: ['127.0.0.1'],
  });
  const ca = file('ca.pem', authority.cert);
  const files = workloads.map(async (workload): Promise<[string, string]> => {
    const { cert, key } = await authority.issue({ uris: [sandboxSpiffeId(workload)] });
    return [workload, file(`${workload}.pem`, `${cert}${key}`)];
  });
  return {
    authority,
    ca,
    workloads: Object.fromEntries(await Promise.all(files)),
    listener: {
      host: '127.0.0.1',
      port: 0,
      publicUrl: 'https://127.0.0.1:0',
      certificate: file('gateway.pem', gateway.cert),
      key: file('gateway.key', gateway.key),
      proxies: [],
    },
    trustDomains: [{ name: sandboxTrustDomain, bundle: ca }],
  };
}
