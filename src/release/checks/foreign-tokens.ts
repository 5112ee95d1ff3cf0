import type { Check } from '../check.ts';
import { openToken, type WrittenToken, writtenTokens } from '../token-forms.ts';

/** Without brackets only what can be no word and no number: `ID 20260304` is none, `PATIENT-CENTERED` neither. */
const isBareToken = ({ random }: WrittenToken, written: string): boolean =>
  /[A-Z]/.test(random) && (/\d/.test(random) || !/[AE]/.test(random)) && !/^[A-Za-z]+\s/.test(written);

/** Tokens that this scope did not issue: made up, planted in a note, or of another conversation. They would never resolve. */
export const foreignTokens: Check = {
  id: 'foreign-tokens',
  verdict: 'mask',
  bound: 'token',
  find: (text, { issued }) =>
    writtenTokens(text)
      .filter(
        (written) =>
          (written.bracketed || isBareToken(written, text.slice(written.start, written.end))) &&
          issued.issued(written) === undefined,
      )
      .map(({ start, end }) => ({ start, end, by: '(unknown reference)' })),
  open: openToken,
};
