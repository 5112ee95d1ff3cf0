import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../src/config/config.ts';
import { sandboxMarker } from '../src/config/secrets.ts';

type Keys = Omit<Config['keys'], 'overlap'>;

const fresh: Readonly<Record<keyof Keys, () => string>> = {
  signing: () =>
    generateKeyPairSync('ec', { namedCurve: 'P-256' })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString(),
  vault: () => randomBytes(32).toString('base64'),
  pseudonym: () => randomBytes(32).toString('base64'),
  log: () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};

/**
 * The sandbox's keys: files of mode 0600 in its data folder, made at the first start and kept, so that a restart
 * with the same folder reads its own vault and trail.
 */
export function sandboxKeys(dataDir: string): Keys {
  const folder = join(dataDir, 'keys');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const key = (name: keyof Keys): string => {
    const file = join(folder, `${name}.key`);
    if (!existsSync(file))
      writeFileSync(file, `${sandboxMarker}\n${fresh[name]()}\n`, { mode: 0o600, flag: 'wx' });
    return readFileSync(file, 'utf8').replace(sandboxMarker, '').trim();
  };
  return { signing: key('signing'), vault: key('vault'), pseudonym: key('pseudonym'), log: key('log') };
}
