import { statSync } from 'node:fs';
import type { Command } from 'commander';
import type { VerificationResult } from '../audit/trail-verification.ts';
import { addAuditKeyCommand } from './audit-key.ts';
import type { TrustOptions } from './audit-trust.ts';
import { addAuditWitnessCommand } from './audit-witness.ts';
import { addResolveCommand } from './office.ts';
import { CommandFailure, print, printJson } from './output.ts';

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

function inWords({
  events,
  signed,
  checkpoints,
  witnessed,
  receipts,
  purged,
  keys,
  witnesses,
}: VerificationResult): string {
  const parts = [`The log verifies: ${events} events.`];
  if (checkpoints !== undefined)
    parts.push(
      `${checkpoints} signed checkpoints cover ${signed ?? 0} of them, cosigned ones ${witnessed ?? 0}.`,
    );
  if (receipts !== undefined) parts.push(`${receipts} receipts were found in it.`);
  if (purged !== undefined) parts.push(`The payloads of ${purged} of them were purged; their hashes verify.`);
  if (keys === 'embedded')
    parts.push(
      'The keys came with the log: give --key with a key you trust to notice a log that was rewritten.',
    );
  if (witnesses === 'embedded')
    parts.push(
      'So did those of the witnesses: give --witness with one you trust to count on its cosignatures.',
    );
  return parts.join(' ');
}

function addVerify(audit: Command): void {
  audit
    .command('verify <path>')
    .description(
      'check a log (database or export) offline: leaves, tree, gaps, order, signatures; names the first event that fails',
    )
    .option('--checkpoint <file...>', 'signed checkpoints that were kept: the log must go on from them')
    .option('--key <vkey...>', 'verifier keys of the log, instead of those that stand with it')
    .option('--witness <vkey...>', 'witnesses of which one must have cosigned everything')
    .option('--receipts <file>', 'receipts or answers, one JSON a line: each must stand in the log')
    .option('--release <hash|dir...>', 'releases that may have decided: hashes, or folders with their data')
    .option('--json', 'print JSON')
    .action(async (path: string, options: TrustOptions & { json?: boolean }) => {
      const { trustOf } = await import('./audit-trust.ts');
      const { isExport, verifyExport } = await import('../storage/files/export-verify.ts');
      const { verifyTrail } = await import('../storage/sqlite/trail-verify.ts');
      const trust = trustOf(options);
      const exported = isFolder(path) && isExport(path);
      const verdict = exported ? verifyExport(path, trust) : verifyTrail(path, trust);
      if (!verdict.ok) {
        const { verificationFaults } = await import('../audit/trail-verification.ts');
        const { seq, reason, trail } = verdict.firstFailure ?? { seq: -1, reason: 'unreadable' as const };
        const of = trail === undefined ? '' : ` (trail ${trail})`;
        throw new CommandFailure(
          `The log does not verify: event ${seq}: ${reason}${of}: ${verificationFaults[reason]}.`,
          verdict,
        );
      }
      if (options.json === true) printJson(verdict);
      else print(inWords(verdict));
    });
}

function addExport(audit: Command): void {
  audit
    .command('export')
    .description('write the log as events, tiles, checkpoints, proofs and keys, to be verified elsewhere')
    .requiredOption('--data <dir>', 'folder that holds audit.db')
    .requiredOption('--out <dir>', 'folder to write to, absent or empty')
    .option('--trail <id...>', 'trails whose answer is to be proved')
    .option('--json', 'print JSON')
    .action(async (options: { data: string; out: string; trail?: readonly string[]; json?: boolean }) => {
      const { exportTrail } = await import('../storage/sqlite/trail-export.ts');
      const { trailFile } = await import('../storage/sqlite/trail-writer.ts');
      const path = isFolder(options.data) ? trailFile(options.data) : options.data;
      const result = exportTrail({ path, out: options.out, trails: options.trail ?? [] });
      if (options.json === true) printJson(result);
      else
        print(
          `Exported ${result.events} events, ${result.checkpoints} checkpoints, ${result.proofs} proofs; ${result.left} newer events are under no checkpoint of it.`,
        );
    });
}

function addAccept(audit: Command): void {
  audit
    .command('accept')
    .description(
      'accept a store that was restored from a backup, although the trail states a newer one; goes on the trail',
    )
    .requiredOption('--data <dir>', 'folder that holds audit.db and the store')
    .requiredOption('--store <name>', 'the store that stays closed, as /readyz names it')
    .option('--json', 'print JSON')
    .action(async (options: { data: string; store: string; json?: boolean }) => {
      const { acceptStore } = await import('../storage/sqlite/accept-store.ts');
      const result = await acceptStore(options.data, options.store);
      if (options.json === true) printJson(result);
      else
        print(
          `Accepted ${options.store} as it is. What was changed in it after that state, such as revocations, is lost; a running gateway goes on within seconds.`,
        );
    });
}

export function addAuditCommand(program: Command): void {
  const audit = program.command('audit').description('the audit trail');
  addVerify(audit);
  addExport(audit);
  addAccept(audit);
  addResolveCommand(audit);
  addAuditKeyCommand(audit);
  addAuditWitnessCommand(audit);
}
