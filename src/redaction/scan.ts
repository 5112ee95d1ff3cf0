import type { TokenType } from '../vocabulary/token.ts';
import { actsBeyondTokens } from './actions.ts';
import { type Found, findAll } from './find-all.ts';
import { foundNames } from './found-names.ts';
import type { Pack } from './pack.ts';
import type { Finding } from './ports.ts';
import { buildRecordMatcher } from './record-matcher.ts';
import { resolve } from './resolve.ts';

/** One line of what `phi-gateway scan` prints; offsets are UTF-16 units of the text. */
export interface ScanSpan {
  readonly start: number;
  readonly end: number;
  readonly type: TokenType;
  readonly rule: string;
  /** What else was found in its place, where packs do more than issue tokens. */
  readonly besides?: readonly Finding[];
}

/**
 * Scans texts without a record, by the packs alone. A name found once in a text is found again in it, where `again` is
 * not false: then what stands later in a text may take the place of what was found before.
 */
export function createScanner(
  packs: readonly Pack[],
  { again: wanted = true }: { readonly again?: boolean } = {},
): (text: string) => ScanSpan[] {
  const nobody = buildRecordMatcher([]);
  const telling = packs.some(({ actions }) => actsBeyondTokens(actions));
  return (text) =>
    findAll([text], nobody, packs).flatMap((found) => spansOf(text, found, { wanted, telling }));
}

function spansOf(
  text: string,
  { lex, matches }: Found,
  { wanted, telling }: { readonly wanted: boolean; readonly telling: boolean },
): ScanSpan[] {
  const first = resolve(lex.view, matches, telling);
  const names = wanted ? foundNames(text, first) : [];
  const again = names.length === 0 ? [] : buildRecordMatcher(names).find(lex);
  const spans = again.length === 0 ? first : resolve(lex.view, [...matches, ...again], telling);
  return spans.map(({ start, end, type, rule, besides }) => ({
    start,
    end,
    type,
    rule,
    ...(besides === undefined ? {} : { besides }),
  }));
}

/** `createScanner` for one text. */
export const scanText = (text: string, packs: readonly Pack[]): ScanSpan[] => createScanner(packs)(text);
