import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { sandboxConfig } from '../../sandbox/start.ts';
import { type RunningGateway, startGateway } from '../../src/main.ts';
import { answer, numberIn, textIn } from './child.ts';

// The gateway, alone in its process: its CPU, memory and event loop are nobody else's.
// A folder may be named for its data.
const dataDir = mkdtempSync(join(process.argv[2] ?? tmpdir(), 'phi-bench-'));
const log = createWriteStream(join(dataDir, 'gateway.log'), { mode: 0o600 });
const loop = monitorEventLoopDelay({ resolution: 1 });
let gateway: RunningGateway | undefined;
let utilization = performance.eventLoopUtilization();

answer({
  async start(input) {
    const offset = numberIn(input, 'now') - Date.now();
    const at = {
      issuer: textIn(input, 'issuer'),
      fhir: textIn(input, 'fhir'),
      model: textIn(input, 'model'),
    };
    gateway = await startGateway(sandboxConfig({ port: 0 }, { ...at, dataDir }), {
      clinicalClock: { now: () => Date.now() + offset },
      logTo: log,
    });
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
