import type { IdentityValue } from '../vocabulary/identity-sheet.ts';
import type { Redactor, SoughtText, Span } from './ports.ts';
import { foundNames } from './redactor.ts';

/**
 * Spans of the texts of one envelope, in their order: a first pass, then a second one with the names that rules found
 * in the first, so that what is found once is found everywhere.
 */
export function findSpans(redactor: Redactor, texts: readonly SoughtText[]): readonly (readonly Span[])[] {
  const found = new Map<string, IdentityValue>();
  const first = texts.map(({ text, type }) => {
    const spans = redactor.spans(text, type);
    for (const value of foundNames(text, spans)) found.set(`${value.entity}\n${value.text}`, value);
    return spans;
  });
  if (found.size === 0) return first;
  const knowing = redactor.extend([...found.values()]);
  return texts.map(({ text, type }) => knowing.spans(text, type));
}
