import type { Command } from 'commander';
import type { Release } from '../audit/release-hash.ts';
import type { Config } from '../config/config.ts';
import { ConfigFault } from '../config/file-form.ts';
import { loadConfig } from '../config/load.ts';
import { maskedConfig } from '../config/masked.ts';
import { printJson, progress } from './output.ts';
import { guardProcess } from './process-guard.ts';
import { readingPacks } from './reading-packs.ts';
import { untilSignal } from './signals.ts';

/** What would decide: the data of this installation under this configuration. */
async function releaseWith(config: Config): Promise<Release> {
  const { hashOfFiles, hashOfJson, releaseFrom } = await import('../audit/release-hash.ts');
  const { dataFiles, decidingConfig } = await import('../config/release.ts');
  return releaseFrom(hashOfFiles(dataFiles()), hashOfJson(decidingConfig(config)));
}

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('run the gateway with a configuration file')
    .requiredOption('--config <file>', 'YAML or JSON configuration')
    .option('--check', 'check the configuration and stop')
    .option('--print', 'print the effective configuration, secrets masked, and stop')
    .option('--json', 'one JSON line when ready')
    .action(async (options: { config: string; check?: boolean; print?: boolean; json?: boolean }) => {
      const starts = options.print !== true && options.check !== true;
      if (starts) guardProcess(progress);
      const config = loadConfig({ path: options.config, env: process.env });
      if (options.print === true) return printJson(maskedConfig(config));
      const { keyFaults, openOutbound, startGateway } = await import('../main.ts');
      const faults = keyFaults(config);
      if (faults.length > 0) throw new ConfigFault(faults);
      if (options.check === true) {
        const { loadPacksInForce } = await import('../packs.ts');
        await readingPacks(() => loadPacksInForce(config.redaction.packs));
        const { releaseHash } = await releaseWith(config);
        if (options.json === true) printJson({ ok: true, releaseHash });
        else progress(`The configuration is valid. With it this installation is release ${releaseHash}.`);
        return undefined;
      }
      const outbound = openOutbound(config);
      // Whatever else in this process speaks HTTP goes through the same door.
      outbound.makeDefault();
      const gateway = await readingPacks(() => startGateway(config, { outbound })).catch((fault: unknown) => {
        // A start that failed half way holds a thread and a port: neither may keep the process.
        setImmediate(() => process.exit());
        throw fault;
      });
      if (options.json === true) printJson({ gateway: gateway.url, operations: gateway.operationsUrl });
      else progress(`phi-gateway listens on ${gateway.url}, operations on ${gateway.operationsUrl}`);
      await untilSignal(() => gateway.stop());
      return undefined;
    });
}
