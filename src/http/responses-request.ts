import type { AskedMessage } from '../envelope/envelope.ts';
import { Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import { assertAsks, callText, formatMessage, roleOf, textOf } from './caller-messages.ts';
import type { AskRequest } from './chat-request.ts';
import { checkRequest } from './validate.ts';

function messageOf(item: Readonly<Record<string, unknown>>): AskedMessage {
  if (item['type'] === 'function_call') return { role: 'assistant', text: callText(item['arguments']) };
  if (item['type'] === 'function_call_output') return { role: 'tool', text: textOf(item['output']) };
  return { role: roleOf(item['role']), text: textOf(item['content']) };
}

/**
 * Reads a request of OpenAI's Responses API. The whole conversation stands in `input`: what names a state that is
 * stored elsewhere is refused, as is every item that is not text.
 *
 * @throws Refusal `malformed_request`, `position_not_allowed`
 */
export function parseResponsesRequest(body: unknown): AskRequest {
  checkRequest('responsesRequest', body);
  if (!isRecord(body)) throw new Refusal('malformed_request');
  const { input, instructions, model, temperature } = body;
  const items = Array.isArray(input) ? input.filter(isRecord) : [{ role: 'user', content: input }];
  const asked = items.map(messageOf);
  assertAsks(asked, '/input');
  const first = typeof instructions === 'string' ? [{ role: 'system', text: instructions } as const] : [];
  const format = formatMessage(isRecord(body['text']) ? body['text']['format'] : undefined);
  const maxTokens = body['max_output_tokens'];
  return {
    ask: {
      messages: [...first, ...(format === undefined ? [] : [format]), ...asked],
      phi: body['phi'],
      stream: body['stream'] === true,
      ...(format === undefined ? {} : { document: true }),
      ...(typeof model === 'string' ? { model } : {}),
      ...(typeof temperature === 'number' ? { temperature } : {}),
      ...(typeof maxTokens === 'number' ? { maxTokens } : {}),
    },
    includeUsage: true,
  };
}
