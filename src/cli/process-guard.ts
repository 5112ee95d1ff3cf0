import { readFileSync } from 'node:fs';
import { url as inspectorUrl } from 'node:inspector';
import { UsageFailure } from './output.ts';

/** What can be asked about the process before it holds any key. */
export interface ProcessFacts {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Options of the runtime that stood on the command line. */
  readonly execArgv: readonly string[];
  /** Whether an inspector listens already. */
  readonly inspected: boolean;
  /** Content of /proc/self/limits; undefined where there is none. */
  readonly limits: string | undefined;
}

/** Each of these makes the runtime or a library print requests, answers or keys. */
const debugging = ['DEBUG', 'NODE_DEBUG', 'NODE_DEBUG_NATIVE'];

/**
 * Options of the runtime that a gateway may run with: memory, readable stacks, trust stores, address order, and
 * what closes the inspector. Everything else (inspector, preloaded code, tracing, reports, snapshots, loaders) can
 * run foreign code or write memory to disk, so an option that is not named here is refused.
 */
const allowedOptions: readonly RegExp[] = [
  /^--max-old-space-size=\d{1,7}$/,
  /^--max-semi-space-size=\d{1,5}$/,
  /^--enable-source-maps$/,
  /^--disable-sigusr1$/,
  /^--use-(openssl|bundled|system)-ca$/,
  /^--dns-result-order=(ipv4first|ipv6first|verbatim)$/,
];

const isAllowed = (option: string): boolean => allowedOptions.some((allowed) => allowed.test(option));

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';

/** Why this process must not become a gateway, one sentence each; values are never repeated. */
export function processFaults(facts: ProcessFacts): readonly string[] {
  const { env, execArgv } = facts;
  const options = (env['NODE_OPTIONS'] ?? '').split(/\s+/).filter((option) => option !== '');
  return [
    ...debugging
      .filter((name) => isSet(env[name]))
      .map((name) => `${name}: is set, and would print requests and records: unset it`),
    ...(options.every(isAllowed)
      ? []
      : ['NODE_OPTIONS: holds an option that a gateway does not run with, see docs/configuration.md']),
    ...(execArgv.every(isAllowed)
      ? []
      : ['node was started with an option that a gateway does not run with, see docs/configuration.md']),
    ...(env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0'
      ? [
          'NODE_TLS_REJECT_UNAUTHORIZED: 0 accepts any certificate: name your authority in NODE_EXTRA_CA_CERTS',
        ]
      : []),
    ...(facts.inspected ? ['an inspector is open on this process'] : []),
  ];
}

/** What an operator should know and may accept. */
export function processWarnings({ limits }: ProcessFacts): readonly string[] {
  const [, soft] = /^Max core file size\s+(\S+)/m.exec(limits ?? '') ?? [];
  return soft === undefined || soft === '0'
    ? []
    : ['core dumps are allowed: a crash would write keys and records to disk. Start with: ulimit -c 0'];
}

function limitsOfProcess(): string | undefined {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch {
    // Only Linux tells; elsewhere nothing can be said.
    return undefined;
  }
}

const ignoreSignal = (): void => undefined;

/** Takes SIGUSR1, by which Node.js would open its inspector on a process that holds keys. May be called twice. */
export function keepInspectorShut(): void {
  if (!process.listeners('SIGUSR1').includes(ignoreSignal)) process.on('SIGUSR1', ignoreSignal);
}

/**
 * Asked before any key is read: closes the inspector's door, refuses a process that would give away what it holds,
 * and tells `warn` what cannot be refused.
 *
 * @throws UsageFailure with one line per fault
 */
export function guardProcess(warn: (text: string) => void): void {
  keepInspectorShut();
  const facts: ProcessFacts = {
    env: process.env,
    execArgv: process.execArgv,
    inspected: inspectorUrl() !== undefined,
    limits: limitsOfProcess(),
  };
  const faults = processFaults(facts);
  if (faults.length > 0)
    throw new UsageFailure(`the gateway does not start:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  for (const text of processWarnings(facts)) warn(`warning: ${text}`);
}
