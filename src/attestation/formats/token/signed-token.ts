import { compactVerify } from 'jose';
import { isRecord } from '../../../vocabulary/fhir.ts';
import { clockSkewSeconds } from '../../../vocabulary/time.ts';
import type { Trust } from '../../evidence.ts';
import { NotProven } from '../../reasons.ts';
import { algorithms, signingKeys } from './keys.ts';
import { type Members, memberOf, optionalCount } from './members.ts';

/** A token whose signature holds and whose time it is; its issuer is not looked at yet. */
export interface SignedToken {
  readonly payload: Members;
  readonly root: string;
  /** `iat` and `exp`, epoch milliseconds. */
  readonly at: number;
  readonly expires: number;
}

function objectOf(bytes: Uint8Array): Members {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (isRecord(value)) return value;
  } catch {
    // Falls through: no JSON is as bad as JSON that is no object.
  }
  throw new NotProven('malformed');
}

/** Bytes of base64url as only its writer writes them: another last letter of the same bytes is another token. */
function bytesOf(part: string): Uint8Array {
  const bytes = Buffer.from(part, 'base64url');
  if (part === '' || bytes.toString('base64url') !== part) throw new NotProven('malformed');
  return bytes;
}

/** The header of a token (RFC 7515, section 4), held to what is understood here. */
function headerOf(part: string): Members {
  const header = objectOf(bytesOf(part));
  const alg = memberOf(header, 'alg');
  if (typeof alg !== 'string' || !Object.hasOwn(algorithms, alg)) throw new NotProven('version_unknown');
  // Extensions that must be understood (section 4.1.11): none is.
  if (header['crit'] !== undefined) throw new NotProven('version_unknown');
  const kid = memberOf(header, 'kid');
  if (kid !== undefined && typeof kid !== 'string') throw new NotProven('malformed');
  return header;
}

/** RFC 7519, sections 4.1.4 to 4.1.6. A token that does not say when it was made and until when it counts never counts. */
function timesOf(payload: Members, now: number): Pick<SignedToken, 'at' | 'expires'> {
  const [iat, exp, nbf] = ['iat', 'exp', 'nbf'].map((name) => optionalCount(payload, name));
  if (iat === undefined || exp === undefined || now >= exp * 1000) throw new NotProven('too_old');
  const latest = now + clockSkewSeconds * 1000;
  if (iat * 1000 > latest || (nbf ?? 0) * 1000 > latest) throw new NotProven('not_yet_valid');
  return { at: iat * 1000, expires: exp * 1000 };
}

/**
 * A compact JWS (RFC 7515, section 7.1) whose signature holds by a key that `trust` stands for, and whose time `now` is
 * (epoch milliseconds). Nothing of the payload is believed, or parsed, before the signature holds.
 *
 * @throws NotProven `malformed`, `version_unknown`, `issuer_unknown`, `signature_invalid`, `too_old`, `not_yet_valid`,
 *   and what is wrong with certificates
 */
export async function readSigned(
  token: string,
  certificates: readonly Uint8Array[],
  trust: Trust,
  now: number,
): Promise<SignedToken> {
  const [head = '', body = '', signature = '', more] = token.split('.');
  if (more !== undefined) throw new NotProven('malformed');
  const header = headerOf(head);
  bytesOf(body);
  bytesOf(signature);
  const keys = await signingKeys(header, certificates, trust, now);
  for (const { key, root } of keys) {
    // oxlint-disable-next-line no-await-in-loop -- the first key that fits ends it, and there is one as a rule
    const read = await compactVerify(token, key, { algorithms: Object.keys(algorithms) }).catch(
      () => undefined,
    );
    if (read === undefined) continue;
    const payload = objectOf(read.payload);
    return { payload, root, ...timesOf(payload, now) };
  }
  throw new NotProven('signature_invalid');
}
