import { Buffer } from 'node:buffer';
import { type Unescaped, unescaped } from './escapes.ts';
import { hasOtherLetters } from './transliterate.ts';
import { lookAlikes, punctuation } from './words/look-alikes.ts';

/**
 * A text as the matchers read it: compatibility forms unfolded, marks and invisible characters gone, Latin
 * look-alikes of other scripts and typographic punctuation folded, and before that percent, HTML, JSON and
 * quoted-printable escapes undone. `text` keeps case, `lower` is the same text in
 * lower case with the same indices. `start` and `end` lead from an index of the view back to UTF-16 offsets of
 * the original, so that [start(i), end(j)) covers everything that was folded into view characters i..j.
 */
export interface View {
  readonly source: string;
  readonly text: string;
  readonly lower: string;
  /** Letters of other alphabets than the Latin one that were written, whatever they became. */
  readonly foreign: ForeignLetters;
  start(index: number): number;
  end(index: number): number;
}

/** None; some; some of Cyrillic or Greek, in which Latin names are written otherwise. */
export type ForeignLetters = 'none' | 'other' | 'transliterated';

/** What stands for itself: ASCII without its control characters, which vanish before a model reads a text. */
const ascii = /^[\t\n\r\x20-\x7e]*$/;
const mark = /^\p{M}$/u;
const invisible = /^(?:\p{Cf}|\p{Variation_Selector}|[\u115f\u1160\u2800\u3164\uffa0]|\u034f|[^\P{Cc}\s])$/u;
const space = /^\s$/u;
const decimal = /^\p{Nd}$/u;
/** The line break of C1. */
const nextLine = '\u0085';

const folded = new Map<string, string>();

/** What one code point becomes in the view: '' where it disappears. */
function fold(character: string): string {
  const known = folded.get(character);
  if (known !== undefined) return known;
  const result = foldAnew(character);
  if (folded.size < 20_000) folded.set(character, result);
  return result;
}

function foldAnew(character: string): string {
  if (character === nextLine) return '\n';
  if (invisible.test(character)) return '';
  if (character !== '\n' && space.test(character)) return ' ';
  // `⒈` and `⒜` unfold with a full stop and with brackets.
  const whole = lookAlikes.get(character);
  if (whole !== undefined) return whole;
  let result = '';
  for (const piece of character.normalize('NFKD')) {
    if (mark.test(piece) || invisible.test(piece)) continue;
    result +=
      lookAlikes.get(piece) ??
      punctuation.get(piece) ??
      (space.test(piece) ? ' ' : (digitOf(piece) ?? piece));
  }
  return result;
}

/** The digit that a decimal digit of another script stands for: they come in rows of ten, one after the other. */
function digitOf(character: string): string | undefined {
  if (!decimal.test(character)) return undefined;
  const code = character.codePointAt(0) ?? 0;
  let before = 0;
  while (decimal.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}

/** Large letters inside a word of which only the small one looks like a Latin one: `Соколова` and `СОКОЛОВА` are one name. */
const largeInside = /(?<=\p{Lu})[\u0391-\u03a9\u0410-\u042f]/gu;
const asSmall = (letter: string): string => lookAlikes.get(letter.toLowerCase()) ?? letter;

/** Lower case without change of length. */
function lowerOf(text: string, foreign: ForeignLetters): string {
  const lower = (foreign === 'none' ? text : text.replaceAll(largeInside, asSmall)).toLowerCase();
  if (lower.length === text.length) return lower;
  let result = '';
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    const small = character.toLowerCase();
    result += small.length === 1 ? small : character;
  }
  return result;
}

/** Builds the view in one pass; time and memory are linear in the length of the text. */
export function normalise(source: string): View {
  const plain = unescaped(source);
  const turned = inReadingOrder(plain?.text ?? source);
  if (turned === undefined) return plain === undefined ? folding(source) : led(source, plain);
  if (plain === undefined) return led(source, turned);
  return led(source, {
    text: turned.text,
    starts: turned.starts.map((start) => plain.starts[start] ?? 0),
    ends: turned.ends.map((end) => plain.ends[end - 1] ?? source.length),
  });
}

/** The view of what a text became, whose places lead back to the text. */
function led(source: string, { text, starts, ends }: Unescaped): View {
  const view = folding(text);
  return {
    source,
    text: view.text,
    lower: view.lower,
    foreign: view.foreign,
    start: (index) => (index < view.text.length ? (starts[view.start(index)] ?? 0) : source.length),
    end: (index) => (index > 0 ? (ends[view.end(index) - 1] ?? source.length) : 0),
  };
}

/** Stretches that are shown from right to left as they read, each of which is hidden as a whole; undefined without one. */
function inReadingOrder(text: string): Unescaped | undefined {
  if (!text.includes(rightToLeft)) return undefined;
  const starts = Uint32Array.from({ length: text.length }, (_, at) => at);
  const ends = Uint32Array.from({ length: text.length }, (_, at) => at + 1);
  let read = '';
  let reached = 0;
  for (const { index, 0: stretch } of text.matchAll(shownTurned)) {
    const end = index + stretch.length;
    read += text.slice(reached, index) + Array.from(stretch).toReversed().join('');
    starts.fill(index, index, end);
    ends.fill(end, index, end);
    reached = end;
  }
  return { text: read + text.slice(reached), starts, ends };
}

const beyondAscii = /[^\t\n\r\x20-\x7e]+/g;
const foreignLetter = /[^\p{Script=Latin}\P{L}]/u;

/** With what a stretch beyond ASCII adds. */
function foreignWith(before: ForeignLetters, stretch: string): ForeignLetters {
  if (before === 'transliterated' || !foreignLetter.test(stretch)) return before;
  return hasOtherLetters(stretch) ? 'transliterated' : 'other';
}
/** Shown where a line ends, as a hyphen. */
const softHyphen = '\u00ad';
const lineFeed = 10;
const rightToLeft = '\u202e';
const shownTurned = /\u202e[^\u202c\u202e\u2069\n]{2,200}/gu;
const identity = (index: number): number => index;

function folding(source: string): View {
  if (ascii.test(source)) {
    return {
      source,
      text: source,
      lower: source.toLowerCase(),
      foreign: 'none',
      start: identity,
      end: identity,
    };
  }
  return inPlace(source) ?? moved(source);
}

/** The view of a text in which every character becomes one of the same length: accents, dashes, quotation marks. */
function inPlace(source: string): View | undefined {
  let text = '';
  let reached = 0;
  let foreign: ForeignLetters = 'none';
  for (const { index, 0: stretch } of source.matchAll(beyondAscii)) {
    text += source.slice(reached, index);
    for (let at = 0; at < stretch.length; at += 1) {
      const result = fold(stretch.charAt(at));
      if (result.length !== 1 || isSurrogate(stretch.charCodeAt(at))) return undefined;
      text += result;
    }
    foreign = foreignWith(foreign, stretch);
    reached = index + stretch.length;
  }
  const narrowed = narrow(text + source.slice(reached));
  return {
    source,
    text: narrowed,
    lower: lowerOf(narrowed, foreign),
    foreign,
    start: identity,
    end: identity,
  };
}

/**
 * The same text in one byte a character where it fits: the engine keeps two for all of a text with one quotation mark
 * outside Latin-1, also when it is folded, and compiles every pattern twice.
 */
function narrow(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  const narrowed = bytes.toString('latin1');
  return narrowed === text ? narrowed : text;
}

const isSurrogate = (code: number): boolean => code >= 0xd8_00 && code < 0xe0_00;

/** The view of any text, with its map of offsets. */
function moved(source: string): View {
  const parts: string[] = [];
  let starts = new Uint32Array(source.length + 16);
  let ends = new Uint32Array(source.length + 16);
  let length = 0;
  let at = 0;
  const copy = (to: number): void => {
    if (length + to - at > starts.length) {
      starts = enlarged(starts, to - at);
      ends = enlarged(ends, to - at);
    }
    if (to > at) parts.push(source.slice(at, to));
    for (; at < to; at += 1) {
      starts[length] = at;
      ends[length] = at + 1;
      length += 1;
    }
  };
  let foreign: ForeignLetters = 'none';
  for (const { index, 0: stretch } of source.matchAll(beyondAscii)) {
    copy(index);
    foreign = foreignWith(foreign, stretch);
    for (const character of stretch) {
      const next = at + character.length;
      const result = character === softHyphen && source.charCodeAt(next) === lineFeed ? '-' : fold(character);
      // A mark belongs to the letter before it and is hidden together with it.
      if (result === '' && length > 0 && mark.test(character)) ends[length - 1] = next;
      if (length + result.length > starts.length) {
        starts = enlarged(starts, result.length);
        ends = enlarged(ends, result.length);
      }
      for (let offset = 0; offset < result.length; offset += 1) {
        starts[length] = at;
        ends[length] = next;
        length += 1;
      }
      if (result !== '') parts.push(result);
      at = next;
    }
  }
  copy(source.length);
  const text = narrow(parts.join(''));
  return {
    source,
    text,
    lower: lowerOf(text, foreign),
    foreign,
    start: (index) => (index < length ? (starts[index] ?? 0) : source.length),
    end: (index) => (index > 0 ? (ends[index - 1] ?? 0) : 0),
  };
}

function enlarged(array: Uint32Array, need: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2 + need);
  larger.set(array);
  return larger;
}
