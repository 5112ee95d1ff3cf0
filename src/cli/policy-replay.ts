import { statSync } from 'node:fs';
import type { Command } from 'commander';
import { findDataFolder } from '../config/product-folder.ts';
import { CommandFailure, print, printJson } from './output.ts';

interface ReplayOptions {
  readonly data: string;
  readonly folder?: readonly string[];
  readonly json?: boolean;
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

async function replayAll({ data, folder, json }: ReplayOptions): Promise<void> {
  const { loadPolicySet } = await import('../policy/load.ts');
  const { holdsDecision, replay } = await import('../policy/stored-decision.ts');
  const { TrailFileReader } = await import('../storage/sqlite/trail-reader.ts');
  const { trailFile } = await import('../storage/sqlite/trail-writer.ts');
  const points = (folder ?? [findDataFolder('policies')]).map((dir) => loadPolicySet(dir));
  const counts = { decisions: 0, equal: 0, different: 0, incomplete: 0, other_policies: 0 };
  const unequal: { seq: number; trail: string; found: string }[] = [];
  const reader = new TrailFileReader(isFolder(data) ? trailFile(data) : data);
  try {
    for (const { facts, seq, trail } of reader.withFact('policyHash')) {
      if (!holdsDecision(facts)) continue;
      const found = replay(facts, points);
      counts.decisions += 1;
      counts[found] += 1;
      if (found !== 'equal' && unequal.length < 100) unequal.push({ seq, trail, found });
    }
  } finally {
    reader.close();
  }
  const ok = counts.equal === counts.decisions;
  const lines = [
    ...unequal.map(({ found, seq, trail }) => `event ${seq} (trail ${trail}): ${found.replace('_', ' ')}`),
    `${counts.equal} of ${counts.decisions} stored decisions come out equal.`,
  ];
  const body = { ok, ...counts, unequal };
  if (!ok) throw new CommandFailure(lines.join('\n'), body);
  if (json === true) printJson(body);
  else print(lines.join('\n'));
}

export function addReplayCommand(policy: Command): void {
  policy
    .command('replay')
    .description(
      'take every stored decision about a record again, from its facts: effect, policies and sentence',
    )
    .requiredOption('--data <dir>', 'folder that holds audit.db, or the file')
    .option('--folder <path...>', 'policy folders that may have decided; the shipped one by default')
    .option('--json', 'print JSON')
    .action(replayAll);
}
