import { notice } from '../vocabulary/notices.ts';
import type { CheckVerdict } from './check.ts';
import { type CheckOutcome, outcomeOf } from './check-answer.ts';
import type { AnswerUnderCheck } from './check-table.ts';
import { closedRanges } from './code-ranges.ts';
import { isDocument } from './json-document.ts';
import { leftOut, type WholeItem } from './left-out.ts';

/** What the checks found of an answer that may leave out none of some items. */
export interface WholeOutcome extends CheckOutcome {
  /** Keys of items of which the model does not tell: their lines stand in `text`, unless it is one JSON document. */
  readonly leftOut: readonly string[];
}

/** What a record that these object to has written nobody can show for it: such an answer stays blocked. */
const neverShown: ReadonlySet<string> = new Set(['canary', 'instructions']);

/** An item of which nothing but its key and kind may be told. */
const bareLine = ({ key, kind }: WholeItem): string =>
  `[${key}] ${kind}: what the record says of it cannot be shown here.`;

/** Whether text below this one would stand in a code block that is not closed: nothing is revealed there. */
function swallows(text: string, below: string): boolean {
  const at = text.length + 2;
  return closedRanges(`${text}\n\n${below}`).some(({ start, end }) => start <= at && end > at);
}

/** The answer with lines of the record below it; above it where it would swallow them. */
export function withLines(text: string, lines: readonly string[]): string {
  const heading = notice('items_added', { n: lines.length }).text;
  const added = [heading, ...lines.map((line) => `- ${line}`)].join('\n');
  const said = text.trimEnd();
  if (said === '') return added;
  return swallows(said, heading) ? `${added}\n\n${said}` : `${said}\n\n${added}`;
}

const rank = { pass: 0, flag: 1, mask: 2, block: 3 } as const;

/** What two rounds of checks said, the worse of each. */
const worse = (before: readonly CheckVerdict[], after: readonly CheckVerdict[]): readonly CheckVerdict[] =>
  after.map((line) => {
    const earlier = before.find(({ check }) => check === line.check);
    return earlier !== undefined && rank[earlier.verdict] > rank[line.verdict] ? earlier : line;
  });

/** A block that lines of the record alone were the reason of, and that they were taken out for. */
const asMasks = (verdicts: readonly CheckVerdict[], taken: number): readonly CheckVerdict[] =>
  verdicts.map((line) =>
    line.verdict === 'block' ? { check: line.check, verdict: 'mask', count: Math.max(1, taken) } : line,
  );

/** All checks on the answer with these lines. Undefined where they object to what cannot be masked. */
function withAll(
  input: AnswerUnderCheck,
  said: string,
  lines: readonly string[],
  before: readonly CheckVerdict[],
): Required<CheckOutcome> | { readonly verdicts: readonly CheckVerdict[] } {
  const { text, verdicts } = outcomeOf({ ...input, text: withLines(said, lines) });
  return { verdicts: worse(before, verdicts), ...(text === undefined ? {} : { text }) };
}

/**
 * Runs every check on an answer, finds of which items it does not tell as it would leave, writes their lines below it
 * and runs every check on all of that: the lines are the record's words and are trusted no more than the model's. A line
 * that blocks what the model said well is told by key and kind alone, so that one order cannot keep all others back.
 */
export function wholeOutcomeOf(input: AnswerUnderCheck, items: readonly WholeItem[]): WholeOutcome {
  const first = outcomeOf(input);
  if (first.text === undefined) return { ...first, leftOut: [] };
  const said = first.text;
  const document = isDocument(said);
  const missing = leftOut(said, items, document);
  const keys = missing.map(({ key }) => key);
  if (missing.length === 0 || document) return { ...first, leftOut: keys };
  const all = withAll(
    input,
    said,
    missing.map(({ line }) => line),
    first.verdicts,
  );
  const blocked = all.verdicts.filter(({ verdict }) => verdict === 'block');
  if ('text' in all || blocked.some(({ check }) => neverShown.has(check))) return { ...all, leftOut: keys };
  const blocks = (line: string): boolean => outcomeOf({ ...input, text: line }).text === undefined;
  const bare = new Set(missing.filter(({ line }) => blocks(line)));
  for (const taken of [bare, new Set(missing)]) {
    const lines = missing.map((item) => (taken.has(item) ? bareLine(item) : item.line));
    const rest = withAll(input, said, lines, asMasks(all.verdicts, taken.size));
    if ('text' in rest) return { ...rest, leftOut: keys };
  }
  return { ...all, leftOut: keys };
}
