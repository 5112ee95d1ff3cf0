import type { IdentityValue } from '../vocabulary/identity-sheet.ts';
import { backwards, type Folded, fold, originOf } from './folding.ts';
import { eponymNouns, eponyms, nameNoise, ordinaryWords, titles } from './ordinary-words.ts';
import { type Piece, piecesOf } from './pieces.ts';
import type { Report } from './report.ts';

/** `alone` words count anywhere, `eponym` words unless a clinical noun follows, `context` words beside another. */
type Weight = 'alone' | 'eponym' | 'context';

interface NameWord {
  weight: Weight;
  readonly entities: Set<string>;
}

export interface NameIndex {
  readonly words: ReadonlyMap<string, NameWord>;
  /** Names in scripts without spaces, and their lengths. */
  readonly unspaced: ReadonlySet<string>;
  readonly unspacedLengths: readonly number[];
  /** Words of 5 letters and more that count alone: for letters set apart and text read backwards. */
  readonly long: ReadonlySet<string>;
  readonly longLengths: readonly number[];
  readonly longBackwards: ReadonlySet<string>;
}

const umlauts: readonly (readonly [RegExp, string])[] = [
  [/[äæ]/gi, 'ae'],
  [/[öøœ]/gi, 'oe'],
  [/ü/gi, 'ue'],
  [/å/gi, 'aa'],
];

/** Words of one part of a name: `O’Brien` gives brien, obrien; `Müller` gives muller, mueller. */
function wordsOf(part: string): { separate: string[]; joined: string[] } {
  const separate: string[] = [];
  const joined: string[] = [];
  const composed = part.normalize('NFC');
  const spelled = umlauts.reduce((text, [letter, by]) => text.replace(letter, by), composed);
  for (const text of new Set([composed, spelled])) {
    for (const chunk of text.split(/[\s,]+/)) {
      const pieces = piecesOf(fold(chunk).text).filter((piece) => piece.type !== 'digits');
      separate.push(...pieces.map((piece) => piece.word));
      if (pieces.length > 1) joined.push(pieces.map((piece) => piece.word).join(''));
    }
  }
  return { separate, joined };
}

const weigh = (word: string): Weight | undefined => {
  if (nameNoise.has(word) || word.length < 2) return undefined;
  if (word.length === 2 || ordinaryWords.has(word)) return 'context';
  return eponyms.has(word) ? 'eponym' : 'alone';
};

/** Given name parts and family name; from the text where the record has no structure. */
function partsOf(value: IdentityValue): { given: readonly string[]; family: string } {
  const { name } = value;
  if (name !== undefined && (name.given.length > 0 || name.family !== undefined)) {
    return { given: name.given, family: name.family ?? '' };
  }
  const [before = '', after] = value.text.split(',', 2);
  if (after !== undefined && before.trim() !== '') {
    return { given: after.trim().split(/\s+/), family: before.trim() };
  }
  const all = value.text.trim().split(/\s+/);
  return { given: all.slice(0, -1), family: all.at(-1) ?? '' };
}

const isUnspaced = (text: string): boolean => piecesOf(text).some((piece) => piece.type === 'unspaced');

function unspacedForms(given: readonly string[], family: string): string[] {
  const folded = [...given, family].map((part) => fold(part).text.replace(/\s+/g, '')).filter(isUnspaced);
  const first = given.map((part) => fold(part).text.replace(/\s+/g, '')).join('');
  const last = fold(family).text.replace(/\s+/g, '');
  const full = [first + last, last + first].filter((form) => form.length >= 2 && isUnspaced(form));
  return [...folded.filter((part) => part.length >= 3), ...full];
}

const lengths = (of: ReadonlySet<string>): number[] => [...new Set([...of].map((word) => word.length))];

export function indexNames(values: readonly IdentityValue[]): NameIndex {
  const words = new Map<string, NameWord>();
  const unspaced = new Set<string>();
  const add = (word: string, entity: string, weight: Weight | undefined): void => {
    if (weight === undefined) return;
    const known = words.get(word);
    if (known === undefined) words.set(word, { weight, entities: new Set([entity]) });
    else known.entities.add(entity);
  };
  for (const value of values) {
    if (value.kind !== 'name') continue;
    const { given, family } = partsOf(value);
    for (const form of unspacedForms(given, family)) unspaced.add(form);
    const ofFamily = wordsOf(family);
    const ofGiven = given.map(wordsOf);
    for (const { separate, joined } of [ofFamily, ...ofGiven]) {
      for (const word of separate) add(word, value.entity, weigh(word));
      for (const word of joined) if (word.length >= 5) add(word, value.entity, weigh(word));
    }
    const first = ofGiven[0]?.separate[0];
    const last = ofFamily.separate.join('');
    if (first !== undefined && first.length > 1 && last.length > 1 && first.length + last.length >= 7) {
      add(first + last, value.entity, 'alone');
      add(last + first, value.entity, 'alone');
    }
  }
  const long = new Set(
    [...words].filter(([word, { weight }]) => weight === 'alone' && word.length >= 5).map(([word]) => word),
  );
  return {
    words,
    unspaced,
    unspacedLengths: lengths(unspaced),
    long,
    longLengths: lengths(long),
    longBackwards: new Set([...long].map(backwards)),
  };
}

const capitalised = (from: Folded, piece: Piece): boolean => {
  const letter = from.source.charAt(originOf(from, piece.start));
  return letter !== letter.toLowerCase() || letter === letter.toUpperCase();
};

const nearby = (text: string, before: Piece, after: Piece): boolean => {
  const gap = text.slice(before.end, after.start);
  return gap.length <= 3 && !gap.includes('\n');
};

/** A capitalised word of the same person within the next three pieces, with only initials or particles between. */
function partner(
  from: Folded,
  pieces: readonly Piece[],
  index: number,
  own: NameWord,
  names: NameIndex,
): Piece | undefined {
  let before = pieces[index];
  for (let next = index + 1; next <= index + 3; next += 1) {
    const piece = pieces[next];
    if (before === undefined || piece === undefined || !nearby(from.text, before, piece)) return undefined;
    const known = names.words.get(piece.word);
    if (
      known !== undefined &&
      capitalised(from, piece) &&
      [...known.entities].some((entity) => own.entities.has(entity))
    ) {
      return piece;
    }
    if (piece.word.length > 1 && !nameNoise.has(piece.word)) return undefined;
    before = piece;
  }
  return undefined;
}

/** Between a name and what says that it is a disease. */
const widestGap = 8;

const clinicalUse = (pieces: readonly Piece[], index: number): boolean => {
  for (let next = index + 1; next <= index + 3; next += 1) {
    const [before, piece] = [pieces[next - 1], pieces[next]];
    if (before === undefined || piece === undefined || piece.start - before.end > widestGap) return false;
    const { word } = piece;
    if (eponymNouns.has(word)) return true;
    if (word !== 's' && word !== 'and' && !eponyms.has(word)) return false;
  }
  return false;
};

function unspacedHits(piece: Piece, names: NameIndex, report: Report): void {
  for (let at = 0; at < piece.word.length; at += 1) {
    for (const length of names.unspacedLengths) {
      if (names.unspaced.has(piece.word.slice(at, at + length)) && at + length <= piece.word.length) {
        report('name', piece.start + at, piece.start + at + length);
      }
    }
  }
}

/** Names of the index in a folded text. */
export function searchNames(from: Folded, pieces: readonly Piece[], names: NameIndex, report: Report): void {
  pieces.forEach((piece, index) => {
    if (piece.type === 'unspaced') unspacedHits(piece, names, report);
    const known = names.words.get(piece.word);
    if (known === undefined) return;
    const inCode = piece.glued || pieces[index + 1]?.glued === true;
    if (known.weight !== 'context' && !(piece.word.length === 3 && inCode)) {
      if (known.weight === 'alone' || !clinicalUse(pieces, index)) report('name', piece.start, piece.end);
      return;
    }
    if (known.weight !== 'context' || !capitalised(from, piece)) return;
    const before = pieces[index - 1];
    if (before !== undefined && titles.has(before.word) && nearby(from.text, before, piece)) {
      report('name', before.start, piece.end);
    }
    const beside = partner(from, pieces, index, known, names);
    if (beside !== undefined) report('name', piece.start, beside.end);
  });
}

/** Names whose letters stand apart one by one: `M a r i a`, `O-r-t-i-z`. */
export function searchSpacedNames(pieces: readonly Piece[], names: NameIndex, report: Report): void {
  let run: Piece[] = [];
  const flush = (): void => {
    if (run.length === 0) return;
    const word = run.length < 5 ? '' : run.map((piece) => piece.word).join('');
    for (let at = 0; at < word.length; at += 1) {
      for (const length of names.longLengths) {
        const last = run[at + length - 1];
        const first = run[at];
        if (first !== undefined && last !== undefined && names.long.has(word.slice(at, at + length))) {
          report('name', first.start, last.end);
        }
      }
    }
    run = [];
  };
  for (const piece of pieces) {
    const before = run.at(-1);
    if (piece.type !== 'letters' || piece.word.length !== 1) {
      flush();
      continue;
    }
    if (before !== undefined && piece.start - before.end > 3) flush();
    run.push(piece);
  }
  flush();
}
