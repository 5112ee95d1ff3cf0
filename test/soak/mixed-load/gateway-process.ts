import { performance } from 'node:perf_hooks';
import { answer, numberIn, textIn } from '../../../bench/processes/child.ts';
import { openLogFile } from '../../../sandbox/log-file.ts';
import { sandboxConfig } from '../../../sandbox/start.ts';
import type { Config } from '../../../src/config/config.ts';
import { type RunningGateway, startGateway } from '../../../src/main.ts';
import { hurried } from '../../integration/hardening/model-double.ts';

/** Tokens die during the run, so that the purge of the vault belongs to what is measured. */
const retentionSeconds = 600;

const shortLived = (config: Config): Config => ({
  ...config,
  limits: { ...config.limits, tokenRetentionSeconds: retentionSeconds },
});

/** Models that may take long, and requests that wait for them. */
const patient =
  (timeoutMs: number) =>
  (config: Config): Config => ({
    ...config,
    limits: { ...config.limits, requestTimeoutMs: timeoutMs },
    tenants: config.tenants.map((tenant) => ({
      ...tenant,
      models: tenant.models.map((model) => ({ ...model, timeoutMs })),
    })),
  });

// The gateway, alone in its process: its memory, threads and descriptors are nobody else's.
let gateway: RunningGateway | undefined;

answer({
  async start(input) {
    const dataDir = textIn(input, 'dataDir');
    const at = {
      issuer: textIn(input, 'issuer'),
      fhir: textIn(input, 'fhir'),
      model: textIn(input, 'model'),
      dataDir,
    };
    const config = hurried(
      { double: textIn(input, 'double') },
      numberIn(input, 'fhirTimeoutMs'),
    )(sandboxConfig({ port: 0 }, at));
    const slow = input['modelTimeoutMs'] === undefined ? undefined : numberIn(input, 'modelTimeoutMs');
    const made = slow === undefined ? config : patient(slow)(config);
    gateway = await startGateway(shortLived(made), { logTo: openLogFile(`${dataDir}/gateway.log`) });
    return { url: gateway.url, operations: gateway.operationsUrl, pid: process.pid };
  },
  /** Bytes, after two collections: what is left is held. */
  memory() {
    const began = performance.now();
    globalThis.gc?.();
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    return { heapUsed, external, collectedMs: performance.now() - began };
  },
  async stop() {
    await gateway?.stop(5000);
    return {};
  },
});
