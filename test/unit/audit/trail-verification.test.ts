import { describe, expect, test } from '@jest/globals';
import { CompactRange } from '../../../src/audit/compact-range.ts';
import { encodeEvent } from '../../../src/audit/event-record.ts';
import type { TrailEvent } from '../../../src/audit/events.ts';
import { leafHash } from '../../../src/audit/merkle-hash.ts';
import {
  OrderVerification,
  type StoredRow,
  TreeVerification,
} from '../../../src/audit/trail-verification.ts';
import { answeredTrail, happened, trailId } from './sample-events.ts';

const lists = answeredTrail(trailId(1));

interface Log {
  readonly rows: StoredRow[];
  readonly head: { readonly size: number; readonly root: Uint8Array; readonly range: Uint8Array };
}

/** Rows as the writer stores them, one recorded root a list, and the head. */
function stored(): Log {
  const range = CompactRange.empty();
  const rows = lists.flatMap((list) =>
    list.map((event, place): StoredRow => {
      const payload = encodeEvent(event);
      const leaf = leafHash(payload);
      const row = { seq: range.size, tenant: event.tenant, trail: event.trail, payload, leaf };
      range.append(leaf);
      return place === list.length - 1 ? { ...row, root: range.root() } : row;
    }),
  );
  return { rows, head: { size: range.size, root: range.root(), range: range.bytes() } };
}

function verdict(change: (log: Log) => Log): unknown {
  const { rows, head } = change(stored());
  const tree = new TreeVerification();
  for (const row of rows) {
    const failure = tree.accept(row);
    if (failure !== undefined) return failure;
  }
  return tree.finish(head);
}
const withRow = (place: number, change: (row: StoredRow) => StoredRow) => (log: Log) => ({
  ...log,
  rows: log.rows.map((row, index) => (index === place ? change(row) : row)),
});
/** What an attacker writes who knows how leaves are made. */
const rehashed = (row: StoredRow, payload: string): StoredRow => ({
  ...row,
  payload,
  leaf: leafHash(payload),
});

type Event = Parameters<OrderVerification['accept']>[1];
const told = (event: TrailEvent): Event => ({ ...event, version: 1 });
const denied = (trail: string): Event =>
  told(happened(trail, 'request.denied', { outcome: 'refused', reason: 'revoked' }));
const released = (trail: string): Event => told(happened(trail, 'response.released'));

const rows = (change: (rows: StoredRow[]) => StoredRow[]) => (log: Log) => ({
  ...log,
  rows: change(log.rows),
});
const renumbered = (list: StoredRow[]): StoredRow[] => list.map((row, seq) => ({ ...row, seq }));
const unrecorded = (row: StoredRow): StoredRow => ({
  seq: 11,
  tenant: row.tenant,
  trail: row.trail,
  payload: row.payload,
  leaf: row.leaf,
});
const raised = (row: StoredRow): string => row.payload.replace('"searches":2', '"searches":3');
const named = (row: StoredRow): string => row.payload.replace('"facts":{}', '"facts":{"name":"Maria"}');

describe('verification of the tree', () => {
  test('an honest log verifies', () => {
    expect(verdict((log) => log)).toBeUndefined();
  });

  test.each<[string, (log: Log) => Log, unknown]>([
    [
      'a changed event',
      withRow(4, (row) => ({ ...row, payload: raised(row) })),
      { seq: 4, reason: 'leaf_changed' },
    ],
    [
      'a changed event with its leaf',
      withRow(4, (row) => rehashed(row, raised(row))),
      { seq: 4, reason: 'root_changed' },
    ],
    ['a missing event', rows((list) => list.toSpliced(3, 1)), { seq: 3, reason: 'sequence_gap' }],
    [
      'a missing event, renumbered',
      rows((list) => renumbered(list.toSpliced(3, 1))),
      { seq: 0, reason: 'root_changed' },
    ],
    [
      'a doubled event',
      rows((list) => list.flatMap((row) => (row.seq === 3 ? [row, row] : [row]))),
      { seq: 4, reason: 'sequence_gap' },
    ],
    [
      'two exchanged events',
      rows((list) =>
        renumbered([...list.slice(0, 4), ...list.slice(5, 6), ...list.slice(4, 5), ...list.slice(6)]),
      ),
      { seq: 4, reason: 'root_changed' },
    ],
    ['a cut tail', rows((list) => list.slice(0, -1)), { seq: 10, reason: 'events_missing' }],
    [
      'an unrecorded tail',
      rows((list) => [...list, ...list.slice(-1).map((row) => unrecorded(row))]),
      { seq: 11, reason: 'events_unrecorded' },
    ],
    [
      'a false head',
      (log) => ({ ...log, head: { ...log.head, root: Buffer.alloc(32) } }),
      { seq: 11, reason: 'root_changed' },
    ],
    [
      'a false edge of the tree',
      (log) => ({ ...log, head: { ...log.head, range: Buffer.alloc(96) } }),
      { seq: 11, reason: 'head_malformed' },
    ],
    [
      'another tenant',
      withRow(2, (row) => ({ ...row, tenant: 'south' })),
      { seq: 2, reason: 'columns_differ' },
    ],
    [
      'other bytes',
      withRow(2, (row) => rehashed(row, `${row.payload} `)),
      { seq: 2, reason: 'not_canonical' },
    ],
    ['a foreign fact', withRow(2, (row) => rehashed(row, named(row))), { seq: 2, reason: 'not_in_schema' }],
  ])('%s is named', (_name, change, failure) => {
    expect(verdict(change)).toEqual(failure);
  });
});

describe('verification of the order', () => {
  test('names the lowest sequence number, whatever trail it is on', () => {
    const order = new OrderVerification();
    order.accept(0, denied(trailId(1)));
    expect(order.failure).toBeUndefined();
    order.accept(7, denied(trailId(1)));
    order.accept(3, released(trailId(2)));
    order.accept(5, released(trailId(3)));
    expect(order.failure).toEqual({ seq: 3, reason: 'answered_without_authorization' });
  });
});
