import { countsIn, type Figure } from './figures.ts';
import type { ShownRecord } from './shown-record.ts';
import { measuredNames, testOf } from './test-names.ts';
import { sentenceEnds } from './worked-out.ts';

/** So far before a figure its sentence is looked at, and behind it: less than a stream holds back for it. */
const [lookedAt, lookedBehind] = [100, 60];
const testName = new RegExp(String.raw`(?<![\p{L}\p{N}-])(?:${measuredNames})(?![\p{L}\p{N}])`, 'giu');
/** What a sentence says that compares values, with each other or with a limit. */
const comparing =
  /\b(?:than|from|between|both|vs|versus|compared|relative|previous(?:ly)?|prior|earlier|before|since|last|limit|ceiling|bound|threshold|cut-?off|target|goal|range|room|margin|spread|span|gap|shift(?:ed)?|moved|upward|downward|ris(?:e|en|ing)|rose|fall(?:en|ing|s)?|fell|drop\w{0,4}|too (?:high|low)|overshoots?|excess|short|against|cap|swing|trend)\b/i;
/** A value is told so, not how far it lies from another. */
const asValue = new RegExp(
  String.raw`(?:${measuredNames})(?: level| value| count| result)? ?(?:[:=|(]|is|was|of|at|now|today|remains|came (?:in|back) at|stands at)? ?$`,
  'iu',
);
/** Unless it says how far behind it, or with a sign. */
const asDistance =
  /^ (?:too|away|of room|off|apart|short|shy|heavier|lighter|more|less|higher|lower|above|below|over|under|beyond)\b/i;
const signed = /[+\u2212-]$/;

/**
 * Whether a measured figure tells how far values of a test of its sentence lie apart, or one of them from its limit or a number
 * of the sentence. The words of comparing may stand anywhere in it.
 */
export function isDifference(
  text: string,
  { end, slack, start, unit, values }: Figure,
  shown: ShownRecord,
): boolean {
  if (unit.exact === true) return false;
  const before =
    text
      .slice(Math.max(0, start - lookedAt), start)
      .split(sentenceEnds)
      .at(-1) ?? '';
  const behind = text.slice(end, end + lookedBehind).split(sentenceEnds)[0] ?? '';
  const distance = asDistance.test(behind) || signed.test(before);
  if (!distance && (!comparing.test(before + behind) || asValue.test(before))) return false;
  const numbers = countsIn(behind).map((one) => (one + (unit.offset ?? 0)) * unit.factor);
  return [...`${before} ; ${behind}`.matchAll(testName)].some(([name]) => {
    const scale = shown.amounts(testOf(name)?.words).shown.get(unit.dimension);
    return values.some((value) => scale?.differs(value, slack * 1.01, numbers) === true);
  });
}
