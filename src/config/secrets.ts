import { createPrivateKey, type KeyObject } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * First line of every key file that a sandbox makes. Lines that begin with `#` are not part of the secret;
 * production refuses a file that holds this one.
 */
export const sandboxMarker = '# phi-gateway sandbox key: never for production';

const maxSecretBytes = 65_536;

export interface SecretRead {
  /** The secret without comment lines and surrounding blanks; undefined where there is a fault. */
  readonly secret?: string;
  readonly fromSandbox: boolean;
  readonly fault?: string;
}

/** Path of a file that a configuration names: relative to the folder of the configuration file. */
export const besideConfig = (configPath: string, named: string): string =>
  resolve(dirname(configPath), named);

/**
 * Reads one secret. A file that is missing, empty, too large, no regular file, or readable by group or others is a
 * fault. The mode is asked of the opened file, not of its name.
 */
export function readSecret(path: string): SecretRead {
  let descriptor: number;
  try {
    // Not blocking: a pipe in the place of the file must not hold the start up.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return { fromSandbox: false, fault: 'the file does not exist or cannot be read' };
  }
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return { fromSandbox: false, fault: 'is not a regular file' };
    if ((stat.mode & 0o077) !== 0) {
      return { fromSandbox: false, fault: 'the file is open to group or others: chmod 600 it' };
    }
    if (stat.size > maxSecretBytes)
      return { fromSandbox: false, fault: 'the file is too large for a secret' };
    const lines = readFileSync(descriptor, 'utf8').split(/\r?\n/);
    const secret = lines
      .filter((line) => !line.startsWith('#'))
      .join('\n')
      .trim();
    const fromSandbox = lines.includes(sandboxMarker);
    return secret === '' ? { fromSandbox, fault: 'the file is empty' } : { secret, fromSandbox };
  } catch {
    return { fromSandbox: false, fault: 'the file cannot be read' };
  } finally {
    closeSync(descriptor);
  }
}

function privateKey(pem: string): KeyObject | undefined {
  try {
    return pem.startsWith('-----BEGIN PRIVATE KEY-----') ? createPrivateKey(pem) : undefined;
  } catch {
    return undefined;
  }
}

/** A PKCS#8 private key of curve P-256 or of Ed25519, in PEM. */
export function isSigningKey(pem: string): boolean {
  const key = privateKey(pem);
  if (key?.asymmetricKeyType === 'ed25519') return true;
  return key?.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
}

/** Signature algorithms of client assertions by curve; SMART App Launch asks for RS384 and ES384. */
const assertionsByCurve: Readonly<Record<string, string>> = { prime256v1: 'ES256', secp384r1: 'ES384' };

/** The algorithm that a PKCS#8 key in PEM signs client assertions with; undefined for one that signs none. */
export function assertionAlgorithm(pem: string): string | undefined {
  const key = privateKey(pem);
  if (key?.asymmetricKeyType === 'ec') return assertionsByCurve[key.asymmetricKeyDetails?.namedCurve ?? ''];
  return key?.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048
    ? 'RS384'
    : undefined;
}

/** A key that client assertions can be signed with. */
export const isClientKey = (pem: string): boolean => assertionAlgorithm(pem) !== undefined;

/** A PKCS#8 private key of Ed25519, in PEM. */
export const isLogKey = (pem: string): boolean => privateKey(pem)?.asymmetricKeyType === 'ed25519';

/** Exactly 32 bytes in canonical base64. */
export function isSymmetricKey(text: string): boolean {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === 32 && bytes.toString('base64') === text;
}
