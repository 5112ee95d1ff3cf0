import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { numberIn } from '../../../bench/processes/child.ts';
import { findLeaks, type Hit } from '../../leak/matcher.ts';
import type { World } from './world.ts';

const megabyte = 1_048_576;

/** The gateway's process at one moment: memory in bytes, files in bytes. */
export interface Sample {
  /** Minutes since the load began. */
  readonly at: number;
  readonly requests: number;
  readonly heap: number;
  readonly external: number;
  readonly rss: number;
  readonly descriptors: number;
  readonly threads: number;
  readonly auditWal: number;
  readonly vaultWal: number;
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** A figure of /proc/PID/status, in the file's own unit. */
function statusOf(pid: number, name: string): number {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`${name}:`));
  return Number(line?.replace(/\D/g, ''));
}

export async function sample(world: World, at: number, requests: number): Promise<Sample> {
  const memory = await world.gateway.ask('memory');
  return {
    at,
    requests,
    heap: numberIn(memory, 'heapUsed'),
    external: numberIn(memory, 'external'),
    rss: statusOf(world.pid, 'VmRSS') * 1024,
    descriptors: readdirSync(`/proc/${world.pid}/fd`).length,
    threads: statusOf(world.pid, 'Threads'),
    auditWal: sizeOf(join(world.dataDir, 'audit.db-wal')),
    vaultWal: sizeOf(join(world.dataDir, 'vault.db-wal')),
  };
}

const mib = (bytes: number): string => (bytes / megabyte).toFixed(1).padStart(7);
export const heading =
  ' minute  requests     heap  external     rss   fds  threads  audit-wal  vault-wal  (memory and files in MiB)';

export const lineOf = (one: Sample): string =>
  [
    one.at.toFixed(2).padStart(7),
    String(one.requests).padStart(9),
    mib(one.heap).padStart(8),
    mib(one.external).padStart(9),
    mib(one.rss).padStart(7),
    String(one.descriptors).padStart(5),
    String(one.threads).padStart(8),
    mib(one.auditWal).padStart(10),
    mib(one.vaultWal).padStart(10),
  ].join(' ');

/** Searches what left the gateway and what it wrote since the last look. */
export class LeakWatch {
  readonly #world: World;
  readonly hits: Hit[] = [];
  bytes = 0;
  #logRead = 0;
  #lastSeq = -1;

  constructor(world: World) {
    this.#world = world;
  }

  #search(text: string, patient?: string): void {
    this.bytes += text.length;
    const wanted = patient === undefined ? this.#world.identifiers : this.#world.others(patient);
    this.hits.push(...findLeaks(text, wanted));
  }

  /** An answer may hold what its own patient's caller may read; an error nothing of anybody. */
  answer(text: string, patient: string | undefined): void {
    this.#search(text, patient);
  }

  async look(): Promise<void> {
    for (const text of await this.#world.received()) this.#search(text);
    this.#lookAtLog();
    this.#lookAtTrail();
  }

  #lookAtLog(): void {
    const path = join(this.#world.dataDir, 'gateway.log');
    const more = sizeOf(path) - this.#logRead;
    if (more <= 0) return;
    const bytes = Buffer.alloc(more);
    const file = openSync(path, 'r');
    readSync(file, bytes, 0, more, this.#logRead);
    closeSync(file);
    this.#logRead += more;
    this.#search(bytes.toString('utf8'));
  }

  /** The newest five hundred events since the last look. */
  #lookAtTrail(): void {
    const database = new Database(join(this.#world.dataDir, 'audit.db'), { readonly: true });
    try {
      const rows = database
        .prepare<[number], { seq: number; payload: string }>(
          'SELECT seq, payload FROM event WHERE seq > ? ORDER BY seq DESC LIMIT 500',
        )
        .all(this.#lastSeq);
      this.#lastSeq = rows[0]?.seq ?? this.#lastSeq;
      this.#search(rows.map(({ payload }) => payload).join('\n'));
    } finally {
      database.close();
    }
  }
}
