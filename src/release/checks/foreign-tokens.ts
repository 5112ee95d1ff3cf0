import type { Check } from '../check.ts';
import { openToken, writtenTokens } from '../token-forms.ts';

/** Tokens that this scope did not issue: made up, or planted in a note. They would never resolve. */
export const foreignTokens: Check = {
  id: 'foreign-tokens',
  verdict: 'mask',
  bound: 'token',
  find: (text, { issued }) =>
    writtenTokens(text)
      .filter((written) => written.bracketed && issued.issued(written) === undefined)
      .map(({ start, end }) => ({ start, end, by: '(unknown reference)' })),
  open: openToken,
};
