import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import type { Part, PartOptions } from './part.ts';
import { attestation } from './parts/attestation.ts';
import { consent } from './parts/consent.ts';
import { gateways } from './parts/gateways.ts';
import { identity } from './parts/identity.ts';
import { long200 } from './parts/long.ts';
import { memory } from './parts/memory.ts';
import { path } from './parts/path.ts';
import { policy } from './parts/policy.ts';
import { redaction } from './parts/redaction.ts';
import { retrieval } from './parts/retrieval.ts';
import { throughput } from './parts/throughput.ts';
import { trail } from './parts/trail.ts';
import { vault } from './parts/vault.ts';
import { verifier } from './parts/verifier.ts';
import { intoPage, machine, tables } from './print.ts';
import type { Row } from './row.ts';

const parts: Readonly<Record<string, Part>> = {
  path,
  throughput,
  long: long200,
  memory,
  trail,
  verifier,
  vault,
  gateways,
  redaction,
  retrieval,
  policy,
  consent,
  attestation,
  identity,
};

interface Given {
  readonly quick?: boolean;
  readonly json?: boolean;
  readonly against?: string;
  readonly profile?: string;
  readonly events?: string;
  readonly page?: string;
}

async function run(names: readonly string[], given: Given): Promise<void> {
  const options: PartOptions = {
    quick: given.quick === true,
    ...(given.against === undefined ? {} : { against: resolve(given.against) }),
    ...(given.events === undefined ? {} : { events: Number(given.events) }),
    ...(given.profile === undefined ? {} : { profile: resolve(given.profile) }),
    progress: (text) => process.stderr.write(`${text}\n`),
  };
  const rows: Row[] = [];
  const host = machine();
  for (const name of names.length === 0 ? Object.keys(parts) : names) {
    const part = parts[name];
    if (part === undefined) throw new Error(`no part ${name}; there are ${Object.keys(parts).join(', ')}`);
    const made = await part(options);
    rows.push(...made);
    if (given.json === true) for (const row of made) process.stdout.write(`${JSON.stringify(row)}\n`);
  }
  const content = `Measured on ${host} at the start.\n\n${tables(rows)}`;
  if (given.page !== undefined)
    writeFileSync(given.page, intoPage(readFileSync(given.page, 'utf8'), content));
  else if (given.json !== true) process.stdout.write(`${content}\n`);
}

await new Command('bench')
  .description('Measures this gateway; every comparison is made within one run.')
  .argument('[parts...]', `parts to run, all by default: ${Object.keys(parts).join(', ')}`)
  .option('--quick', 'seconds instead of minutes, for the shape of the rows only')
  .option('--json', 'one JSON object a row')
  .option('--against <checkout>', 'measure another built checkout beside this one, round by round')
  .option('--profile <folder>', "write CPU profiles of the gateway's process there")
  .option('--events <n>', 'length of the log that is verified, 1000000 by default')
  .option('--page <file>', 'replace the tables in this page')
  .action((names: string[], given: Given) => run(names, given))
  .parseAsync();
