import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { verifyTrail } from '../../../src/storage/sqlite/trail-verify.ts';
import { openTrail } from '../../../src/storage/sqlite/trail-writer.ts';
import { happened } from '../../unit/audit/sample-events.ts';

const appendLoop = fileURLToPath(new URL('./append-loop.js', import.meta.url));
const loseWriter = fileURLToPath(new URL('./lose-writer.js', import.meta.url));
let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'trail-crash-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

interface Acknowledged {
  readonly trail: string;
  readonly seq: number;
  readonly leaf: string;
}

/** Runs the appending process, kills it some time after its first acknowledgement, answers what it was told. */
async function killedRun(file: string, afterMs: number): Promise<Acknowledged[]> {
  const child = spawn(process.execPath, [appendLoop, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const ended = once(child, 'close');
  await once(child.stdout, 'data');
  await delay(afterMs);
  child.kill('SIGKILL');
  await ended;
  // The last line may be cut by the kill.
  const lines = output.slice(0, output.lastIndexOf('\n')).split('\n');
  return lines.map((line) => {
    const [trail = '', seq = '', leaf = ''] = line.split(' ');
    return { trail, seq: Number(seq), leaf };
  });
}

describe('a crash', () => {
  test('kill -9 at five moments: the file verifies and holds every acknowledged event', async () => {
    const file = join(directory, 'killed.db');
    const acknowledged: Acknowledged[] = [];
    const moments = [0, 35, 90, 160, 240];
    for (const [round, afterMs] of moments.entries()) {
      const told = await killedRun(file, afterMs);
      acknowledged.push(...told);
      const left = verifyTrail(file);
      expect(left.firstFailure).toBeUndefined();
      const trail = await openTrail(file);
      // At the end once more all of them: nothing of an earlier run may have gone either.
      for (const { trail: id, seq, leaf } of round === moments.length - 1 ? acknowledged : told) {
        const found = (await trail.trail('north', id)).find((event) => event.seq === seq);
        expect(found?.leaf).toBe(leaf);
      }
      // What a gateway does at its start: the trails that the crash left open are closed.
      for (const open of await trail.unfinished()) {
        const crashed = { tenant: open.tenant, outcome: 'failed', reason: 'crashed' } as const;
        await trail.append([happened(open.trail, 'response.aborted', crashed)]);
      }
      expect(await trail.unfinished()).toEqual([]);
      const size = await trail.size();
      expect(size).toBeGreaterThanOrEqual(left.events);
      await trail.close();
      expect(verifyTrail(file)).toEqual({ ok: true, events: size });
    }
    console.log(`${acknowledged.length} acknowledged lists over five kills, all there`);
  }, 120_000);

  test('a lost writer thread rejects what waited, and the next append starts another', () => {
    const file = join(directory, 'lost.db');
    const output = execFileSync(process.execPath, [loseWriter, file], { encoding: 'utf8' });
    const told: unknown = JSON.parse(output);
    expect(told).toMatchObject({ lost: ['rejected', 'rejected'] });
    const { ok, events } = verifyTrail(file);
    expect(ok).toBe(true);
    expect(told).toMatchObject({ size: events, again: { first: events - 1, last: events - 1 } });
  });
});
