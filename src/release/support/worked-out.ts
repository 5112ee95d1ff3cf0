import { countsIn, type Figure, figuresIn } from './figures.ts';
import { timesADay } from './scales.ts';
import type { WorkedOut } from './shown-record.ts';

/** Words by which an answer says that it worked a figure out. */
const ofSum =
  /\b(?:by|differences?|chang(?:e|ed|es)|total(?:s|ing|ling)?|sum|rise|rose|risen|fall|fell|drop(?:ped)?|up|down|in(?:crease|creased)|de(?:crease|creased)|gain(?:ed)?|los[ts]|loss|altogether|combined|equals?|makes?|means|comes? to|adds? up to|amounts? to|course|ratio|non-hdl|pulse pressure|gap|climb(?:ed|s)?|declin(?:e|ed|es)|reduc(?:ed|es|tion)|exceed(?:s|ed)?|swung|range|overall)\b(?:[^.;\n]|\.\d){0,40}$|(?:^|[\s(])[+\u2212]$/i;
const toSum =
  /^ (?:(?:of \p{L}+ )?(?:(?:over|for|in) the (?:whole |entire |full )?(?:\d{1,2} (?:days|weeks)|course)|in total|total|altogether|in all|overall)|(?:over|under|past) the|(?:over|under|beyond|from|short of) (?:(?:its|her|his|their|your|that) )?(?:upper|lower|reference|normal|limit|maximum|minimum|cut-?off|goal|target|threshold|last|previous|earlier)|(?:percentage )?points?|(?:more|less|higher|lower|above|below|increase|decrease|reduction|change|rise|drop|fall|decline|gain|loss|difference|swing|apart))\b/iu;
const ofWeek = /(?:\/ ?|per |a |each )(?:week|wk)\b|\bweekly\b/i;
const ofDay =
  /(?:\/ ?|per |a |each |in )(?:day|d|24 ?h(?:ours)?)\b|\d[^\d;]{0,12} x ?\d{1,2} ?(?:days?|d)\b|(?<!(?:twice|once|times) )\bdaily\b/i;
const namedBefore = {
  weekly: /\b(?:weekly|(?:a|one|per|each|1) week)\b[^.;\n]{0,40}$/i,
  daily:
    /\bdaily ?:|\b(?:in (?:one|a|1)|each|per) day\b|\bdaily (?:\p{L}+ )?(?:dose|amount|total|intake|maximum)\b/iu,
} as const;

/** How a figure says that it is no figure of the record itself; undefined where it does not say so. */
export function workedOut(text: string, { start, end }: Figure): WorkedOut | undefined {
  const before = text.slice(Math.max(0, start - 48), start);
  const behind = text.slice(end, end + 32).split(/[.;\n]/)[0] ?? '';
  const told = text.slice(start, end) + behind;
  if (ofWeek.test(told) || namedBefore.weekly.test(before)) return 'weekly';
  if (ofSum.test(before) || toSum.test(behind)) return 'sum';
  return ofDay.test(told) || namedBefore.daily.test(before) ? 'daily' : undefined;
}

/** Behind these, or before a sum in brackets, stands the result of an arithmetic that the same sentence shows. */
const asResult =
  /(?:[=\u2248~(+\u2212\u2013-]|\bi\.e\.|\babout|\broughly|\bapproximately|\baround|\bis|\bor) ?$/i;
/** As sure as a sign of equality, also before a dose. */
const asEqual = /(?:[=\u2248]|\bi\.e\.,?|, so|\bthat is,?) ?$/i;
const asMean = /\b(?:means?|averag(?:e|es|ed|ing)|on average)\b/i;
const shownSum =
  /^(?: mm ?hg)? ?\(\d[\d., ]{0,12} ?(?:[-+*/x\u2212\u2013\u00d7\u00f7]|minus|plus|times) ?\d/i;
const numbers = /(?<![\p{L}\p{N}]|[\p{N}][.,])\d{1,9}(?:,\d{3})*(?:\.\d{1,4})?(?![\p{L}\p{N}])/gu;
/** So far back, and so many numbers, a sentence is looked at. */
export const lookedAt = 160;
const mostOperands = 8;
export const sentenceEnds = /(?<!\b[a-z])[.!?](?=\s)|[;\n]/i;

/** What two numbers make, shares of change in percent among it. */
const results = (one: number, other: number): number[] =>
  [one + other, one - other, one * other, one / other, ((one - other) / other) * 100].map((value) =>
    Math.abs(value),
  );

const meanPressure = /\b(?:mean arterial|MAP)\b/i;
/** A diastolic pressure and a third of what the systolic one lies above it. */
const meanOf = (one: number, other: number): number => other + (one - other) / 3;

/** Whether figures of the sentence, in any unit, make this one: `250 mg daily for 4 days, 1 g in total`. */
function isMadeOf(sentence: string, { unit, values }: Figure): boolean {
  const numbersThere = [...countsIn(sentence).slice(-mostOperands), ...timesADay(sentence)];
  const same = figuresIn(sentence).filter((other) => other.unit.dimension === unit.dimension);
  const slack = unit.exact === true ? 1e-9 : 0.005;
  return same
    .slice(-mostOperands)
    .some((one) =>
      one.values.some((base) =>
        numbersThere.some((times) =>
          [base * times, base / times].some((made) =>
            values.some((value) => Math.abs(made - value) <= Math.abs(value) * slack),
          ),
        ),
      ),
    );
}

/** Behind a figure too its sentence is looked at, less than a stream holds back for it. */
export const lookedBehind = 40;

/** Whether two numbers of the same sentence make this one, and the words say that it is a result. */
export function isArithmetic(text: string, figure: Figure, worked: WorkedOut | undefined): boolean {
  const { digits, end, start, unit } = figure;
  const written = Number(digits);
  const before = text.slice(Math.max(0, start - lookedAt), start);
  const behind = text.slice(end, end + lookedBehind);
  const summed =
    ofSum.test(before) ||
    toSum.test(behind) ||
    shownSum.test(behind) ||
    asEqual.test(before) ||
    worked === 'daily';
  if (Number.isNaN(written) || !(summed || (unit.exact !== true && asResult.test(before)))) return false;
  const told = before.split(sentenceEnds).at(-1) ?? '';
  const both = shownSum.test(behind) || (summed && unit.exact !== true);
  const sentence = told + (both ? (behind.split(sentenceEnds)[0] ?? '') : '');
  const operands = [...sentence.matchAll(numbers)]
    .slice(-mostOperands)
    .map(([number]) => Number(number.replaceAll(',', '')));
  const slack = 10 ** -(digits.split('.')[1]?.length ?? 0) * (unit.exact === true ? 1e-9 : 0.5001);
  const pressure = meanPressure.test(sentence);
  const mean = unit.exact !== true && asMean.test(told);
  return (
    operands.some((one, n) =>
      operands.some(
        (other, m) =>
          n !== m &&
          [
            ...results(one, other),
            ...(pressure ? [meanOf(one, other)] : []),
            ...(mean ? [(one + other) / 2] : []),
          ].some((value) => Math.abs(value - written) <= Math.max(slack, pressure ? 0.5001 : 0)),
      ),
    ) ||
    (summed && isMadeOf(told, figure))
  );
}

/** Whether a figure in brackets tells the one before it in another unit. */
export const isSame = (text: string, figure: Figure, before: Figure | undefined): boolean =>
  before !== undefined &&
  before.unit.dimension === figure.unit.dimension &&
  before.end <= figure.start &&
  /^(?: ?\(| ?[=\u2248] ?|,? (?:or|i\.e\.,?|that is|which is) |, (?=about|appr|roughly|around|~|\u2248))(?:about |approximately |approx\. |roughly |around |~|\u2248 ?)?$/.test(
    text.slice(before.end, figure.start),
  ) &&
  figure.values.some((value) =>
    before.values.some((other) => Math.abs(value - other) <= Math.max(figure.slack, before.slack) * 1.01),
  );
