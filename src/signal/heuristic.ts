import type { InjectionRule } from '../vocabulary/injection.ts';
import type { SignalText } from './signal-text.ts';

/** What rules that are usual in a conversation count there, together. */
export const usualWeight = 15;

/** One row: how much it counts, why, and phrases (see phrase.ts) or the reader of a structure. */
export interface Heuristic {
  readonly id: InjectionRule;
  /** Added to the score of a text in which it is found, once. */
  readonly weight: number;
  readonly why: string;
  readonly phrases?: readonly string[];
  readonly structure?: (text: SignalText) => boolean;
  /**
   * In what a caller says to a model. `usual`: anybody may ask for such a thing there, and an application does in each
   * request, so that all these rules together count `usualWeight`; `expected`: counts nothing.
   */
  readonly conversation?: 'usual' | 'expected';
}
