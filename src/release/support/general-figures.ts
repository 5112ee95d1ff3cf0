import type { Figure } from './figures.ts';
import { lookedAt, lookedBehind, sentenceEnds } from './worked-out.ts';

/** What is measured may be named as a limit that is common knowledge, where the sentence gives advice. */
const advice =
  /\b(?:if|call|return|seek|goals?|targets?|guidelines?|recommend(?:ed|s)?|usual(?:ly)?|typical(?:ly)?|generally|defines?|defined|aim|for (?:many|most) adults)\b/i;
const limit =
  /(?:\b(?:above|over|below|under|exceeds|(?:more|less|greater|higher|lower) than|at least|at most|up to|goal of|target of)|[<>\u2264\u2265]=?) ?$/i;

/** What is drunk is no dose. */
const drink = /^ (?:of )?(?:water|fluids?|juice|milk)\b/i;

/** Whether a figure is a limit of advice (`call if above 38 °C`), not one of this patient. Doses never are. */
export function isLimit(text: string, { end, start, unit }: Figure): boolean {
  if (unit.dimension === 'volume' && drink.test(text.slice(end, end + 16))) return true;
  if (unit.exact === true) return false;
  const before = text.slice(Math.max(0, start - lookedAt), start);
  return limit.test(before) && advice.test(before.split(sentenceEnds).at(-1) ?? '');
}

/** How somebody begins who tells what is known of many, not of one. */
const inGeneral =
  /\b(?:in general|generally|as a rule|as general information|typical(?:ly)?|usual(?:ly)?|common(?:ly)?|guidelines?|normal(?:ly)? (?:adult|body|resting|range|values?)|is (?:considered|regarded|defined)|are (?:considered|regarded|defined)|diagnostic (?:of|for)|definition of|(?:many|most) (?:adults|people|patients|guidelines|laboratories))\b/i;
/** Of whom it is then told after all. */
const ofOne =
  /\b(?:s?he|hers?|his|him|the patient|patient's|pt|mrs?|ms|you|yours?|was|were|had|has|current(?:ly)?|today|latest|newest|most recent|last)\b|\[/i;

/**
 * Whether a measured value is told of people in general (`a normal body temperature is around 37 °C`): nothing in its
 * sentence tells it of this patient. Doses never are.
 */
export function isGeneral(
  text: string,
  { end, start, unit }: Pick<Figure, 'end' | 'start' | 'unit'>,
): boolean {
  if (unit.exact === true) return false;
  const before =
    text
      .slice(Math.max(0, start - lookedAt), start)
      .split(sentenceEnds)
      .at(-1) ?? '';
  const behind = text.slice(end, end + lookedBehind).split(sentenceEnds)[0] ?? '';
  const sentence = before + text.slice(start, end) + behind;
  return inGeneral.test(sentence) && !ofOne.test(sentence);
}
