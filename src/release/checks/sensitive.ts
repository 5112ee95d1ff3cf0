import type { Check } from '../check.ts';
import { heldFrom } from '../held-back.ts';

/** A stop behind a single letter or a title ends no sentence. */
const sentenceEnd = /(?<!\b(?:Dr|Mr|Mrs|Ms|vs|[A-Za-z]))[.!?](?=\s|$)|\n/g;

/** More words than any phrase of the label tables has; what stands between them does not matter, however long. */
export const mostPhraseWords = 6;
const words = /\p{L}[\p{L}\p{M}\p{Cf}]*|\p{N}+/gu;
const lastWords = (text: string): number => [...text.matchAll(words)].at(-mostPhraseWords)?.index ?? 0;

/**
 * A sentence about what consent or law withholds from this asker, by the words of the label tables: the model was not
 * shown it, and may guess, remember or be told.
 */
export const sensitive: Check = {
  id: 'sensitive',
  verdict: 'mask',
  bound: 'sentence',
  find: (text, { withheldMentions }) => {
    const found = withheldMentions?.(text) ?? [];
    if (found.length === 0) return [];
    const ends = [...text.matchAll(sentenceEnd)].map(({ index, 0: mark }) => index + (mark === '\n' ? 0 : 1));
    const spans = new Map<number, number>();
    let place = 0;
    for (const { start, end } of found.toSorted((a, b) => a.start - b.start)) {
      while ((ends[place] ?? text.length) < start) place += 1;
      const from = place === 0 ? 0 : (ends[place - 1] ?? 0);
      const to = ends.slice(place).find((at) => at >= end) ?? text.length;
      const lead = text.slice(from, to).search(/\S/);
      spans.set(from + Math.max(0, lead), to);
    }
    return [...spans].map(([start, end]) => ({ start, end, by: '(left out)' }));
  },
  // A mention that is not written out yet takes the sentence with it in which it begins.
  open: (text, { withheldMentions }) => {
    if (withheldMentions === undefined) return text.length;
    const held = Math.min(heldFrom(text), lastWords(text));
    const ends = [...text.matchAll(sentenceEnd)].map(({ index, 0: mark }) => index + mark.length);
    return ends.findLast((end) => end <= held) ?? 0;
  },
};
