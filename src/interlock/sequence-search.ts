import type { IdentityKind, IdentityValue } from '../vocabulary/identity-sheet.ts';
import { fold } from './folding.ts';
import { genericOrganizationWords, ordinaryWords } from './ordinary-words.ts';
import { type Piece, piecesOf } from './pieces.ts';
import type { Report } from './report.ts';
import { postalCues, shorten } from './spellings.ts';

/** Values that are found as words in order, whatever punctuation stands between them. */
interface Sequence {
  readonly kind: IdentityKind;
  readonly words: readonly string[];
  /** A cue such as `zip` must stand before it. */
  readonly cued: boolean;
}

/** Sequences by their first word. */
export type SequenceIndex = ReadonlyMap<string, readonly Sequence[]>;

const wordsIn = (text: string): string[] => piecesOf(fold(text).text).map((piece) => shorten(piece.word));
const lettersIn = (words: readonly string[]): number => words.join('').length;
const hasDigit = (words: readonly string[]): boolean => words.some((word) => /\d/.test(word));

function ofAddress(value: IdentityValue): Sequence[] {
  const { address } = value;
  const found: Sequence[] = [];
  const add = (words: readonly string[], cued = false): void => {
    found.push({ kind: 'address', words, cued });
  };
  const lines = address?.line ?? [value.text.split(',', 1)[0] ?? ''];
  for (const line of lines) {
    const words = wordsIn(line);
    const distinct = words.filter((word) => word.length >= 3 && !ordinaryWords.has(word));
    if (
      hasDigit(words)
        ? words.length >= 2 && words.some((word) => /^\p{L}{2,}$/u.test(word))
        : distinct.length > 0 && words.length >= 2 && lettersIn(words) >= 8
    ) {
      add(words);
    }
    const unit = words.findIndex((word) => ['apt', 'unit', 'ste', 'fl', 'floor'].includes(word));
    if (unit >= 3 && hasDigit(words.slice(0, unit))) add(words.slice(0, unit));
  }
  const city = wordsIn(address?.city ?? '');
  const state = wordsIn(address?.state ?? '');
  const postal = wordsIn(address?.postalCode ?? '');
  if (lettersIn(city) >= 3 && state.length > 0) add([...city, ...state]);
  if (lettersIn(postal) < 4) return found;
  if (city.length > 0) {
    add([...city, ...postal]);
    add([...postal, ...city]);
  }
  if (state.length > 0) add([...state, ...postal]);
  const lettered = postal.some((word) => /^\p{L}+$/u.test(word)) && postal.length >= 3;
  add(postal, !lettered);
  return found;
}

function ofOrganization(value: IdentityValue): Sequence[] {
  const words = wordsIn(value.text);
  const distinct = words.filter(
    (word) =>
      word.length >= 3 &&
      !genericOrganizationWords.has(word) &&
      !ordinaryWords.has(word) &&
      !/^\d+$/.test(word),
  );
  if (distinct.length === 0 || (words.length === 1 && lettersIn(words) < 4)) return [];
  const core = words.filter(
    (word, index) => index < words.length - 1 || !['inc', 'llc', 'ltd', 'gmbh', 'corp'].includes(word),
  );
  return [{ kind: 'organization', words: core, cued: false }];
}

function ofTelecom(value: IdentityValue): Sequence[] {
  const text = value.text.replace(/^(mailto|tel):/i, '').replace(/^[a-z]{2,8}:\/\/(www\.)?/i, '');
  if (!/[@./]/.test(text) || !/\p{L}/u.test(text)) return [];
  const words = wordsIn(text);
  return words.length >= 3 && lettersIn(words) >= 8 ? [{ kind: 'telecom', words, cued: false }] : [];
}

/** Identifiers that are web addresses or e-mails are searched like contacts. */
const readers: Readonly<Partial<Record<IdentityKind, (value: IdentityValue) => Sequence[]>>> = {
  address: ofAddress,
  organization: ofOrganization,
  telecom: ofTelecom,
};

export function indexSequences(values: readonly IdentityValue[]): SequenceIndex {
  const index = new Map<string, Sequence[]>();
  const known = new Set<string>();
  for (const value of values) {
    for (const sequence of readers[value.kind]?.(value) ?? []) {
      const spelled = `${sequence.kind} ${String(sequence.cued)} ${sequence.words.join(' ')}`;
      if (known.has(spelled)) continue;
      known.add(spelled);
      const key = sequence.words[0] ?? '';
      const there = index.get(key);
      if (there === undefined) index.set(key, [sequence]);
      else there.push(sequence);
    }
  }
  return index;
}

const skipped = new Set(['at', 'dot', 'punkt']);

/** Index of the last piece of `words` when they stand from `first` on; -1 where they do not. */
function match(
  pieces: readonly Piece[],
  short: readonly string[],
  first: number,
  words: readonly string[],
  skipping: boolean,
): number {
  let at = first;
  for (let word = 0; word < words.length; word += 1) {
    if (skipping && word > 0 && short[at] !== words[word] && skipped.has(short[at] ?? '')) at += 1;
    const piece = pieces[at];
    const before = pieces[at - 1];
    if (piece === undefined || short[at] !== words[word]) return -1;
    if (at > first && before !== undefined && piece.start - before.end > 4) return -1;
    at += 1;
  }
  return at - 1;
}

/**
 * Whether `words` stand from `first` on as far as there are pieces. `cut`: more letters may follow the last of them.
 */
export function begins(
  pieces: readonly Piece[],
  first: number,
  words: readonly string[],
  cut: boolean,
): boolean {
  let at = first;
  for (let word = 0; word < words.length; word += 1) {
    let piece = pieces[at];
    const before = pieces[at - 1];
    if (piece === undefined || (cut && at === pieces.length - 1)) return true;
    if (at > first && before !== undefined && piece.start - before.end > 4) return false;
    if (word > 0 && shorten(piece.word) !== words[word] && skipped.has(piece.word)) {
      at += 1;
      piece = pieces[at];
      if (piece === undefined || (cut && at === pieces.length - 1)) return true;
    }
    if (shorten(piece.word) !== words[word]) return false;
    at += 1;
  }
  return false;
}

const cueBefore = (pieces: readonly Piece[], first: number): boolean =>
  [1, 2].some((back) => postalCues.has(pieces[first - back]?.word ?? ''));

/** Addresses, organizations, e-mail and web addresses in a folded text. */
export function searchSequences(pieces: readonly Piece[], index: SequenceIndex, report: Report): void {
  if (index.size === 0) return;
  const short = pieces.map((piece) => shorten(piece.word));
  short.forEach((word, first) => {
    for (const sequence of index.get(word) ?? []) {
      if (sequence.cued && !cueBefore(pieces, first)) continue;
      const last = match(pieces, short, first, sequence.words, sequence.kind === 'telecom');
      const start = pieces[first]?.start ?? 0;
      if (last >= 0) report(sequence.kind, start, pieces[last]?.end ?? start);
    }
  });
}
