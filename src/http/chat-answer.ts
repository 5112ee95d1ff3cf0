import type { Delivery } from '../envelope/delivery.ts';
import { checkAnswerBody } from './validate.ts';

export interface AnswerFrame {
  readonly id: string;
  readonly created: number;
  readonly model: string;
}

const usageOf = (usage: NonNullable<Delivery['usage']>) => ({
  prompt_tokens: usage.promptTokens,
  completion_tokens: usage.completionTokens,
  total_tokens: usage.promptTokens + usage.completionTokens,
});

/** The whole answer in the shape of OpenAI's `chat.completion`, with the extra `phi` object. */
export const completionOf = (frame: AnswerFrame, delivery: Delivery, content: string) =>
  checkAnswerBody('chatAnswer', {
    id: frame.id,
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
  });

const chunk = (frame: AnswerFrame, choices: readonly object[], extra: object = {}) =>
  checkAnswerBody('chatChunk', {
    id: frame.id,
    object: 'chat.completion.chunk',
    created: frame.created,
    model: frame.model,
    choices,
    ...extra,
  });

/** The chunks of OpenAI's stream; `phi` rides on the last one that has a choice. */
export const chunksOf = (frame: AnswerFrame) => ({
  first: () => chunk(frame, [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }]),
  piece: (content: string) => chunk(frame, [{ index: 0, delta: { content }, finish_reason: null }]),
  last: (delivery: Delivery) =>
    chunk(frame, [{ index: 0, delta: {}, finish_reason: delivery.finish }], { phi: delivery.phi }),
  usage: (delivery: Delivery) =>
    delivery.usage === undefined ? undefined : chunk(frame, [], { usage: usageOf(delivery.usage) }),
});
