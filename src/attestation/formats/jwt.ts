import { createHash } from 'node:crypto';
import { isRecord } from '../../vocabulary/fhir.ts';
import type { Trust } from '../evidence.ts';
import { NotProven } from '../reasons.ts';
import type { Verifier } from '../verifier.ts';
import { type Members, memberOf, members } from './token/members.ts';
import type { TokenProfile } from './token/profile.ts';
import { azure } from './token/profiles/azure.ts';
import { confidentialSpace } from './token/profiles/confidential-space.ts';
import { ear } from './token/profiles/ear.ts';
import { nvidiaRemote } from './token/profiles/nvidia-remote.ts';
import { trustAuthority } from './token/profiles/trust-authority.ts';
import { readSigned } from './token/signed-token.ts';

/** Tokens with whole event logs have some 100 KiB; nothing known has more. */
const largestDocument = 512 * 1024;
/** Eight GPUs and four switches are one machine of today. */
const mostParts = 32;

/** Kinds of token. One that is of none of them proves nothing, whoever signed it. */
const profiles: readonly TokenProfile[] = [confidentialSpace, azure, trustAuthority, nvidiaRemote, ear];

interface Tokens {
  readonly token: string;
  /** Detached tokens by the name of their part. */
  readonly parts: ReadonlyMap<string, string>;
}

const malformed = (): never => {
  throw new NotProven('malformed');
};

/** A detached bundle as NVIDIA's service answers it: `[["JWT", token], {"GPU-0": token}]`. */
function bundleOf(document: string): Tokens {
  let value: unknown;
  try {
    value = JSON.parse(document);
  } catch {
    return malformed();
  }
  const [outer, inner, more]: readonly unknown[] = Array.isArray(value) ? value : [];
  const [kind, token, rest]: readonly unknown[] = Array.isArray(outer) ? outer : [];
  if (kind !== 'JWT' || typeof token !== 'string' || rest !== undefined || more !== undefined)
    return malformed();
  const parts = Object.entries(isRecord(inner) ? inner : {}).map(([name, part]): [string, string] =>
    typeof part === 'string' && /^[\w-]{1,64}$/.test(name) ? [name, part] : malformed(),
  );
  return parts.length === 0 || parts.length > mostParts ? malformed() : { token, parts: new Map(parts) };
}

function tokensOf(document: Uint8Array): Tokens {
  if (document.length === 0 || document.length > largestDocument) return malformed();
  const text = Buffer.from(document).toString('latin1');
  return text.startsWith('[') ? bundleOf(text) : { token: text, parts: new Map() };
}

/** Who made it must be whom the policy names, to the letter; and it must be made for whom the policy says, alone. */
function holdToTrust(payload: Members, profile: TokenProfile, trust: Trust): void {
  const issuer = profile.issuer === undefined ? memberOf(payload, 'iss') : profile.issuer(payload);
  if (trust.issuer === undefined || issuer !== trust.issuer) throw new NotProven('issuer_unknown');
  const audience = memberOf(payload, 'aud');
  const only: unknown = Array.isArray(audience) && audience.length === 1 ? audience[0] : audience;
  // A token for somebody is not for one whom the policy does not name (RFC 7519, section 4.1.3).
  if (only !== trust.audience) throw new NotProven('audience_mismatch');
}

function profileOf(payload: Members): TokenProfile {
  const [profile, second] = profiles.filter(({ is }) => is(payload));
  if (profile === undefined || second !== undefined) throw new NotProven('version_unknown');
  return profile;
}

/** Digests of detached parts (`["DIGEST", ["SHA-256", hex]]`): the parts that came must be those, all and no other. */
function holdToDigests(payload: Members, parts: Tokens['parts']): void {
  const digests = members(payload, 'submods');
  if (Object.keys(digests).length !== parts.size) throw new NotProven('signature_invalid');
  for (const [name, token] of parts) {
    const said = JSON.stringify(memberOf(digests, name));
    const digest = createHash('sha256').update(token, 'latin1').digest('hex');
    if (said?.toLowerCase() !== `["digest",["sha-256","${digest}"]]`)
      throw new NotProven('signature_invalid');
  }
}

/**
 * Verifies a token of an attestation service, which has looked at the machine itself: a compact JWS, or NVIDIA's bundle of
 * one and its detached parts. The signature leads to a key that the policy names, or by `x5c` to its root; issuer and
 * audience are the policy's to the letter, and the token's time is `at`.
 *
 * @throws NotProven `malformed` above 512 KiB or 32 parts, `version_unknown` for a kind that no profile knows
 */
export const verifyToken: Verifier = async ({ certificates, document }, trust, at) => {
  const { parts, token } = tokensOf(document);
  const { payload, ...signed } = await readSigned(token, certificates, trust, at);
  const profile = profileOf(payload);
  holdToTrust(payload, profile, trust);
  if (profile.bundled !== true && parts.size > 0) return malformed();
  if (profile.bundled === true) holdToDigests(payload, parts);
  const inner = await Promise.all(
    [...parts].map(async ([name, part]) => {
      const read = await readSigned(part, certificates, trust, at);
      holdToTrust(read.payload, profile, trust);
      return { name, ...read };
    }),
  );
  const told = profile.told(payload, new Map(inner.map((part) => [part.name, part.payload])));
  return {
    format: 'jwt',
    ...told,
    root: signed.root,
    facts: { ...told.facts, profile: profile.name },
    at: Math.min(signed.at, ...inner.map((part) => part.at)),
    expires: Math.min(signed.expires, ...inner.map((part) => part.expires)),
  };
};
