import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// From dist/bench back to the sources.
const folder = fileURLToPath(new URL('../../bench/', import.meta.url));

/**
 * Where the entry files of these packages of bench/package.json are, by name; one that is not there is not in the map. What is missing is
 * installed at the first call, in bench/ and nowhere else.
 */
export function installedPeers(
  names: readonly string[],
  progress: (text: string) => void,
): ReadonlyMap<string, string> {
  const require = createRequire(join(folder, 'package.json'));
  const found = (): Map<string, string> =>
    new Map(
      names.flatMap((name): [string, string][] => {
        try {
          return [[name, require.resolve(name)]];
        } catch {
          return [];
        }
      }),
    );
  const there = found();
  if (there.size === names.length) return there;
  progress('installing the peers of bench/package.json');
  try {
    const given = ['install', '--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund'];
    execFileSync('npm', given, { cwd: folder, stdio: 'ignore', timeout: 180_000 });
  } catch {
    progress('npm install in bench/ failed');
  }
  return found();
}
