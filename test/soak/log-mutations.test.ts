import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import type { VerificationTrust } from '../../src/audit/signed-verification.ts';
import { type VerificationResult, verificationFaults } from '../../src/audit/trail-verification.ts';
import { verifyExport } from '../../src/storage/files/export-verify.ts';
import { verifyTrail } from '../../src/storage/sqlite/trail-verify.ts';
import { diceOf, type HonestLog, honestLog } from '../fixtures/honest-log.ts';
import { contentMutations } from './mutations/content.ts';
import { databaseMutations } from './mutations/database.ts';
import {
  type Files,
  type Mutated,
  type Mutation,
  type Round,
  readFiles,
  same,
  writeFiles,
} from './mutations/exports.ts';
import { folderMutations } from './mutations/folder.ts';
import { plainMutations } from './mutations/plain.ts';
import { signedMutations } from './mutations/signed.ts';

const full = process.env['SOAK'] === 'full';
const mutations = full ? 20_000 : 340;
const honest = full ? 1000 : 20;
/** Mutations that one log is put through before the next log. */
const perLog = full ? 40 : 50;
const seed = Number(process.env['SEED'] ?? 20_261_120);

const kinds: readonly (readonly [string, Mutation])[] = Object.entries({
  ...plainMutations,
  ...contentMutations,
  ...folderMutations,
  ...signedMutations,
  ...databaseMutations,
});

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

/** A copy of the database after these statements, each over a connection of its own; its triggers stand as before. */
function changedDatabase(path: string, copy: string, statements: readonly string[]): void {
  copyFileSync(path, copy);
  const run = (work: (database: Database.Database) => void): void => {
    const database = new Database(copy);
    try {
      database.unsafeMode(true);
      work(database);
    } finally {
      database.close();
    }
  };
  const triggers = new Map<string, string>();
  run((database) => {
    for (const row of database
      .prepare<[], { name: string; sql: string }>(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'",
      )
      .all())
      triggers.set(row.name, row.sql);
    if (statements[0]?.startsWith('DROP TRIGGER') === true) return;
    for (const name of triggers.keys()) database.exec(`DROP TRIGGER ${name}`);
  });
  for (const statement of statements) run((database) => database.exec(statement));
  if (statements[0]?.startsWith('DROP TRIGGER') === true) return;
  run((database) => {
    // The table may be none any more: the rest is what is judged.
    for (const [name, sql] of triggers)
      if (
        database.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(name) === undefined &&
        canStand(database, sql)
      )
        database.exec(sql);
  });
}

/** Whether the object that a trigger is for is still a table. */
const canStand = (database: Database.Database, sql: string): boolean =>
  database
    .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")
    .get(/ ON (\w+)/.exec(sql)?.[1] ?? '') !== undefined;

/** What the verifier says; undefined where nothing was changed. */
function verdictOn(
  mutated: Mutated,
  { log, files, trust }: Round,
  folder: string,
): VerificationResult | undefined {
  const told = mutated.trust ?? trust;
  if ('sql' in mutated) {
    const copy = `${folder}.db`;
    changedDatabase(log.database, copy, mutated.sql);
    return verifyTrail(copy, told);
  }
  if (!('files' in mutated)) return verifyExport(log.whole, told);
  if (mutated.touch === undefined && same(mutated.files, files)) return undefined;
  writeFiles(folder, mutated.files);
  mutated.touch?.(folder);
  return verifyExport(folder, told);
}

const memory = '/dev/shm';

it(`${mutations} mutations of logs are named, ${honest} honest logs verify`, () => {
  const folder = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'phi-mutations-'));
  const dice = diceOf(seed);
  const missed: string[] = [];
  const misplaced: string[] = [];
  const alarms: string[] = [];
  const counts = new Map<string, number>();
  const reasons = new Map<string, number>();
  let purges = 0;
  let done = 0;
  let next = 0;
  let verified = 0;
  let other: { readonly log: HonestLog; readonly files: Files } | undefined;
  try {
    while (done < mutations || verified < honest) {
      const log = honestLog(join(folder, 'log'), dice, undefined, true);
      const files = readFiles(log.whole);
      const trust = trustIn(log);
      const verdicts = [verifyExport(log.whole, trust), verifyTrail(log.database, trust)];
      for (const verdict of verdicts) if (!verdict.ok) alarms.push(JSON.stringify(verdict));
      verified += 1;
      if (log.purged > 0) purges += 1;
      const round = { log, files, dice, trust, other: other?.files ?? files, otherLog: other?.log ?? log };
      const turns = other === undefined ? 0 : perLog;
      for (let turn = 0; turn < turns && done < mutations; turn += 1) {
        const [name, mutate] = kinds[next % kinds.length] ?? ['none', () => undefined];
        next += 1;
        const mutated = mutate(round);
        const verdict =
          mutated === undefined ? undefined : verdictOn(mutated, round, join(folder, 'mutated'));
        if (mutated === undefined || verdict === undefined) continue;
        const { seq = -1, reason = 'none' } = verdict.firstFailure ?? {};
        const which = `${name}, mutation ${done}`;
        if (!named(verdict)) missed.push(which);
        else if (mutated.seq !== undefined && mutated.seq !== seq)
          misplaced.push(`${which}: event ${seq} for ${mutated.seq} (${reason})`);
        else if (mutated.reasons !== undefined && !mutated.reasons.includes(reason))
          misplaced.push(`${which}: ${reason} for ${mutated.reasons.join(' or ')}`);
        counts.set(name, (counts.get(name) ?? 0) + 1);
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
        done += 1;
      }
      other = { log, files };
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(
    [
      `${done} mutations (seed ${seed}): ${missed.length} missed, ${misplaced.length} named otherwise than they are`,
      `  ${list(counts)}`,
      `  named as: ${list(reasons)}`,
      `${verified} honest logs (${purges} of them purged), each as export and as database: ${alarms.length} false alarms`,
    ].join('\n'),
  );
  expect({ missed, misplaced, alarms }).toEqual({ missed: [], misplaced: [], alarms: [] });
  expect([...counts.keys()].toSorted()).toEqual(kinds.map(([name]) => name).toSorted());
}, 3_000_000);
