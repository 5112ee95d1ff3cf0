import { signCheckpoint } from '../../../src/audit/checkpoint.ts';
import { leafHash } from '../../../src/audit/merkle-hash.ts';
import type { Dice } from '../../fixtures/honest-log.ts';
import {
  asText,
  checkpointsIn,
  eventsIn,
  keptAt,
  type Mutated,
  type Mutation,
  type Round,
  readFiles,
  rootsOf,
  withCheckpoints,
  withEvents,
} from './exports.ts';

/** An event that says something else and still fits the schema. */
const changedEvent = (event: string, dice: Dice): string =>
  event.replace(/"at":(\d+)/, (_, at: string) => `"at":${Number(at) + 1 + dice(1000)}`);

/**
 * Either everything made anew around the changed events, or only the file of events changed; `seq`: the event that must
 * be named then, where it cannot be a later one.
 */
export const around = (round: Round, events: readonly string[], seq?: number): Mutated =>
  round.dice(2) === 0
    ? { files: withEvents(round.files, events) }
    : {
        files: new Map(round.files).set('events.ndjson', asText(events)),
        ...(seq === undefined ? {} : { seq }),
      };

const flipped = (digit: string): string => (digit === '0' ? '1' : '0');

/** Something is changed, taken out, put in, cut, joined, rolled back or replayed. */
export const plainMutations: Readonly<Record<string, Mutation>> = {
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
    return around(round, events.toSpliced(at, 1));
  },
  insert(round) {
    const events = eventsIn(round.files);
    const at = round.dice(events.length + 1);
    const inserted = changedEvent(events[round.dice(events.length)] ?? '', round.dice);
    return around(round, events.toSpliced(at, 0, inserted));
  },
  reorder(round) {
    const events = eventsIn(round.files);
    const from = round.dice(events.length - 1);
    const to = from + 1 + round.dice(events.length - from - 1);
    const swapped = events.with(from, events[to] ?? '').with(to, events[from] ?? '');
    return around(round, swapped);
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
    const roots = rootsOf(forked);
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
    const signed = withCheckpoints(withEvents(files, forked), rows);
    const promised = log.receipts.some(({ seq }) => seq === at);
    const by = dice(promised ? 3 : 2);
    const none = { ...trust, kept: [], receipts: [], witnesses: [] };
    if (by === 0) return { files: signed, trust: { ...none, witnesses: trust.witnesses } };
    return by === 1
      ? { files: signed, trust: { ...none, kept: trust.kept } }
      : { files: signed, trust: { ...none, receipts: trust.receipts } };
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
