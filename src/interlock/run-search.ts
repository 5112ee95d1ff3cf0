import type { IdentityKind, IdentityValue } from '../vocabulary/identity-sheet.ts';
import { backwards, fold } from './folding.ts';
import type { Piece } from './pieces.ts';
import type { Report } from './report.ts';
import { unitWords } from './spellings.ts';

/**
 * How strictly the surroundings of a run are read.
 * - `short`: 5 or 6 digits, whole, not part of a decimal, code or quantity
 * - `number`: 7 or more digits, whatever separates them
 * - `mixed`: letters and 3 digits or more, whole, single separators or spaces
 * - `exact`: letters and fewer digits, whole, single separators but no space
 * - `local`: seven digits written 3-4
 */
type Rule = 'short' | 'number' | 'mixed' | 'exact' | 'local';

interface Run {
  readonly kind: IdentityKind;
  readonly rule: Rule;
}

export interface RunIndex {
  readonly runs: ReadonlyMap<string, Run>;
  readonly prefixes: ReadonlySet<string>;
  readonly longest: number;
  /** Whether a run, or one read backwards, begins so. */
  begins(digits: string): boolean;
}

const prefixLength = 3;
const mostPieces = 48;

const compact = (text: string): string =>
  fold(text.replace(/^urn:(uuid|oid):/i, '')).text.replace(/[^\p{L}\p{N}]/gu, '');

function identifierForms(text: string): [string, Rule][] {
  const whole = compact(text);
  if (/^\d+$/.test(whole)) {
    const bare = whole.replace(/^0+/, '');
    return [whole, ...(bare.length >= 6 ? [bare] : [])].map((form) => [
      form,
      form.length < 7 ? 'short' : 'number',
    ]);
  }
  const digits = whole.match(/\d/g)?.length ?? 0;
  const enough = digits === 0 ? whole.length >= 10 : digits >= 2 || whole.length >= 8;
  const tail = /^\p{L}{1,6}0*(\d{6,})$/u.exec(whole)?.[1];
  return [
    ...(enough ? [[whole, digits >= 3 ? 'mixed' : 'exact'] satisfies [string, Rule]] : []),
    ...(tail === undefined ? [] : [[tail, tail.length < 7 ? 'short' : 'number'] satisfies [string, Rule]]),
  ];
}

/** A phone number with and without country code and trunk zero. E.164 numbers have at most 15 digits. */
function phoneForms(text: string): [string, Rule][] {
  const main = fold(text).text.split(/ext|x|;|#/, 1)[0] ?? '';
  const digits = main.replace(/\D/g, '');
  if (digits.length < 7 || digits.length > 17) return [];
  const forms: [string, Rule][] = [[digits, 'number']];
  const international = main.trim().startsWith('+') || main.trim().startsWith('00');
  const bare = digits.replace(/^0+/, '');
  if (bare.length >= 7) forms.push([bare, 'number']);
  if (digits.length === 11 && digits.startsWith('1')) forms.push([digits.slice(1), 'number']);
  if (digits.length === 10) forms.push([`1${digits}`, 'number']);
  if (international) {
    for (const code of [1, 2, 3]) {
      const national = bare.slice(code).replace(/^0/, '');
      if (national.length >= 8) forms.push([national, 'number'], [`0${national}`, 'number']);
    }
  }
  if (digits.length >= 10) forms.push([digits.slice(-7), 'local']);
  return forms;
}

const isPhone = (system: string | undefined): boolean =>
  system === undefined || ['phone', 'fax', 'pager', 'sms', 'other'].includes(system);

/** Answers whether one of the runs, or of them read backwards, begins so; they are sorted when that is asked first. */
function beginnings(runs: readonly string[]): (begun: string) => boolean {
  let sorted: readonly string[] | undefined;
  return (begun) => {
    sorted ??= [...runs, ...runs.map(backwards)].toSorted((a, b) => (a < b ? -1 : 1));
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? '') < begun) low = middle + 1;
      else high = middle;
    }
    return sorted[low]?.startsWith(begun) === true;
  };
}

export function indexRuns(values: readonly IdentityValue[]): RunIndex {
  const runs = new Map<string, Run>();
  for (const value of values) {
    let found: [string, Rule][] = [];
    if (value.kind === 'identifier') found = identifierForms(value.text);
    else if (value.kind === 'telecom' && isPhone(value.system)) found = phoneForms(value.text);
    for (const [form, rule] of found) {
      if (form.length >= 5 && (!runs.has(form) || rule !== 'local'))
        runs.set(form, { kind: value.kind, rule });
    }
  }
  return {
    runs,
    prefixes: new Set([...runs.keys()].map((run) => run.slice(0, prefixLength))),
    begins: beginnings([...runs.keys()]),
    longest: Math.max(0, ...[...runs.keys()].map((run) => run.length)),
  };
}

const anyGap = /^[ \-._/()+:#*'\u2018\u2019\u00b7\u2022\u2010-\u2015\u00a0]{0,3}$/;
const tightGap = /^[-._/:]?$/;

/** Whether the neighbour is a number that this one continues: a decimal, a check digit, a version. */
const continues = (text: string, before: Piece | undefined, after: Piece | undefined): boolean =>
  before?.type === 'digits' &&
  after?.type === 'digits' &&
  after.start - before.end === 1 &&
  '.,-/:'.includes(text.charAt(before.end));

const isQuantity = (text: string, last: Piece, next: Piece | undefined): boolean => {
  const after = text.slice(last.end, last.end + 2).trimStart();
  if (after.startsWith('%') || after.startsWith('°')) return true;
  if (next === undefined || next.start - last.end > 2) return false;
  return next.type === 'letters' && unitWords.has(next.word);
};

/** A run in its surroundings. */
interface Place {
  readonly text: string;
  readonly head: Piece;
  readonly tail: Piece;
  readonly before: Piece | undefined;
  readonly after: Piece | undefined;
  readonly gaps: readonly string[];
}

const whole = ({ head, after }: Place): boolean => !head.glued && after?.glued !== true;

const accepts: Readonly<Record<Rule, (place: Place) => boolean>> = {
  short: ({ text, head, tail, before, after, gaps }) =>
    gaps.every((gap) => gap === '-') &&
    (gaps.length === 0 || tail.word.length > 1) &&
    after?.glued !== true &&
    !continues(text, before, head) &&
    !continues(text, tail, after) &&
    !isQuantity(text, tail, after),
  number: () => true,
  exact: (place) => whole(place) && place.gaps.every((gap) => tightGap.test(gap)),
  mixed: (place) => whole(place) && place.gaps.every((gap) => tightGap.test(gap) || gap === ' '),
  local: ({ head, gaps }) =>
    gaps.length === 1 && head.word.length === 3 && gaps.every((gap) => ['-', '.', ' '].includes(gap)),
};

/** Identifiers and phone numbers in a folded text. Each start is followed only while a known run begins so. */
export function searchRuns(text: string, pieces: readonly Piece[], index: RunIndex, report: Report): void {
  if (index.runs.size === 0) return;
  pieces.forEach((head, first) => {
    // Most pieces begin no run: nothing is made for them.
    if (head.word.length > index.longest) return;
    if (head.word.length >= prefixLength && !index.prefixes.has(head.word.slice(0, prefixLength))) return;
    let run = '';
    const gaps: string[] = [];
    for (let last = first; last < first + mostPieces; last += 1) {
      const tail = pieces[last];
      if (tail === undefined) return;
      if (last > first) gaps.push(text.slice(pieces[last - 1]?.end, tail.start));
      if (!anyGap.test(gaps.at(-1) ?? '')) return;
      run += tail.word;
      if (run.length > index.longest) return;
      if (run.length >= prefixLength && !index.prefixes.has(run.slice(0, prefixLength))) return;
      const known = index.runs.get(run);
      if (known === undefined) continue;
      const place = { text, head, tail, before: pieces[first - 1], after: pieces[last + 1], gaps };
      if (accepts[known.rule](place)) report(known.kind, head.start, tail.end);
    }
  });
}
