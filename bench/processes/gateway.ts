import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { sandboxConfig } from '../../sandbox/start.ts';
import type { RecordServer } from '../../src/envelope/services.ts';
import { type RunningGateway, startGateway } from '../../src/main.ts';
import { answer, numberIn, textIn } from './child.ts';
import { callsAlone, notingCalls } from './fhir-calls.ts';

// The gateway, alone in its process: its CPU, memory and event loop are nobody else's.
// A folder may be named for its data.
const dataDir = mkdtempSync(join(process.argv[2] ?? tmpdir(), 'phi-bench-'));
const log = createWriteStream(join(dataDir, 'gateway.log'), { mode: 0o600 });
const loop = monitorEventLoopDelay({ resolution: 1 });
let gateway: RunningGateway | undefined;
let utilization = performance.eventLoopUtilization();
let noting: (ReturnType<typeof notingCalls> & { readonly server: RecordServer }) | undefined;

answer({
  async start(input) {
    const offset = numberIn(input, 'now') - Date.now();
    const at = {
      issuer: textIn(input, 'issuer'),
      fhir: textIn(input, 'fhir'),
      model: textIn(input, 'model'),
    };
    const config = sandboxConfig({ port: 0 }, { ...at, dataDir });
    const batch = input['batch'] === true;
    const tenants = config.tenants.map((tenant) => ({ ...tenant, fhir: { ...tenant.fhir, batch } }));
    gateway = await startGateway(
      { ...config, tenants },
      {
        clinicalClock: { now: () => Date.now() + offset },
        logTo: log,
      },
    );
    return { url: gateway.url, operations: gateway.operationsUrl };
  },
  /** Microseconds of CPU since the start, all threads; bytes; event loop since the last `reset`. */
  usage() {
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed } = process.memoryUsage();
    return {
      cpu: user + system,
      rss,
      heapUsed,
      loopMean: loop.mean / 1e6,
      loopP99: loop.percentile(99) / 1e6,
      loopMax: loop.max / 1e6,
      utilization: performance.eventLoopUtilization(utilization).utilization,
    };
  },
  reset() {
    loop.enable();
    loop.reset();
    utilization = performance.eventLoopUtilization();
    return {};
  },
  /** Notes what the requests from now on ask of the first tenant's record system. */
  note() {
    const server = gateway?.gateway.services.tenants.values().next().value;
    if (server === undefined) throw new Error('no tenant');
    noting = { server, ...notingCalls(server) };
    return {};
  },
  /** Makes what was noted again, alone: how many calls, and their CPU, in microseconds for each time. */
  async alone(input) {
    if (noting === undefined) throw new Error('nothing was noted');
    const { noted, server } = noting;
    noting.stop();
    const calls = [...noted.values()].flat().length;
    const cpu = await callsAlone(server, noted, {
      requests: numberIn(input, 'requests'),
      at: numberIn(input, 'at'),
    });
    return { calls, cpu };
  },
  collect() {
    globalThis.gc?.();
    globalThis.gc?.();
    return {};
  },
  async stop() {
    await gateway?.stop(500);
    await new Promise<void>((resolve) => log.end(() => resolve()));
    rmSync(dataDir, { recursive: true, force: true });
    return {};
  },
});
