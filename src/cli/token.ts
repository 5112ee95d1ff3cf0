import type { Command } from 'commander';
import { type CallerOptions, call, findCaller, withCallerOptions } from './caller.ts';
import { CommandFailure, print, printJson, textAt, UsageFailure } from './output.ts';

interface TokenOptions extends CallerOptions {
  readonly patient?: string;
  readonly task?: string;
  readonly purpose?: string;
  readonly json?: boolean;
}

async function token(options: TokenOptions): Promise<void> {
  const caller = await findCaller(options);
  const { patient, task, purpose } = options;
  let body: Readonly<Record<string, unknown>> = {
    access_token: caller.token,
    token_type: 'Bearer',
    ...(caller.expiresIn === undefined ? {} : { expires_in: caller.expiresIn }),
  };
  if (patient !== undefined || task !== undefined || purpose !== undefined) {
    if (patient === undefined || task === undefined || purpose === undefined)
      throw new UsageFailure('A delegated token needs --patient, --task and --purpose.');
    const reply = await call(caller, '/oauth/token', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: caller.token,
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        authorization_details: JSON.stringify([{ type: 'phi_access', patient, task, purpose }]),
      }).toString(),
    });
    if (reply.status !== 200) {
      const sentence = textAt(reply.body, 'error_description') ?? 'The gateway refused.';
      throw new CommandFailure(`Refused: ${sentence}`, {
        error: { code: textAt(reply.body, 'error') ?? 'unknown', status: reply.status, sentence },
        phi: { trail: reply.trail ?? null },
      });
    }
    body = reply.body;
  }
  if (options.json === true) printJson(body);
  else print(textAt(body, 'access_token') ?? '');
}

export function addTokenCommand(program: Command): void {
  withCallerOptions(program.command('token'))
    .description("a user's access token, or the delegated one when patient, task and purpose are given")
    .option('--patient <id>', 'FHIR id of the patient, self, or system|value')
    .option('--task <task>', 'task')
    .option('--purpose <code>', 'purpose of use')
    .option('--json', 'print JSON')
    .action(token);
}
