import type { Delivery } from '../envelope/delivery.ts';
import type { Refusal } from '../errors/refusal.ts';
import type { AskRequest } from './chat-request.ts';

export interface AnswerFrame {
  readonly trail: string;
  /** Seconds since the epoch. */
  readonly created: number;
  readonly model: string;
}

/** The server-sent events of one streamed answer, in order; each text is one or more whole events. */
export interface StreamFrames {
  first(): string;
  piece(text: string): string;
  last(delivery: Delivery): string;
}

/** How one OpenAI API spells requests and answers; the way between them is the same. */
export interface Dialect {
  parse(body: unknown): AskRequest;
  whole(frame: AnswerFrame, delivery: Delivery, content: string): object;
  frames(frame: AnswerFrame, includeUsage: boolean): StreamFrames;
  /** Ends a stream that may not go on: clients of both APIs throw on it. */
  failed(refusal: Refusal, trail: string): string;
}
