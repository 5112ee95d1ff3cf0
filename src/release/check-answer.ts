import {
  type Check,
  type CheckScope,
  type CheckVerdict,
  type Objection,
  type Verdict,
  verdictOf,
} from './check.ts';
import { type AnswerUnderCheck, checks, editsOf, rounds, scopeOf, withPlainBreaks } from './check-table.ts';
import { plainDocument } from './json-document.ts';
import { indexTokens, writtenTokens } from './token-forms.ts';

export interface CheckReport {
  /** One line a check, in the order of the table: what the trail says of the answer. */
  readonly verdicts: readonly CheckVerdict[];
  /** Absent when any check blocks. */
  readonly answer?: CheckedAnswer;
}

/** What the checks found where they ran, as plain values: `text` is absent when any check blocks. */
export interface CheckOutcome {
  readonly verdicts: readonly CheckVerdict[];
  readonly text?: string;
}

/** What revealing an answer needs to know of its checks. */
export type AnswerScope = Pick<CheckScope, 'issued' | 'allowedHosts' | 'calendar'>;

function applied(text: string, objections: readonly Objection[]): string {
  let out = '';
  let at = 0;
  for (const { start, end, by } of editsOf(objections)) {
    out += text.slice(at, start) + by;
    at = end;
  }
  return out + text.slice(at);
}

/** What each check said, worst word last; a check that threw has blocked. */
class Ledger {
  readonly #lines = new Map<string, CheckVerdict>();

  find(check: Check, text: string, scope: CheckScope): readonly Objection[] {
    try {
      return check.find(text, scope);
    } catch {
      this.#lines.set(check.id, { check: check.id, verdict: 'block', count: 0, failed: true });
      return [];
    }
  }

  add(check: Check, verdict: Verdict, count: number): void {
    const line = this.#lines.get(check.id);
    if (count === 0 || line?.failed === true) return;
    this.#lines.set(check.id, { check: check.id, verdict, count: (line?.count ?? 0) + count });
  }

  verdicts(): CheckVerdict[] {
    return checks.map(({ id }) => this.#lines.get(id) ?? { check: id, verdict: 'pass', count: 0 });
  }
}

/** An answer that passed the checks; only `checkAnswer` makes one. It still holds tokens, no values. */
export class CheckedAnswer {
  readonly text: string;
  /** Issued tokens that stand in the text, as the vault spelled them: what to resolve. */
  readonly tokens: readonly string[];
  readonly scope: AnswerScope;

  private constructor(text: string, scope: AnswerScope) {
    this.text = text;
    this.scope = scope;
    const used = writtenTokens(text).flatMap((written) => scope.issued.issued(written) ?? []);
    this.tokens = [...new Set(used.map(({ spelled }) => spelled))];
  }

  /** Takes over what `outcomeOf` says of the answer to which `scope` belongs; `run` calls it in another thread. */
  static async checkedBy(
    run: () => Promise<CheckOutcome>,
    scope: Pick<AnswerUnderCheck, 'issuedTokens' | 'allowedHosts' | 'calendar'>,
  ): Promise<CheckReport> {
    const { verdicts, text } = await run();
    if (text === undefined) return { verdicts };
    const known = {
      issued: indexTokens(scope.issuedTokens),
      allowedHosts: scope.allowedHosts ?? new Set<string>(),
      ...(scope.calendar === undefined ? {} : { calendar: scope.calendar }),
    };
    return { verdicts, answer: new CheckedAnswer(text, known) };
  }

  static check(input: AnswerUnderCheck): CheckReport {
    const scope = scopeOf(input);
    const original = withPlainBreaks(input.text);
    const ledger = new Ledger();
    let text = original;
    let unsettled = true;
    for (let round = 0; round < rounds && unsettled; round += 1) {
      const before = text;
      text = plainDocument(text);
      for (const check of checks.filter((one) => verdictOf(one, scope) !== 'block')) {
        const found = ledger.find(check, text, scope);
        const verdict = round === rounds - 1 ? 'block' : verdictOf(check, scope);
        if (found.length > 0) ledger.add(check, verdict, found.length);
        text = applied(text, found);
      }
      unsettled = text !== before;
    }
    for (const check of checks.filter((one) => verdictOf(one, scope) === 'block')) {
      for (const seen of new Set([original, text]))
        ledger.add(check, 'block', ledger.find(check, seen, scope).length);
    }
    const verdicts = ledger.verdicts();
    const passed = verdicts.every(({ verdict }) => verdict !== 'block');
    return { verdicts, ...(passed ? { answer: new CheckedAnswer(text, scope) } : {}) };
  }
}

/**
 * Runs every check on a whole answer. `answer` is there only when nothing blocks; a check that throws blocks.
 * Verdicts hold counts, never content.
 */
export const checkAnswer = (input: AnswerUnderCheck): CheckReport => CheckedAnswer.check(input);

/** `checkAnswer` for a thread that cannot hand over more than plain values. */
export function outcomeOf(input: AnswerUnderCheck): CheckOutcome {
  const { verdicts, answer } = checkAnswer(input);
  return { verdicts, ...(answer === undefined ? {} : { text: answer.text }) };
}

/** `checkAnswer` where the checks run in another thread: `run` answers what `outcomeOf` says there. */
export const checkElsewhere = (
  run: () => Promise<CheckOutcome>,
  scope: Pick<AnswerUnderCheck, 'issuedTokens' | 'allowedHosts' | 'calendar'>,
): Promise<CheckReport> => CheckedAnswer.checkedBy(run, scope);
