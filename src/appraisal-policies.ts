import { dirname, resolve } from 'node:path';
import type { AppraisalPolicy } from './attestation/appraisal-policy.ts';
import { AppraisalPolicyFault, parseAppraisalPolicy } from './attestation/policy-loader.ts';
import { type DataReader, fromDisk } from './vocabulary/data-reader.ts';

/** A policy whose text stands; the files that it names are read for each proof. */
export interface LoadedPolicy {
  policy(): AppraisalPolicy;
}

/**
 * An appraisal policy from its file. What it says stands from then on; `policy` reads anew the files that it names, which
 * vendors renew (certificates, revocation lists, levels of firmware) and which are verified each time, and throws where one
 * cannot be read. Throws AppraisalPolicyFault.
 */
export function loadAppraisalPolicy(file: string, reader: DataReader = fromDisk): LoadedPolicy {
  let text: string;
  try {
    text = reader.read(file).toString('utf8');
  } catch {
    throw new AppraisalPolicyFault(file, 1, 'the file does not exist or cannot be read');
  }
  const policy = (): AppraisalPolicy =>
    parseAppraisalPolicy(text, file, (named) => fromDisk.read(resolve(dirname(file), named)));
  policy();
  return { policy };
}
