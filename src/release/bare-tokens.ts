import { citationLists } from './citations.ts';
import { writtenTokens } from './token-forms.ts';

/** Words beside each token, on average, below which a text is a list of tokens and no answer. */
const least = 2;

/**
 * Whether a text that a caller sends to be revealed is little more than tokens: then it is a look-up of identifiers,
 * not an answer.
 */
export function isBare(text: string): boolean {
  const places = [...writtenTokens(text), ...citationLists(text)].toSorted((a, b) => a.start - b.start);
  let rest = '';
  let at = 0;
  for (const { start, end } of places) {
    if (start > at) rest += `${text.slice(at, start)} `;
    at = Math.max(at, end);
  }
  rest += text.slice(at);
  const words = new Set(rest.toLowerCase().match(/\p{L}{2,}/gu) ?? []);
  const tokens = new Set(writtenTokens(text).map(({ type, random }) => `${type}-${random}`));
  return words.size < least * tokens.size;
}
