import type { Redactor, SoughtText, Span } from '../../../src/redaction/ports.ts';

/** Spans of one text, read alone. */
export const spansIn = (
  redactor: Redactor,
  text: string,
  type: SoughtText['type'] = 'text',
): readonly Span[] => redactor.spans([{ text, type }])[0] ?? [];
