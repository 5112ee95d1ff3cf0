import type { Command } from 'commander';
import { findDataFolder } from '../config/product-folder.ts';
import { CommandFailure, print, printJson } from './output.ts';
import { addExplainCommand } from './policy-explain.ts';
import { addReplayCommand } from './policy-replay.ts';

interface FolderOptions {
  readonly folder?: string;
  readonly json?: boolean;
}

const folderOf = ({ folder }: FolderOptions): string => folder ?? findDataFolder('policies');

/** The faults of a policy folder are for its author; anything else is a fault of ours. */
async function orFault<T>(read: () => Promise<T>): Promise<T> {
  const { PolicySetFault } = await import('../policy/policy-set.ts');
  const { CaseTableFault } = await import('../policy/case-tables.ts');
  try {
    return await read();
  } catch (error) {
    if (error instanceof PolicySetFault || error instanceof CaseTableFault)
      throw new CommandFailure(error.message, { ok: false, fault: error.message });
    throw error;
  }
}

async function check(options: FolderOptions): Promise<void> {
  const { loadPolicySet, readPolicyFolder } = await import('../policy/load.ts');
  const set = await orFault(async () => {
    loadPolicySet(folderOf(options));
    return readPolicyFolder(folderOf(options));
  });
  if (options.json === true) printJson({ ok: true, policies: set.policies.size, policyHash: set.hash });
  else print(`The set may be loaded: ${set.policies.size} policies, hash ${set.hash}.`);
}

async function matrix(options: FolderOptions): Promise<void> {
  const { loadPolicySet } = await import('../policy/load.ts');
  const { accessMatrix } = await import('../policy/matrix.ts');
  print(accessMatrix(await orFault(async () => loadPolicySet(folderOf(options)))).trimEnd());
}

/** Of the changes to the policies, how many the cases have to notice. */
const enough = 0.95;

async function test(options: FolderOptions & { readonly mutations?: boolean }): Promise<void> {
  const { decisionPoint } = await import('../policy/decide.ts');
  const { failedCases, readCaseTables } = await import('../policy/case-tables.ts');
  const { mutationReport } = await import('../policy/mutations.ts');
  const { readPolicyFolder } = await import('../policy/load.ts');
  const { set, tables } = await orFault(async () => ({
    set: readPolicyFolder(folderOf(options)),
    tables: readCaseTables(folderOf(options)),
  }));
  const cases = tables.records.length + tables.trails.length + tables.consents.length;
  const failed = failedCases(decisionPoint(set), tables);
  const report = options.mutations === true ? mutationReport(set, tables) : undefined;
  const ok = failed.length === 0 && (report === undefined || report.caught >= enough * report.mutations);
  const lines = [
    ...failed.map(({ name, expected, found }) => `${name}: expected ${expected}, found ${found}`),
    `${cases - failed.length} of ${cases} cases hold.`,
  ];
  if (report !== undefined) {
    const share = ((100 * report.caught) / report.mutations).toFixed(1);
    lines.push(
      ...report.missed.map(({ policy, change }) => `Nobody notices: ${policy}, ${change}`),
      `${report.caught} of ${report.mutations} mutations are noticed (${share} %).`,
    );
  }
  const body = { ok, cases, failed, ...(report === undefined ? {} : { mutations: report }) };
  if (!ok) throw new CommandFailure(lines.join('\n'), body);
  if (options.json === true) printJson(body);
  else print(lines.join('\n'));
}

export function addPolicyCommand(program: Command): void {
  const policy = program.command('policy').description('the policies of this gateway');
  const of = (name: string, description: string): Command =>
    policy
      .command(name)
      .description(description)
      .option('--folder <path>', 'folder of policies; the shipped one by default')
      .option('--json', 'print JSON');
  of('check', 'validate a policy folder as a whole and name the first fault').action(check);
  of('matrix', 'who may do what, from the decisions themselves').action(matrix);
  of('test', 'hold the policies to the tables in the tests folder beside them')
    .option('--mutations', 'also remove, turn around and widen each policy: 95 % have to be noticed')
    .action(test);
  addExplainCommand(policy);
  addReplayCommand(policy);
}
