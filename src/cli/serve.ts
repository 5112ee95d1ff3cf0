import type { Command } from 'commander';
import type { Release } from '../audit/release-hash.ts';
import type { Config } from '../config/config.ts';
import { ConfigFault } from '../config/file-form.ts';
import { loadConfig } from '../config/load.ts';
import { maskedConfig } from '../config/masked.ts';
import { findDataFolder } from '../config/product-folder.ts';
import { CommandFailure, printJson, progress, UsageFailure } from './output.ts';
import { guardProcess } from './process-guard.ts';
import { readingSiteFiles } from './reading-site-files.ts';
import { untilSignal } from './signals.ts';
import { starting } from './starting.ts';

/** What would decide: the data of this installation under this configuration. Throws where too few approved it. */
async function releaseWith(config: Config): Promise<Release> {
  const { RulesInForce } = await import('../wiring/rules.ts');
  const rules = new RulesInForce(config);
  rules.demandApproval();
  return rules.current.release;
}

interface ServeCommandOptions {
  readonly config: string;
  readonly check?: boolean;
  readonly servers?: boolean;
  readonly print?: boolean;
  readonly json?: boolean;
}

/** Asks the FHIR servers of each tenant what they offer, over the connections of this configuration, without a token. */
async function serverReports(config: Config) {
  const { openOutbound } = await import('../wiring/outbound.ts');
  const { loadTasks } = await import('../retrieval/task-catalogue.ts');
  const { noReport, readCapabilityReport, reportLines } = await import('../retrieval/capability-report.ts');
  const tasks = loadTasks(findDataFolder('tasks'));
  const outbound = openOutbound(config);
  const connections = outbound.dispatcher;
  try {
    return await Promise.all(
      config.tenants.flatMap(({ fhir, furtherFhir, id: tenant }) =>
        [fhir, ...furtherFhir].map(async ({ base, id, timeoutMs }) => {
          const name = `${id} of tenant ${tenant}`;
          return readCapabilityReport(tasks, { base, timeoutMs, connections }).then(
            (report) => ({ ok: true, tenant, server: id, report, lines: reportLines(name, report) }),
            (thrown: unknown) => ({ ok: false, tenant, server: id, lines: [noReport(name, thrown)] }),
          );
        }),
      ),
    );
  } finally {
    await outbound.close();
  }
}

/** The configuration is valid; with `servers` the record systems have to answer too. */
async function check(config: Config, { json, servers: asks }: ServeCommandOptions): Promise<void> {
  const { loadPacksInForce } = await import('../packs.ts');
  await readingSiteFiles(() => loadPacksInForce(config.redaction.packs));
  // Once more beside the tasks that it may name.
  const { releaseHash } = await readingSiteFiles(() => releaseWith(config));
  const reports = asks === true ? await serverReports(config) : [];
  const ok = reports.every((one) => one.ok);
  const lines = [
    `The configuration is valid. With it this installation is release ${releaseHash}.`,
    ...reports.flatMap((one) => one.lines),
  ];
  const servers = reports.map(({ lines: _lines, ...report }) => report);
  const result = { ok, releaseHash, ...(asks === true ? { servers } : {}) };
  if (!ok) throw new CommandFailure(lines.join('\n'), result);
  if (json === true) printJson(result);
  else for (const line of lines) progress(line);
}

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('run the gateway with a configuration file')
    .requiredOption('--config <file>', 'YAML or JSON configuration')
    .option('--check', 'check the configuration and stop')
    .option('--servers', 'with --check: ask the FHIR servers what they offer of what the tasks ask for')
    .option('--print', 'print the effective configuration, secrets masked, and stop')
    .option('--json', 'one JSON line when ready')
    .action(async (options: ServeCommandOptions) => {
      if (options.servers === true && options.check !== true)
        throw new UsageFailure('--servers goes with --check');
      const starts = options.print !== true && options.check !== true;
      if (starts) guardProcess(progress);
      const config = loadConfig({ path: options.config, env: process.env });
      if (options.print === true) return printJson(maskedConfig(config));
      const { keyFaults } = await import('../wiring/keys.ts');
      const faults = keyFaults(config);
      if (faults.length > 0) throw new ConfigFault(faults);
      if (options.check === true) return check(config, options);
      // Loading the whole gateway takes a while: a check does not pay for it.
      const { openOutbound } = await import('../wiring/outbound.ts');
      const { startGateway } = await import('../main.ts');
      const outbound = openOutbound(config);
      // Whatever else in this process speaks HTTP goes through the same door.
      outbound.makeDefault();
      const gateway = await starting(() => readingSiteFiles(() => startGateway(config, { outbound }))).catch(
        (fault: unknown) => {
          // A start that failed half way holds a thread and a port: neither may keep the process.
          setImmediate(() => process.exit());
          throw fault;
        },
      );
      if (options.json === true) printJson({ gateway: gateway.url, operations: gateway.operationsUrl });
      else progress(`phi-gateway listens on ${gateway.url}, operations on ${gateway.operationsUrl}`);
      await untilSignal(() => gateway.stop());
      return undefined;
    });
}
