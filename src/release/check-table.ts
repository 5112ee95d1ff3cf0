import type { Interlock } from '../interlock/interlock.ts';
import type { Check, CheckScope, Objection, Quotable, Verdict } from './check.ts';
import { calendarWords } from './checks/calendar-words.ts';
import { canary } from './checks/canary.ts';
import { characters } from './checks/characters.ts';
import { citations } from './checks/citations.ts';
import { dateClaims } from './checks/date-claims.ts';
import { disguised } from './checks/disguised.ts';
import { encoded } from './checks/encoded.ts';
import { figures } from './checks/figures.ts';
import { foreignTokens } from './checks/foreign-tokens.ts';
import { identifiers } from './checks/identifiers.ts';
import { instructions } from './checks/instructions.ts';
import { links } from './checks/links.ts';
import { negatives } from './checks/negatives.ts';
import { patterns } from './checks/patterns.ts';
import { sensitive } from './checks/sensitive.ts';
import { substances } from './checks/substances.ts';
import { verbatim } from './checks/verbatim.ts';
import type { Disguises } from './disguises/disguises.ts';
import type { ScopeCalendar } from './scope-calendar.ts';
import type { ShownRecord } from './support/shown-record.ts';
import { indexTokens } from './token-forms.ts';

/**
 * The checks, in order. Masks change the text one after the other; blocks see it as the model wrote it and again as
 * it would leave. docs/answer-checks.md is this table in words.
 */
export const checks: readonly Check[] = [
  characters,
  links,
  foreignTokens,
  encoded,
  patterns,
  calendarWords,
  dateClaims,
  citations,
  sensitive,
  verbatim,
  figures,
  substances,
  negatives,
  canary,
  instructions,
  identifiers,
  disguised,
];

/** Checks that compare what an answer states with what the model was shown. */
export const supportChecks: ReadonlySet<string> = new Set([figures.id, substances.id, negatives.id]);

/** Whether every check can tell early enough what stands; one that needs the whole answer has it held. */
export const canStream: boolean = checks.every(({ bound }) => bound !== 'whole');

export interface AnswerUnderCheck {
  readonly text: string;
  readonly interlock: Interlock;
  /** Tokens of this scope, of this turn or an earlier one, as spelled by the vault. */
  readonly issuedTokens: ReadonlySet<string>;
  readonly canary: string;
  /** `fingerprintOf` the instructions that the model was given. */
  readonly instructionsFingerprint?: ReadonlySet<string>;
  readonly citationKeys: ReadonlySet<string>;
  /** Where a text speaks of what is withheld from this asker. */
  readonly withheldMentions?: (text: string) => readonly { start: number; end: number }[];
  /** Values of the record that are spelled, counted out or encoded. */
  readonly disguises?: Disguises;
  /** Scanner of the redaction packs. */
  readonly scanPatterns?: (text: string) => readonly { start: number; end: number; type: string }[];
  /** Of the scope; without it a day count that the model computed becomes the words `a date`. */
  readonly calendar?: ScopeCalendar;
  /** Words of everything that the model was shown, in lower case; see `shownWordsOf`. */
  readonly shownWords?: ReadonlySet<string>;
  /** See `quotableOf`. */
  readonly quotable?: Quotable;
  /** The record and the question as the model was shown them. */
  readonly shown?: ShownRecord;
  /** What the task has checks do, by their ids. */
  readonly verdicts?: Readonly<Record<string, Verdict>>;
  /** Hosts whose plain https addresses may stand; none by default. */
  readonly allowedHosts?: ReadonlySet<string>;
}

/** What the checks may know of an answer, from what it is checked against. */
export const scopeOf = (input: AnswerUnderCheck): CheckScope => ({
  interlock: input.interlock,
  issued: indexTokens(input.issuedTokens),
  canary: input.canary,
  instructions: input.instructionsFingerprint ?? new Set(),
  citationKeys: input.citationKeys,
  allowedHosts: input.allowedHosts ?? new Set(),
  ...(input.withheldMentions === undefined ? {} : { withheldMentions: input.withheldMentions }),
  ...(input.disguises === undefined ? {} : { disguises: input.disguises }),
  ...(input.scanPatterns === undefined ? {} : { scanPatterns: input.scanPatterns }),
  ...(input.calendar === undefined ? {} : { calendar: input.calendar }),
  ...(input.shownWords === undefined ? {} : { shownWords: input.shownWords }),
  ...(input.quotable === undefined ? {} : { quotable: input.quotable }),
  ...(input.shown === undefined ? {} : { shown: input.shown }),
  ...(input.verdicts === undefined ? {} : { verdicts: input.verdicts }),
});

/** The masks run again on their own result this often; a check that still objects then blocks. */
export const rounds = 4;

/** A stretch of a text and what stands there afterwards. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

/** Objections as edits in order, none of which overlaps another: what two object to goes once. */
export function editsOf(objections: readonly Objection[]): readonly Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  for (const { start, end, by } of objections.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (end <= at) continue;
    edits.push(start >= at ? { start, end, by: by ?? ' ' } : { start: at, end, by: '' });
    at = end;
  }
  return edits;
}

/** One carriage return or two characters for a line break are one. */
export const withPlainBreaks = (text: string): string => text.replace(/\r\n?/g, '\n');
