import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { VerificationTrust } from '../../../src/audit/signed-verification.ts';
import { noTrust } from '../../../src/audit/signed-verification.ts';
import { verifyExport } from '../../../src/storage/files/export-verify.ts';
import { exportTrail } from '../../../src/storage/sqlite/trail-export.ts';
import { verifyTrail } from '../../../src/storage/sqlite/trail-verify.ts';
import { diceOf, type HonestLog, honestLog } from '../../fixtures/honest-log.ts';
import { run } from '../../fixtures/product.ts';
import { logSigner, witnessSigner } from '../../unit/audit/log-keys.ts';

let folder = '';
let log: HonestLog;
let trust: VerificationTrust;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'phi-export-'));
  log = honestLog(join(folder, 'log'), diceOf(7), 40);
  trust = {
    keys: [log.signer.key],
    witnesses: [log.witness.key],
    kept: [log.newest],
    receipts: log.receipts,
  };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A copy of the export with one file changed. */
function changed(name: string, file: string, change: (text: string) => string): string {
  const copy = join(folder, name);
  cpSync(log.whole, copy, { recursive: true });
  writeFileSync(join(copy, file), change(readFileSync(join(copy, file), 'utf8')));
  return copy;
}

describe('an honest log', () => {
  test('verifies as database and as export, under keys, witness, kept checkpoint and receipts', () => {
    const verdict = verifyExport(log.whole, trust);
    expect(verdict).toMatchObject({
      ok: true,
      events: 441,
      signed: 441,
      witnessed: 441,
      receipts: log.receipts.length,
      keys: 'given',
    });
    expect(verifyTrail(log.database, trust)).toEqual(verdict);
    expect(verifyExport(log.earlier, { ...trust, kept: [], receipts: [] })).toMatchObject({ ok: true });
  });

  test('is exported to the same bytes again', () => {
    const again = join(folder, 'again');
    exportTrail({ path: log.database, out: again, trails: [] });
    for (const file of [
      'events.ndjson',
      'checkpoints.ndjson',
      'checkpoint',
      'keys',
      'tile/0/000',
      'tile/0/001.p/185',
    ])
      expect(readFileSync(join(again, file))).toEqual(readFileSync(join(log.whole, file)));
    expect(() => exportTrail({ path: log.database, out: again, trails: [] })).toThrow('not empty');
  });
});

describe('a log that is not what was promised', () => {
  test('a rolled-back one is shorter than the kept checkpoint, and misses a receipt', () => {
    const [lost] = log.laterReceipts;
    const { events } = verifyExport(log.earlier, noTrust);
    expect(verifyExport(log.earlier, { ...trust, receipts: [] }).firstFailure).toEqual({
      seq: events,
      reason: 'kept_checkpoint_ahead',
    });
    expect(verifyExport(log.earlier, { ...trust, kept: [] }).firstFailure).toEqual({
      seq: lost?.seq,
      reason: 'receipt_leaf_missing',
      trail: lost?.trail,
    });
  });

  test('keys, witnesses and receipts of others are named', () => {
    const other = { keys: [logSigner().key], witnesses: [witnessSigner().key] };
    expect(verifyExport(log.whole, { ...noTrust, keys: other.keys }).firstFailure?.reason).toBe(
      'key_unknown',
    );
    expect(verifyTrail(log.database, { ...noTrust, witnesses: other.witnesses }).firstFailure?.reason).toBe(
      'key_unknown',
    );
    const [receipt] = log.receipts;
    if (receipt === undefined) throw new Error('no receipt');
    const forged = { ...receipt, leaf: '00'.repeat(32) };
    expect(verifyExport(log.whole, { ...trust, receipts: [forged] }).firstFailure).toMatchObject({
      seq: receipt.seq,
      reason: 'receipt_invalid',
      trail: receipt.trail,
    });
  });

  test.each([
    [
      'a changed event',
      'events.ndjson',
      (text: string) => text.replace('"searches":2', '"searches":3'),
      'tile_differs',
    ],
    ['an event that is no JSON', 'events.ndjson', (text: string) => text.replace('{', '['), 'not_canonical'],
    [
      'a checkpoint without its cosignature',
      'checkpoint',
      (text: string) => text.replace(/— witness.*\n$/, ''),
      'checkpoint_malformed',
    ],
    ['a key that is gone', 'keys', (text: string) => text.replace(/^witness.*\n/m, ''), 'signature_unknown'],
    ['a file too many', 'note.txt', () => 'x', 'file_unexpected'],
    ['no events', 'events.ndjson', () => '', 'events_missing'],
  ])('%s is named', (name, file, change, reason) => {
    if (file === 'note.txt') cpSync(join(log.whole, 'keys'), join(log.whole, file));
    const copy = changed(name.replaceAll(' ', '-'), file, change);
    rmSync(join(log.whole, 'note.txt'), { force: true });
    expect(verifyExport(copy, trust)).toMatchObject({ ok: false, firstFailure: { reason } });
  });
});

describe('the command', () => {
  test('exports, proves and verifies; names a receipt whose leaf is missing', async () => {
    const out = join(folder, 'by-command');
    const [first] = log.receipts;
    const exported = await run([
      'audit',
      'export',
      '--data',
      log.database,
      '--out',
      out,
      '--trail',
      first?.trail ?? '',
      '--json',
    ]);
    expect(JSON.parse(exported.stdout)).toMatchObject({ events: 441, proofs: 1, left: 0 });
    const receipts = join(folder, 'receipts.ndjson');
    writeFileSync(
      receipts,
      log.receipts.map((receipt) => `${JSON.stringify({ phi: { receipt } })}\n`).join(''),
    );
    const kept = join(folder, 'kept');
    writeFileSync(kept, log.newest);
    const options = [
      '--key',
      log.signer.key.text,
      '--witness',
      log.witness.key.text,
      '--checkpoint',
      kept,
      '--receipts',
      receipts,
      '--json',
    ];
    const good = await run(['audit', 'verify', out, ...options]);
    expect([good.code, JSON.parse(good.stdout)]).toMatchObject([
      0,
      { ok: true, receipts: log.receipts.length },
    ]);
    const bad = await run(['audit', 'verify', log.earlier, '--receipts', receipts, '--json']);
    expect([bad.code, JSON.parse(bad.stdout)]).toMatchObject([
      1,
      { ok: false, firstFailure: { reason: 'receipt_leaf_missing', trail: log.laterReceipts[0]?.trail } },
    ]);
    expect((await run(['audit', 'verify', out, '--key', 'nonsense'])).code).toBe(2);
  });
});
