import type { Command } from 'commander';
import { findDataFolder } from '../config/product-folder.ts';
import type { PolicyFacts } from '../policy/decision.ts';
import { print, printJson, UsageFailure } from './output.ts';

interface ExplainOptions {
  readonly folder?: string;
  readonly persona: string;
  readonly action: string;
  readonly fact: readonly string[];
  readonly json?: boolean;
}

/** `name=value` as the kind of value that the fact has. */
function changed(facts: PolicyFacts, assignment: string): PolicyFacts {
  const at = assignment.indexOf('=');
  const name = assignment.slice(0, Math.max(at, 0));
  const value = assignment.slice(at + 1);
  const old: unknown = Object.entries(facts).find(([fact]) => fact === name)?.[1];
  if (old === undefined) throw new UsageFailure(`There is no fact "${name}". Write --fact onCareTeam=true`);
  if (typeof old === 'boolean' && value !== 'true' && value !== 'false')
    throw new UsageFailure(`The fact ${name} is true or false`);
  if (typeof old === 'number' && !Number.isSafeInteger(Number(value)))
    throw new UsageFailure(`The fact ${name} is a whole number`);
  const typed = {
    boolean: value === 'true',
    number: Number(value),
    string: value,
    object: value.split(',').filter((entry) => entry !== ''),
  };
  const kind = typeof old;
  if (kind !== 'boolean' && kind !== 'number' && kind !== 'object') return { ...facts, [name]: value };
  return { ...facts, [name]: typed[kind] };
}

async function explain(options: ExplainOptions): Promise<void> {
  const { loadPolicySet } = await import('../policy/load.ts');
  const { personasOf } = await import('../policy/case-tables.ts');
  const { policyActions } = await import('../policy/decision.ts');
  const folder = options.folder ?? findDataFolder('policies');
  const personas = personasOf(folder);
  const start = personas.get(options.persona);
  if (start === undefined)
    throw new UsageFailure(
      `There is no persona ${options.persona}; there are ${[...personas.keys()].join(', ')}`,
    );
  if (!policyActions.some((action) => action === options.action))
    throw new UsageFailure(`There is no action ${options.action}; there are ${policyActions.join(', ')}`);
  const facts = options.fact.reduce((known, assignment) => changed(known, assignment), start);
  const policies = loadPolicySet(folder);
  const decision = policies.decide(options.action, facts);
  const inFull = policies.inFull(options.action, facts);
  if (options.json === true) return printJson({ action: options.action, ...decision, inFull });
  print(`${decision.effect}: ${decision.sentence}`);
  if (inFull !== decision.sentence) print(`for officers: ${inFull}`);
  print(`by: ${decision.policies.length === 0 ? 'no policy' : decision.policies.join(', ')}`);
  return undefined;
}

const another = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];

export function addExplainCommand(policy: Command): void {
  policy
    .command('explain')
    .description('what the policies say to a persona, and why; facts can be changed one by one')
    .requiredOption('--persona <name>', 'who asks, of personas.yaml')
    .option('--action <action>', 'what is asked for', 'ask')
    .option('--fact <name=value>', 'a fact that differs; may be given several times', another, [])
    .option('--folder <path>', 'folder of policies; the shipped one by default')
    .option('--json', 'print JSON')
    .action(explain);
}
