import type { Command } from 'commander';
import { print, printJson, progress, UsageFailure } from './output.ts';
import { removeState, stateFileOf, writeState } from './sandbox-state.ts';
import { untilSignal } from './signals.ts';
import { starting } from './starting.ts';

interface SandboxCommandOptions {
  readonly port: string;
  readonly patients?: readonly string[];
  readonly now?: string;
  readonly data?: string;
  readonly patientAccount?: string;
  readonly json?: boolean;
}

const instantOf = (text: string): number => {
  const at = Date.parse(text);
  if (Number.isNaN(at))
    throw new UsageFailure('--now takes an ISO 8601 time, for example 2026-03-04T09:00:00Z.');
  return at;
};

const portOf = (text: string): number => {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageFailure('--port takes 0 to 65535.');
  return port;
};

async function sandbox(options: SandboxCommandOptions): Promise<void> {
  const { startSandbox } = await import('../../sandbox/start.ts');
  const running = await starting(() =>
    startSandbox({
      port: portOf(options.port),
      ...(options.patients === undefined ? {} : { patients: options.patients }),
      ...(options.now === undefined ? {} : { now: instantOf(options.now) }),
      ...(options.data === undefined ? {} : { dataDir: options.data }),
      ...(options.patientAccount === undefined ? {} : { patientAccount: options.patientAccount }),
      ...(options.json === true ? {} : { progress }),
    }),
  );
  const stateFile = process.env['PHI_GATEWAY_SANDBOX'] ?? stateFileOf(process.pid);
  const ready = { ...running.ready, stateFile };
  writeState(stateFile, ready);
  if (options.json === true) printJson(ready);
  else {
    const [patient] = ready.patients;
    print('');
    print('phi-gateway SANDBOX: invented patients, toy sign-in, toy model. Not for real data.');
    print(`  gateway     ${ready.gateway}   (API page: ${ready.gateway}/docs)`);
    print(`  with mTLS   ${ready.gatewayMtls}   (curl --cacert ${ready.ca} --cert ${ready.svid})`);
    print(`  operations  ${ready.operations}`);
    print(`  issuer      ${ready.issuer}`);
    print(`  FHIR        ${ready.fhir}`);
    print(`  model       ${ready.model}/__received   (every byte that the model got)`);
    print(`  data        ${ready.dataDir}`);
    print('');
    print('Ask something, in another terminal:');
    print('');
    print(
      `  npx phi-gateway ask --user clinician --patient ${patient?.id ?? 'ID'} --task cholesterol.latest "What is the latest LDL?"`,
    );
    print('');
    print('Then its trail:  npx phi-gateway trail TRAIL --user compliance');
    print('');
  }
  await untilSignal(async () => {
    removeState(stateFile);
    await running.close();
  });
  // Keep-alive sockets of the toys must not hold the process.
  process.exit(0);
}

export function addSandboxCommand(program: Command): void {
  program
    .command('sandbox')
    .description('everything a newcomer needs, on loopback: sign-in, record, model, gateway')
    .option('--port <number>', 'port of the gateway; 0 for any free one', '8080')
    .option('--patients <paths...>', 'FHIR R4 files or folders instead of the generated patients')
    .option('--now <time>', 'time of the record (ISO 8601)')
    .option('--data <folder>', 'where the databases and the log go')
    .option('--patient-account <id>', 'patient that the account "patient" stands for')
    .option('--json', 'one JSON line when ready, nothing else')
    .action(sandbox);
}
