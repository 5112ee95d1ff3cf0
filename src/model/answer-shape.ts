import { Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import type { ModelDelta } from './ports.ts';

/**
 * Reads the OpenAI chat completion and chunk objects (openai-openapi 2.3.0) field by field. Only text of choice 0,
 * the end reason and token counts are taken; what else an upstream sends does not exist, and what changes the
 * meaning of an answer (tool calls, other choices, an error) refuses it. Nothing of the upstream's words gets into
 * a Refusal.
 */
type Finish = Extract<ModelDelta, { type: 'finish' }>;

export const malformed = (): Refusal => new Refusal('model_malformed');

const count = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;

export function usageOf(value: unknown): Finish['usage'] {
  if (!isRecord(value)) return undefined;
  const promptTokens = count(value['prompt_tokens']);
  const completionTokens = count(value['completion_tokens']);
  return promptTokens === undefined || completionTokens === undefined
    ? undefined
    : { promptTokens, completionTokens };
}

const finishReasons: readonly Finish['reason'][] = ['stop', 'length', 'content_filter'];

/** Undefined while the answer goes on; tool_calls, function_call and unknown reasons refuse. */
export function finishOf(value: unknown): Finish['reason'] | undefined {
  if (value === null || value === undefined) return undefined;
  const known = finishReasons.find((reason) => reason === value);
  if (known === undefined) throw malformed();
  return known;
}

const isAbsent = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0);

/** Text of a message or delta. A model's own refusal is text like any other and is checked as such. */
export function textOf(message: unknown): string {
  if (!isRecord(message)) throw malformed();
  if (!isAbsent(message['tool_calls']) || !isAbsent(message['function_call'])) throw malformed();
  const role = message['role'];
  if (role !== undefined && role !== null && role !== 'assistant') throw malformed();
  return [message['content'], message['refusal']].map(optionalText).join('');
}

function optionalText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') throw malformed();
  return value;
}

/** The one choice of an answer; undefined for a usage chunk, whose list is empty. */
export function choiceOf(
  body: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
  const choices: unknown = body['choices'];
  if (!Array.isArray(choices) || choices.length > 1) throw malformed();
  const choice: unknown = choices[0];
  if (choice === undefined) return undefined;
  if (!isRecord(choice) || choice['index'] !== 0) throw malformed();
  return choice;
}

/** JSON.parse whose error quotes nothing. */
export function parseObject(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed();
  }
  if (!isRecord(value)) throw malformed();
  if (!isAbsent(value['error'])) throw new Refusal('model_unavailable');
  return value;
}

/** A whole `chat.completion`. */
export function readCompletion(text: string): ModelDelta[] {
  const body = parseObject(text);
  const choice = choiceOf(body);
  const reason = choice === undefined ? undefined : finishOf(choice['finish_reason']);
  if (choice === undefined || reason === undefined) throw malformed();
  const usage = usageOf(body['usage']);
  return [
    { type: 'text', text: textOf(choice['message']) },
    { type: 'finish', reason, ...(usage === undefined ? {} : { usage }) },
  ];
}
