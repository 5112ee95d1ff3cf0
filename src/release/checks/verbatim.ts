import type { Check, Quotable } from '../check.ts';

interface Word {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

const wordsOf = (text: string): Word[] =>
  [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(({ index, 0: word }) => ({
    word: word.toLowerCase(),
    start: index,
    end: index + word.length,
  }));

const multipliers = [0x01000193, 0x5bd1e995] as const;

/** A number for each word, the same in notes and answer; FNV-1a. */
function numberOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash | 0;
}

/** What every run of `length` words comes to, in order; two rolling hashes, so that the cost does not grow with it. */
function runsOf(words: readonly string[], length: number): readonly string[] {
  const numbers = words.map(numberOf);
  const sums = multipliers.map((multiplier) => {
    let power = 1;
    for (let n = 0; n < length; n += 1) power = Math.imul(power, multiplier);
    let sum = 0;
    return numbers.map((number, at) => {
      const gone = numbers[at - length];
      sum = Math.imul(sum, multiplier) + number - (gone === undefined ? 0 : Math.imul(gone, power));
      sum |= 0;
      return sum;
    });
  });
  return words.slice(length - 1).map((_, at) => sums.map((one) => one[at + length - 1]).join(' '));
}

/** Runs of one word more than the limit, to be recognised in an answer. */
export const quotableOf = (texts: readonly string[], words: number): Quotable => ({
  words,
  runs: new Set(
    texts.flatMap((text) =>
      runsOf(
        wordsOf(text).map(({ word }) => word),
        words + 1,
      ),
    ),
  ),
});

/**
 * A passage of the record word for word beyond the limit of the task: what is over it is cut. Case, punctuation and
 * line breaks do not count.
 */
export const verbatim: Check = {
  id: 'verbatim',
  verdict: 'mask',
  bound: 'word',
  find: (text, { quotable }) => {
    if (quotable === undefined || quotable.runs.size === 0) return [];
    const words = wordsOf(text);
    const { words: limit, runs } = quotable;
    const copied = runsOf(
      words.map(({ word }) => word),
      limit + 1,
    ).flatMap((run, at) => (runs.has(run) ? [at] : []));
    const spans: { first: number; last: number }[] = [];
    for (const at of copied) {
      const open = spans.at(-1);
      // Each word is judged by those before it alone: a stream cannot take back what it has sent.
      if (open !== undefined && at + limit === open.last + 1) open.last = at + limit;
      else spans.push({ first: at, last: at + limit });
    }
    return spans.map(({ first, last }) => ({
      start: words[first + limit]?.start ?? text.length,
      end: words[last]?.end ?? text.length,
      by: '(quotation cut)',
    }));
  },
};
