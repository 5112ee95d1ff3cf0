import { createParser } from 'eventsource-parser';
import { choiceOf, finishOf, malformed, parseObject, textOf, usageOf } from './answer-shape.ts';
import type { ModelDelta } from './ports.ts';

type Finish = Extract<ModelDelta, { type: 'finish' }>;

/** Collects the server-sent events of one streamed answer. `read` gives the text that a piece of input completes. */
export interface ChunkReader {
  read(input: string): readonly string[];
  /** Call at the end of input: throws when the stream ended before the answer did. */
  finish(): Finish;
}

export function createChunkReader(): ChunkReader {
  let texts: string[] = [];
  let reason: Finish['reason'] | undefined;
  let usage: Finish['usage'];
  let done = false;

  const take = (text: string): void => {
    if (done) throw malformed();
    if (text === '[DONE]') {
      done = true;
      return;
    }
    const chunk = parseObject(text);
    usage = usageOf(chunk['usage']) ?? usage;
    const choice = choiceOf(chunk);
    if (choice === undefined) return;
    const piece = textOf(choice['delta']);
    if (piece !== '' && reason !== undefined) throw malformed();
    if (piece !== '') texts.push(piece);
    reason = finishOf(choice['finish_reason']) ?? reason;
  };

  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event !== undefined && event !== 'message' && event !== 'error') throw malformed();
      take(data);
    },
    onError: () => {
      throw malformed();
    },
  });

  return {
    read: (input) => {
      parser.feed(input);
      const out = texts;
      texts = [];
      return out;
    },
    finish: () => {
      if (reason === undefined) throw malformed();
      return { type: 'finish', reason, ...(usage === undefined ? {} : { usage }) };
    },
  };
}
