import { performance } from 'node:perf_hooks';
import { noTrust } from '../../src/audit/signed-verification.ts';
import { verifyExport } from '../../src/storage/files/export-verify.ts';
import { verifyTrail } from '../../src/storage/sqlite/trail-verify.ts';
import { answer, textIn } from './child.ts';

/** Verifies one log and tells what it took; a process verifies once, because its peak of memory is what counts. */
answer({
  verify: (input) => {
    const path = textIn(input, 'path');
    const began = performance.now();
    const cpu = process.cpuUsage();
    const verdict = textIn(input, 'form') === 'export' ? verifyExport(path, noTrust) : verifyTrail(path);
    const { system, user } = process.cpuUsage(cpu);
    return {
      cpu: (system + user) / 1e6,
      ok: verdict.ok,
      events: verdict.events,
      seconds: (performance.now() - began) / 1000,
      // Kibibytes on Linux.
      peak: process.resourceUsage().maxRSS * 1024,
    };
  },
  stop: () => ({}),
});
