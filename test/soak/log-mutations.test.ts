import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from '@jest/globals';
import { signCheckpoint } from '../../src/audit/checkpoint.ts';
import { CompactRange } from '../../src/audit/compact-range.ts';
import { leafHash } from '../../src/audit/merkle-hash.ts';
import { purgedLeaf } from '../../src/audit/retention.ts';
import type { VerificationTrust } from '../../src/audit/signed-verification.ts';
import { TileBuilder } from '../../src/audit/tile-builder.ts';
import { tilePath } from '../../src/audit/tiles.ts';
import { type VerificationResult, verificationFaults } from '../../src/audit/trail-verification.ts';
import { checkpointLine, readCheckpointLine } from '../../src/storage/files/export-layout.ts';
import { verifyExport } from '../../src/storage/files/export-verify.ts';
import { verifyTrail } from '../../src/storage/sqlite/trail-verify.ts';
import { type Dice, diceOf, type HonestLog, honestLog } from '../fixtures/honest-log.ts';

const full = process.env['SOAK'] === 'full';
const mutations = full ? 20_000 : 330;
const honest = full ? 1000 : 20;
/** Mutations that one log is put through before the next log. */
const perLog = full ? 40 : 30;
const seed = Number(process.env['SEED'] ?? 20_261_120);

/** An export in memory: path inside the folder and bytes. */
type Files = Map<string, Buffer>;

function readFiles(folder: string): Files {
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

function writeFiles(folder: string, files: Files): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
}

const linesIn = (bytes: Buffer | undefined): string[] =>
  (bytes ?? Buffer.alloc(0)).toString().split('\n').slice(0, -1);
const asText = (lines: readonly string[]): Buffer => Buffer.from(lines.map((line) => `${line}\n`).join(''));
const eventsIn = (files: Files): string[] => linesIn(files.get('events.ndjson'));

/** Leaf of an event, or of one whose payload was purged. */
const leafOf = (event: string): Buffer => purgedLeaf(event) ?? leafHash(event);
/** The place of an event that is still there. */
function keptAt(events: readonly string[], dice: Dice): number {
  const kept = events.flatMap((event, at) => (purgedLeaf(event) === undefined ? [at] : []));
  return kept[dice(kept.length)] ?? 0;
}

/** The export with other events, its tiles and bundles made anew: what somebody without the key can do. */
function withEvents(files: Files, events: readonly string[]): Files {
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

/** The export with checkpoints only up to this size, the newest of them on top. */
function withCheckpoints(files: Files, rows: readonly { size: number; note: string }[]): Files {
  return new Map(files)
    .set('checkpoints.ndjson', asText(rows.map((row) => checkpointLine(row).trimEnd())))
    .set('checkpoint', Buffer.from(rows.at(-1)?.note ?? ''));
}
const checkpointsIn = (files: Files) =>
  linesIn(files.get('checkpoints.ndjson')).flatMap((line) => readCheckpointLine(line) ?? []);

/** An event that says something else and still fits the schema. */
const changedEvent = (event: string, dice: Dice): string =>
  event.replace(/"at":(\d+)/, (_, at: string) => `"at":${Number(at) + 1 + dice(1000)}`);

interface Round {
  readonly files: Files;
  readonly log: HonestLog;
  readonly other: Files;
  readonly dice: Dice;
  readonly trust: VerificationTrust;
}
interface Mutated {
  readonly files: Files;
  readonly trust?: VerificationTrust;
  /** The event that must be named, where only one can be the first. */
  readonly seq?: number;
}

/** Either everything made anew around the changed events, or only the file of events changed. */
const around = (round: Round, events: readonly string[], seq: number): Mutated =>
  round.dice(2) === 0
    ? { files: withEvents(round.files, events) }
    : { files: new Map(round.files).set('events.ndjson', asText(events)), seq };

const flipped = (digit: string): string => (digit === '0' ? '1' : '0');

const kinds: Readonly<Record<string, (round: Round) => Mutated>> = {
  'byte change'({ files, dice }) {
    const names = [...files.keys()];
    const name = names[dice(names.length)] ?? '';
    const bytes = Buffer.from(files.get(name) ?? []);
    const at = dice(bytes.length);
    bytes.writeUInt8(bytes.readUInt8(at) ^ (1 + dice(255)), at);
    const before = (files.get(name) ?? Buffer.alloc(0)).subarray(0, at).toString();
    return {
      files: new Map(files).set(name, bytes),
      ...(name === 'events.ndjson' ? { seq: before.split('\n').length - 1 } : {}),
    };
  },
  'changed event'(round) {
    const events = eventsIn(round.files);
    const at = keptAt(events, round.dice);
    return around(round, events.with(at, changedEvent(events[at] ?? '', round.dice)), at);
  },
  delete(round) {
    const events = eventsIn(round.files);
    const at = round.dice(events.length - 1);
    return { files: around(round, events.toSpliced(at, 1), at).files };
  },
  insert(round) {
    const events = eventsIn(round.files);
    const at = round.dice(events.length + 1);
    const inserted = changedEvent(events[round.dice(events.length)] ?? '', round.dice);
    return { files: around(round, events.toSpliced(at, 0, inserted), at).files };
  },
  reorder(round) {
    const events = eventsIn(round.files);
    const from = round.dice(events.length - 1);
    const to = from + 1 + round.dice(events.length - from - 1);
    const swapped = events.with(from, events[to] ?? '').with(to, events[from] ?? '');
    return { files: around(round, swapped, from).files };
  },
  truncate({ files, dice, trust, log }) {
    const events = eventsIn(files);
    const rows = checkpointsIn(files);
    const kept = rows.slice(0, dice(rows.length));
    const size = dice(2) === 0 ? (kept.at(-1)?.size ?? 0) : dice(events.length);
    const cut = withCheckpoints(withEvents(files, events.slice(0, size)), kept);
    const missing = log.receipts.some(({ seq }) => seq >= size);
    return {
      files: cut,
      trust: missing && dice(2) === 0 ? { ...trust, kept: [] } : { ...trust, receipts: [] },
    };
  },
  'dressed as a purge'({ files, dice, log }) {
    const events = eventsIn(files);
    const at = keptAt(events, dice);
    const hash = leafHash(events[at] ?? '').toString('hex');
    const dressed = withEvents(files, events.with(at, dice(4) === 0 ? hash.replace(/^./, flipped) : hash));
    // Where the log has an honest purge, one more among what it could have removed is only missing from its count.
    return log.purged > 0 ? { files: dressed } : { files: dressed, seq: at };
  },
  splice({ files, other, dice }) {
    const [mine, theirs] = [eventsIn(files), eventsIn(other)];
    const at = 1 + dice(Math.min(mine.length, theirs.length) - 1);
    const spliced = withEvents(files, [...mine.slice(0, at), ...theirs.slice(at)]);
    return { files: dice(2) === 0 ? spliced : withCheckpoints(spliced, checkpointsIn(other)) };
  },
  're-signed fork'({ files, dice, log, trust }) {
    const events = eventsIn(files);
    const at = keptAt(events, dice);
    const forked = events.with(at, changedEvent(events[at] ?? '', dice));
    const range = CompactRange.empty();
    const roots = new Map([[0, range.root()]]);
    for (const event of forked) {
      range.append(leafOf(event));
      roots.set(range.size, range.root());
    }
    const rows = checkpointsIn(files).map(({ size, note }) => {
      if (size <= at) return { size, note };
      const signed = signCheckpoint(log.signer, {
        origin: log.signer.key.name,
        size,
        root: roots.get(size) ?? new Uint8Array(32),
      });
      const cosignature = dice(2) === 0 ? '' : (note.match(/— witness.*\n/)?.[0] ?? '');
      return { size, note: signed + cosignature };
    });
    const files2 = withCheckpoints(withEvents(files, forked), rows);
    const promised = log.receipts.some(({ seq }) => seq === at);
    const by = dice(promised ? 3 : 2);
    const none = { ...trust, kept: [], receipts: [], witnesses: [] };
    const bare = new Map(files2);
    if (by === 0) return { files: files2, trust: { ...none, witnesses: trust.witnesses } };
    return by === 1
      ? { files: bare, trust: { ...none, kept: trust.kept } }
      : { files: bare, trust: { ...none, receipts: trust.receipts } };
  },
  'rolled-back database'({ log, dice, trust }) {
    const earlier = readFiles(log.earlier);
    const later = log.laterReceipts.length > 0 && dice(2) === 0;
    return { files: earlier, trust: later ? { ...trust, kept: [] } : { ...trust, receipts: [] } };
  },
  'replayed witness line'({ files, other, dice, trust }) {
    const rows = checkpointsIn(files);
    const lines = [...rows.slice(0, -1), ...checkpointsIn(other)].flatMap(
      ({ note }) => note.match(/— witness.*\n/) ?? [],
    );
    const line = dice(4) === 0 ? '' : (lines[dice(lines.length)] ?? '');
    const last = rows.at(-1);
    if (last === undefined) throw new Error('no checkpoint');
    const replayed = { size: last.size, note: last.note.replace(/— witness.*\n/, line) };
    return {
      files: withCheckpoints(files, [...rows.slice(0, -1), replayed]),
      trust: { ...trust, kept: [], receipts: [] },
    };
  },
};

const same = (a: Files, b: Files): boolean =>
  a.size === b.size && [...a].every(([name, bytes]) => b.get(name)?.equals(bytes) === true);

const trustIn = (log: HonestLog): VerificationTrust => ({
  keys: [log.signer.key],
  witnesses: [log.witness.key],
  kept: [log.newest],
  receipts: log.receipts,
});

const named = (verdict: VerificationResult): boolean =>
  !verdict.ok && verdict.firstFailure !== undefined && verdict.firstFailure.reason in verificationFaults;

const list = (of: ReadonlyMap<string, number>): string =>
  [...of].map(([name, n]) => `${name} ${n}`).join(', ');

const memory = '/dev/shm';

it(`${mutations} mutations of exports are named, ${honest} honest exports verify`, () => {
  const folder = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'phi-mutations-'));
  const dice = diceOf(seed);
  const missed: string[] = [];
  const misplaced: string[] = [];
  const alarms: string[] = [];
  const counts = new Map<string, number>();
  const reasons = new Map<string, number>();
  let purges = 0;
  let done = 0;
  let verified = 0;
  let other: Files | undefined;
  try {
    while (done < mutations || verified < honest) {
      const log = honestLog(join(folder, 'log'), dice, undefined, true);
      const files = readFiles(log.whole);
      const trust = trustIn(log);
      const verdicts = [verifyExport(log.whole, trust), verifyTrail(log.database, trust)];
      for (const verdict of verdicts) if (!verdict.ok) alarms.push(JSON.stringify(verdict));
      verified += 1;
      if (log.purged > 0) purges += 1;
      const against = other ?? files;
      const turns = other === undefined ? 0 : perLog;
      for (let turn = 0; turn < turns && done < mutations; turn += 1) {
        const names = Object.keys(kinds);
        const name = names[done % names.length] ?? '';
        const mutated = kinds[name]?.({ files, log, other: against, dice, trust });
        if (mutated === undefined || same(mutated.files, files)) continue;
        writeFiles(join(folder, 'mutated'), mutated.files);
        const verdict = verifyExport(join(folder, 'mutated'), mutated.trust ?? trust);
        const { seq = -1, reason = 'none' } = verdict.firstFailure ?? {};
        if (!named(verdict)) missed.push(`${name}, mutation ${done}`);
        else if (mutated.seq !== undefined && mutated.seq !== seq)
          misplaced.push(`${name}, mutation ${done}: event ${seq} for ${mutated.seq} (${reason})`);
        counts.set(name, (counts.get(name) ?? 0) + 1);
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
        done += 1;
      }
      other = files;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(
    [
      `${done} mutations (seed ${seed}): ${missed.length} missed, ${misplaced.length} named at another event`,
      `  ${list(counts)}`,
      `  named as: ${list(reasons)}`,
      `${verified} honest logs (${purges} of them purged), each as export and as database: ${alarms.length} false alarms`,
    ].join('\n'),
  );
  expect(missed).toEqual([]);
  expect(misplaced).toEqual([]);
  expect(alarms).toEqual([]);
}, 3_000_000);
