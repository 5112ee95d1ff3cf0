import type { Delivery } from '../envelope/delivery.ts';
import type { AnswerFrame, Dialect, StreamFrames } from './dialect.ts';
import { openAiErrorOf } from './problem.ts';
import { parseResponsesRequest } from './responses-request.ts';
import { checkAnswerBody } from './validate.ts';

type Status = 'in_progress' | 'completed' | 'incomplete';

const reasons = { length: 'max_output_tokens', content_filter: 'content_filter' } as const;

const statusOf = ({ finish }: Delivery): Status => (finish === 'stop' ? 'completed' : 'incomplete');

const usageOf = (usage: NonNullable<Delivery['usage']>) => ({
  input_tokens: usage.promptTokens,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: usage.completionTokens,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: usage.promptTokens + usage.completionTokens,
});

const partOf = (text: string) => ({ type: 'output_text', text, annotations: [] });

const itemOf = (frame: AnswerFrame, status: Status, content: readonly object[]) => ({
  id: `msg_${frame.trail}`,
  type: 'message',
  status,
  role: 'assistant',
  content,
});

const responseOf = (frame: AnswerFrame, status: Status, output: readonly object[], delivery?: Delivery) => ({
  id: `resp_${frame.trail}`,
  object: 'response',
  created_at: frame.created,
  status,
  error: null,
  incomplete_details:
    delivery === undefined || delivery.finish === 'stop' ? null : { reason: reasons[delivery.finish] },
  instructions: null,
  metadata: {},
  model: frame.model,
  output,
  parallel_tool_calls: false,
  previous_response_id: null,
  store: false,
  temperature: null,
  text: { format: { type: 'text' } },
  tool_choice: 'none',
  tools: [],
  top_p: null,
  truncation: 'disabled',
  ...(delivery?.usage === undefined ? {} : { usage: usageOf(delivery.usage) }),
  ...(delivery === undefined ? {} : { phi: delivery.phi }),
});

const done = (frame: AnswerFrame, delivery: Delivery, content: string) =>
  responseOf(frame, statusOf(delivery), [itemOf(frame, statusOf(delivery), [partOf(content)])], delivery);

/** Numbers the events of one stream. */
function framesOf(frame: AnswerFrame): StreamFrames {
  let sequence = 0;
  let whole = '';
  const event = (type: string, fields: object): string => {
    const body = checkAnswerBody('responsesEvent', { type, sequence_number: sequence, ...fields });
    sequence += 1;
    return `event: ${type}\ndata: ${JSON.stringify(body)}\n\n`;
  };
  const at = { item_id: `msg_${frame.trail}`, output_index: 0, content_index: 0 };
  return {
    first: () => {
      const response = responseOf(frame, 'in_progress', []);
      return [
        event('response.created', { response }),
        event('response.in_progress', { response }),
        event('response.output_item.added', { output_index: 0, item: itemOf(frame, 'in_progress', []) }),
        event('response.content_part.added', { ...at, part: partOf('') }),
      ].join('');
    },
    piece: (delta) => {
      whole += delta;
      return event('response.output_text.delta', { ...at, delta, logprobs: [] });
    },
    last: (delivery) => {
      const status = statusOf(delivery);
      const item = itemOf(frame, status, [partOf(whole)]);
      return [
        event('response.output_text.done', { ...at, text: whole, logprobs: [] }),
        event('response.content_part.done', { ...at, part: partOf(whole) }),
        event('response.output_item.done', { output_index: 0, item }),
        event(`response.${status}`, { response: done(frame, delivery, whole) }),
      ].join('');
    },
  };
}

/** OpenAI's Responses API. Nothing is stored: `store` is false and `previous_response_id` null, always. */
export const responsesDialect: Dialect = {
  parse: parseResponsesRequest,
  whole: (frame, delivery, content) => checkAnswerBody('responsesAnswer', done(frame, delivery, content)),
  frames: framesOf,
  failed: (refusal, trail) => {
    const { error, phi } = openAiErrorOf(refusal, trail);
    const { code, message, param } = error;
    // `error` beside the members of the specification: clients throw on that one.
    return `event: error\ndata: ${JSON.stringify({ type: 'error', code, message, param, error, phi })}\n\n`;
  },
};
