import { type Check, type CheckScope, verdictOf } from '../check.ts';
import { allergenFamilies, genericsOf } from '../support/drug-names.ts';
import { unsupported, withoutMarks } from '../support/mark.ts';
import type { ShownRecord } from '../support/shown-record.ts';

const word = /(?<![\p{L}\p{N}])\p{L}[\p{L}\p{N}]{2,40}(?:'s)?(?![\p{L}\p{N}])/gu;

/** Behind these a name of a drug is that of a test. */
const asTest =
  /^ (?:levels?|concentrations?|resistance|tests?|antibod(?:y|ies)|deficiency|screen(?:ing)?)\b/i;

const allergic =
  /\b(?:allerg(?:y|ies|ic)|intoleran(?:ce|t)|anaphyla(?:xis|ctic)|hypersensitiv(?:e|ity)|sensitiv(?:e|ity))(?: reactions?)? (?:to|of) /gi;
/** So far a list goes of that to which somebody is allergic. */
const mostListed = 160;
const listEnd =
  /[.;:!?\n()[\]]|\b(?:but|with|causing|caused|which|who|was|were|is|are|has|had|have|since|when|so|because|from|in|on|at|as|by|for)\b/i;
const between = /,|\/|&|\b(?:and|or)\b/gi;
/** Words that name nothing to which one is allergic. */
const unnamed = new Set(
  'any anything medication medications medicine medicines drug drugs food foods the this that these those her his their its other known certain some all both either following substance substances recorded documented listed noted reported reaction reactions not none environmental seasonal agents agent products product class classes family related several multiple severe mild'.split(
    ' ',
  ),
);
const beforeAllergy =
  /(?<![\p{L}\p{N}-])(\p{L}{3,30}) (?:allerg(?:y|ies|ic)|intolerance|anaphylaxis|hypersensitivity)(?![\p{L}\p{N}])/giu;

interface Place {
  readonly start: number;
  readonly end: number;
}

const isShown = (shown: ShownRecord, name: string): boolean => {
  const families = allergenFamilies(name);
  const generics = genericsOf(name);
  return (
    (families !== undefined && shown.hasAllergen(name, families)) ||
    (generics !== undefined && shown.hasDrug(name, generics)) ||
    shown.has(name)
  );
};

function drugPlaces(text: string, shown: ShownRecord): Place[] {
  return [...text.matchAll(word)].flatMap(({ index, 0: name }) => {
    const generics = genericsOf(name);
    const end = index + name.length;
    if (generics === undefined || shown.hasDrug(name, generics) || asTest.test(text.slice(end, end + 20)))
      return [];
    return [{ start: index, end }];
  });
}

function allergenPlaces(text: string, shown: ShownRecord): Place[] {
  const before = [...text.matchAll(beforeAllergy)].flatMap(({ index, 1: name = '' }) =>
    allergenFamilies(name) === undefined || isShown(shown, name)
      ? []
      : [{ start: index, end: index + name.length }],
  );
  const behind = [...text.matchAll(allergic)].flatMap(({ index, 0: cue }) => {
    const from = index + cue.length;
    const rest = text.slice(from, from + mostListed);
    const end = listEnd.exec(rest)?.index ?? rest.length;
    const cuts = [...rest.slice(0, end).matchAll(between)].map(({ index: at, 0: cut }) => at + cut.length);
    return [0, ...cuts].flatMap((start, n, starts) => {
      const element = rest.slice(start, starts[n + 1] ?? end);
      const named = [...element.matchAll(word)].filter(({ 0: name }) => !unnamed.has(name.toLowerCase()));
      const [first, last] = [named[0], named.at(-1)];
      if (first === undefined || last === undefined || named.some(({ 0: name }) => isShown(shown, name)))
        return [];
      return [{ start: from + start + first.index, end: from + start + last.index + last[0].length }];
    });
  });
  return [...before, ...behind];
}

/** Drugs, and what somebody is said to be allergic to, that neither the record nor the question names. */
function placesOf(text: string, { shown }: CheckScope): Place[] {
  if (shown === undefined) return [];
  const plain = withoutMarks(text);
  const places = [...drugPlaces(plain, shown), ...allergenPlaces(plain, shown)];
  return [...new Map(places.map((place) => [place.start, place])).values()].toSorted(
    (a, b) => a.start - b.start,
  );
}

/**
 * Drugs and allergens that the model was not shown, by a table of names and by the endings of generic names. Brands stand
 * for what they hold.
 */
export const substances: Check = {
  id: 'substances',
  verdict: 'flag',
  bound: 'sentence',
  find: (text, scope) => unsupported(text, placesOf(text, scope), verdictOf(substances, scope)),
  // What a list names is judged by the words before it, and whole elements of it.
  open: (text, { shown }) => {
    const from = Math.max(0, text.length - 2 * mostListed);
    const cue = shown === undefined ? undefined : [...text.slice(from).matchAll(allergic)].at(-1);
    if (cue === undefined) return text.length;
    const list = text.slice(from + cue.index + cue[0].length);
    return list.length > mostListed || listEnd.test(list) ? text.length : from + cue.index;
  },
};
