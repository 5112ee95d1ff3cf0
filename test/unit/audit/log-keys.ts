import { generateKeyPairSync } from 'node:crypto';
import { createNoteSigner, type NoteSigner, signatureTypes } from '../../../src/audit/signed-note.ts';

export const freshPem = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

export const logSigner = (name = 'log.example/test'): NoteSigner => createNoteSigner(name, freshPem());

export const witnessSigner = (name = 'witness.example/one'): NoteSigner =>
  createNoteSigner(name, freshPem(), signatureTypes.cosignature);
