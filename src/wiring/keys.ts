import { hkdfSync } from 'node:crypto';
import {
  createNoteSigner,
  parseVerifierKey,
  signatureTypes,
  type VerifierKey,
} from '../audit/signed-note.ts';
import type { Config } from '../config/config.ts';

/** A configured key of 32 bytes at least. */
export const secretBytes = (base64: string): Uint8Array => {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length < 32) throw new Error('a configured key has fewer than 32 bytes');
  return bytes;
};

/** A key of 32 bytes for one use, of a configured one. */
export const keyFor = (key: Uint8Array, use: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', key, '', `phi-gateway ${use} v1`, 32));

export function verifierKeyOf(text: string): VerifierKey {
  const key = parseVerifierKey(text);
  if (key === undefined) throw new Error('a configured verifier key is malformed');
  return key;
}

/**
 * Verifier keys of the log and of its witnesses that are none, by their settings: what the shape of a configuration
 * cannot tell, because a key carries its own check sum.
 */
export const keyFaults = ({ audit, keys, release }: Config): readonly string[] => [
  ...approverFaults(release?.approvers ?? [], keys.log),
  ...[
    ...audit.verifierKeys.map((key, index) => ({ key, at: `audit.verifierKeys[${index}]` })),
    ...audit.witnesses.map(({ key }, index) => ({ key, at: `audit.witnesses[${index}].key` })),
  ].flatMap(({ at, key }) => (parseVerifierKey(key) === undefined ? [`${at}: is no verifier key`] : [])),
];

/** Approvers sign as a log does, and with keys that the gateway does not hold: it approves nothing itself. */
function approverFaults(approvers: readonly string[], log: string): readonly string[] {
  return approvers.flatMap((text, index) => {
    const at = `release.approvers[${index}]`;
    const key = parseVerifierKey(text);
    if (key === undefined || key.type !== signatureTypes.ed25519) return [`${at}: is no verifier key`];
    const own = createNoteSigner(key.name, log).key.text === key.text;
    return own ? [`${at}: is the key of keys.log_file`] : [];
  });
}
