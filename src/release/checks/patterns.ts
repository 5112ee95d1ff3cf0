import { tokenTypes } from '../../vocabulary/token.ts';
import type { Check } from '../check.ts';
import { roleWords, writtenTokens } from '../token-forms.ts';

/** Identifiers by shape, from the redaction packs: what a model made up, or what redaction let through. */
export const patterns: Check = {
  id: 'patterns',
  verdict: 'mask',
  bound: 64,
  find: (text, { scanPatterns, issued }) => {
    if (scanPatterns === undefined) return [];
    // What only looks like a token (`date-20260304`) hides nothing.
    const tokens = writtenTokens(text).filter((written) => issued.issued(written) !== undefined);
    const outside = scanPatterns(text).filter(
      ({ start, end }) => !tokens.some((token) => start < token.end && end > token.start),
    );
    return outside
      .map(({ start, end, type }) => {
        const known = tokenTypes.find((each) => each === type);
        return { start, end, by: known === undefined ? 'an identifier' : roleWords[known] };
      })
      .toSorted((a, b) => a.start - b.start);
  },
};
