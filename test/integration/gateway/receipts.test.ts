import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openCheckpoint } from '../../../src/audit/checkpoint.ts';
import { verifyInclusion } from '../../../src/audit/merkle-proof.ts';
import { type Receipt, verifyReceipt } from '../../../src/audit/receipt.ts';
import { createNoteSigner, type VerifierKey } from '../../../src/audit/signed-note.ts';
import { parseTlogProof } from '../../../src/audit/tlog-proof.ts';
import { verifyTrail } from '../../../src/storage/sqlite/trail-verify.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

let sandbox: SandboxUnderTest;
let key: VerifierKey;

beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
  const { audit, keys } = sandbox.running.gateway.gateway.services.config;
  key = createNoteSigner(audit.origin ?? '', keys.log).key;
});
afterAll(() => sandbox.close());

function receiptIn(holder: unknown): Receipt {
  const receipt = isRecord(holder) && isRecord(holder['receipt']) ? holder['receipt'] : {};
  const { trail, seq, leaf, keyId, signature } = receipt;
  return {
    trail: String(trail),
    seq: Number(seq),
    leaf: String(leaf),
    keyId: String(keyId),
    signature: String(signature),
  };
}

const checkpoint = async () => {
  const answer = await sandbox.call('/v1/checkpoints', await sandbox.token('compliance'));
  const opened = openCheckpoint(answer.text, [key]);
  if (typeof opened === 'string') throw new Error(opened);
  return opened;
};

describe('an answer', () => {
  test('carries a receipt that the log signed; the trail carries the same one', async () => {
    const reply = await sandbox.ask();
    expect(reply.status).toBe(200);
    const receipt = receiptIn(reply.body['phi']);
    expect(receipt.trail).toBe(reply.trail);
    expect(verifyReceipt([key], receipt)).toBe(true);
    expect(verifyReceipt([key], { ...receipt, seq: receipt.seq + 1 })).toBe(false);
    const trail = await sandbox.call(`/v1/trails/${reply.trail}`, await sandbox.token('clinician'));
    expect(receiptIn(trail.body)).toEqual(receipt);
  });

  test('carries a receipt when it is streamed', async () => {
    const reply = await sandbox.ask({ stream: true });
    const last = reply.text.split('\n').findLast((line) => line.includes('"phi"')) ?? '';
    const chunk: unknown = JSON.parse(last.slice('data: '.length));
    expect(verifyReceipt([key], receiptIn(isRecord(chunk) ? chunk['phi'] : {}))).toBe(true);
  });

  test('can be proved to stand in a signed checkpoint, by its asker and by the officer, on the trail', async () => {
    const reply = await sandbox.ask();
    const receipt = receiptIn(reply.body['phi']);
    for (const reader of ['clinician', 'compliance']) {
      const answer = await sandbox.call(`/v1/trails/${reply.trail}/proof`, await sandbox.token(reader));
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toContain('text/plain');
      const proof = parseTlogProof(answer.text);
      const opened = openCheckpoint(proof?.checkpoint ?? '', [key]);
      if (proof === undefined || typeof opened === 'string') throw new Error('not a proof');
      expect(proof.index).toBe(receipt.seq);
      expect(
        verifyInclusion(Buffer.from(receipt.leaf, 'hex'), proof.index, opened.size, proof.path, opened.root),
      ).toBe(true);
      expect((await sandbox.trail(answer.trail)).map(({ event }) => event)).toEqual(['trail.read']);
    }
  });

  test('cannot be proved to anyone else, and a refusal has neither proof nor receipt', async () => {
    const reply = await sandbox.ask();
    const foreign = await sandbox.call(`/v1/trails/${reply.trail}/proof`, await sandbox.token('nurse'));
    expect(foreign.status).toBe(404);
    const refused = await sandbox.ask({ task: 'no.such.task' });
    const officer = await sandbox.token('compliance');
    expect((await sandbox.call(`/v1/trails/${refused.trail}/proof`, officer)).status).toBe(404);
    expect((await sandbox.call(`/v1/trails/${refused.trail}`, officer)).body).not.toHaveProperty('receipt');
    expect((await sandbox.call(`/v1/trails/${reply.trail}/proof`, undefined)).status).toBe(401);
  });

  test('that asks to be forgotten leaves its trail all the same', async () => {
    const reply = await sandbox.ask({ body: { store: false } });
    expect(reply.status).toBe(200);
    expect((await sandbox.trail(reply.trail)).map(({ event }) => event)).toContain('response.released');
    const zero = await sandbox.ask({ phi: { retention: 0 } });
    expect(zero.status).toBe(400);
    expect((await sandbox.trail(zero.trail)).at(-1)).toMatchObject({ outcome: 'refused' });
  });
});

describe('checkpoints', () => {
  test('are for callers who signed in, and cover what was answered before', async () => {
    expect((await sandbox.call('/v1/checkpoints', undefined)).status).toBe(401);
    const reply = await sandbox.ask();
    expect((await checkpoint()).size).toBeGreaterThan(receiptIn(reply.body['phi']).seq);
  });

  test('are signed within about a second while the log grows, and the log verifies', async () => {
    const { transparency } = sandbox.running.gateway.gateway.services;
    const reply = await sandbox.ask();
    const { seq } = receiptIn(reply.body['phi']);
    await delay(1500);
    const opened = openCheckpoint(transparency.checkpoint, [key]);
    expect(typeof opened === 'string' ? 0 : opened.size).toBeGreaterThan(seq);
    expect(verifyTrail(sandbox.ready.files.audit)).toMatchObject({ ok: true });
  });
});
