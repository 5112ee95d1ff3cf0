import type { Check } from '../check.ts';
import { verdictOf } from '../check.ts';
import { type Figure, figuresIn } from '../support/figures.ts';
import { unsupported } from '../support/mark.ts';
import type { WorkedOut } from '../support/shown-record.ts';
import { writtenTokens } from '../token-forms.ts';

/** Words by which an answer says that it worked a figure out. */
const ofSum =
  /\b(?:by|differences?|chang(?:e|ed|es)|total(?:s|ing|ling)?|sum|rise|rose|fall|fell|drop(?:ped)?|in(?:crease|creased)|de(?:crease|creased)|gain(?:ed)?|los[ts]|loss|altogether|combined)\b[^.;\n]{0,24}$/i;
const toSum = /^ (?:in total|total|altogether|more|less|higher|lower|above|below)\b/i;
const ofDay = /(?:\/ ?|per |a |each )(?:day|d|24 ?h)\b|\bdaily\b/i;

function workedOut(text: string, { start, end }: Figure): WorkedOut | undefined {
  const before = text.slice(Math.max(0, start - 48), start);
  const behind = text.slice(end, end + 32).split(/[.;\n]/)[0] ?? '';
  if (ofSum.test(before) || toSum.test(behind)) return 'sum';
  return ofDay.test(text.slice(start, end) + behind) || /\bdaily dose\b/i.test(before) ? 'daily' : undefined;
}

/**
 * Numbers with a unit that neither the record nor the question holds: another dose, another result. A number that is
 * right and stands beside the wrong name is not seen.
 */
export const figures: Check = {
  id: 'figures',
  verdict: 'flag',
  bound: 64,
  find: (text, scope) => {
    const { issued, shown } = scope;
    if (shown === undefined) return [];
    const tokens = writtenTokens(text).filter((token) => issued.issued(token) !== undefined);
    const places = new Map<number, Figure>();
    let next = 0;
    for (const figure of figuresIn(text)) {
      while ((tokens[next]?.end ?? Number.POSITIVE_INFINITY) <= figure.start) next += 1;
      if ((tokens[next]?.start ?? Number.POSITIVE_INFINITY) < figure.end) continue;
      if (!shown.hasFigure(figure, workedOut(text, figure)) && !places.has(figure.end))
        places.set(figure.end, figure);
    }
    return unsupported(text, [...places.values()], verdictOf(figures, scope));
  },
};
