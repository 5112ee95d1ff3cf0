/** The words of a text in order: small letters and figures, without accents. */
export interface Words {
  readonly list: readonly string[];
  /** 1 where a command may begin: first in a sentence or line, or behind `please`, `now`, `and` and their like. */
  readonly starts: Uint8Array;
  /** 1 where a sentence ended before: full stop, question mark and their like before a blank, or an empty line. */
  readonly breaks: Uint8Array;
}

const word = /[\p{L}\p{N}]+/gu;
/** What parts sentences, quotes and list marks; a line break too. */
const parting = /[^\s,'’\-–/&]|[\n\r]/;
const ending = /[.!?;]\s|\n[ \t\r]*\n/;
/** Behind these a command goes on. */
const openers: ReadonlySet<string> = new Set(
  `please now also then and but so instead must should simply just kindly
  favor ahora tambien y luego debes maintenant alors puis et veuillez dois bitte nun jetzt und dann also musst`
    .trim()
    .split(/\s+/),
);
/** Fewer single letters in a row are initials, blood groups and lists. */
const leastSpaced = 6;
/** What is so long and no known word may be several without blanks; what is longer is no text. */
const [leastRun, mostRun] = [16, 400];
/** What digits are written for letters. */
const lettersOf: ReadonlyMap<string, string> = new Map([
  ['0', 'o'],
  ['1', 'i'],
  ['3', 'e'],
  ['4', 'a'],
  ['5', 's'],
  ['7', 't'],
]);
const mixed = /^(?=\p{L}*\d)(?=\d*\p{L})[\p{L}\d]{4,24}$/u;

const unDigited = (written: string): string =>
  written.replace(/\d/g, (digit) => lettersOf.get(digit) ?? digit);

const longestKnown = 16;

/** Known words that stand in a run of letters without blanks, where they make up most of it. */
function partsOf(run: string, vocabulary: ReadonlySet<string>): readonly string[] {
  const parts: string[] = [];
  let [at, covered] = [0, 0];
  while (at < run.length) {
    let length = Math.min(longestKnown, run.length - at);
    while (length > 2 && !vocabulary.has(run.slice(at, at + length))) length -= 1;
    if (length > 2) {
      parts.push(run.slice(at, at + length));
      covered += length;
    } else length = 1;
    at += length;
  }
  return covered * 4 >= run.length * 3 ? parts : [];
}

/** The words of a text in small letters. `vocabulary`: what is looked for. Time and memory are those of the text. */
export function wordsOf(lower: string, vocabulary: ReadonlySet<string>): Words {
  const list: string[] = [];
  const starts: boolean[] = [];
  const breaks: boolean[] = [];
  let spaced: string[] = [];
  const add = (found: string, isStart: boolean, isBreak = false): void => {
    list.push(found);
    breaks.push(isBreak);
    starts.push(isStart || openers.has(list.at(-2) ?? ''));
  };
  const addRun = (run: string): void => {
    // What is written so stands for itself.
    for (const [order, part] of partsOf(run, vocabulary).entries()) add(part, true, order === 0);
  };
  const endSpaced = (): void => {
    if (spaced.length >= leastSpaced) addRun(spaced.join(''));
    spaced = [];
  };
  let reached = 0;
  for (const { 0: found, index } of lower.matchAll(word)) {
    const gap = lower.slice(reached, index);
    const isStart = reached === 0 || parting.test(gap);
    reached = index + found.length;
    if (found.length === 1) spaced.push(found);
    else {
      endSpaced();
      if (found.length >= leastRun && found.length <= mostRun && !vocabulary.has(found)) addRun(found);
    }
    const plain = mixed.test(found) && !vocabulary.has(found) ? unDigited(found) : found;
    add(vocabulary.has(plain) ? plain : found, isStart, isStart && ending.test(gap));
  }
  endSpaced();
  return { list, starts: Uint8Array.from(starts, Number), breaks: Uint8Array.from(breaks, Number) };
}
