// Runs the rules of .dependency-cruiser.cjs and fails when they saw nothing: a check that cruised zero modules
// has checked nothing.
import { spawnSync } from 'node:child_process';

const run = spawnSync(
  process.execPath,
  [
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    'src',
    'sandbox',
    'bench',
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'json',
  ],
  { encoding: 'utf8', maxBuffer: 1 << 28 },
);
const { summary } = JSON.parse(run.stdout);
for (const { rule, from, to } of summary.violations) console.error(`${rule.name}: ${from} -> ${to}`);
console.log(`architecture: ${summary.totalCruised} modules, ${summary.violations.length} violations`);
if (summary.totalCruised < 20 || summary.violations.length > 0) process.exitCode = 1;
