import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openVault } from '../../src/storage/sqlite/vault-open.ts';
import type { Part } from '../part.ts';
import { percentile, Rounds, roundsWithin } from '../row.ts';

const sizes = [20, 200];

/**
 * Tokens of one envelope into a vault with real files, in its own thread: what stands here is how long this
 * envelope waits, and nobody else.
 */
export const vault: Part = async (options) => {
  const rounds = new Rounds('vault');
  const folder = mkdtempSync(join(tmpdir(), 'phi-bench-'));
  const open = await openVault({
    path: join(folder, 'vault.db'),
    masterKey: randomBytes(32).toString('base64'),
    directoryKey: new Uint8Array(32),
    clock: { now: () => Date.now() },
    retentionSeconds: 3600,
  });
  const count = options.quick ? 20 : 200;
  try {
    for (const round of roundsWithin(options.quick ? 1 : 5, 10)) {
      options.progress(`vault: round ${round + 1}`);
      for (const size of sizes) {
        const times: number[] = [];
        for (let n = 0; n < count; n += 1) {
          const scope = {
            tenant: 'bench',
            patient: `p${n % 50}`,
            purpose: 'TREAT',
            user: 'u',
            conversation: `${round}-${size}-${n}`,
            task: 'labs.latest',
            turn: 'ask' as const,
            ticket: '',
            opening: '',
            assurance: '',
          };
          const requests = Array.from({ length: size }, (_, at) => ({
            type: 'PERSON' as const,
            entity: `person:${at}`,
            form: `Somebody Number ${at}`,
          }));
          const from = performance.now();
          await open.issue(scope, requests);
          times.push(performance.now() - from);
        }
        rounds.add(`${size} new tokens`, 'issue p50', 'ms', percentile(times, 0.5));
        rounds.add(`${size} new tokens`, 'issue p99', 'ms', percentile(times, 0.99));
        rounds.add(`${size} new tokens`, 'issue max', 'ms', Math.max(...times));
      }
    }
    return rounds.rows();
  } finally {
    await open.close();
    rmSync(folder, { recursive: true, force: true });
  }
};
