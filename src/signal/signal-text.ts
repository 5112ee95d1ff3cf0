import { normalise } from '../redaction/normalise.ts';
import { type Words, wordsOf } from './words.ts';

/** A text as the rows read it. */
export interface SignalText {
  /** As it was written. */
  readonly source: string;
  /** Look-alikes, invisible characters and escapes undone (see redaction/normalise.ts), case kept. */
  readonly view: string;
  /** The same in small letters. */
  readonly lower: string;
  readonly words: Words;
}

export function signalTextOf(source: string, vocabulary: ReadonlySet<string>): SignalText {
  const { lower, text } = normalise(source);
  return { source, view: text, lower, words: wordsOf(lower, vocabulary) };
}
