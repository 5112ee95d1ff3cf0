import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { approversOf, neededApprovals, shortHash } from '../audit/release-approval.ts';
import type { Release } from '../audit/release-hash.ts';
import type { Config } from '../config/config.ts';
import { ConfigFault } from '../config/file-form.ts';
import { verifierKeyOf } from './keys.ts';

/** Of one folder and of one file in it: more is nobody's approvals. */
const maxNotes = 200;
const maxNoteBytes = 65_536;

/** The text of a note; undefined for what is no file, is too large or cannot be read. */
function noteAt(path: string): string | undefined {
  let descriptor: number | undefined;
  try {
    // Not blocking: a pipe in the place of a note must not hold the gateway.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const found = fstatSync(descriptor);
    return found.isFile() && found.size <= maxNoteBytes ? readFileSync(descriptor, 'utf8') : undefined;
  } catch {
    // Somebody whose note cannot be read has not approved; others may have.
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/**
 * The notes that lie in a folder now, those whose names have the beginning of this release's hash first: notes of
 * earlier releases stay there and never crowd it out. None where the folder cannot be read.
 */
function notesIn(folder: string, { releaseHash }: Release): readonly string[] {
  const isNamedForIt = (name: string): boolean => name.includes(shortHash(releaseHash));
  try {
    const names = readdirSync(folder)
      .filter((name) => name.endsWith('.note'))
      .toSorted();
    return [...names.filter((name) => isNamedForIt(name)), ...names.filter((name) => !isNamedForIt(name))]
      .slice(0, maxNotes)
      .map((name) => noteAt(join(folder, name)))
      .filter((text) => text !== undefined);
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
  const by = approversOf(release, notesIn(rules.approvals, release), rules.approvers.map(verifierKeyOf));
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
