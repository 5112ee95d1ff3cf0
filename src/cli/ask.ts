import type { Command } from 'commander';
import { isRecord } from '../vocabulary/fhir.ts';
import { type Caller, type CallerOptions, call, findCaller, withCallerOptions } from './caller.ts';
import { CommandFailure, print, printJson, textAt, UsageFailure } from './output.ts';
import { readChatStream } from './read-chat-stream.ts';

interface AskOptions extends CallerOptions {
  readonly patient: string;
  readonly task: string;
  readonly purpose?: string;
  readonly model?: string;
  readonly conversation?: string;
  readonly stream?: boolean;
  readonly json?: boolean;
}

/** The task's first purpose that the caller may use. */
async function defaultPurpose(caller: Caller, task: string): Promise<string> {
  const { body } = await call(caller, '/v1/tasks');
  const tasks = Array.isArray(body['tasks']) ? body['tasks'].filter(isRecord) : [];
  const found = tasks.find((row) => row['task'] === task);
  const purposes = found?.['purposes'];
  // A task that this caller does not see is still asked for: the gateway says why not, and the trail has it.
  return Array.isArray(purposes) && typeof purposes[0] === 'string' ? purposes[0] : 'TREAT';
}

/** `{error: {code, status, sentence}, phi: {trail}}` of an OpenAI error body. */
function refusal(
  status: number,
  body: Readonly<Record<string, unknown>>,
  trail: string | undefined,
): CommandFailure {
  const sentence = textAt(body, 'error', 'message') ?? textAt(body, 'detail') ?? 'The gateway refused.';
  const code = textAt(body, 'error', 'code') ?? textAt(body, 'code') ?? 'unknown';
  return new CommandFailure(`Refused (${status} ${code}): ${sentence}\nTrail: ${trail ?? 'none'}`, {
    error: { code, status, sentence },
    phi: { trail: trail ?? null },
  });
}

function show(answer: string, phi: unknown): void {
  print(answer);
  if (!isRecord(phi)) return;
  const citations = Array.isArray(phi['citations']) ? phi['citations'].filter(isRecord) : [];
  const notices = Array.isArray(phi['incomplete']) ? phi['incomplete'].filter(isRecord) : [];
  print('');
  print(`Decision: ${textAt(phi, 'decision', 'sentence') ?? ''}`);
  if (citations.length > 0)
    print(
      `Citations: ${citations.map((row) => `[${textAt(row, 'key')}] ${textAt(row, 'resource')}`).join(', ')}`,
    );
  for (const row of notices) print(`Note: ${textAt(row, 'text') ?? ''}`);
  print(`Trail: ${textAt(phi, 'trail') ?? ''}`);
}

async function ask(question: string, options: AskOptions): Promise<void> {
  if (question.trim() === '') throw new UsageFailure('The question is empty.');
  const caller = await findCaller(options);
  const body = {
    ...(options.model === undefined ? {} : { model: options.model }),
    messages: [{ role: 'user', content: question }],
    stream: options.stream === true,
    phi: {
      patient: options.patient,
      task: options.task,
      purpose: options.purpose ?? (await defaultPurpose(caller, options.task)),
      ...(options.conversation === undefined ? {} : { conversation: options.conversation }),
    },
  };
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  if (options.stream === true) {
    const streamed = await readChatStream(
      caller,
      request,
      options.json === true ? undefined : process.stdout,
    );
    if ('error' in streamed) throw refusal(streamed.status, streamed.error, streamed.trail);
    if (options.json === true) printJson({ answer: streamed.answer, phi: streamed.phi });
    else show('', streamed.phi);
    return;
  }
  const reply = await call(caller, '/v1/chat/completions', request);
  if (reply.status !== 200) throw refusal(reply.status, reply.body, reply.trail);
  const choice: unknown = Array.isArray(reply.body['choices']) ? reply.body['choices'][0] : undefined;
  const answer = textAt(choice, 'message', 'content') ?? '';
  if (options.json === true) printJson({ answer, phi: reply.body['phi'] });
  else show(answer, reply.body['phi']);
}

export function addAskCommand(program: Command): void {
  withCallerOptions(program.command('ask <question>'))
    .description("ask about one patient's record")
    .requiredOption('--patient <id>', 'FHIR id of the patient, self, or system|value')
    .requiredOption('--task <task>', 'task, see: phi-gateway tasks list')
    .option('--purpose <code>', "purpose of use; default: the task's first that the role may use")
    .option('--model <name>', 'model of the gateway')
    .option('--conversation <id>', 'token scope that outlives this question')
    .option('--stream', 'print the answer as it comes')
    .option('--json', 'print JSON')
    .action(ask);
}
