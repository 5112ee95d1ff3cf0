import type { Ask, AskedMessage } from '../envelope/envelope.ts';
import { Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import { checkRequest } from './validate.ts';

const textOf = (content: unknown): string => {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) throw new Refusal('malformed_request');
  return content
    .map((part) => (isRecord(part) && typeof part['text'] === 'string' ? part['text'] : ''))
    .join('\n');
};

const roleOf = (role: unknown): AskedMessage['role'] => {
  if (role === 'assistant' || role === 'user') return role;
  // `developer` is what newer clients call the system message.
  return 'system';
};

/** What of a chat completion request reaches the envelope; `includeUsage` concerns the stream's shape only. */
export interface ChatRequest {
  readonly ask: Omit<Ask, 'credentials'>;
  readonly includeUsage: boolean;
}

/**
 * Reads an OpenAI chat completion request. The shape is closed: a member that the schema does not know is
 * refused, because text could stand in it that nobody would redact.
 *
 * @throws Refusal `malformed_request`, `position_not_allowed`
 */
export function parseChatRequest(body: unknown): ChatRequest {
  checkRequest('chatRequest', body);
  if (!isRecord(body) || !Array.isArray(body['messages'])) throw new Refusal('malformed_request');
  const messages = body['messages'].filter(isRecord).map((message) => ({
    role: roleOf(message['role']),
    text: textOf(message['content']),
  }));
  if (messages.at(-1)?.role !== 'user')
    throw new Refusal('malformed_request', {
      fault: '/messages',
      sentence: 'The last message must be a user message.',
    });
  const options = body['stream_options'];
  const maxTokens = body['max_completion_tokens'] ?? body['max_tokens'];
  return {
    ask: {
      messages,
      phi: body['phi'],
      stream: body['stream'] === true,
      ...(typeof body['model'] === 'string' ? { model: body['model'] } : {}),
      ...(typeof body['temperature'] === 'number' ? { temperature: body['temperature'] } : {}),
      ...(typeof maxTokens === 'number' ? { maxTokens } : {}),
    },
    includeUsage: isRecord(options) && options['include_usage'] === true,
  };
}
