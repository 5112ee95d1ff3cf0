import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cosign, signCheckpoint } from '../../../src/audit/checkpoint.ts';
import { CompactRange } from '../../../src/audit/compact-range.ts';
import { leafHash } from '../../../src/audit/merkle-hash.ts';
import { purgedLeaf } from '../../../src/audit/retention.ts';
import { parseNote } from '../../../src/audit/signed-note.ts';
import type { SignedRow, VerificationTrust } from '../../../src/audit/signed-verification.ts';
import { TileBuilder } from '../../../src/audit/tile-builder.ts';
import { tilePath } from '../../../src/audit/tiles.ts';
import { checkpointLine, readCheckpointLine } from '../../../src/storage/files/export-layout.ts';
import type { Dice, HonestLog } from '../../fixtures/honest-log.ts';

/** An export in memory: path inside the folder and bytes. */
export type Files = Map<string, Buffer>;

export interface Round {
  readonly files: Files;
  readonly log: HonestLog;
  /** Another log of its own keys, and its export. */
  readonly other: Files;
  readonly otherLog: HonestLog;
  readonly dice: Dice;
  readonly trust: VerificationTrust;
}

interface Expected {
  readonly trust?: VerificationTrust;
  /** The event that must be named, where only one can be the first. */
  readonly seq?: number;
  /** The reasons that say what was done, where what was done is plain. */
  readonly reasons?: readonly string[];
}
export type Mutated = Expected &
  (
    | {
        readonly files: Files;
        /** What is done to the folder beyond the bytes of files. */
        readonly touch?: (folder: string) => void;
      }
    /** Statements that are run on the database by somebody who dropped its triggers. */
    | { readonly sql: readonly string[] }
    /** The log is honest; what the verifier brought along is not of it. */
    | { readonly trust: VerificationTrust }
  );
/** Undefined where this log has nothing to be mutated so. */
export type Mutation = (round: Round) => Mutated | undefined;

export function readFiles(folder: string): Files {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    names
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [path.slice(folder.length + 1), readFileSync(path)];
      }),
  );
}

export function writeFiles(folder: string, files: Files): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
}

export const same = (a: Files, b: Files): boolean =>
  a.size === b.size && [...a].every(([name, bytes]) => b.get(name)?.equals(bytes) === true);

export const linesIn = (bytes: Buffer | undefined): string[] =>
  (bytes ?? Buffer.alloc(0)).toString().split('\n').slice(0, -1);
export const asText = (lines: readonly string[]): Buffer =>
  Buffer.from(lines.map((line) => `${line}\n`).join(''));
export const eventsIn = (files: Files): string[] => linesIn(files.get('events.ndjson'));
export const checkpointsIn = (files: Files): SignedRow[] =>
  linesIn(files.get('checkpoints.ndjson')).flatMap((line) => readCheckpointLine(line) ?? []);

/** One of a list; the first where the list is empty has no such. */
export const oneOf = <T>(list: readonly T[], dice: Dice): T | undefined => list[dice(list.length)];

/** Leaf of an event, or of one whose payload was purged. */
const leafOf = (event: string): Buffer => purgedLeaf(event) ?? leafHash(event);

/** The place of an event that is still there. */
export function keptAt(events: readonly string[], dice: Dice): number {
  const kept = events.flatMap((event, at) => (purgedLeaf(event) === undefined ? [at] : []));
  return kept[dice(kept.length)] ?? 0;
}

/** The export with other events, its tiles and bundles made anew: what somebody without the key can do. */
export function withEvents(files: Files, events: readonly string[]): Files {
  const next: Files = new Map(
    [...files].filter(([name]) => !name.startsWith('tile/') && !name.startsWith('proofs/')),
  );
  const tiles = new TileBuilder(({ level, index, width, bytes }) =>
    next.set(tilePath(level, index, width), bytes),
  );
  const range = CompactRange.empty();
  for (const event of events) {
    tiles.leaf(Buffer.from(event), leafOf(event));
    range.append(leafOf(event), (height, root) => tiles.node(height, root));
  }
  tiles.finish();
  return next.set('events.ndjson', asText(events));
}

/** The export with these checkpoints, the newest of them on top. */
export const withCheckpoints = (files: Files, rows: readonly SignedRow[]): Files =>
  new Map(files)
    .set('checkpoints.ndjson', asText(rows.map((row) => checkpointLine(row).trimEnd())))
    .set('checkpoint', Buffer.from(rows.at(-1)?.note ?? ''));

/** Roots of the tree of these events, by size. */
export function rootsOf(events: readonly string[]): ReadonlyMap<number, Uint8Array> {
  const range = CompactRange.empty();
  const roots = new Map([[0, range.root()]]);
  for (const event of events) {
    range.append(leafOf(event));
    roots.set(range.size, range.root());
  }
  return roots;
}

/** Seconds of a cosignature line, and milliseconds of a time after all that an honest log holds. */
const later = 1_795_000_000_000;

/**
 * The export with other events, signed by the log and cosigned by its witness as if it had always been so: what an
 * operator can do together with every witness. What is wrong with the events themselves must be named all the same.
 */
export function resigned({ files, log }: Round, events: readonly string[], sizes?: readonly number[]): Files {
  const roots = rootsOf(events);
  const kept = sizes ?? [...checkpointsIn(files).map(({ size }) => size), events.length];
  const rows = [...new Set(kept.filter((size) => size <= events.length))]
    .toSorted((a, b) => a - b)
    .map((size) => {
      const root = roots.get(size) ?? new Uint8Array(32);
      const note = signCheckpoint(log.signer, { origin: log.signer.key.name, size, root });
      // Where there was a purge, checkpoints before it would date what it took.
      const cosigned = size === events.length || log.purged === 0;
      return { size, note: note + (cosigned ? cosign(log.witness, parseNote(note)?.text ?? '', later) : '') };
    });
  return withCheckpoints(withEvents(files, events), rows);
}

/** Keys and witness are trusted, nothing else was kept: what holds against an operator and every witness together. */
export const keysOnly = (trust: VerificationTrust): VerificationTrust => ({
  ...trust,
  kept: [],
  receipts: [],
});
