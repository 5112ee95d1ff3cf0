import type { IssuedToken } from '../vault/ports.ts';
import type { ContextItem, ItemPart } from '../vocabulary/context-item.ts';
import type { TokenType } from '../vocabulary/token.ts';
import type { AgeStretch } from './day-counts.ts';
import type { RedactedText } from './redacted-text.ts';

/** One identifier found in a text; offsets are UTF-16 units of the original. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly type: TokenType;
  /** Id of the rule that found it, for `scan` and counts. */
  readonly rule: string;
  /** Groups written forms of one value within an envelope: same entity, same token stem. */
  readonly entity: string;
  /** Days since the epoch where the span is a full date. */
  readonly epochDay?: number;
  /** What else was found in its place, where that is asked for: the strictest of all is done with it. */
  readonly besides?: readonly Finding[];
}

/** What a rule says that it found. */
export interface Finding {
  readonly type: TokenType;
  readonly rule: string;
}

/** A text of an envelope, and what kind of element it stood in. */
export interface SoughtText {
  readonly text: string;
  readonly type: ItemPart['type'];
}

/** Spans of all texts of one envelope, in their order; see `Redactor`. It may run in another thread. */
export type FindSpans = (texts: readonly SoughtText[]) => Promise<readonly (readonly Span[])[]>;

/** A redactor built for one record: pure, no vault, no clock. */
export interface Redactor {
  /**
   * Spans of the texts of one envelope, in their order: a first reading, then a second one for the names that rules
   * found in the first, so that what is found once is found everywhere. Texts given together are read twice as fast as
   * one after the other.
   */
  spans(texts: readonly SoughtText[], options?: SearchOptions): readonly (readonly Span[])[];
}

/** What else than usual a search does. */
export interface SearchOptions {
  /** False: without the second reading. */
  readonly again?: boolean;
  /** False: headings of tables say nothing of their columns, and a line break is one also inside a paragraph. */
  readonly layout?: boolean;
  /** Whether spans tell what else was found in their place; packs that do more than issue tokens say so themselves. */
  readonly telling?: boolean;
}

export interface RedactedItem {
  readonly key: string;
  readonly resource: ContextItem['resource'];
  readonly kind: string;
  readonly parts: readonly { readonly name: string; readonly text: RedactedText }[];
  readonly passages: readonly RedactedText[];
}

/** Everything of one envelope that may go on to the model. */
export interface RedactedContext {
  readonly items: readonly RedactedItem[];
  /** The caller's own texts, in the order given. */
  readonly messages: readonly RedactedText[];
  readonly issued: readonly IssuedToken[];
  /** Tokens by type, for the trail. */
  readonly counts: Readonly<Partial<Record<TokenType, number>>>;
  /** Values in whose place a coarser form stands, by type: nobody can turn them back. */
  readonly generalised: Readonly<Partial<Record<TokenType, number>>>;
  /** Values of which nothing is left, by type. */
  readonly removed: Readonly<Partial<Record<TokenType, number>>>;
  /** Whether a model reads dates with a day count as days of another calendar, see `withShiftedDates`. */
  readonly shifted: boolean;
  /** The patient's age by day count: the birth itself has none. */
  readonly ages: readonly AgeStretch[];
}
