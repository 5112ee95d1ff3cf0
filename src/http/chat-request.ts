import type { Ask, AskedMessage } from '../envelope/envelope.ts';
import { Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import { assertAsks, callText, formatMessage, roleOf, textOf } from './caller-messages.ts';
import { checkRequest } from './validate.ts';

/** What of a request to an OpenAI route reaches the envelope; `includeUsage` concerns the stream's shape only. */
export interface AskRequest {
  readonly ask: Omit<Ask, 'credentials' | 'action'>;
  readonly includeUsage: boolean;
}

const callsOf = (calls: unknown): string[] =>
  !Array.isArray(calls)
    ? []
    : calls.map((call: unknown) => {
        const made = isRecord(call) && isRecord(call['function']) ? call['function'] : {};
        return callText(made['arguments']);
      });

const messageOf = (message: Readonly<Record<string, unknown>>): AskedMessage => ({
  role: roleOf(message['role']),
  text: [textOf(message['content']), textOf(message['refusal']), ...callsOf(message['tool_calls'])]
    .filter((text) => text !== '')
    .join('\n'),
});

/**
 * Reads an OpenAI chat completion request. The shape is closed: a member that the schema does not know is
 * refused, because text could stand in it that nobody would redact.
 *
 * @throws Refusal `malformed_request`, `position_not_allowed`
 */
export function parseChatRequest(body: unknown): AskRequest {
  checkRequest('chatRequest', body);
  if (!isRecord(body) || !Array.isArray(body['messages'])) throw new Refusal('malformed_request');
  const asked = body['messages'].filter(isRecord).map(messageOf);
  assertAsks(asked, '/messages');
  const format = formatMessage(body['response_format']);
  const options = body['stream_options'];
  const maxTokens = body['max_completion_tokens'] ?? body['max_tokens'];
  return {
    ask: {
      messages: format === undefined ? asked : [format, ...asked],
      phi: body['phi'],
      stream: body['stream'] === true,
      ...(format === undefined ? {} : { document: true }),
      ...(typeof body['model'] === 'string' ? { model: body['model'] } : {}),
      ...(typeof body['temperature'] === 'number' ? { temperature: body['temperature'] } : {}),
      ...(typeof maxTokens === 'number' ? { maxTokens } : {}),
    },
    includeUsage: isRecord(options) && options['include_usage'] === true,
  };
}
