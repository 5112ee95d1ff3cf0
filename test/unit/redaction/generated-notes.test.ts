import { describe, expect, test } from '@jest/globals';
import { states } from '../../../src/redaction/words/street-words.ts';
import { coverage, generatedRecords, visibleIn } from './generated-records.ts';
import { spansIn } from './spans-in.ts';

const seeds = process.env['SOAK'] === 'full' ? Array.from({ length: 10 }, (_, at) => at + 1) : [1];

/** Words of a text that were hidden and belong to no identifier; a state inside an address is neutral. */
function wordsLost(text: string, hidden: Uint8Array, gold: Uint8Array): string[] {
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].flatMap(({ index, 0: word }) => {
    if (states.has(word.toLowerCase())) return [];
    for (let at = index; at < index + word.length; at += 1)
      if (hidden[at] === 1 && gold[at] !== 1) return [word];
    return [];
  });
}

describe('notes of generated patients', () => {
  test.each(seeds)('every identifier of every text is hidden, and next to nothing else (seed %i)', (seed) => {
    const missed: string[] = [];
    const lost: string[] = [];
    let identifiers = 0;
    let words = 0;
    for (const { redactor, texts } of generatedRecords(seed)) {
      for (const { text, spans } of texts) {
        const hidden = coverage(text, spansIn(redactor, text));
        for (const { start, end, form } of spans) {
          identifiers += 1;
          const visible = visibleIn(text, hidden, start, end);
          if (visible !== '') missed.push(`${form}: ${visible} of ${text.slice(start, end)}`);
        }
        words += text.split(/\s+/).length;
        lost.push(...wordsLost(text, hidden, coverage(text, spans)));
      }
    }
    expect(identifiers).toBeGreaterThan(5_000);
    expect([...new Set(missed)]).toEqual([]);
    expect({ lost: [...new Set(lost)], share: lost.length / words }).toEqual({
      lost: expect.any(Array),
      share: expect.any(Number),
    });
    expect(lost.length / words).toBeLessThan(0.002);
  });
});
