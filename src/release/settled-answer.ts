import { type Check, type CheckScope, type Objection, verdictOf } from './check.ts';
import type { AnswerScope } from './check-answer.ts';
import {
  type AnswerUnderCheck,
  checks,
  type Edit,
  editsOf,
  rounds,
  scopeOf,
  withPlainBreaks,
} from './check-table.ts';
import { heldFrom, wordStart } from './held-back.ts';
import { indexTokens, writtenTokens } from './token-forms.ts';

/** How an answer stands that the model has not ended, as plain values. */
export interface SettledOutcome {
  /** Checks that block it, whatever follows. */
  readonly blocked: readonly string[];
  /** Checks that changed something in what is settled. */
  readonly masked: readonly string[];
  /** All that was said so far as it would leave if it ended here, tokens and all. */
  readonly text: string;
  /** So much of it stands whatever follows; what comes after only decides how far that is. */
  readonly end: number;
}

/** A text, and where in the answer each unit of it comes from; the last entry is the answer's length. */
class Traced {
  readonly text: string;
  readonly #origin: Int32Array;

  private constructor(text: string, origin: Int32Array) {
    this.text = text;
    this.#origin = origin;
  }

  static of(text: string): Traced {
    return new Traced(
      text,
      Int32Array.from({ length: text.length + 1 }, (_, at) => at),
    );
  }

  /** Where in the answer a unit comes from. */
  from(at: number): number {
    return this.#origin[at] ?? 0;
  }

  /** Where in the answer that ends from which the unit before `end` comes. */
  until(end: number): number {
    let next = end;
    while (next < this.text.length && next > 0 && this.from(next) === this.from(next - 1)) next += 1;
    return this.from(next);
  }

  /** The first unit that comes from `offset` of the answer or later. */
  at(offset: number): number {
    const found = this.#origin.findIndex((from) => from >= offset);
    return found < 0 ? this.text.length : found;
  }

  edited(edits: readonly Edit[]): Traced {
    if (edits.length === 0) return this;
    const origin: number[] = [];
    let text = '';
    let at = 0;
    const copy = (to: number): void => {
      text += this.text.slice(at, to);
      for (; at < to; at += 1) origin.push(this.from(at));
    };
    for (const { start, end, by } of edits) {
      copy(start);
      text += by;
      for (let unit = 0; unit < by.length; unit += 1) origin.push(this.from(start));
      at = end;
    }
    copy(this.text.length);
    origin.push(this.from(this.text.length));
    return new Traced(text, Int32Array.from(origin));
  }
}

/** The checks that refuse an answer for this task, or those that change it. */
const those = (blocking: boolean, scope: CheckScope): readonly Check[] =>
  checks.filter((check) => (verdictOf(check, scope) === 'block') === blocking);

/** What a check objects to, by the offsets of the answer as the model wrote it. */
interface Place {
  readonly start: number;
  readonly end: number;
  readonly check: string;
  readonly blocks: boolean;
}

/** One answer that goes on, seen by every check. */
class Settling {
  readonly places: Place[] = [];
  readonly #input: AnswerUnderCheck;

  constructor(input: AnswerUnderCheck) {
    this.#input = input;
  }

  #note(check: Check, traced: Traced, found: readonly Objection[], blocks: boolean): void {
    for (const { start, end } of found)
      this.places.push({ start: traced.from(start), end: traced.until(end), check: check.id, blocks });
  }

  /** @throws whatever a check throws, as `Failed` with its name */
  settle(): SettledOutcome {
    const scope = scopeOf(this.#input);
    const original = Traced.of(withPlainBreaks(this.#input.text));
    let masked = original;
    let end = heldFrom(original.text);
    const hold = (check: Check, traced: Traced): void => {
      const open = guarded(check, () => check.open?.(traced.text, scope) ?? traced.text.length);
      end = Math.min(end, traced.from(open));
    };
    let unsettled = true;
    for (let round = 0; round < rounds && unsettled; round += 1) {
      const before = masked.text;
      for (const check of those(false, scope)) {
        // What it marks itself, it holds open no more: what it saw before counts too.
        if (masked !== original) hold(check, masked);
        const found = guarded(check, () => check.find(masked.text, scope));
        this.#note(check, masked, found, round === rounds - 1);
        masked = masked.edited(editsOf(found));
      }
      unsettled = masked.text !== before;
    }
    const seen = masked.text === original.text ? [original] : [original, masked];
    for (const traced of seen) {
      for (const check of those(true, scope))
        this.#note(
          check,
          traced,
          guarded(check, () => check.find(traced.text, scope)),
          true,
        );
      for (const check of checks) hold(check, traced);
    }
    end = this.#whole(original.text, end);
    const settled = this.places.filter((place) => place.end <= end);
    const names = (blocks: boolean): string[] => [
      ...new Set(settled.filter((place) => place.blocks === blocks).map(({ check }) => check)),
    ];
    return { blocked: names(true), masked: names(false), text: masked.text, end: masked.at(end) };
  }

  /** The last offset, not after `end`, at which neither a word nor anything objected to is cut in two. */
  #whole(text: string, end: number): number {
    let at = wordStart(text, end);
    for (const { start, end: until } of this.places.toSorted((a, b) => b.start - a.start))
      if (start < at && at < until) at = wordStart(text, start);
    return at;
  }
}

/** A check that threw: it blocks. */
class Failed extends Error {
  readonly check: string;

  constructor(check: string) {
    super('a check threw');
    this.check = check;
  }
}

function guarded<Found>(check: Check, run: () => Found): Found {
  try {
    return run();
  } catch {
    throw new Failed(check.id);
  }
}

/**
 * The checks on an answer that goes on. What is settled is, in verdict and text, what `checkAnswer` will say of it when
 * all is there, because nothing that reaches into it can come any more: every check says how far back that may be.
 */
export function settledOf(input: AnswerUnderCheck): SettledOutcome {
  try {
    return new Settling(input).settle();
  } catch (thrown) {
    return { blocked: [thrown instanceof Failed ? thrown.check : 'unknown'], masked: [], text: '', end: 0 };
  }
}

/** The beginning of an answer that passed the checks; only they make one. It still holds tokens, no values. */
export class SettledAnswer {
  readonly text: string;
  readonly end: number;
  /** Issued tokens of what is settled, as the vault spelled them. */
  readonly tokens: readonly string[];
  readonly scope: AnswerScope;

  private constructor(text: string, end: number, scope: AnswerScope) {
    this.text = text;
    this.end = end;
    this.scope = scope;
    const used = writtenTokens(text.slice(0, end)).flatMap((written) => scope.issued.issued(written) ?? []);
    this.tokens = [...new Set(used.map(({ spelled }) => spelled))];
  }

  /** Takes over what `settledOf` says of the answer to which `scope` belongs; undefined where a check blocks. */
  static of(
    { blocked, text, end }: SettledOutcome,
    scope: Pick<AnswerUnderCheck, 'issuedTokens' | 'allowedHosts' | 'calendar'>,
  ): SettledAnswer | undefined {
    if (blocked.length > 0) return undefined;
    return new SettledAnswer(text, end, {
      issued: indexTokens(scope.issuedTokens),
      allowedHosts: scope.allowedHosts ?? new Set<string>(),
      ...(scope.calendar === undefined ? {} : { calendar: scope.calendar }),
    });
  }
}
