import { join } from 'node:path';
import type { Command } from 'commander';
import type { Release } from '../audit/release-hash.ts';
import type { Config } from '../config/config.ts';
import { readKeyFile } from './audit-key.ts';
import { CommandFailure, print, printJson, UsageFailure } from './output.ts';

interface ReleaseOptions {
  readonly config: string;
  readonly json?: boolean;
}

/** What this installation decides by under this configuration; the gateway's own secrets are not read. */
async function installed(options: ReleaseOptions): Promise<{ config: Config; release: Release }> {
  const { loadWithoutSecrets } = await import('../config/load.ts');
  const { releaseOf } = await import('../wiring/rules.ts');
  const config = loadWithoutSecrets({ path: options.config, env: process.env });
  return { config, release: releaseOf(config) };
}

/** `release show`: what there is to approve, and who has. */
async function show(options: ReleaseOptions): Promise<void> {
  const { neededApprovals } = await import('../audit/release-approval.ts');
  const { approvalOf } = await import('../wiring/approvals.ts');
  const { config, release } = await installed(options);
  const { by, enough } = approvalOf(config, release);
  const result = { ok: enough, ...release, approvedBy: by };
  const lines = [
    `release ${release.releaseHash}`,
    `  data ${release.dataHash} (policies, tasks, packs, label tables)`,
    `  config ${release.configHash} (the part of the configuration that decides)`,
    config.release === undefined
      ? 'Nobody has to approve it: the configuration names no approvers.'
      : `Approved by ${by.length} of ${neededApprovals}${by.length === 0 ? '.' : `: ${by.join(', ')}.`}`,
  ];
  if (!enough) throw new CommandFailure(lines.join('\n'), result);
  if (options.json === true) printJson(result);
  else print(lines.join('\n'));
}

interface ApproveOptions extends ReleaseOptions {
  readonly release: string;
  readonly name: string;
  readonly key: string;
}

/** `release approve`: one more signed note in the folder of approvals. Nothing is signed that was not named. */
async function approve(options: ApproveOptions): Promise<void> {
  const { mkdirSync, renameSync, rmSync, writeFileSync } = await import('node:fs');
  const { releaseStatement, shortHash } = await import('../audit/release-approval.ts');
  const { createNoteSigner, signatureLine } = await import('../audit/signed-note.ts');
  const { config, release } = await installed(options);
  if (config.release === undefined) throw new UsageFailure('the configuration names no approvers');
  const signer = createNoteSigner(options.name, await readKeyFile(options.key));
  if (!config.release.approvers.includes(signer.key.text))
    throw new UsageFailure('the key is not one of release.approvers under this name');
  if (options.release !== release.releaseHash)
    throw new CommandFailure(`This installation is release ${release.releaseHash}: nothing was signed.`, {
      ok: false,
      ...release,
    });
  const statement = releaseStatement(release);
  const note = `${statement}\n${signatureLine(signer.key, signer.sign(statement))}`;
  const path = join(config.release.approvals, `${shortHash(release.releaseHash)}-${signer.key.id}.note`);
  mkdirSync(config.release.approvals, { recursive: true });
  // Whole at once, and in the place of a link that somebody may have left there, never through it.
  rmSync(`${path}.new`, { force: true });
  writeFileSync(`${path}.new`, note, { flag: 'wx' });
  renameSync(`${path}.new`, path);
  if (options.json === true) printJson({ ok: true, ...release, note: path });
  else print(`${path} approves release ${release.releaseHash}.`);
}

/** `release`: what decides, and who has approved it. */
export function addReleaseCommand(program: Command): void {
  const release = program
    .command('release')
    .description('what decides here (policies, tasks, packs, labels, configuration), and who approved it');
  release
    .command('show')
    .description('print the release of this installation and its approvals; exit 1 where they do not suffice')
    .requiredOption('--config <file>', 'YAML or JSON configuration')
    .option('--json', 'print JSON')
    .action(show);
  release
    .command('approve')
    .description('sign the release of this installation, as one of the approvers of its configuration')
    .requiredOption('--config <file>', 'YAML or JSON configuration')
    .requiredOption('--release <hash>', 'what you looked at and approve; refused where it is another')
    .requiredOption('--name <name>', 'your name in release.approvers')
    .requiredOption('--key <file>', 'your key: PKCS#8 PEM of Ed25519')
    .option('--json', 'print JSON')
    .action(approve);
}
