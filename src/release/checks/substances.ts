import { type Check, verdictOf } from '../check.ts';
import { isNamedAsAbsent } from '../support/absent-names.ts';
import { allergenFamilies, genericsOf } from '../support/drug-names.ts';
import { unsupported } from '../support/mark.ts';
import { readingOf } from '../support/plain-reading.ts';
import type { ShownRecord } from '../support/shown-record.ts';

const word = /(?<![\p{L}\p{N}])\p{L}[\p{L}\p{N}]{2,40}(?:'s)?(?![\p{L}\p{N}])/gu;

/** Behind these a name of a drug is that of a test. */
const asTest =
  /^ (?:levels?|concentrations?|resistance|tests?|antibod(?:y|ies)|deficiency|screen(?:ing)?)\b/i;

const allergic =
  /\b(?:allerg(?:y|ies|ic)|intoleran(?:ce|t)|anaphyla(?:xis|ctic)|hypersensitiv(?:e|ity)|sensitiv(?:e|ity))(?: reactions?)? (?:to|of) /gi;
/** The beginning of a list of allergies. */
const headed = /\b(?:allerg(?:y|ies)|intolerances?)(?: list)?"? ?(?::|\||–|—| - ) ?[["]{0,2}/gi;
/** So far a list goes of that to which somebody is allergic. */
const mostListed = 160;
const listEnd =
  /[.;:!?\n()[\]{}|]|" ?, ?"[^"\n]{1,40}" ?:|\b(?:but|with|causing|caused|which|who|was|were|is|are|has|had|have|since|when|so|because|from|in|on|at|as|by|for)\b/i;
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

/** Whether somebody may be called allergic to it: the record tells of it as that, or, where it is no known name, at all. */
function isAllergen(shown: ShownRecord, name: string): boolean {
  const [families, generics] = [allergenFamilies(name), genericsOf(name)];
  const known = [...(families ?? []), ...(generics ?? [])];
  if (known.length === 0) return shown.has(name);
  return [name.toLowerCase(), ...known].some((one) => shown.allergens.has(one));
}

function drugPlaces(text: string, shown: ShownRecord): Place[] {
  return [...text.matchAll(word)].flatMap(({ index, 0: name }) => {
    const generics = genericsOf(name);
    const end = index + name.length;
    if (generics === undefined || shown.hasDrug(name, generics) || asTest.test(text.slice(end, end + 20)))
      return [];
    return [{ start: index, end }];
  });
}

/** A remark within a list, such as a reaction. */
const bracketed = /\([^()\n]{0,60}\)/g;
const blanked = (remark: string): string => ' '.repeat(remark.length);

/** Elements of a list, from its beginning to what ends it. */
function elementsOf(text: string, from: number): Place[] {
  const rest = text.slice(from, from + mostListed).replace(bracketed, blanked);
  const end = listEnd.exec(rest)?.index ?? rest.length;
  const cuts = [...rest.slice(0, end).matchAll(between)].map(({ index: at, 0: cut }) => at + cut.length);
  return [0, ...cuts].map((start, n, starts) => ({
    start: from + start,
    end: from + (starts[n + 1] ?? end),
  }));
}

/** What an element names, where it is none of those to which the record says that somebody is allergic. */
function strangersIn(text: string, { end, start }: Place, shown: ShownRecord, anyWord: boolean): Place[] {
  const named = [...text.slice(start, end).matchAll(word)].filter(
    ({ 0: name }) =>
      !unnamed.has(name.toLowerCase()) &&
      (anyWord || genericsOf(name) !== undefined || allergenFamilies(name) !== undefined),
  );
  const [first, last] = [named[0], named.at(-1)];
  if (first === undefined || last === undefined || named.some(({ 0: name }) => isAllergen(shown, name)))
    return [];
  return [{ start: start + first.index, end: start + last.index + last[0].length }];
}

function allergenPlaces(text: string, shown: ShownRecord): Place[] {
  const before = [...text.matchAll(beforeAllergy)].flatMap(({ index, 1: name = '' }) =>
    strangersIn(text, { start: index, end: index + name.length }, shown, false),
  );
  const behind = [...text.matchAll(allergic)].flatMap(({ index, 0: cue }) =>
    elementsOf(text, index + cue.length).flatMap((element) => strangersIn(text, element, shown, true)),
  );
  const listed = [...text.matchAll(headed)].flatMap(({ index, 0: cue }) =>
    elementsOf(text, index + cue.length).flatMap((element) => strangersIn(text, element, shown, false)),
  );
  return [...before, ...behind, ...listed];
}

/** Drugs, and what somebody is said to be allergic to, that neither the record nor the question names. */
function placesOf(text: string, shown: ShownRecord): Place[] {
  const places = [...drugPlaces(text, shown), ...allergenPlaces(text, shown)];
  return [...new Map(places.map((place) => [place.start, place])).values()]
    .toSorted((a, b) => a.start - b.start)
    .filter(({ end, start }) => !isNamedAsAbsent(text, start, end));
}

/** The last beginning of a list of that to which somebody is allergic. */
const lastOf = (text: string): RegExpExecArray | undefined =>
  [...text.matchAll(allergic), ...text.matchAll(headed)].toSorted((a, b) => a.index - b.index).at(-1);

/**
 * Drugs and allergens that the model was not shown, by a table of names and by the endings of generic names. Brands stand
 * for what they hold.
 */
export const substances: Check = {
  id: 'substances',
  verdict: 'flag',
  bound: 'sentence',
  find: (text, scope) => {
    const { shown } = scope;
    if (shown === undefined) return [];
    const reading = readingOf(text);
    const places = placesOf(reading.text, shown).map(({ start, end }) => reading.place(start, end));
    return unsupported(text, places, verdictOf(substances, scope));
  },
  // What a list names is judged by the words before it, and whole elements of it.
  open: (text, { shown }) => {
    const from = Math.max(0, text.length - 2 * mostListed);
    const cue = shown === undefined ? undefined : lastOf(text.slice(from));
    if (cue === undefined) return text.length;
    const list = text.slice(from + cue.index + cue[0].length);
    return list.length > mostListed || listEnd.test(list) ? text.length : from + cue.index;
  },
};
