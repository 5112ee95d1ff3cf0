import { spellToken } from '../vocabulary/token.ts';
import { withoutInvisible } from './checks/characters.ts';
import { indexTokens, writtenTokens } from './token-forms.ts';

/**
 * Tokens that stand in an answer and that this envelope did not issue, spelled so that the vault can say whether an
 * earlier turn of the conversation did: with the day count and without, because another count is another day of the
 * same token, and the first form beside a later one, which stands in for a form that nobody issued.
 */
export function unissuedTokens(answer: string, issued: Iterable<string>): readonly string[] {
  const known = indexTokens(issued);
  const asked = new Set<string>();
  for (const written of writtenTokens(withoutInvisible(answer))) {
    if (known.issued(written) !== undefined) continue;
    const { type, random, form, day } = written;
    for (const one of new Set([form, 1])) {
      asked.add(spellToken({ type, random, form: one }));
      if (day !== undefined) asked.add(spellToken({ type, random, form: one, day }));
    }
  }
  return [...asked];
}
