import { existsSync, readFileSync } from 'node:fs';
import type { Receipt } from '../audit/receipt.ts';
import { hashOfFiles, type ReleaseTrust } from '../audit/release-hash.ts';
import { parseVerifierKey, signatureTypes, type VerifierKey } from '../audit/signed-note.ts';
import type { VerificationTrust } from '../audit/signed-verification.ts';
import { dataFiles } from '../config/release.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import { UsageFailure } from './output.ts';

export interface TrustOptions {
  readonly checkpoint?: readonly string[];
  readonly key?: readonly string[];
  readonly witness?: readonly string[];
  readonly receipts?: string;
  readonly release?: readonly string[];
}

function keysOf(
  texts: readonly string[] | undefined,
  option: string,
  type: VerifierKey['type'],
): VerifierKey[] {
  return (texts ?? []).map((text) => {
    const key = parseVerifierKey(text);
    if (key?.type !== type) throw new UsageFailure(`${option}: not a verifier key of that kind`);
    return key;
  });
}

/**
 * A receipt by itself, inside `phi`, inside a whole answer, or inside `{"receipt": …}`, and lists of them. Throws
 * UsageFailure where one of a list holds none: what was to be checked must not pass unseen.
 */
function receiptsIn(value: unknown): Receipt[] {
  if (Array.isArray(value)) return value.flatMap((entry) => some(receiptsIn(entry)));
  if (!isRecord(value)) return [];
  const { trail, seq, leaf, keyId, signature } = value;
  if (typeof trail === 'string' && typeof seq === 'number' && typeof leaf === 'string')
    return [{ trail, seq, leaf, keyId: String(keyId), signature: String(signature) }];
  return [...receiptsIn(value['receipt']), ...receiptsIn(value['phi'])];
}

function some(receipts: Receipt[]): Receipt[] {
  if (receipts.length === 0) throw new UsageFailure('--receipts: an entry holds no receipt');
  return receipts;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readReceipts(path: string | undefined): Receipt[] {
  if (path === undefined) return [];
  const text = readFileSync(path, 'utf8');
  const whole = json(text);
  const values = whole === undefined ? text.split('\n').filter((line) => line.trim() !== '') : [];
  return some(receiptsIn(whole === undefined ? values.map((line) => json(line)) : [whole]));
}

const sha256Pattern = /^[0-9a-f]{64}$/;

/** Hashes as they are; folders with the data of a release by what stands in them. */
function releasesOf(given: readonly string[]): ReleaseTrust {
  const [releases, data]: [string[], string[]] = [[], []];
  for (const one of given) {
    if (sha256Pattern.test(one)) releases.push(one);
    else if (existsSync(one)) data.push(hashOfFiles(dataFiles(one)));
    else throw new UsageFailure('--release: neither a SHA-256 in hex nor a folder');
  }
  return { releases, data };
}

/** What the options of `audit verify` bring along. Throws UsageFailure for what cannot be read. */
export function trustOf(options: TrustOptions): VerificationTrust {
  return {
    keys: keysOf(options.key, '--key', signatureTypes.ed25519),
    witnesses: keysOf(options.witness, '--witness', signatureTypes.cosignature),
    kept: (options.checkpoint ?? []).map((path) => readFileSync(path, 'utf8')),
    receipts: readReceipts(options.receipts),
    ...(options.release === undefined ? {} : { releases: releasesOf(options.release) }),
  };
}
