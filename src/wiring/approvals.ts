import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { approversOf, neededApprovals } from '../audit/release-approval.ts';
import type { Release } from '../audit/release-hash.ts';
import type { Config } from '../config/config.ts';
import { ConfigFault } from '../config/file-form.ts';
import { verifierKeyOf } from './keys.ts';

/** Of one folder and of one file in it: more is nobody's approvals. */
const maxNotes = 200;
const maxNoteBytes = 65_536;

/** The notes that lie in a folder now; none where it cannot be read. */
function notesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.note'))
      .toSorted()
      .slice(0, maxNotes)
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile() && statSync(path).size <= maxNoteBytes)
      .map((path) => readFileSync(path, 'utf8'));
  } catch {
    // Somebody who cannot be asked has not approved.
    return [];
  }
}

/** Who approved a release, and whether these suffice. */
export interface Approval {
  readonly by: readonly string[];
  readonly enough: boolean;
}

/** Reads the approvals that lie there now. Without `release` in the configuration nobody has to approve. */
export function approvalOf({ release: rules }: Config, release: Release): Approval {
  if (rules === undefined) return { by: [], enough: true };
  const by = approversOf(release, notesIn(rules.approvals), rules.approvers.map(verifierKeyOf));
  return { by, enough: by.length >= neededApprovals };
}

/** Throws ConfigFault where too few have approved: nothing starts with such a release. */
export function demandApproval(config: Config, release: Release): void {
  const { by, enough } = approvalOf(config, release);
  if (enough) return;
  const names = by.length === 0 ? '' : ` (${by.join(', ')})`;
  throw new ConfigFault([
    `release.approvals: release ${release.releaseHash} is approved by ${by.length} of ${neededApprovals}${names}`,
  ]);
}
