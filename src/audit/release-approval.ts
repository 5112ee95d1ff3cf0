import type { Release } from './release-hash.ts';
import { keyOf, parseNote, type VerifierKey, verifyWith } from './signed-note.ts';

/** How many people have to sign a release. */
export const neededApprovals = 2;

/** What approvers sign: the text of a C2SP signed note, whose first line says that it is of no log. */
export const releaseStatement = ({ configHash, dataHash, releaseHash }: Release): string =>
  `phi-gateway release v1\n${releaseHash}\ndata ${dataHash}\nconfig ${configHash}\n`;

/** What of the hash of a release the names of its notes have: enough to look at these first, and no proof. */
export const shortHash = (releaseHash: string): string => releaseHash.slice(0, 16);

/**
 * Names of the approvers who signed this very release, in the order of the configuration, each once. Notes about
 * other releases, signatures of others and texts that are no notes count for nothing.
 */
export function approversOf(
  release: Release,
  notes: readonly string[],
  approvers: readonly VerifierKey[],
): readonly string[] {
  const statement = releaseStatement(release);
  const signed = new Set<VerifierKey>();
  for (const text of notes) {
    const note = parseNote(text);
    if (note === undefined || note.text !== statement) continue;
    for (const signature of note.signatures) {
      const key = keyOf(approvers, signature);
      if (key !== undefined && verifyWith(key, statement, signature.signature)) signed.add(key);
    }
  }
  return approvers.filter((key) => signed.has(key)).map(({ name }) => name);
}
