import type { TokenType } from '../vocabulary/token.ts';
import type { Pack } from './pack.ts';
import type { Finding } from './ports.ts';
import { createRedactor } from './redactor.ts';

/** One line of what `phi-gateway scan` prints; offsets are UTF-16 units of the text. */
export interface ScanSpan {
  readonly start: number;
  readonly end: number;
  readonly type: TokenType;
  readonly rule: string;
  /** What else was found in its place, where packs do more than issue tokens. */
  readonly besides?: readonly Finding[];
}

/** Scans texts without a record, by the packs alone. A name found once in a text is found again in it. */
export function createScanner(packs: readonly Pack[]): (text: string) => ScanSpan[] {
  const redactor = createRedactor({ identity: [], packs });
  return (text) =>
    redactor.spans([{ text, type: 'text' }]).flatMap((spans) =>
      spans.map(({ start, end, type, rule, besides }) => ({
        start,
        end,
        type,
        rule,
        ...(besides === undefined ? {} : { besides }),
      })),
    );
}

/** `createScanner` for one text. */
export const scanText = (text: string, packs: readonly Pack[]): ScanSpan[] => createScanner(packs)(text);
