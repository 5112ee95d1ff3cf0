import { type Check, type CheckScope, verdictOf } from '../check.ts';
import { isDifference } from '../support/differences.ts';
import { type Figure, figuresIn } from '../support/figures.ts';
import { isGeneral, isLimit } from '../support/general-figures.ts';
import { headedFiguresIn } from '../support/headed-figures.ts';
import { unsupported } from '../support/mark.ts';
import { isMean, isMeanPressure } from '../support/means.ts';
import { isChange, isConverted, isDoseOfDrug, shownDrugsIn } from '../support/named-figures.ts';
import { readingOf } from '../support/plain-reading.ts';
import type { ShownRecord } from '../support/shown-record.ts';
import { isSupply } from '../support/supplies.ts';
import { unitlessValues } from '../support/unitless-values.ts';
import { isArithmetic, isSame, workedOut } from '../support/worked-out.ts';
import { writtenTokens } from '../token-forms.ts';

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Figures that nothing supports, one a place. */
function unsupportedIn(text: string, shown: ShownRecord): Place[] {
  const drugs = shownDrugsIn(text, shown);
  const written = figuresIn(text);
  const figures = [...written, ...headedFiguresIn(text, written)].toSorted((a, b) => a.start - b.start);
  const places = new Map<number, Place>();
  let before: Figure | undefined;
  let supportedBefore = false;
  for (const figure of figures) {
    const worked = workedOut(text, figure);
    const supported: boolean =
      (shown.hasFigure(figure, worked) && isDoseOfDrug(text, figure, drugs, { shown, worked })) ||
      (supportedBefore && isSame(text, figure, before)) ||
      isLimit(text, figure) ||
      isConverted(text, figure, shown) ||
      isChange(text, figure, worked, shown) ||
      isDifference(text, figure, shown) ||
      isMean(text, figure, shown) ||
      isMeanPressure(text, figure, shown) ||
      isArithmetic(text, figure, worked) ||
      isSupply(text, figure, worked, shown) ||
      isGeneral(text, figure);
    if (!supported && !places.has(figure.end)) places.set(figure.end, figure);
    [before, supportedBefore] = [figure, supported];
  }
  for (const place of unitlessValues(text, figures, shown)) places.set(place.end, place);
  return [...places.values()].toSorted((a, b) => a.start - b.start);
}

/** Places without those that meet a token: nothing within one is a figure. */
function outsideTokens(text: string, places: readonly Place[], { issued }: CheckScope): Place[] {
  const tokens = writtenTokens(text).filter((token) => issued.issued(token) !== undefined);
  let next = 0;
  return places.filter(({ end, start }) => {
    while ((tokens[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next += 1;
    return (tokens[next]?.start ?? Number.POSITIVE_INFINITY) >= end;
  });
}

/**
 * Numbers with a unit, and values of common tests without one, that neither the record nor the question holds, and doses
 * that were shown of another drug. Another number that is right and stands beside the wrong name is not seen.
 */
export const figures: Check = {
  id: 'figures',
  verdict: 'flag',
  bound: 64,
  find: (text, scope) => {
    const { shown } = scope;
    if (shown === undefined) return [];
    const reading = readingOf(text);
    const places = unsupportedIn(reading.text, shown).map(({ start, end }) => reading.place(start, end));
    return unsupported(text, outsideTokens(text, places, scope), verdictOf(figures, scope));
  },
};
