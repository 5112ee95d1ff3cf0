import type { Command } from 'commander';
import { type CallerOptions, call, findCaller, type Reply, withCallerOptions } from './caller.ts';
import { addRotateCommand } from './keys-rotate.ts';
import { CommandFailure, print, printJson, textAt } from './output.ts';

interface OfficeOptions extends CallerOptions {
  readonly json?: boolean;
}

/** The body of a good answer; anything else ends the command. */
function granted({ body, status, trail }: Reply): Reply['body'] {
  if (status === 200) return body;
  const sentence = textAt(body, 'detail') ?? 'The gateway refused.';
  throw new CommandFailure(`Refused (${status}): ${sentence}`, {
    error: { code: textAt(body, 'code') ?? 'unknown', status, sentence },
    phi: { trail: trail ?? null },
  });
}

async function resolve(pseudonym: string, options: OfficeOptions): Promise<void> {
  const caller = await findCaller(options);
  const body = granted(await call(caller, `/v1/pseudonyms/${encodeURIComponent(pseudonym)}`));
  if (options.json === true) return printJson(body);
  return print(
    body['kind'] === 'patient'
      ? `Patient ${String(body['patient'])}`
      : `User ${String(body['subject'])} of ${String(body['issuer'])}`,
  );
}

async function shred(options: OfficeOptions & { readonly patient: string }): Promise<void> {
  const caller = await findCaller(options);
  const reply = await call(caller, '/v1/patients/erase', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ patient: options.patient }),
  });
  const body = granted(reply);
  if (options.json === true) return printJson({ ...body, phi: { trail: reply.trail ?? null } });
  return print(
    body['erased'] === true
      ? `Erased. On the trail the patient is ${String(body['patient'])}, which nobody can resolve any more.`
      : 'Nothing was kept of that patient.',
  );
}

/** `audit resolve`: whom a pseudonym on a trail stands for. */
export function addResolveCommand(audit: Command): void {
  withCallerOptions(audit.command('resolve <pseudonym>'))
    .description('whom a pseudonym on a trail stands for, for a compliance officer; goes on the trail')
    .option('--json', 'print JSON')
    .action(resolve);
}

export function addKeysCommand(program: Command): void {
  const keys = program.command('keys').description('keys of patients and of the gateway');
  addRotateCommand(keys);
  withCallerOptions(keys.command('shred'))
    .description("destroy a patient's key, for a compliance officer; goes on the trail and cannot be undone")
    .requiredOption('--patient <id>', 'id of the patient in the record system')
    .option('--json', 'print JSON')
    .action(shred);
}
