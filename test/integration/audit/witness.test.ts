import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openCheckpoint, signCheckpoint } from '../../../src/audit/checkpoint.ts';
import { CompactRange } from '../../../src/audit/compact-range.ts';
import { leafHash } from '../../../src/audit/merkle-hash.ts';
import { consistencyProof } from '../../../src/audit/merkle-proof.ts';
import { signReceipt } from '../../../src/audit/receipt.ts';
import type { VerifierKey } from '../../../src/audit/signed-note.ts';
import { TransparencyLog } from '../../../src/audit/transparency-log.ts';
import { verifyTrail } from '../../../src/storage/sqlite/trail-verify.ts';
import { openTrail, type Trail, trailFile } from '../../../src/storage/sqlite/trail-writer.ts';
import type { LogFault } from '../../../src/vocabulary/kept-fault.ts';
import { dayMs } from '../../../src/vocabulary/time.ts';
import { openWitnessState } from '../../../src/witness/state-file.ts';
import { CosigningWitness } from '../../../src/witness/witness.ts';
import { createWitnessClient } from '../../../src/witness/witness-client.ts';
import { type RunningWitness, serveWitness } from '../../../src/witness/witness-server.ts';
import { logSigner, witnessSigner } from '../../unit/audit/log-keys.ts';
import { happened, trailId } from '../../unit/audit/sample-events.ts';

const signer = logSigner();
const witnessKey = witnessSigner();
let folder = '';
let witness: CosigningWitness;
let server: RunningWitness;

const seenAt = 1_790_000_000_000;
const restart = (keys = [signer.key]): void => {
  witness = new CosigningWitness(witnessKey, keys, openWitnessState(join(folder, 'state.json')), {
    now: () => seenAt,
  });
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'phi-witness-'));
  restart();
  server = await serveWitness(
    {
      addCheckpoint: (body: string) => witness.addCheckpoint(body),
      checkpoint: (hash: string) => witness.checkpoint(hash),
    },
    { host: '127.0.0.1', port: 0 },
  );
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const leavesOf = (size: number, history = ''): Buffer[] =>
  Array.from({ length: size }, (_, index) => leafHash(`${index >= 3 ? history : ''}${index}`));

function note(leaves: readonly Uint8Array[], by = signer): string {
  const range = CompactRange.empty();
  for (const leaf of leaves) range.append(leaf);
  return signCheckpoint(by, { origin: by.key.name, size: range.size, root: range.root() });
}

async function add(
  old: number,
  proof: readonly Uint8Array[],
  checkpoint: string,
): Promise<[number, string, string]> {
  const lines = proof.map((hash) => `${Buffer.from(hash).toString('base64')}\n`).join('');
  const response = await fetch(`${server.url}/add-checkpoint`, {
    method: 'POST',
    body: `old ${old}\n${lines}\n${checkpoint}`,
  });
  return [response.status, await response.text(), response.headers.get('content-type') ?? ''];
}

describe('add-checkpoint', () => {
  test('cosigns what grows, and hands out what it cosigned', async () => {
    const [status, line] = await add(0, [], note(leavesOf(3)));
    expect(status).toBe(200);
    expect(openCheckpoint(note(leavesOf(3)) + line, [signer.key, witnessKey.key])).toMatchObject({
      witnesses: [{ name: witnessKey.key.name }],
    });
    expect((await add(3, consistencyProof(leavesOf(7), 3), note(leavesOf(7))))[0]).toBe(200);
    expect((await add(7, [], note(leavesOf(7))))[0]).toBe(200);
    const origin = createHash('sha256').update(signer.key.name).digest('hex');
    const latest = await fetch(`${server.url}/${origin}/checkpoint`);
    expect(openCheckpoint(await latest.text(), [signer.key, witnessKey.key])).toMatchObject({ size: 7 });
  });

  test('refuses a rollback with 409 and its size, also after a restart', async () => {
    await add(0, [], note(leavesOf(7)));
    restart();
    expect(await add(0, [], note(leavesOf(3)))).toEqual([409, '7\n', 'text/x.tlog.size']);
    expect(await add(3, [], note(leavesOf(5)))).toEqual([409, '7\n', 'text/x.tlog.size']);
    expect((await add(7, [], note(leavesOf(5))))[0]).toBe(400);
  });

  test('refuses a fork, at the same size and beyond', async () => {
    await add(0, [], note(leavesOf(5)));
    expect((await add(5, [], note(leavesOf(5, 'other '))))[0]).toBe(422);
    const forked = leavesOf(8, 'other ');
    expect((await add(5, consistencyProof(forked, 5), note(forked)))[0]).toBe(422);
    expect((await add(5, [], note(leavesOf(8))))[0]).toBe(422);
    expect((await add(5, consistencyProof(leavesOf(8), 5), note(leavesOf(8))))[0]).toBe(200);
  });

  test('refuses strangers, unsigned and malformed requests', async () => {
    expect((await add(0, [], note(leavesOf(1), logSigner('log.example/other'))))[0]).toBe(404);
    expect((await add(0, [], note(leavesOf(1), logSigner())))[0]).toBe(403);
    expect((await add(0, [], note(leavesOf(1)).replace('\n1\n', '\n2\n')))[0]).toBe(403);
    expect((await add(2, [], note(leavesOf(1))))[0]).toBe(400);
    expect((await add(0, [leafHash('x')], note(leavesOf(1))))[0]).toBe(422);
    expect((await add(0, [], 'nothing'))[0]).toBe(400);
    expect((await fetch(`${server.url}/elsewhere`)).status).toBe(404);
  });

  test('does not start without its memory', () => {
    writeFileSync(join(folder, 'state.json'), '{"log.example/test": {"size": 3}}');
    expect(() => restart()).toThrow('damaged');
    writeFileSync(join(folder, 'state.json'), '');
    expect(() => restart()).toThrow('JSON');
  });

  test('writes what it cosigned before it answers', async () => {
    await add(0, [], note(leavesOf(4)));
    expect(readFileSync(join(folder, 'state.json'), 'utf8')).toContain('"size": 4');
  });
});

const grow = (store: Trail, from: number) =>
  store.append([happened(trailId(from), 'session.started'), happened(trailId(from), 'consent.verified')]);

describe('a log with a witness', () => {
  let elapsed = 0;
  const faults: LogFault[] = [];
  const open = (store: Trail, by = signer, retired: readonly VerifierKey[] = []) =>
    TransparencyLog.open({
      store,
      signer: by,
      retired,
      witnesses: [createWitnessClient(server.url, witnessKey.key)],
      witnessMaxAgeMs: 60_000,
      elapsed: () => elapsed,
      onFault: (fault) => faults.push(fault),
    });

  test('keeps cosignatures; without the witness for too long it stands no more; it recovers', async () => {
    elapsed = 0;
    const store = await openTrail(trailFile(folder));
    const log = await open(store);
    expect(log.witnessed()).toBe(false);
    expect(log.expiryTime(seenAt)).toBeUndefined();
    for (let round = 0; round < 3; round += 1) {
      await grow(store, round);
      await log.settle();
    }
    expect(log.witnessed()).toBe(true);
    // A clock that was set ahead lets nothing expire that the witness's does not.
    expect([log.expiryTime(seenAt + 7 * 365 * dayMs), log.expiryTime(seenAt - 5)]).toEqual([
      seenAt,
      seenAt - 5,
    ]);
    const trust = { keys: [signer.key], witnesses: [witnessKey.key], kept: [], receipts: [] };
    expect(verifyTrail(folder, trust)).toMatchObject({ ok: true, events: 6, witnessed: 6 });

    const port = Number(new URL(server.url).port);
    await server.close();
    await grow(store, 4);
    elapsed = 60_001;
    await log.settle();
    expect(log.witnessed()).toBe(false);
    expect(faults).toContain('witness_unreachable');
    expect(verifyTrail(folder, trust)).toMatchObject({ firstFailure: { seq: 6, reason: 'not_witnessed' } });

    server = await serveWitness(witness, { host: '127.0.0.1', port });
    await log.settle();
    expect(log.witnessed()).toBe(true);
    expect(verifyTrail(folder, trust)).toMatchObject({ ok: true, witnessed: 8 });
    await store.close();
  });

  test('goes on under another key, as one log, and under no key that nobody named', async () => {
    const next = logSigner(signer.key.name);
    const store = await openTrail(trailFile(folder));
    await grow(store, 1);
    await (await open(store)).settle();
    const [promised] = await store.trail('north', trailId(1));
    const { seq, leaf = '' } = { ...promised, seq: promised?.seq ?? -1 };
    const receipt = signReceipt(signer, { trail: trailId(1), seq, leaf });

    await expect(open(store, next)).rejects.toMatchObject({ reason: 'trail_unavailable' });
    // The witness is told of the new key, else it cosigns nothing.
    faults.length = 0;
    const alone = await open(store, next, [signer.key]);
    await grow(store, 2);
    await alone.settle();
    expect([alone.witnessed(), faults]).toEqual([false, expect.arrayContaining(['witness_refused'])]);
    restart([signer.key, next.key]);
    const log = await open(store, next, [signer.key]);
    await grow(store, 3);
    await log.settle();
    expect(log.witnessed()).toBe(true);
    await store.close();

    const keys = [signer.key, next.key];
    const trust = { keys, witnesses: [witnessKey.key], kept: [], receipts: [receipt] };
    expect(verifyTrail(folder, trust)).toMatchObject({ ok: true, events: 6, witnessed: 6, receipts: 1 });
    for (const key of keys)
      expect(verifyTrail(folder, { ...trust, keys: [key] })).toMatchObject({
        firstFailure: { seq: 0, reason: 'key_unknown' },
      });
  });

  test('is found out when it was rolled back', async () => {
    const store = await openTrail(trailFile(folder));
    await grow(store, 1);
    await (await open(store)).settle();
    await store.close();
    rmSync(trailFile(folder));
    faults.length = 0;
    const younger = await openTrail(trailFile(folder));
    await younger.append([happened(trailId(1), 'session.started')]);
    const log = await open(younger);
    await log.settle();
    expect(log.witnessed()).toBe(false);
    expect(faults).toContain('witness_ahead');
    await younger.close();
  });
});
