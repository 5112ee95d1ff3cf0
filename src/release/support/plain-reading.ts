import { fold } from '../../interlock/folding.ts';
import { withoutMarks } from './mark.ts';

/** A text as somebody reads it, and where in the source each unit of it begins and ends. */
export interface PlainReading {
  readonly text: string;
  /** Place in the source of a place in the text; what was left out beside it stays outside. */
  place(start: number, end: number): { readonly start: number; readonly end: number };
}

/** What is read as something else, by one alternative each: marks, emphasis, entities, letters set apart, words broken at a line's end. */
const pieces = new RegExp(
  [
    String.raw`(?<mark> ?\u0000+)`,
    String.raw`(?<emphasis>[*~\x60]+|\\(?=[*_~\x60|]))`,
    String.raw`(?<entity>&#x?[0-9a-f]{1,6};|&(?:nbsp|thinsp|micro|mu|times|deg|shy|zwnj|zwj);)`,
    String.raw`(?<![\p{L}\p{N}])(?<apart>\p{L}(?:[ .·-]\p{L}){3,24})(?![\p{L}\p{N}])`,
    String.raw`(?<=\p{L})(?<broken>-\n)(?=\p{Ll})`,
    String.raw`(?<other>[^\x00-\x7f])`,
  ].join('|'),
  'giu',
);
const named: Readonly<Record<string, string>> = {
  nbsp: ' ',
  thinsp: ' ',
  micro: 'u',
  mu: 'u',
  times: 'x',
  deg: '°',
};
/** Read as the letter of a unit or a sign, not as the Latin letter that looks like it. */
const kept: Readonly<Record<string, string>> = {
  µ: 'u',
  μ: 'u',
  '×': 'x',
  '°': '°',
  '⁄': '/',
  '∕': '/',
  '−': '-',
  '\u2010': '-',
  '\u2011': '-',
};

function entity(written: string): string {
  const code = /^&#(x?)([0-9a-f]+);$/i.exec(written);
  if (code === null) return named[written.slice(1, -1).toLowerCase()] ?? '';
  const point = Number.parseInt(code[2] ?? '', code[1] === '' ? 10 : 16);
  return point > 0 && point < 0x11_0000 ? letter(String.fromCodePoint(point)) : '';
}

/** One character without its accent, its width and its disguise; ASCII as it is. */
const letter = (one: string): string => (one <= '\u007f' ? one : (kept[one] ?? caseOf(one, fold(one).text)));
const caseOf = (one: string, folded: string): string => (/\p{Lu}/u.test(one) ? folded.toUpperCase() : folded);

function read(groups: Readonly<Record<string, string | undefined>>): string {
  const { apart, entity: written, other } = groups;
  if (apart !== undefined) return Array.from(apart.replace(/[ .·-]/g, ''), letter).join('');
  if (written !== undefined) return entity(written);
  return other === undefined ? '' : letter(other);
}

class Traced implements PlainReading {
  readonly text: string;
  /** By unit of the text where it begins in the source, and where it ends; undefined where both are the same text. */
  readonly #from: Int32Array | undefined;
  readonly #until: Int32Array | undefined;

  constructor(source: string) {
    const parts: string[] = [];
    const from: number[] = [];
    const until: number[] = [];
    const note = (start: number, end: number, length: number): void => {
      for (let unit = 0; unit < length; unit += 1) {
        from.push(start);
        until.push(end);
      }
    };
    const copy = (start: number, end: number): void => {
      parts.push(source.slice(start, end));
      for (let at = start; at < end; at += 1) note(at, at + 1, 1);
    };
    let at = 0;
    for (const { 0: found, groups = {}, index } of withoutMarks(source, '\u0000').matchAll(pieces)) {
      copy(at, index);
      at = index + found.length;
      const said = read(groups);
      parts.push(said);
      note(index, at, said.length);
    }
    if (at === 0) {
      this.text = source;
      return;
    }
    copy(at, source.length);
    this.text = parts.join('');
    this.#from = Int32Array.from(from);
    this.#until = Int32Array.from(until);
  }

  place(start: number, end: number) {
    if (this.#from === undefined || end <= start) return { start, end };
    return { start: this.#from[start] ?? start, end: this.#until?.[end - 1] ?? end };
  }
}

let last: { readonly source: string; readonly reading: PlainReading } | undefined;

/**
 * How a text reads without emphasis, accents, look-alike letters, other digits, entities, letters set apart and the marks of
 * these checks, so that none of them hides a drug or a dose. The last reading is kept: several checks ask for the same.
 */
export function readingOf(source: string): PlainReading {
  if (last?.source !== source) last = { source, reading: new Traced(source) };
  return last.reading;
}
