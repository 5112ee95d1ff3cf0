import type { TokenType } from '../vocabulary/token.ts';

/** Something found in a view, before overlaps are resolved. Indices are of the view. */
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
  readonly exact?: boolean;
  readonly epochDay?: number;
}

/** Adds matches to a list. A call with that many arguments would overflow the stack on a text of megabytes. */
export function append(matches: Match[], more: readonly Match[]): void {
  for (const match of more) matches.push(match);
}
