import { describe, expect, test } from '@jest/globals';
import {
  checkpointText,
  cosign,
  openCheckpoint,
  parseCheckpointText,
  signCheckpoint,
} from '../../../src/audit/checkpoint.ts';
import { leafHash } from '../../../src/audit/merkle-hash.ts';
import { signReceipt, verifyReceipt } from '../../../src/audit/receipt.ts';
import { parseNote } from '../../../src/audit/signed-note.ts';
import fc from '../../fixtures/properties.ts';
import { logSigner, witnessSigner } from './log-keys.ts';

const signer = logSigner();
const witness = witnessSigner();
const keys = [signer.key, witness.key];
const root = leafHash('one');
const at = 1_790_000_000_000;
const note = signCheckpoint(signer, { origin: signer.key.name, size: 7, root });
const text = parseNote(note)?.text ?? '';
const witnessed = note + cosign(witness, text, at);

describe('checkpoints', () => {
  test('have three lines and are read back', () => {
    fc.assert(
      fc.property(fc.nat(), fc.uint8Array({ minLength: 32, maxLength: 32 }), (size, hash) => {
        const read = parseCheckpointText(checkpointText({ origin: 'a/b', size, root: hash }));
        expect(read).toMatchObject({ origin: 'a/b', size });
        expect(Buffer.from(read?.root ?? [])).toEqual(Buffer.from(hash));
      }),
    );
  });

  test.each([
    ['a leading zero', text.replace('\n7\n', '\n07\n')],
    ['a sign', text.replace('\n7\n', '\n+7\n')],
    ['no origin', text.slice(signer.key.name.length)],
    ['a short root', text.replace(/....\n$/, '\n')],
    ['an empty extension line', `${text}\n`],
    ['no last newline', text.slice(0, -1)],
  ])('with %s are none', (_, changed) => {
    expect(parseCheckpointText(changed)).toBeUndefined();
  });

  test('open under the key of the log, with the witnesses that are trusted', () => {
    expect(openCheckpoint(note, [signer.key])).toMatchObject({ size: 7, witnesses: [], unknown: [] });
    expect(openCheckpoint(witnessed, keys)).toMatchObject({
      witnesses: [{ name: witness.key.name, at }],
      unknown: [],
    });
    expect(openCheckpoint(witnessed, [signer.key])).toMatchObject({
      witnesses: [],
      unknown: [{ name: witness.key.name }],
    });
  });

  test('do not open without the signature of the log itself', () => {
    const other = logSigner();
    const byWitnessOnly = `${text}\n${cosign(witness, text, at)}`;
    expect(openCheckpoint(byWitnessOnly, keys)).toBe('signature_missing');
    expect(openCheckpoint(note, [other.key])).toBe('signature_missing');
    expect(openCheckpoint(note, [witness.key])).toBe('checkpoint_foreign');
    expect(openCheckpoint(note, [logSigner('log.example/other').key])).toBe('checkpoint_foreign');
  });

  test('an older key of the same log still counts', () => {
    expect(openCheckpoint(note, [logSigner().key, signer.key])).toMatchObject({ size: 7 });
  });

  test('a cosignature for another checkpoint, or moved in time, spoils the note', () => {
    const later = signCheckpoint(signer, { origin: signer.key.name, size: 8, root });
    expect(openCheckpoint(later + cosign(witness, text, at), keys)).toBe('signature_invalid');
    const line = cosign(witness, text, at);
    const bytes = Buffer.from(line.trim().split(' ')[2] ?? '', 'base64');
    bytes.writeUInt8(bytes.readUInt8(11) ^ 1, 11);
    const moved = `— ${witness.key.name} ${bytes.toString('base64')}\n`;
    expect(openCheckpoint(note + moved, keys)).toBe('signature_invalid');
  });

  test('every changed byte is noticed', () => {
    const bytes = Buffer.from(witnessed);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (index, flip) => {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(index) ^ flip, index);
        const opened = openCheckpoint(changed.toString(), keys);
        expect(typeof opened === 'string' || opened.unknown.length > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('receipts', () => {
  const place = {
    trail: '019a0000-0000-7000-8000-000000000001',
    seq: 9,
    leaf: leafHash('x').toString('hex'),
  };
  const receipt = signReceipt(signer, place);

  test('verify under the key of the log, and under no other', () => {
    expect(receipt).toMatchObject(place);
    expect(verifyReceipt([logSigner().key, signer.key], receipt)).toBe(true);
    expect(verifyReceipt([logSigner().key], receipt)).toBe(false);
  });

  test('promise one place of one log', () => {
    for (const change of [
      { trail: '019a0000-0000-7000-8000-000000000002' },
      { seq: 8 },
      { leaf: leafHash('y').toString('hex') },
      { signature: '00'.repeat(64) },
      { signature: '' },
    ])
      expect(verifyReceipt([signer.key], { ...receipt, ...change })).toBe(false);
  });
});
