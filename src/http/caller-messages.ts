import type { AskedMessage } from '../envelope/envelope.ts';
import { Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';

/** Text of a content: a string, or parts of text and refusals one below the other. */
export function textOf(content: unknown): string {
  if (content === null || content === undefined) return '';
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) throw new Refusal('malformed_request');
  return content
    .map((part) => {
      const said = isRecord(part) ? (part['text'] ?? part['refusal']) : undefined;
      return typeof said === 'string' ? said : '';
    })
    .join('\n');
}

export const roleOf = (role: unknown): AskedMessage['role'] => {
  if (role === 'assistant' || role === 'user' || role === 'tool') return role;
  // `developer` is what newer clients call the system message.
  return 'system';
};

/** JSON text with its escapes undone as far as JSON goes: an identifier is not hidden behind `\u0041`. */
function plainJson(text: string): string {
  try {
    // Models call functions without parameters so.
    const value: unknown = text === '' ? {} : JSON.parse(text);
    return JSON.stringify(value);
  } catch (cause) {
    throw new Refusal('malformed_request', {
      sentence: 'The arguments of a tool call are not valid JSON.',
      cause,
    });
  }
}

/** A call that an assistant made earlier, as text. The tool's name stays here: glued words are hard to redact. */
export const callText = (args: unknown): string => `Called a tool with ${plainJson(String(args))}`;

/** What an answer is to look like, as an instruction of the application; undefined for plain text. */
export function formatMessage(format: unknown): AskedMessage | undefined {
  if (!isRecord(format) || format['type'] === 'text') return undefined;
  const inner = isRecord(format['json_schema']) ? format['json_schema'] : format;
  const said = [inner['description'], inner['schema']].flatMap((each) => {
    if (typeof each === 'string') return [each];
    return each === undefined ? [] : [`It fits this JSON Schema: ${JSON.stringify(each)}`];
  });
  return { role: 'system', text: ['Answer with one JSON document and nothing else.', ...said].join('\n') };
}

/** The conversation ends with what is asked: a message of the user, or the answer of a tool. */
export function assertAsks(messages: readonly AskedMessage[], fault: string): void {
  const last = messages.at(-1)?.role;
  if (last !== 'user' && last !== 'tool')
    throw new Refusal('malformed_request', {
      fault,
      sentence: 'The last message must be a user message or the answer of a tool.',
    });
}
