import { describe, expect, test } from '@jest/globals';
import { loadShippedPack } from '../../../src/packs.ts';
import { createScanner } from '../../../src/redaction/scan.ts';
import { identifiedSentences } from './identified-sentences.ts';

const scan = createScanner([loadShippedPack('hipaa-safe-harbor')]);

interface Marked {
  readonly text: string;
  readonly values: readonly { readonly start: number; readonly end: number; readonly letter: string }[];
}

function unmarked(line: string): Marked {
  const values: { start: number; end: number; letter: string }[] = [];
  let text = '';
  let at = 0;
  for (const mark of line.matchAll(/\[\[([A-R]):(.*?)\]\]/g)) {
    text += line.slice(at, mark.index);
    values.push({ start: text.length, end: text.length + (mark[2]?.length ?? 0), letter: mark[1] ?? '' });
    text += mark[2] ?? '';
    at = mark.index + mark[0].length;
  }
  return { text: text + line.slice(at), values };
}

/** Letters and digits of a range that no span covers; titles and years may stay. */
function visible(text: string, start: number, end: number, hidden: Uint8Array): string {
  const shown = Array.from(text.slice(start, end), (character, at) =>
    hidden[start + at] === 1 ? ' ' : character,
  );
  return shown.join('').replaceAll(/\b(?:Mrs?|Ms|Dr)\b|\b(?:19|20)\d\d\b|[^\p{L}\p{N}]/gu, '');
}

const read = identifiedSentences.map((line) => {
  const { text, values } = unmarked(line);
  const hidden = new Uint8Array(text.length);
  for (const { start, end } of scan(text)) hidden.fill(1, start, end);
  return { text, values, hidden };
});

describe('identifiers of people that no record holds', () => {
  test('98 of 100 are hidden whole, and every class of Safe Harbor but A to C without exception', () => {
    const all = read.flatMap(({ text, values, hidden }) =>
      values.map(({ start, end, letter }) => ({
        letter,
        value: text.slice(start, end),
        left: visible(text, start, end, hidden),
      })),
    );
    const missed = all.filter(({ left }) => left !== '');
    expect(all.length).toBeGreaterThanOrEqual(190);
    expect(new Set(all.map(({ letter }) => letter)).size).toBe(18);
    expect(missed.filter(({ letter }) => !'ABC'.includes(letter))).toEqual([]);
    expect(missed.length / all.length).toBeLessThanOrEqual(0.02);
  });

  test('what stands around them stays: 99 of 100 hidden letters and digits belong to one', () => {
    let inside = 0;
    let outside = 0;
    for (const { text, values, hidden } of read) {
      const marked = new Uint8Array(text.length);
      for (const { start, end } of values) marked.fill(1, start, end);
      for (const [at, character] of Array.from(text).entries()) {
        if (hidden[at] !== 1 || !/[\p{L}\p{N}]/u.test(character)) continue;
        if (marked[at] === 1) inside += 1;
        else outside += 1;
      }
    }
    expect(inside / (inside + outside)).toBeGreaterThanOrEqual(0.99);
  });
});
