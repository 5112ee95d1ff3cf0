import type { Format } from '../evidence.ts';
import { NotProven } from '../reasons.ts';
import type { Verifier } from '../verifier.ts';
import { verifyToken } from './jwt.ts';
import { verifyNitro } from './nitro.ts';
import { verifySevSnp } from './sev-snp.ts';

const none: Verifier = () => Promise.reject(new NotProven('version_unknown'));

/** Who verifies evidence of each format. */
export const verifiers: Readonly<Record<Format, Verifier>> = {
  'sev-snp': verifySevSnp,
  tdx: none,
  nitro: verifyNitro,
  nvidia: none,
  jwt: verifyToken,
};
