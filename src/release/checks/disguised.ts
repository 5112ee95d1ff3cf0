import { withoutTokens } from '../../vocabulary/token.ts';
import type { Check } from '../check.ts';

/**
 * Values of this record that are spelled, counted out, enciphered or encoded in a way that no clinical answer needs,
 * beyond the forms of the interlock; see docs/answer-checks.md for the list.
 */
export const disguised: Check = {
  id: 'disguised',
  verdict: 'block',
  bound: 'run',
  find: (text, { disguises, interlock }) => disguises?.find(withoutTokens(text), interlock) ?? [],
  open: (text, { disguises }) => disguises?.open(withoutTokens(text)) ?? text.length,
};
