import type { InjectionPlace, InjectionRule } from '../vocabulary/injection.ts';
import type { SignalText } from './signal-text.ts';

/** One row: how much it counts, why, and phrases (see phrase.ts) or the reader of a structure. */
export interface Heuristic {
  readonly id: InjectionRule;
  /** Added to the score of a text in which it is found, once. */
  readonly weight: number;
  readonly why: string;
  readonly phrases?: readonly string[];
  readonly structure?: (text: SignalText) => boolean;
  /** Only there; elsewhere it is ordinary. */
  readonly where?: InjectionPlace;
}
