import { genericsOf } from './drug-names.ts';
import type { Figure } from './figures.ts';
import type { ShownRecord, WorkedOut } from './shown-record.ts';
import { measuredNames, testOf } from './test-names.ts';

interface Place {
  readonly start: number;
  readonly end: number;
}

interface Named extends Place {
  /** Generic names, and nothing else. */
  readonly names: readonly string[];
}

const word = /(?<![\p{L}\p{N}])\p{L}[\p{L}\p{N}]{2,40}(?![\p{L}\p{N}])/gu;

/** Drugs of a text that the record names, in order. */
export const shownDrugsIn = (text: string, shown: ShownRecord): readonly Named[] =>
  [...text.matchAll(word)].flatMap(({ index, 0: name }): Named[] => {
    const names = genericsOf(name);
    if (names === undefined || !shown.hasDrug(name, names)) return [];
    return [{ start: index, end: index + name.length, names: [...names] }];
  });

/** The first of these that does not end before a place. */
function firstFrom(drugs: readonly Named[], at: number): number {
  let [low, high] = [0, drugs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((drugs[middle]?.end ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A dose belongs to a drug that stands so near before it in the same sentence or line. */
const near = 48;
const apart = /[.;\n](?!\d)|\b(?:then|plus|instead)\b/;
/** A dose belongs to what follows it so: `20 mg of atorvastatin`. */
const ofNext = /^ (?:of )?(?:oral |low-dose )?$/i;
const doses: ReadonlySet<string> = new Set(['mass', 'activity']);

/**
 * Whether a dose was shown of the drug that it is told of: another drug's dose does not support it. True where it is told of no
 * drug of the record, or of one of which the record tells no dose of the kind.
 */
export function isDoseOfDrug(
  text: string,
  figure: Figure,
  drugs: readonly Named[],
  { shown, worked }: { readonly shown: ShownRecord; readonly worked: WorkedOut | undefined },
): boolean {
  const { end, start, unit } = figure;
  if (unit.exact !== true || !doses.has(unit.dimension)) return true;
  const next = firstFrom(drugs, start);
  const before = drugs[next - 1];
  const following = drugs[next];
  const behind =
    following !== undefined && following.start >= end && ofNext.test(text.slice(end, following.start))
      ? following
      : undefined;
  const meant = [
    ...(before !== undefined && start - before.end <= near && !apart.test(text.slice(before.end, start))
      ? [before]
      : []),
    ...(behind === undefined ? [] : [behind]),
  ].filter(({ names }) => shown.amounts(names).shown.has(unit.dimension));
  return meant.length === 0 || meant.some(({ names }) => shown.hasFigure(figure, worked, names));
}

const testName = new RegExp(String.raw`(?<![\p{L}\p{N}-])(?:${measuredNames})(?![\p{L}\p{N}])`, 'giu');
/** So far before a figure the test may be named whose value it tells in another unit. */
const testNear = 80;
/** And behind it, less than a stream holds back for a figure. */
const testBehind = 40;

/** Factors are used rounded (18 for glucose): by so much a result may be off. */
const asUsual = 0.0025;

/** Whether a figure is one of the record in the other unit of the same test: cholesterol in mmol/L. */
export function isConverted(
  text: string,
  { end, slack, start, unit, values }: Figure,
  shown: ShownRecord,
): boolean {
  if (!unit.dimension.includes('/')) return false;
  const sentence =
    text.slice(Math.max(0, start - testNear), start) +
    (text.slice(end, end + testBehind).split(/[.;\n](?!\d)/)[0] ?? '');
  return [...sentence.matchAll(testName)].some(([name]) => {
    const test = testOf(name);
    return (test?.other ?? []).some(({ factor, from, plus = 0, to }) => {
      const scale = to === unit.dimension ? shown.amounts(test?.words).shown.get(from) : undefined;
      return values.some(
        (one) => scale?.holds((one - plus) / factor, (slack * 1.01 + one * asUsual) / factor) === true,
      );
    });
  });
}

/** A share of another value: `117% of the upper limit`. */
const ofShown =
  /^ of (?:its|the) (?:upper|lower|limit|maximum|minimum|reference|previous|earlier|last|first)\b/i;

/** Whether a share is that by which values of a test of its sentence differ: `creatinine rose by 49%`, `a 49% rise in creatinine`. */
export function isChange(
  text: string,
  { end, slack, start, unit, values }: Figure,
  worked: WorkedOut | undefined,
  shown: ShownRecord,
): boolean {
  const ofLimit = ofShown.test(text.slice(end, end + testBehind));
  if (unit.dimension !== 'share' || !(worked === 'sum' || ofLimit)) return false;
  const sentence =
    text.slice(Math.max(0, start - testNear), start) +
    (text.slice(end, end + testBehind).split(/[.;\n](?!\d)/)[0] ?? '');
  return [...sentence.matchAll(testName)].some(([name]) => {
    const words = testOf(name)?.words ?? [];
    const scales = [...shown.amounts(words).shown.values()];
    return (scales.length === 0 ? [shown.numbersAbout(words)] : scales).some((scale) =>
      values.some(
        (one) =>
          scale.changes(one, slack * 1.01) ||
          (ofLimit && scale.isShare(one / 100, (slack * 1.01) / 100, scale)),
      ),
    );
  });
}
