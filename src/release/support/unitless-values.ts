import { type Figure, figureOf } from './figures.ts';
import { isGeneral } from './general-figures.ts';
import type { ShownRecord } from './shown-record.ts';
import { type NamedTest, testNames, testOf } from './test-names.ts';
import { type Unit, unitOf } from './units.ts';
import { isArithmetic, sentenceEnds, workedOut } from './worked-out.ts';

interface Place {
  readonly start: number;
  readonly end: number;
}

const value = new RegExp(
  String.raw`(?<![\p{L}\p{N}/-])(${testNames})(?![\p{L}\p{N}])"? ?[:=|]? ?(?:(?:level|value|count|is|was|of|at|now|today|remains) ?){0,3}[:=|]? ?(\d{1,6}(?:\.\d{1,3})?)(?:/(\d{2,3}))?(?![\p{L}\p{N}%+]|[.,]\d|[-\u2013/] ?\d| ?\p{L}{0,12}/| (?:am|pm|hours?|min|minutes?|days?|weeks?|months?|years?|times?|x|of|values?|results?|measurements?|readings?|tests?|points?)\b)`,
  'dgiu',
);

const testName = new RegExp(String.raw`(?<![\p{L}\p{N}-])(?:${testNames})(?![\p{L}\p{N}])`, 'giu');
const bare: Unit = { dimension: 'none', factor: 1 };
/** In which an index of weight and height is told where no unit stands. */
const ofBodyMass = unitOf('kg', '', 'm2') ?? bare;
const asRatio = /\b(?:ratio|divided by|quotient)\b/i;
/** So far before a value its sentence is looked at. */
const lookedAt = 100;

/** Whether it is the ratio of two tests that the sentence names before it: `the ratio of LDL to HDL is 2.2`. */
function isRatio(text: string, { slack, start, values }: Figure, shown: ShownRecord): boolean {
  const sentence =
    text
      .slice(Math.max(0, start - lookedAt), start)
      .split(sentenceEnds)
      .at(-1) ?? '';
  if (!asRatio.test(sentence)) return false;
  const scales = [...sentence.matchAll(testName)].flatMap(([name]) => {
    const test = testOf(name);
    return test === undefined ? [] : [shown.numbersAbout(test.words)];
  });
  return scales.some((under, n) =>
    scales.some((over, m) => n !== m && values.some((ratio) => under.isShare(ratio, slack, over))),
  );
}

/** Whether a value without a unit was shown of the test, is worked out of what was, or is told of people in general. */
function isKnown(text: string, { end, start }: Place, { words }: NamedTest, shown: ShownRecord): boolean {
  const written = text.slice(start, end);
  if (shown.hasNumber(written, words)) return true;
  const figure = figureOf(written, words.includes('bmi') ? ofBodyMass : bare, start, end);
  const worked = workedOut(text, figure);
  return (
    (words.includes('bmi') && shown.hasFigure(figure)) ||
    isGeneral(text, figure) ||
    isRatio(text, figure, shown) ||
    (worked === 'sum' &&
      (shown.numbersAbout(words).makes(Number(written), figure.slack) || isArithmetic(text, figure, worked)))
  );
}

/** Values of named tests that stand without a unit, and nowhere in the record: `INR 5.2`. */
export function unitlessValues(text: string, figures: readonly Figure[], shown: ShownRecord): Place[] {
  const taken = new Set(figures.map(({ start }) => start));
  return [...text.matchAll(value)].flatMap((match): Place[] => {
    const test: NamedTest | undefined = testOf(match[1] ?? '');
    const numbers = [match.indices?.[2], match.indices?.[3]].flatMap((place) =>
      place === undefined || taken.has(place[0]) ? [] : [place],
    );
    const end = numbers.at(-1)?.[1];
    if (test === undefined || end === undefined || numbers.length === 0) return [];
    const known = numbers.every(([from, until]) => isKnown(text, { start: from, end: until }, test, shown));
    return known ? [] : [{ start: numbers[0]?.[0] ?? match.index, end }];
  });
}
