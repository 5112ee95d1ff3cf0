import type { TokenType } from '../vocabulary/token.ts';

/**
 * Something found in a view, before overlaps are resolved. Indices are of the view. All are written with all fields in
 * this order, so that the engine reads them as objects of one kind: there are as many of them as names in a note.
 */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly type: TokenType;
  readonly rule: string;
  readonly entity: string;
  /** Order among matches of equal length, see resolve.ts. */
  readonly rank: number;
  /** Full strength: enough to hide inside a terminology's own words. */
  readonly full: boolean;
  /** An exact number or contact of the record. */
  readonly exact: boolean;
  readonly epochDay: number | undefined;
}

/** The same match at another place, and of full strength where something that it is joined to is. */
export const moved = (match: Match, start: number, end: number, full = match.full): Match => ({
  start,
  end,
  type: match.type,
  rule: match.rule,
  entity: match.entity,
  rank: match.rank,
  full,
  exact: match.exact,
  epochDay: match.epochDay,
});

const separators = /[^\p{L}\p{N}]+/gu;

/** Words of a stretch with one space between, as entities are called. */
export function wordsOnly(lower: string, start: number, end: number): string {
  const text = lower.slice(start, end);
  let spaced = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const plain = (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
    // One space between plain words is what the others become.
    if (!plain && (code !== 32 || spaced)) return text.replaceAll(separators, ' ');
    spaced = code === 32;
  }
  return text;
}

/** Adds matches to a list. A call with that many arguments would overflow the stack on a text of megabytes. */
export function append(matches: Match[], more: readonly Match[]): void {
  for (const match of more) matches.push(match);
}
