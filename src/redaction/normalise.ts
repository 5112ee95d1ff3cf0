import { Buffer } from 'node:buffer';
import { unescaped } from './escapes.ts';
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
  /** Whether a letter of another alphabet than the Latin one was written, whatever it became. */
  readonly foreign: boolean;
  start(index: number): number;
  end(index: number): number;
}

// oxlint-disable-next-line no-control-regex -- the ASCII range is what is meant
const ascii = /^[\x00-\x7f]*$/;
const mark = /^\p{M}$/u;
const invisible = /^(?:\p{Cf}|\p{Variation_Selector}|[\u115f\u1160\u3164\uffa0]|\u034f)$/u;
const space = /^\s$/u;

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
  if (invisible.test(character)) return '';
  if (character !== '\n' && space.test(character)) return ' ';
  let result = '';
  for (const piece of character.normalize('NFKD')) {
    if (mark.test(piece) || invisible.test(piece)) continue;
    result += lookAlikes.get(piece) ?? punctuation.get(piece) ?? (space.test(piece) ? ' ' : piece);
  }
  return result;
}

/** Lower case without change of length. */
function lowerOf(text: string): string {
  const lower = text.toLowerCase();
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
  if (plain === undefined) return folding(source);
  const view = folding(plain.text);
  const { starts, ends } = plain;
  return {
    source,
    text: view.text,
    lower: view.lower,
    foreign: view.foreign,
    start: (index) => (index < view.text.length ? (starts[view.start(index)] ?? 0) : source.length),
    end: (index) => (index > 0 ? (ends[view.end(index) - 1] ?? source.length) : 0),
  };
}

// oxlint-disable-next-line no-control-regex -- the ASCII range is what is meant
const beyondAscii = /[^\x00-\x7f]+/g;
const foreignLetter = /[^\p{Script=Latin}\P{L}]/u;
const identity = (index: number): number => index;

function folding(source: string): View {
  if (ascii.test(source)) {
    return {
      source,
      text: source,
      lower: source.toLowerCase(),
      foreign: false,
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
  let foreign = false;
  for (const { index, 0: stretch } of source.matchAll(beyondAscii)) {
    text += source.slice(reached, index);
    for (let at = 0; at < stretch.length; at += 1) {
      const result = fold(stretch.charAt(at));
      if (result.length !== 1 || isSurrogate(stretch.charCodeAt(at))) return undefined;
      text += result;
    }
    foreign ||= foreignLetter.test(stretch);
    reached = index + stretch.length;
  }
  const narrowed = narrow(text + source.slice(reached));
  return { source, text: narrowed, lower: lowerOf(narrowed), foreign, start: identity, end: identity };
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
  let foreign = false;
  for (const { index, 0: stretch } of source.matchAll(beyondAscii)) {
    copy(index);
    foreign ||= foreignLetter.test(stretch);
    for (const character of stretch) {
      const next = at + character.length;
      const result = fold(character);
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
    lower: lowerOf(text),
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
