import { madeOnce } from '../../vocabulary/made-once.ts';
import { type Figure, figuresIn } from './figures.ts';
import { measuredOf } from './measured-findings.ts';
import type { ShownItem, ShownRecord } from './shown-record.ts';
import { measuredNames, testOf } from './test-names.ts';

const asMean = /\b(?:means?|averag(?:e|es|ed|ing)|on average)\b/i;
const testName = new RegExp(String.raw`(?<![\p{L}\p{N}-])(?:${measuredNames})(?![\p{L}\p{N}])`, 'giu');
/** So far before a figure its sentence is looked at, and behind it: less than a stream holds back for it. */
const [lookedAt, lookedBehind] = [100, 40];
const sentenceEnds = /[.!?](?=\s)|\n/;

/** Means of the first two, three … of some numbers. */
function meansOf(numbers: readonly number[]): number[] {
  let sum = 0;
  return numbers.flatMap((number, at) => {
    sum += number;
    return at === 0 ? [] : [sum / (at + 1)];
  });
}

/** Values of an observation's components, each behind its name: of a blood pressure. */
function componentsOf({ parts, type }: ShownItem): { readonly test: string; readonly figure: Figure }[] {
  const components = type === 'Observation' ? parts.filter(({ name }) => name === 'component') : [];
  return components.flatMap(({ text }, at) => {
    const test = components[at - 1]?.text;
    const [figure] = /^\d/.test(text) ? figuresIn(text) : [];
    return test === undefined || figure === undefined ? [] : [{ test, figure }];
  });
}

/** Values of each test of the record in order, by dimension; the name of the test in lower case. */
const valuesByTest = madeOnce((shown: ShownRecord) => {
  const tests = new Map<string, Map<string, number[]>>();
  const parts = shown.items.flatMap((item) => componentsOf(item));
  for (const { figure, test } of [...measuredOf(shown), ...parts]) {
    const [value] = figure?.values ?? [];
    if (figure === undefined || value === undefined) continue;
    const name = test.toLowerCase();
    const ofTest = tests.get(name) ?? new Map<string, number[]>();
    tests.set(name, ofTest);
    const { dimension } = figure.unit;
    ofTest.set(dimension, [...(ofTest.get(dimension) ?? []), value]);
  }
  return [...tests].map(([test, numbers]) => ({ test, numbers }));
});

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
  return valuesByTest(shown)
    .filter(({ test }) => words.some((word) => test.includes(word)))
    .some(({ numbers: byDimension }) => {
      const numbers = byDimension.get(unit.dimension) ?? [];
      return [...meansOf(numbers), ...meansOf(numbers.toReversed())].some((mean) =>
        values.some((value) => Math.abs(value - mean) <= slack * 1.01),
      );
    });
}

const meanPressure = /\b(?:mean arterial|MAP)\b/i;

/** Whether a figure that is told as a mean arterial pressure is that of a blood pressure of the record. */
export function isMeanPressure(text: string, { start, unit, values }: Figure, shown: ShownRecord): boolean {
  if (unit.dimension !== 'pressure' || !meanPressure.test(text.slice(Math.max(0, start - lookedAt), start)))
    return false;
  const of = (name: string): readonly number[] =>
    valuesByTest(shown)
      .find(({ test }) => test.startsWith(name))
      ?.numbers.get(unit.dimension) ?? [];
  const diastolic = of('diastolic');
  return of('systolic').some((high, at) => {
    const low = diastolic[at];
    return low !== undefined && values.some((value) => Math.abs(low + (high - low) / 3 - value) <= 0.5001);
  });
}
