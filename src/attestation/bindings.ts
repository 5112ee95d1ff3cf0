import { createHash } from 'node:crypto';
import type { BindingName } from './appraisal-policy.ts';
import type { Claims } from './claims.ts';
import type { Reason } from './reasons.ts';

/** What evidence must have been made for. */
export interface Expected {
  /** 32 random bytes of whoever asks, lower-case hex. */
  readonly nonce: string;
  /** Public key of the connection, SubjectPublicKeyInfo as DER. */
  readonly key: Uint8Array;
}

interface Binding {
  /** Whether a connection to the owner of a key is proven by it, or only that the evidence is new. */
  readonly ofKey: boolean;
  readonly faults: (claims: Claims, expected: Expected) => readonly Reason[];
}

const sha256 = (...parts: readonly Uint8Array[]): string =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');

const missing = (held: boolean, reason: Reason): readonly Reason[] => (held ? [] : [reason]);

/** Whether a text is one of these bytes, as hex, as base64url or as base64. */
const says = (text: string, hex: string): boolean => {
  const bytes = Buffer.from(hex, 'hex');
  return [hex, bytes.toString('base64url'), bytes.toString('base64')].some(
    (form) => form === text || (form === hex && text.toLowerCase() === hex),
  );
};

/** The ways in which machines bind a key and a nonce, by the name that an appraisal policy gives them. */
export const bindings: Readonly<Record<BindingName, Binding>> = {
  /** Report data is SHA-256 of the key, then the nonce. */
  'sha256-key-nonce': {
    ofKey: true,
    faults: ({ bound: { reportData } }, { key, nonce }) =>
      reportData === undefined
        ? ['not_bound']
        : [
            ...missing(reportData.slice(0, 64) === sha256(key), 'key_mismatch'),
            ...missing(reportData.slice(64) === nonce, 'nonce_mismatch'),
          ],
  },
  /** Report data is SHA-512 of nonce and key: one of the two being another looks like both being so. */
  'sha512-nonce-key': {
    ofKey: true,
    faults: ({ bound: { reportData } }, { key, nonce }) => {
      if (reportData === undefined) return ['not_bound'];
      const both = createHash('sha512').update(Buffer.from(nonce, 'hex')).update(key).digest('hex');
      return missing(reportData === both, 'key_mismatch');
    },
  },
  /** The document has a field for each: the key as it is, or its SHA-256. */
  fields: {
    ofKey: true,
    faults: ({ bound: { nonces, publicKey } }, { key, nonce }) =>
      publicKey === undefined
        ? ['not_bound']
        : [
            ...missing(
              publicKey === Buffer.from(key).toString('hex') || publicKey === sha256(key),
              'key_mismatch',
            ),
            ...missing(
              nonces.some((one) => says(one, nonce)),
              'nonce_mismatch',
            ),
          ],
  },
  /** A token has several nonces: one is ours, another is SHA-256 of the key. */
  'token-nonces': {
    ofKey: true,
    faults: ({ bound: { nonces } }, { key, nonce }) => {
      const digest = sha256(key);
      return [
        ...missing(
          nonces.some((one) => says(one, digest)),
          'key_mismatch',
        ),
        ...missing(
          nonces.some((one) => says(one, nonce)),
          'nonce_mismatch',
        ),
      ];
    },
  },
  /** A part of a machine, such as a GPU, answers the nonce and knows of no key: never enough by itself. */
  'nonce-only': {
    ofKey: false,
    faults: ({ bound: { nonces } }, { nonce }) => missing(nonces.includes(nonce), 'nonce_mismatch'),
  },
};
