import { Command, CommanderError } from 'commander';
import { addAskCommand } from './ask.ts';
import { addAttestCommand } from './attest.ts';
import { addAuditCommand } from './audit.ts';
import { addLoginCommand } from './login.ts';
import { addKeysCommand } from './office.ts';
import { CommandFailure, exitCodes, print, printJson, progress, UsageFailure } from './output.ts';
import { addPolicyCommand } from './policy.ts';
import { addReleaseCommand } from './release.ts';
import { addSandboxCommand } from './sandbox.ts';
import { addScanCommand } from './scan.ts';
import { addServeCommand } from './serve.ts';
import { addTasksCommand } from './tasks.ts';
import { addTokenCommand } from './token.ts';
import { addTrailCommand } from './trail.ts';

const additions = [
  addServeCommand,
  addSandboxCommand,
  addAskCommand,
  addLoginCommand,
  addTokenCommand,
  addTrailCommand,
  addTasksCommand,
  addScanCommand,
  addAttestCommand,
  addAuditCommand,
  addKeysCommand,
  addPolicyCommand,
  addReleaseCommand,
] as const;

const createProgram = (): Command => {
  const program = new Command('phi-gateway')
    .description('Zero-trust gateway between healthcare apps and language models.')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError()
    .exitOverride();
  for (const add of additions) add(program);
  return program;
};

/** Commander leaves by throwing; a command by throwing a failure. Anything else is a fault of ours. */
function exitCodeOf(error: unknown, args: readonly string[]): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  if (error instanceof CommandFailure) {
    if (error.body === undefined) progress(error.message);
    else if (args.includes('--json')) printJson(error.body);
    else print(error.message);
    return exitCodes.refused;
  }
  if (error instanceof UsageFailure) {
    progress(error.message);
    return exitCodes.usage;
  }
  progress(`phi-gateway failed: ${error instanceof Error ? error.message : 'unknown fault'}`);
  return exitCodes.refused;
}

/** Runs one command to its end, with what stands after `phi-gateway`; answers its exit code. */
export async function runCommand(args: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync(args, { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    return exitCodeOf(error, args);
  }
}
