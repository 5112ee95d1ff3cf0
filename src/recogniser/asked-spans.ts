import { withAdded } from '../redaction/added-spans.ts';
import type { FindSpans } from '../redaction/ports.ts';
import type { Recogniser } from './ports.ts';

/** How much a recogniser was given to read, and how many identifiers it alone found: for the trail. */
export interface Asked {
  readonly texts: number;
  readonly added: number;
}

/**
 * Spans as `find` has them, and beside them what the recogniser finds in free text. Codes, numbers and dates of a
 * record are not sent to it: they are read by kind. Rejects where either rejects.
 */
export function askedSpans(
  find: FindSpans,
  recogniser: Recogniser,
  signal: AbortSignal,
): { readonly find: FindSpans; readonly asked: () => Asked } {
  let asked: Asked = { texts: 0, added: 0 };
  return {
    asked: () => asked,
    find: async (texts) => {
      const free = texts.flatMap(({ type }, at) => (type === 'text' ? [at] : []));
      const [own, found] = await Promise.all([
        find(texts),
        recogniser.find(
          free.map((at) => texts[at]?.text ?? ''),
          signal,
        ),
      ]);
      const byText = new Map(free.map((at, place) => [at, found[place]]));
      let added = 0;
      const spans = texts.map(({ text }, at) => {
        const ours = own[at];
        // A text without an answer is not a text without identifiers.
        if (ours === undefined || (byText.has(at) && byText.get(at) === undefined))
          throw new Error('a text was not searched');
        const both = withAdded(text, ours, byText.get(at) ?? []);
        added += both.length - ours.length;
        return both;
      });
      asked = { texts: asked.texts + free.length, added: asked.added + added };
      return spans;
    },
  };
}
