import type { Command } from 'commander';
import { isRecord } from '../vocabulary/fhir.ts';
import { type CallerOptions, call, findCaller, withCallerOptions } from './caller.ts';
import { CommandFailure, print, printJson, textAt } from './output.ts';

interface TrailOptions extends CallerOptions {
  readonly json?: boolean;
}

const timeOf = (at: unknown): string =>
  typeof at === 'number' ? new Date(at).toISOString().slice(11, 23) : '';

const entriesOf = (entries: unknown): string =>
  isRecord(entries)
    ? Object.entries(entries)
        .map(([name, n]) => `${name} ${String(n)}`)
        .join(', ')
    : '';

async function trail(id: string, options: TrailOptions): Promise<void> {
  const caller = await findCaller(options);
  const reply = await call(caller, `/v1/trails/${encodeURIComponent(id)}`);
  if (reply.status !== 200) {
    const sentence = textAt(reply.body, 'detail') ?? 'The gateway refused.';
    throw new CommandFailure(`Refused (${reply.status}): ${sentence}`, {
      error: { code: textAt(reply.body, 'code') ?? 'unknown', status: reply.status, sentence },
      phi: { trail: reply.trail ?? null },
    });
  }
  if (options.json === true) return printJson(reply.body);
  const { outcome, events } = reply.body;
  print(`Trail ${id}: ${String(outcome)}`);
  print(`Decision: ${textAt(reply.body, 'decision', 'sentence') ?? 'none'}`);
  const list = Array.isArray(events) ? events.filter(isRecord) : [];
  const named = new Set(list.map(({ pseudonyms }) => entriesOf(pseudonyms)).filter((text) => text !== ''));
  for (const pseudonyms of named) print(`On the trail: ${pseudonyms}`);
  for (const event of list) {
    const name = (textAt(event, 'event') ?? '').padEnd(20);
    const outcomeOf = (textAt(event, 'outcome') ?? '').padEnd(8);
    const rest = [textAt(event, 'reason') ?? '', entriesOf(event['counts'])]
      .filter((text) => text !== '')
      .join('; ');
    print(
      `${String(event['seq']).padStart(5)}  ${timeOf(event['at'])}  ${name} ${outcomeOf} ${rest}`.trimEnd(),
    );
    const { remarks } = event;
    for (const remark of Array.isArray(remarks) ? remarks : []) print(`         ${String(remark)}`);
  }
  return undefined;
}

export function addTrailCommand(program: Command): void {
  withCallerOptions(program.command('trail <id>'))
    .description('the trail of one request, for its asker or a compliance officer')
    .option('--json', 'print JSON')
    .action(trail);
}
