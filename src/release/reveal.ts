import { Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import { table } from '../vocabulary/table.ts';
import type { TokenType } from '../vocabulary/token.ts';
import type { AnswerScope, CheckedAnswer } from './check-answer.ts';
import { closedRanges, rangesInOrder, undecided } from './code-ranges.ts';
import { parsedDocument } from './json-document.ts';
import { allowedAddresses, findLinks } from './links.ts';
import { piecesOf } from './pieces.ts';
import { dateOfDay, type WrittenDate, writtenDates } from './scope-calendar.ts';
import type { SettledAnswer } from './settled-answer.ts';
import { roleWords, type WrittenToken, writtenTokens } from './token-forms.ts';

export interface RevealOptions {
  /** From the workload's entry: only where a human reads the output. */
  readonly humanReads: boolean;
  readonly allowedTypes: ReadonlySet<TokenType> | 'all';
  /** What is missing from the context; stands in the answer whether or not the model repeated it. */
  readonly notices?: readonly string[];
}

const plainEmail = /^[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}$/;
const mostCharacters = 300;

/** Characters with which a value could open a link, markup, code or a table cell, as harmless look-alikes. */
const tamed: Readonly<Record<string, string>> = table({
  '<': '‹',
  '>': '›',
  '[': '(',
  ']': ')',
  '`': "'",
  '|': '/',
  '\\': '/',
});

/** A recorded value as text that is text in Markdown too; undefined where it would still be a link. */
function escaped(value: string, type: TokenType, hosts: ReadonlySet<string>): string | undefined {
  const text = value
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/[<>[\]`|\\]/g, (unit) => tamed[unit] ?? '')
    .trim()
    .slice(0, mostCharacters);
  if (text === '') return undefined;
  if (type === 'EMAIL') return plainEmail.test(text) ? text : undefined;
  return findLinks(text, hosts).length === 0 ? text : undefined;
}

interface Reading {
  readonly text: string;
  /** The same text with e-mail values left out, for the link check. */
  readonly forLinks: string;
}

/** A place of an answer where a value may stand. */
interface Standing {
  readonly start: number;
  readonly end: number;
  readonly type: TokenType;
  readonly value: string | undefined;
}

/** Counts what was revealed and what stayed a role word. */
class Revealer {
  readonly revealed: Partial<Record<TokenType, number>> = {};
  readonly #scope: AnswerScope;
  readonly #values: ReadonlyMap<string, string>;
  readonly #options: RevealOptions;

  constructor(scope: AnswerScope, values: ReadonlyMap<string, string>, options: RevealOptions) {
    this.#scope = scope;
    this.#values = values;
    this.#options = options;
  }

  #readable(type: TokenType): boolean {
    const { humanReads, allowedTypes } = this.#options;
    return humanReads && (allowedTypes === 'all' || allowedTypes.has(type));
  }

  #valueOf(written: WrittenToken, spelled: string): Standing {
    const { start, end, type } = written;
    const value = this.#readable(type) ? this.#values.get(spelled) : undefined;
    return {
      start,
      end,
      type,
      value: value === undefined ? undefined : escaped(value, type, this.#scope.allowedHosts),
    };
  }

  /** A day that the model computed is named as such: nobody recorded it. */
  #computed({ start, end, day }: WrittenDate, known: boolean): Standing {
    const said = day === undefined || !this.#readable('DATE') ? undefined : dateOfDay(day);
    return { start, end, type: 'DATE', value: known || said === undefined ? said : `${said} (computed)` };
  }

  /** Issued tokens and day counts of a text, in order. */
  #standing(text: string): Standing[] {
    const { issued, calendar } = this.#scope;
    const tokens = writtenTokens(text).flatMap((written) => {
      const form = written.type === 'DATE' ? undefined : issued.issued(written);
      return form === undefined ? [] : [this.#valueOf(written, form.spelled)];
    });
    const dates = writtenDates(text, issued, calendar).map((date) =>
      date.by.kind === 'issued'
        ? this.#valueOf(date.by.token, date.by.form.spelled)
        : this.#computed(date, date.by.known),
    );
    return [...tokens, ...dates].toSorted((a, b) => a.start - b.start);
  }

  /**
   * `closed`: a place where nothing is revealed, such as a JSON key. Of a text that goes on, no more is read than up
   * to `settled`, and not what more text still decides.
   */
  read(text: string, closed: boolean, settled?: number): Reading {
    const { allowedHosts } = this.#scope;
    const shut = rangesInOrder([...closedRanges(text), ...allowedAddresses(text, allowedHosts)]);
    let next = 0;
    let out = '';
    let forLinks = '';
    let at = 0;
    let until = settled ?? text.length;
    const open = settled === undefined ? undefined : undecided(text.slice(0, settled));
    for (const { start, end, type, value: known } of this.#standing(text)) {
      if (start >= until) break;
      if (open !== undefined && (end > until || open(start, end))) {
        until = start;
        break;
      }
      while (next < shut.length && (shut[next]?.end ?? 0) <= start) next += 1;
      const inside = closed || (shut[next]?.start ?? end) < end;
      const value = inside ? undefined : known;
      if (value !== undefined) this.revealed[type] = (this.revealed[type] ?? 0) + 1;
      const before = text.slice(at, start);
      out += before + (value ?? roleWords[type]);
      forLinks += before + (value === undefined || type === 'EMAIL' ? roleWords[type] : value);
      at = end;
    }
    const after = text.slice(at, until);
    return { text: out + after, forLinks: forLinks + after };
  }

  /** Like `read`, and the link check once more: a value and its surroundings may have made one together. */
  settle(text: string, closed = false, settled?: number): string {
    const reading = this.read(text, closed, settled);
    if (findLinks(reading.forLinks, this.#scope.allowedHosts).length > 0) throw new Refusal('answer_blocked');
    return reading.text;
  }

  /** Values in strings of a JSON document, never in its keys. */
  json(value: unknown): unknown {
    if (typeof value === 'string') return this.settle(value);
    if (Array.isArray(value)) return value.map((each: unknown) => this.json(each));
    if (!isRecord(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [this.settle(key, true), this.json(inner)]),
    );
  }
}

/** The answer with the notices that the model left out below it. */
function withNotices(text: string, notices: readonly string[]): string {
  const unsaid = notices.filter((notice) => !text.includes(notice));
  if (unsaid.length === 0) return text;
  return [text.trimEnd(), '', 'Notices:', ...unsaid.map((notice) => `- ${notice}`)].join('\n').trimStart();
}

/**
 * Whether a text goes on behind the bracket that closes its first one. A string may end with the text, also behind a
 * backslash, so that none is looked at twice.
 */
function goesOnBehind(text: string): boolean {
  let depth = 0;
  for (const { index, 0: sign } of text.matchAll(/"(?:[^"\\]|\\.)*(?:"|\\?$)|[[\]{}]/gs)) {
    if (sign === '[' || sign === '{') depth += 1;
    if (sign === ']' || sign === '}') depth -= 1;
    if (depth <= 0 && !sign.startsWith('"')) return text.slice(index + 1).trim() !== '';
  }
  return false;
}

/** Whether what an answer begins with may be a JSON document: whether it is one shows at its end. */
const mayBeDocument = (text: string): boolean =>
  (/^\s*(?:[[{]\s*)+(?:$|[\d"\]}tfn-])/.test(text) && !goesOnBehind(text)) || text.trim() === '';

/**
 * What of an answer that goes on may be read now: the beginning of what `reveal` will make of it when all is there.
 * Throws Refusal('answer_blocked') as it does.
 */
export function revealBeginning(
  { end, scope, text }: SettledAnswer,
  values: ReadonlyMap<string, string>,
  options: RevealOptions,
): string {
  if (mayBeDocument(text.slice(0, end))) return '';
  // A blank at the end may be the last, which notices take off.
  return new Revealer(scope, values, options).settle(text, false, end).trim();
}

/** What the caller may read; only `reveal` makes one. */
export class ReleasedAnswer {
  readonly text: string;
  /** Values revealed, by type: for the trail. */
  readonly revealed: Readonly<Partial<Record<TokenType, number>>>;
  /** Whether it is one JSON document, which nothing may stand beside. */
  readonly document: boolean;

  private constructor(text: string, revealed: Partial<Record<TokenType, number>>, document: boolean) {
    this.text = text;
    this.revealed = revealed;
    this.document = document;
  }

  static from(
    checked: CheckedAnswer,
    values: ReadonlyMap<string, string>,
    options: RevealOptions,
  ): ReleasedAnswer {
    const revealer = new Revealer(checked.scope, values, options);
    const document = parsedDocument(checked.text);
    // A JSON document stays one: its reader finds the notices in `phi.incomplete`.
    const text =
      document === undefined
        ? withNotices(revealer.settle(checked.text).trimStart(), options.notices ?? [])
        : JSON.stringify(revealer.json(document));
    return new ReleasedAnswer(text, revealer.revealed, document !== undefined);
  }

  /** The answer in pieces for a stream. The whole answer was held, checked and revealed first. */
  async *pieces(): AsyncGenerator<string> {
    for (const piece of piecesOf(this.text)) {
      yield piece;
      // Lets the consumer's back-pressure and cancellation take effect between pieces.
      await Promise.resolve();
    }
  }
}

/**
 * Replaces the tokens of a checked answer by their values where this caller may read them, by role words elsewhere:
 * in code, addresses and JSON keys, for types outside `allowedTypes`, for tokens without a value, and everywhere
 * when no human reads. `values` maps tokens as the vault spelled them. Throws Refusal('answer_blocked') when a
 * value makes a link with its surroundings.
 */
export const reveal = (
  checked: CheckedAnswer,
  values: ReadonlyMap<string, string>,
  options: RevealOptions,
): ReleasedAnswer => ReleasedAnswer.from(checked, values, options);
