import type { Format } from '../evidence.ts';
import type { Verifier } from '../verifier.ts';
import { verifyToken } from './jwt.ts';
import { verifyNitro } from './nitro.ts';
import { verifyNvidia } from './nvidia.ts';
import { verifySevSnp } from './sev-snp.ts';
import { verifyTdx } from './tdx.ts';

/** Who verifies evidence of each format. */
export const verifiers: Readonly<Record<Format, Verifier>> = {
  'sev-snp': verifySevSnp,
  tdx: verifyTdx,
  nitro: verifyNitro,
  nvidia: verifyNvidia,
  jwt: verifyToken,
};
