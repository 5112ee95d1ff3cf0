import type { Check } from '../check.ts';
import { citationLists, keysOf } from '../citations.ts';

/** A list of keys that is not closed. */
const openList = /\[[A-Z][A-Z\d,;\s]*$/;

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
  open: (text) => {
    const list = openList.exec(text.slice(-160));
    return list === null ? text.length : text.length - list[0].length;
  },
};
