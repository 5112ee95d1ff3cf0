import type { Delivery } from '../envelope/delivery.ts';
import { parseChatRequest } from './chat-request.ts';
import type { AnswerFrame, Dialect } from './dialect.ts';
import { openAiErrorOf } from './problem.ts';
import { checkAnswerBody } from './validate.ts';

const usageOf = (usage: NonNullable<Delivery['usage']>) => ({
  prompt_tokens: usage.promptTokens,
  completion_tokens: usage.completionTokens,
  total_tokens: usage.promptTokens + usage.completionTokens,
});

const sse = (body: object): string => `data: ${JSON.stringify(body)}\n\n`;

const chunk = (frame: AnswerFrame, choices: readonly object[], extra: object = {}): string =>
  sse(
    checkAnswerBody('chatChunk', {
      id: `chatcmpl-${frame.trail}`,
      object: 'chat.completion.chunk',
      created: frame.created,
      model: frame.model,
      choices,
      ...extra,
    }),
  );

const choice = (delta: object, reason: Delivery['finish'] | null = null) => [
  { index: 0, delta, finish_reason: reason },
];

/** OpenAI's chat completions, with the extra `phi` object; on a stream it rides on the last chunk with a choice. */
export const chatDialect: Dialect = {
  parse: parseChatRequest,
  whole: (frame, delivery, content) =>
    checkAnswerBody('chatAnswer', {
      id: `chatcmpl-${frame.trail}`,
      object: 'chat.completion',
      created: frame.created,
      model: frame.model,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content, refusal: null },
          finish_reason: delivery.finish,
          logprobs: null,
        },
      ],
      ...(delivery.usage === undefined ? {} : { usage: usageOf(delivery.usage) }),
      phi: delivery.phi,
    }),
  frames: (frame, includeUsage) => ({
    first: () => chunk(frame, choice({ role: 'assistant', content: '' })),
    piece: (content) => chunk(frame, choice({ content })),
    last: ({ finish, phi, usage }) =>
      [
        chunk(frame, choice({}, finish), { phi }),
        includeUsage && usage !== undefined ? chunk(frame, [], { usage: usageOf(usage) }) : '',
        'data: [DONE]\n\n',
      ].join(''),
  }),
  failed: (refusal, trail) => `event: error\n${sse(openAiErrorOf(refusal, trail))}`,
};
