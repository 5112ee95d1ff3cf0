import type { Check } from '../check.ts';

const run = 12;

const wordsOf = (text: string): { word: string; start: number; end: number }[] =>
  [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(({ index, 0: word }) => ({
    word: word.toLowerCase(),
    start: index,
    end: index + word.length,
  }));

/** Runs of twelve words of a text, to be recognised in an answer. */
export function fingerprintOf(text: string): ReadonlySet<string> {
  const words = wordsOf(text).map(({ word }) => word);
  return new Set(words.slice(run - 1).map((_, index) => words.slice(index, index + run).join(' ')));
}

export const instructions: Check = {
  id: 'instructions',
  verdict: 'block',
  bound: 'run',
  find: (text, scope) => {
    if (scope.instructions.size === 0) return [];
    const words = wordsOf(text);
    return words.slice(run - 1).flatMap((last, index) => {
      const shingle = words.slice(index, index + run).map(({ word }) => word);
      return scope.instructions.has(shingle.join(' '))
        ? [{ start: words[index]?.start ?? 0, end: last.end }]
        : [];
    });
  },
  open: (text, { instructions: shingles }) => {
    if (shingles.size === 0) return text.length;
    // However far signs part them.
    const words = wordsOf(text).slice(1 - run);
    const at = words.findIndex((_, first) => {
      const begun = words
        .slice(first)
        .map(({ word }) => word)
        .join(' ');
      return [...shingles].some((shingle) => shingle.startsWith(begun));
    });
    return at < 0 ? text.length : (words[at]?.start ?? 0);
  },
};
