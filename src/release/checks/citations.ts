import type { Check } from '../check.ts';
import { citationLists, keysOf } from '../citations.ts';

/** A citation of something that the context does not hold says so instead. */
export const citations: Check = {
  id: 'citations',
  verdict: 'mask',
  bound: 160,
  find: (text, { citationKeys }) =>
    citationLists(text).flatMap(({ start, end, list }) => {
      const keys = keysOf(list);
      const known = keys.filter((key) => citationKeys.has(key));
      if (known.length === keys.length) return [];
      return [{ start, end, by: known.length === 0 ? '(no such source)' : `[${known.join(', ')}]` }];
    }),
};
