import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  createNoteSigner,
  parseNote,
  parseSignatureLines,
  parseVerifierKey,
  signatureLine,
  strictBase64,
  verifyWith,
} from '../../../src/audit/signed-note.ts';
import fc from '../../fixtures/properties.ts';
import { logSigner, witnessSigner } from './log-keys.ts';

/** The example of C2SP signed-note, "Example". */
const exampleKey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const exampleNote =
  'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';

describe('notes', () => {
  test('the example of the specification verifies', () => {
    const key = parseVerifierKey(exampleKey);
    const note = parseNote(exampleNote);
    const [signature] = note?.signatures ?? [];
    if (key === undefined || note === undefined || signature === undefined) throw new Error('unread');
    expect(signature).toMatchObject({ name: 'example.com/foo', id: '530d903a' });
    expect(verifyWith(key, note.text, signature.signature)).toBe(true);
    expect(verifyWith(key, note.text.replace('This', 'that'), signature.signature)).toBe(false);
  });

  test('a text may have empty lines: the last one parts it from the signatures', () => {
    const line = signatureLine(logSigner().key, new Uint8Array(64));
    expect(parseNote(`a\n\nb\n\n${line}`)?.text).toBe('a\n\nb\n');
  });

  test.each([
    ['no signature', 'text\n\n'],
    ['no empty line', exampleNote.replace('\n\n', '\n')],
    ['no last newline', exampleNote.slice(0, -1)],
    ['a hyphen for the dash', exampleNote.replace('—', '-')],
    ['a tab', exampleNote.replace('an example', 'an\texample')],
    ['a carriage return', exampleNote.replace('message.\n', 'message.\r\n')],
    ['other base64 of the same bytes', exampleNote.replace('yaQM=', 'yaQN=')],
    ['a blank at the end', exampleNote.replace('yaQM=\n', 'yaQM= \n')],
    ['an empty line at the end', `${exampleNote}\n`],
  ])('refuses %s', (_, note) => {
    expect(parseNote(note)).toBeUndefined();
  });

  test('reading any text throws nothing and reads back what it read', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseNote(text);
        parseSignatureLines(text);
        parseVerifierKey(text);
        const bytes = strictBase64(text);
        expect(bytes === undefined || bytes.toString('base64') === text).toBe(true);
      }),
    );
  });
});

describe('verifier keys', () => {
  test('are read back as they were written, for logs and witnesses', () => {
    for (const { key } of [logSigner(), witnessSigner()]) {
      expect(parseVerifierKey(key.text)).toMatchObject({ name: key.name, id: key.id, type: key.type });
    }
  });

  test.each([
    ['another name', exampleKey.replace('foo', 'bar')],
    ['another id', exampleKey.replace('530d903a', '530d903b')],
    ['an unknown type', exampleKey.replace('+AekyeR', '+AukyeR')],
    ['a short key', exampleKey.slice(0, -4)],
    ['nothing', ''],
  ])('with %s are none', (_, text) => {
    expect(parseVerifierKey(text)).toBeUndefined();
  });

  test('any changed character makes it another or none', () => {
    fc.assert(
      fc.property(fc.nat(exampleKey.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, sign) => {
        const changed = exampleKey.slice(0, at) + sign + exampleKey.slice(at + 1);
        fc.pre(changed !== exampleKey);
        expect(parseVerifierKey(changed)).toBeUndefined();
      }),
    );
  });

  test('a signer takes Ed25519 keys and key names only', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(() => createNoteSigner('log', pem)).toThrow(TypeError);
    expect(() => logSigner('two words')).toThrow(TypeError);
    expect(() => logSigner('a+b')).toThrow(TypeError);
  });
});
