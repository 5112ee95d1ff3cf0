import { fold, originOf } from '../../interlock/folding.ts';
import type { Interlock } from '../../interlock/interlock.ts';
import { piecesOf } from '../../interlock/pieces.ts';
import type { IdentityValue } from '../../vocabulary/identity-sheet.ts';
import type { Objection } from '../check.ts';
import { beginningsOf } from './beginnings.ts';
import { chunksIn } from './chunks.ts';
import { decodingsOf } from './decodings.ts';
import { insideWords } from './inside-words.ts';
import { loneSigns } from './lone-signs.ts';
import { notationsIn } from './notations.ts';
import { numberRowsOf } from './number-rows.ts';
import { numberedSigns } from './numbered.ts';
import { type Read, readingsOf, widestGap } from './readings.ts';
import { inPlainScript, otherScripts } from './scripts.ts';
import { bareSigns, type Signs } from './signs.ts';
import { partsOf, SplitValues } from './split-values.ts';
import {
  mistakable,
  signOf,
  startLength,
  starts,
  stepsOf,
  type Targets,
  targetsIn,
  withNumbers,
} from './targets.ts';

/** Looks for the values of one record in what a text spells, counts out or encodes. */
export interface Disguises {
  find(text: string, interlock: Interlock): readonly Objection[];
  /** Where the first thing begins that may become a finding when the text goes on. */
  open(text: string): number;
  /** As this one, which looks for these numbers too: those of one answer among those of its record. */
  beside(numbers: readonly string[]): Disguises;
}

/** Letters and figures in a row that no text has by chance. */
const [leastCipher, leastMoved, leastDecoded] = [5, 6, 7];

/** Tags of markup say nothing; as many spaces stand for them. */
const withoutTags = (text: string): string =>
  text.includes('<') ? text.replace(/<[^<>\n]{1,60}>/g, (tag) => ' '.repeat(tag.length)) : text;

function read(text: string): Read {
  const source = inPlainScript(withoutTags(text));
  const folded = fold(source);
  return { source, folded, pieces: piecesOf(folded.text) };
}

/** What was decoded, in letters and figures alone. */
const decoded = (said: string): Signs => ({
  text: bareSigns(said),
  place: (start, end) => ({ start, end }),
  accepts: (from, to) => to - from >= leastDecoded,
});

function spelled({ text, place, accepts }: Signs, { byStart, begins }: Targets): Objection[] {
  const found: Objection[] = [];
  let [key, row] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const sign = signOf(text.charCodeAt(at));
    row = sign < 0 ? 0 : row + 1;
    key = sign < 0 ? 0 : (key * 36 + sign) % starts;
    if (row < startLength || begins[key] !== 1) continue;
    const from = at + 1 - startLength;
    for (const target of byStart.get(text.slice(from, at + 1)) ?? []) {
      const to = from + target.length;
      if (text.startsWith(target, from) && accepts(from, to)) found.push(place(from, to));
    }
  }
  return found;
}

/** Where the signs begin that a value begins with and with which signs end. */
function endOf({ text, place }: Signs, until: number, { byStart, longest }: Targets): number {
  for (let at = Math.max(0, until - longest); at + startLength <= until; at += 1) {
    const rest = text.slice(at, until);
    const known = byStart.get(rest.slice(0, startLength)) ?? [];
    if (known.some((target) => target.length > rest.length && target.startsWith(rest)))
      return place(at, at + 1).start;
  }
  return Number.POSITIVE_INFINITY;
}

/** Where a reading goes on that a value may begin with; what ended before `end` by more than its reach goes on no more. */
function begun(signs: Signs, targets: Targets, end: number): number {
  const { text, place, reach = widestGap, unordered = Number.POSITIVE_INFINITY } = signs;
  // The last word is not finished: what it says by now may be none of it.
  let until = text.length;
  while (until > 0 && place(until - 1, until).end >= end) until -= 1;
  const goesOn = (length: number): boolean => length > 0 && place(length - 1, length).end >= end - reach;
  return Math.min(
    unordered,
    ...[...new Set([until, text.length])].filter(goesOn).map((length) => endOf(signs, length, targets)),
  );
}

const standIns: ReadonlyMap<string, string> = new Map(
  Object.entries({
    4: 'a',
    '@': 'a',
    8: 'b',
    '(': 'c',
    3: 'e',
    '€': 'e',
    6: 'g',
    9: 'g',
    1: 'i',
    '!': 'i',
    '|': 'i',
    0: 'o',
    5: 's',
    $: 's',
    7: 't',
    '+': 't',
  }),
);
const longestName = 40;
const withStandIns = /[A-Za-z0-9@$!+|€(]*[@$!+|€(0-9][A-Za-z0-9@$!+|€(]+/g;

/** Names in a moved or mirrored alphabet, and with signs for letters. */
function ciphered(
  { source, folded, pieces }: Read,
  { steps, names, mistakable: drawn }: Targets,
): Objection[] {
  const found: Objection[] = [];
  for (const { word, type, start, end } of pieces)
    if (type === 'letters' && word.length >= leastMoved && !names.has(word) && steps.has(stepsOf(word)))
      found.push({ start: originOf(folded, start), end: originOf(folded, end) });
  for (const { index: from, 0: word } of source.matchAll(/\S+/g))
    for (const { index, 0: run } of word.length > longestName ? [] : word.matchAll(withStandIns)) {
      if (run.length < leastCipher || !/[A-Za-z]/.test(run)) continue;
      const letters = Array.from(run.toLowerCase(), (sign) => standIns.get(sign) ?? sign).join('');
      if (!names.has(run.toLowerCase()) && drawn.has(mistakable(letters)))
        found.push({ start: from + index, end: from + index + run.length });
    }
  return found;
}

/** What prose is made of; anything else may go on as a code does. */
const plainWord = /^[("'*_]*\p{L}{3,}[)"'*_.,;:!?]*$/u;
const mostHeld = 240;

/** Where the numbers, signs and single letters begin with which a text ends. */
function codeEnd(text: string): number {
  const from = Math.max(0, text.length - mostHeld);
  let open = text.length;
  for (const { index, 0: word } of [...text.slice(from).matchAll(/\S+/g)].toReversed()) {
    if (plainWord.test(word) && word.length !== 4 && word.length !== 8) break;
    open = from + index;
  }
  return open;
}

/** What is no chance of a coding: words, numbers and addresses. */
const prose = /^[\p{L}\p{N} .,:;'@+()/_-]{5,}$/u;

/** By place, each once. */
const unique = (found: readonly Objection[]): Objection[] => [
  ...new Map(
    found
      .toSorted((a, b) => a.start - b.start || a.end - b.end)
      .map((one): [string, Objection] => [`${one.start} ${one.end}`, one]),
  ).values(),
];

/** Signs in all ways in which a text may be read for them. */
const signsOf = (whole: Read): readonly Signs[] => [
  ...readingsOf(whole),
  ...loneSigns(whole),
  ...beginningsOf(whole),
  ...numberRowsOf(whole),
  ...numberedSigns(whole),
  ...insideWords(whole),
];

const codingsOf = (text: string) => [
  ...decodingsOf(text),
  ...chunksIn(text),
  ...otherScripts(text),
  ...notationsIn(text),
];

/** Looks for values in all readings, and for names among them in pieces and in other alphabets. */
function looking(targets: Targets, split: SplitValues): Disguises {
  return {
    find: (text, interlock) => {
      const whole = read(text);
      return unique([
        ...signsOf(whole).flatMap((signs) => spelled(signs, targets)),
        ...split.find(whole),
        ...ciphered(whole, targets),
        ...(whole.source === withoutTags(text) ? [] : interlock.scan(whole.source)),
        ...codingsOf(text).flatMap(({ start, end, says }) =>
          says.some(
            (said) =>
              spelled(decoded(said), targets).length > 0 ||
              (prose.test(said) && interlock.scan(said).length > 0),
          )
            ? [{ start, end }]
            : [],
        ),
      ]);
    },
    open: (text) => {
      const whole = read(text);
      return Math.min(
        text.length,
        codeEnd(text),
        split.open(whole),
        ...signsOf(whole).map((signs) => begun(signs, targets, text.length)),
      );
    },
    beside: (numbers) => looking(withNumbers(targets, numbers), split),
  };
}

export function disguisesOf(identity: readonly IdentityValue[]): Disguises {
  const targets = targetsIn(identity);
  return looking(targets, new SplitValues(partsOf(targets.names, targets.numbers)));
}
