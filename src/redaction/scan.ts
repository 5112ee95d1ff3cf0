import type { TokenType } from '../vocabulary/token.ts';
import type { Pack } from './pack.ts';
import { buildRecordMatcher } from './record-matcher.ts';
import { findAll, foundNames } from './redactor.ts';
import { resolve } from './resolve.ts';

/** One line of what `phi-gateway scan` prints; offsets are UTF-16 units of the text. */
export interface ScanSpan {
  readonly start: number;
  readonly end: number;
  readonly type: TokenType;
  readonly rule: string;
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
  return (text) => {
    const { lex, matches } = findAll(text, nobody, packs);
    const first = resolve(lex.view, matches);
    const names = wanted ? foundNames(text, first) : [];
    const again = names.length === 0 ? [] : buildRecordMatcher(names).find(lex);
    const spans = again.length === 0 ? first : resolve(lex.view, [...matches, ...again]);
    return spans.map(({ start, end, type, rule }) => ({ start, end, type, rule }));
  };
}

/** `createScanner` for one text. */
export const scanText = (text: string, packs: readonly Pack[]): ScanSpan[] => createScanner(packs)(text);
