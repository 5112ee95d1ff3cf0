import type { Bearer, IdentityValue } from '../vocabulary/identity-sheet.ts';
import type { TokenType } from '../vocabulary/token.ts';
import type { Span } from './ports.ts';

const bearers: Readonly<Partial<Record<TokenType, Bearer>>> = {
  CLINICIAN: 'clinician',
  RELATIVE: 'relative',
  PERSON: 'other',
};

/**
 * Names that rules found, as values for a second pass: what is found once is found everywhere in the envelope.
 * A single word counts from four letters on.
 */
export function foundNames(text: string, spans: readonly Span[]): IdentityValue[] {
  return spans.flatMap((span): IdentityValue[] => {
    if (!span.rule.startsWith('name.')) return [];
    const bearer = bearers[span.type];
    if (bearer === undefined) return [];
    const name = text.slice(span.start, span.end);
    const words = name.split(/[\s,.]+/).filter((word) => word.length > 0);
    if (words.length < 2 && name.length < 4) return [];
    return [{ kind: 'name', bearer, entity: span.entity, text: name, source: span.rule }];
  });
}
