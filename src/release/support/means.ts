import type { Figure } from './figures.ts';
import { measuredOf } from './measured-findings.ts';
import type { ShownRecord } from './shown-record.ts';
import { testNames, testOf } from './test-names.ts';

const asMean = /\b(?:means?|averag(?:e|es|ed|ing)|on average)\b/i;
const testName = new RegExp(String.raw`(?<![\p{L}\p{N}-])(?:${testNames})(?![\p{L}\p{N}])`, 'giu');
/** So far before a figure its sentence is looked at, and behind it: less than a stream holds back for it. */
const [lookedAt, lookedBehind] = [100, 40];
const sentenceEnds = /[.!?](?=\s)|[;\n]/;

/** Means of the first two, three … of some numbers. */
function meansOf(numbers: readonly number[]): number[] {
  let sum = 0;
  return numbers.flatMap((number, at) => {
    sum += number;
    return at === 0 ? [] : [sum / (at + 1)];
  });
}

/** Whether a figure that is told as a mean is that of the newest or the oldest values of the test that the sentence names. */
export function isMean(
  text: string,
  { end, slack, start, unit, values }: Figure,
  shown: ShownRecord,
): boolean {
  const before =
    text
      .slice(Math.max(0, start - lookedAt), start)
      .split(sentenceEnds)
      .at(-1) ?? '';
  const sentence = before + (text.slice(end, end + lookedBehind).split(sentenceEnds)[0] ?? '');
  if (!asMean.test(sentence)) return false;
  const words = [...sentence.matchAll(testName)].flatMap(([name]) => testOf(name)?.words ?? []);
  const numbers = measuredOf(shown).flatMap(({ figure, test }) => {
    const [value] = figure?.unit.dimension === unit.dimension ? figure.values : [];
    const named = words.some((word) => test.toLowerCase().includes(word));
    return value !== undefined && named ? [value] : [];
  });
  return [...meansOf(numbers), ...meansOf(numbers.toReversed())].some((mean) =>
    values.some((value) => Math.abs(value - mean) <= slack * 1.01),
  );
}
