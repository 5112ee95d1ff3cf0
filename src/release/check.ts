import type { Interlock } from '../interlock/interlock.ts';
import type { Disguises } from './disguises/disguises.ts';
import type { ScopeCalendar } from './scope-calendar.ts';
import type { ShownRecord } from './support/shown-record.ts';
import type { TokenIndex } from './token-forms.ts';

/** A place that a check objects to; `by` stands there afterwards when the check masks. */
export interface Objection {
  readonly start: number;
  readonly end: number;
  readonly by?: string;
}

/** Texts of the record that may not be handed out whole, and how many words in a row of them may. */
export interface Quotable {
  readonly words: number;
  /** Runs of one word more, see `quotableOf`. */
  readonly runs: ReadonlySet<string>;
}

/**
 * What becomes of an answer to which a check objects: it is refused, the place is changed, or it is marked and stays.
 */
export type Verdict = 'block' | 'mask' | 'flag';

/** What the checks of one answer may know. */
export interface CheckScope {
  /** By check, where the task says something else than the check's own verdict. */
  readonly verdicts?: Readonly<Record<string, Verdict>>;
  /** The record and the question as the model was shown them. */
  readonly shown?: ShownRecord;
  readonly interlock: Interlock;
  readonly issued: TokenIndex;
  readonly canary: string;
  readonly instructions: ReadonlySet<string>;
  readonly citationKeys: ReadonlySet<string>;
  readonly allowedHosts: ReadonlySet<string>;
  readonly calendar?: ScopeCalendar;
  readonly shownWords?: ReadonlySet<string>;
  /** Texts of the record that may be quoted in part only. */
  readonly quotable?: Quotable;
  /** Where the text speaks of what is withheld from this asker. */
  readonly withheldMentions?: (text: string) => readonly { start: number; end: number }[];
  /** Values of the record that are spelled, counted out or encoded. */
  readonly disguises?: Disguises;
  readonly scanPatterns?: (text: string) => readonly { start: number; end: number; type: string }[];
}

/**
 * How far behind the end of a text that goes on a check still has something to decide: so many characters at the most;
 * an unfinished word or token; an unfinished run (of an encoding, of words, of the pieces of a value); an unfinished
 * sentence that holds what may be masked; or only the whole answer.
 */
export type Bound = number | 'word' | 'token' | 'run' | 'sentence' | 'whole';

/** One check of an answer, one a file. Pure and linear in the text. */
export interface Check {
  readonly id: string;
  /** Where the task says nothing else; see `verdictChoices`. */
  readonly verdict: Verdict;
  readonly bound: Bound;
  find(text: string, scope: CheckScope): readonly Objection[];
  /**
   * Where the first thing begins that may still become a finding, or stop being one, when the text goes on, beyond the
   * last `heldBack` characters, which are always held; the length of the text where there is none. Absent where
   * nothing that is longer than those can.
   */
  open?(text: string, scope: CheckScope): number;
}

/**
 * What a task may have a check do: what it does anyway, or something stricter. Characters nobody can see are taken out
 * whoever wrote them, and dates are turned back or refused: there is nothing to choose.
 */
export const verdictChoices = {
  flag: ['flag', 'mask', 'block'],
  mask: ['mask', 'block'],
  block: ['block'],
} as const satisfies Readonly<Record<Verdict, readonly Verdict[]>>;

/** What a check does for the task at hand; a choice that it does not offer counts for nothing. */
export function verdictOf({ id, verdict }: Pick<Check, 'id' | 'verdict'>, { verdicts }: CheckScope): Verdict {
  const choices: readonly Verdict[] = verdictChoices[verdict];
  return choices.find((choice) => choice === verdicts?.[id]) ?? verdict;
}

export interface CheckVerdict {
  readonly check: string;
  readonly verdict: 'pass' | Verdict;
  readonly count: number;
  /** The check threw: it counts as a block. */
  readonly failed?: true;
}
