import { type Dirent, opendirSync } from 'node:fs';
import { join } from 'node:path';
import { openCheckpoint } from '../../audit/checkpoint.ts';
import { decodeEvent } from '../../audit/event-record.ts';
import { leafHash } from '../../audit/merkle-hash.ts';
import { verifyInclusion } from '../../audit/merkle-proof.ts';
import type { VerifierKey } from '../../audit/signed-note.ts';
import { bundleEntries, tilePath, tileWidth } from '../../audit/tiles.ts';
import { parseTlogProof, tlogProofText } from '../../audit/tlog-proof.ts';
import type { TrailFailure } from '../../audit/trail-verification.ts';
import {
  exportFiles,
  maxBundleBytes,
  maxCheckpointLine,
  maxProofBytes,
  proofEnding,
  proofsFolder,
} from './export-layout.ts';
import { readRegular } from './regular-file.ts';

/** What an export was found to be, its events and tiles having been read. */
export interface ReadExport {
  readonly folder: string;
  readonly events: number;
  /** Tiles and bundles that its events make. */
  readonly tiles: number;
  readonly keys: readonly VerifierKey[];
}

const names: ReadonlySet<string> = new Set([...Object.values(exportFiles), 'tile', proofsFolder]);

function* entriesOf(folder: string): Generator<Dirent> {
  const directory = opendirSync(folder);
  try {
    for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) yield entry;
  } finally {
    directory.closeSync();
  }
}

/** How many files there are below; undefined where there is a link, a pipe, or a folder with nothing in it. */
function filesBelow(folder: string): number | undefined {
  let files = 0;
  let entries = 0;
  for (const entry of entriesOf(folder)) {
    entries += 1;
    const below = entry.isDirectory() ? filesBelow(join(folder, entry.name)) : entry.isFile() ? 1 : undefined;
    if (below === undefined) return undefined;
    files += below;
  }
  return entries === 0 ? undefined : files;
}

/** An entry of its bundle, which was held against the events before. */
function entryAt({ folder, events }: ReadExport, seq: number): Buffer | undefined {
  const index = Math.floor(seq / tileWidth);
  const width = Math.min(tileWidth, events - index * tileWidth);
  const bundle = readRegular(join(folder, tilePath('entries', index, width)), maxBundleBytes);
  return bundleEntries(bundle)?.[seq - index * tileWidth];
}

/** Whether the file is, byte for byte, the proof that the release of this trail stands in the newest checkpoint. */
function proves(of: ReadExport, name: string, trail: string, newest: Buffer): boolean {
  const bytes = readRegular(join(of.folder, proofsFolder, name), maxProofBytes);
  const proof = parseTlogProof(bytes.toString());
  if (proof === undefined || !bytes.equals(Buffer.from(tlogProofText(proof)))) return false;
  if (!newest.equals(Buffer.from(proof.checkpoint)) || proof.index >= of.events) return false;
  const opened = openCheckpoint(proof.checkpoint, of.keys);
  const entry = entryAt(of, proof.index);
  const decoded = entry === undefined ? undefined : decodeEvent(entry.toString());
  if (typeof opened === 'string' || entry === undefined || decoded?.ok !== true) return false;
  return (
    decoded.event.trail === trail &&
    decoded.event.event === 'response.released' &&
    verifyInclusion(leafHash(entry), proof.index, opened.size, proof.path, opened.root)
  );
}

function* proofFailures(of: ReadExport): Generator<TrailFailure> {
  const newest = readRegular(join(of.folder, exportFiles.checkpoint), maxCheckpointLine);
  for (const entry of entriesOf(join(of.folder, proofsFolder))) {
    const trail = entry.name.endsWith(proofEnding) ? entry.name.slice(0, -proofEnding.length) : undefined;
    if (trail === undefined || !entry.isFile()) yield { seq: of.events, reason: 'file_unexpected' };
    else if (!proves(of, entry.name, trail, newest)) yield { seq: of.events, reason: 'proof_invalid', trail };
  }
}

/** Nothing stands in the folder that is not of this export, and each proof proves its trail. Throws as the disk does. */
export function* folderFailures(of: ReadExport): Generator<TrailFailure> {
  for (const entry of entriesOf(of.folder)) {
    const folder = entry.name === 'tile' || entry.name === proofsFolder;
    const known = names.has(entry.name) && (folder ? entry.isDirectory() : entry.isFile());
    if (!known || (entry.name === 'tile' && filesBelow(join(of.folder, 'tile')) !== of.tiles))
      yield { seq: of.events, reason: 'file_unexpected' };
    else if (entry.name === proofsFolder) yield* proofFailures(of);
  }
}
