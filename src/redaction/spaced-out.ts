import { matchAt } from './found-date.ts';
import { GapPattern, gapIs, gapOf } from './gaps.ts';
import {
  endOf,
  gapAfter,
  isAllCapitals,
  isCapital,
  isDigit,
  isLetter,
  isListed,
  isNumber,
  type Lexemes,
  lexemeAt,
  startOf,
  wordAt,
} from './lexemes.ts';
import { listedWord, noWord } from './vocabulary.ts';
import { keyOf } from './word-keys.ts';
import { kindOf } from './word-kinds.ts';
import type { Change, KnownWords } from './written-otherwise.ts';

const leastRun = 3;

/** `M a r i s o l`, `4.1.3.5`, `0-0-2-4`: single letters and digits with one sign between, three at least, joined; two letters of a name too. */
export function spacedOut(lex: Lexemes, known: KnownWords): Change[] {
  const runs: Run[] = [];
  for (let at = 0; at + 1 < lex.count; ) {
    const last = singlesEnd(lex, at);
    // `4 J-u-l-y`: the longer run has the J.
    if (last === at + 1 && goesOnBetter(lex, at)) {
      at = last;
      continue;
    }
    if (last > at)
      runs.push({
        first: at,
        last,
        joined: (last - at + 1 >= leastRun && !isAbbreviation(lex, at, last, known)) || isShortName(lex, at),
      });
    at = last + 1;
  }
  const dated = withDates(lex, runs);
  if (!dated.some(({ joined }) => joined)) return [];
  return beside(lex, dated).flatMap(({ first, last, joined }) => (joined ? [joining(lex, first, last)] : []));
}

const dateSign = new GapPattern(/^[/.-]$/);

/** `0+6/1+7/5+2`: three pairs of figures, set apart by one sign, with another sign between them, as a date has it. */
function withDates(lex: Lexemes, runs: readonly Run[]): readonly Run[] {
  const beginsDate = (at: number): boolean => {
    const three = runs.slice(at, at + 3);
    const [one, two, last] = three;
    if (one === undefined || two === undefined || last === undefined) return false;
    const sign = gapAfter(lex, one.first);
    const between = gapAfter(lex, one.last);
    return (
      one.last + 1 === two.first &&
      two.last + 1 === last.first &&
      sign !== between &&
      dateSign.after(lex, one.last) &&
      gapAfter(lex, two.last) === between &&
      three.every(
        (run) => isNumber(lex, run.first) && isNumber(lex, run.last) && gapAfter(lex, run.first) === sign,
      )
    );
  };
  if (runs.length < 3) return runs;
  const dates = new Set(Array.from(runs.keys()).filter(beginsDate));
  if (dates.size === 0) return runs;
  return runs.map((run, at) =>
    dates.has(at) || dates.has(at - 1) || dates.has(at - 2) ? { ...run, joined: true } : run,
  );
}

/** Whether the second of two begins a longer run, or one by another sign than a space. */
function goesOnBetter(lex: Lexemes, at: number): boolean {
  const end = singlesEnd(lex, at + 1);
  if (gapIs(lex, at, gapOf.space) && isSpecial(lex, at) !== isSpecial(lex, at + 1)) return false;
  if (end > at + 2) return true;
  const pair = end > at + 1 && isNumber(lex, at + 1) === isNumber(lex, end);
  return pair && gapIs(lex, at, gapOf.space) && !gapIs(lex, at + 1, gapOf.space);
}

/** Single letters and digits that stand apart by one sign, and whether they are read as one word. */
interface Run {
  readonly first: number;
  readonly last: number;
  readonly joined: boolean;
}

/** `1.4 o.f M.a.r.c.h 2.0.2.6`: two characters are one word beside what is spaced out by the same sign. */
function beside(lex: Lexemes, runs: readonly Run[]): readonly Run[] {
  const forth = spread(lex, runs);
  return spread(lex, forth.toReversed()).toReversed();
}

function spread(lex: Lexemes, runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  for (const run of runs) {
    const before = result.at(-1);
    const joined =
      run.joined ||
      (before?.joined === true &&
        isBeside(lex, before, run) &&
        (isPair(lex, run) || isFarApart(lex, before, run)));
    result.push({ ...run, joined });
  }
  return result;
}

/** Two figures, or two letters that another sign than a space sets apart. */
const isPair = (lex: Lexemes, { first, last }: Run): boolean =>
  isNumber(lex, first) ? isNumber(lex, last) : !gapIs(lex, first, gapOf.space);

/** What stands between two runs in a row; '' where something else does. */
const gapBetween = (lex: Lexemes, one: Run, other: Run): string => {
  const [before, after] = one.first < other.first ? [one, other] : [other, one];
  return after.first - before.last === 1 ? gapAfter(lex, before.last) : '';
};

function isBeside(lex: Lexemes, one: Run, other: Run): boolean {
  const gap = gapBetween(lex, one, other);
  return (
    gap !== '' &&
    gap.length < (gap.includes("'") ? 5 : 4) &&
    gapAfter(lex, one.first).charAt(0) === gapAfter(lex, other.first).charAt(0)
  );
}

/** `7 t h  o f  J u n e`: the gap between the runs is another one than those in them. */
function isFarApart(lex: Lexemes, one: Run, other: Run): boolean {
  const gap = gapBetween(lex, one, other);
  if (!gapIs(lex, other.first, gapOf.space) || isNumber(lex, other.first) !== isNumber(lex, other.last))
    return false;
  const between = Math.min(one.last, other.last);
  return gap.length > 1 || (gap === ' ' && isSpecial(lex, between) !== isSpecial(lex, other.first));
}

/** Whether behind a lexeme stands another space than that of the keyboard: a view has one for all. */
const isSpecial = (lex: Lexemes, at: number): boolean =>
  lex.view.source.charCodeAt(lex.view.start(endOf(lex, at))) > lastAscii;

/** The same run without the signs in it. */
function joining(lex: Lexemes, first: number, last: number): Change {
  const dropped: [from: number, to: number][] = [];
  const { length } = signAfter(lex, first);
  const start = startOf(lex, first);
  // `' 2 6`: the sign of the figures that were left out.
  if (isNumber(lex, first) && lex.view.lower.charCodeAt(start - length - 1) === apostrophe) {
    dropped.push([start - length, start]);
  }
  for (let index = first; index < last; index += 1)
    for (let from = endOf(lex, index); from < startOf(lex, index + 1); from += length + 1)
      dropped.push([from, from + length]);
  const end = endOf(lex, last);
  // `2_2_, 2_0_2_6`: the sign stands before what goes on as well.
  const goesOn = length === 1 && trailed.test(lex.view.lower.slice(end - 2, end + 2));
  if (goesOn) dropped.push([end, end + 1]);
  return { from: dropped[0]?.[0] ?? start, to: goesOn ? end + 1 : end, dropped };
}

const trailed = /^([-._*/~+|]).\1[,;:]$/;

const mostAbbreviated = 4;
const dosing = new Set('bid meq npo prn qam qhs qid qod qpm tid'.split(' '));

/**
 * `p.r.n.`, `M.E.Q.`: how a drug is given, and initials of the record, are read as they stand. Joined they say nothing,
 * unless the record, the rules or a list of names and titles know the word. Other letters with dots may say by what
 * stands beside them what they are: `U.N.M Hospital`, `w.w.w.example.org`, `e.x.t. 12`.
 */
function isAbbreviation(lex: Lexemes, first: number, last: number, known: KnownWords): boolean {
  if (last - first >= mostAbbreviated || lex.view.foreign !== 'none') return false;
  let joined = '';
  for (let at = first; at <= last; at += 1) {
    if (isNumber(lex, at) || isCapital(lex, at) !== isCapital(lex, first)) return false;
    if (at < last && !gapIs(lex, at, gapOf.dot)) return false;
    joined += wordAt(lex, at);
  }
  if (!dosing.has(joined) && !(isCapital(lex, first) && known.isInitials(joined))) return false;
  if (known.knows(joined)) return false;
  const listed = listedWord(keyOf(joined), joined, 0, joined.length);
  return listed === noWord || kindOf(joined).clinical;
}

/** `L i`, `A . L .` */
const isShortName = (lex: Lexemes, at: number): boolean =>
  isCapital(lex, at) &&
  at + 1 < lex.count &&
  !isNumber(lex, at + 1) &&
  (gapAfter(lex, at) === ' . ' ||
    (gapIs(lex, at, gapOf.space) && !isCapital(lex, at + 1) && !isOther(lex, at + 1)));

/** The letter of `q6h`, `a`, and `c/o` is not the second one of a name. */
const isOther = (lex: Lexemes, at: number): boolean =>
  wordAt(lex, at) === 'a' ||
  gapIs(lex, at, gapOf.slash) ||
  (at + 1 < lex.count && startOf(lex, at + 1) === endOf(lex, at));

/** One character, also one that a view writes with two: the ß of `G r o ß`. */
function single(lex: Lexemes, at: number): boolean {
  const [start, end] = [startOf(lex, at), endOf(lex, at)];
  return end - start === 1 || (end - start === 2 && lex.view.end(end) - lex.view.start(start) === 1);
}

/** Signs that set single characters apart, with a space behind or on both sides as well. */
const apartBy = ' .-_*|,/\n~+\t';
const longestSign = 3;

/** Last of the single characters that stand apart by the same sign; signs of the value itself stand apart as well. */
function singlesEnd(lex: Lexemes, first: number): number {
  if (!single(lex, first)) return first;
  const between = signAfter(lex, first);
  // "f/u 2 0 2 6": the u ends a word of its own.
  if (between === '' || (between === ' ' && lex.view.lower.charCodeAt(startOf(lex, first) - 1) === slash))
    return first;
  let last = first;
  const spaced = between === ' ';
  const special = spaced && isSpecial(lex, first);
  while (
    last + 1 < lex.count &&
    single(lex, last + 1) &&
    apart(gapAfter(lex, last), between) &&
    (spaced && isSpecial(lex, last)) === special
  )
    last += 1;
  // `4/1/2~0~2~6`: the last one begins the year.
  return last === first + 2 && beginsLonger(lex, last) ? last - 1 : last;
}

/** Whether a character begins a run of four by another sign. */
function beginsLonger(lex: Lexemes, at: number): boolean {
  const between = at + leastRun < lex.count ? signAfter(lex, at) : '';
  if (between === '' || between === ' ') return false;
  for (let next = at; next < at + leastRun; next += 1)
    if (!single(lex, next + 1) || gapAfter(lex, next) !== between) return false;
  return true;
}

/** What sets a character apart from the next one: `-`, `, `, ` - `; '' where that is no such sign. */
function signAfter(lex: Lexemes, at: number): string {
  const gap = gapAfter(lex, at);
  const first = gap.charAt(0);
  if (first === '' || !apartBy.includes(first)) return '';
  const whole = gap.length > 1 && gap.length <= longestSign && isSign(gap);
  // `7 . V I . 2 0`: the point is the day's.
  return whole && !(gapIs(lex, at + 1, gapOf.space) && first === ' ') ? gap : first;
}

/** A sign with spaces around it, or before which none stands: ` - `, `, `. */
const isSign = (gap: string): boolean => {
  const bare = gap.trim();
  return bare.length === 1 && apartBy.includes(bare) && gap.endsWith(' ') && gap !== ` ${bare}`;
};

function apart(gap: string, between: string): boolean {
  if (gap === between) return true;
  const { length } = between;
  if (gap.length > 4 + length * 3 || gap.length < length * 2 + 1) return false;
  for (let at = 0; at < gap.length; at += length + 1) if (!gap.startsWith(between, at)) return false;
  return gap.endsWith(between) && (gap.length + 1) % (length + 1) === 0;
}

/** Words divided at the end of a line: Sep-, new line, tember; without a hyphen what the record knows as one. */
export function hyphenated(lex: Lexemes, known: KnownWords): Change[] {
  const { lower } = lex.view;
  const changes: Change[] = [];
  for (let at = lower.indexOf('-\n'); at >= 0; at = lower.indexOf('-\n', at + 2)) {
    const next = indented(lower, at + 2);
    if (isLetter(lower.charCodeAt(at - 1)) && isLetter(lower.charCodeAt(next)))
      changes.push({ from: at - 1, to: next + 1, dropped: [[at, next]] });
  }
  for (let at = lower.indexOf('\n'); at >= 0; at = lower.indexOf('\n', at + 1)) {
    const next = indented(lower, at + 1);
    if (!isLetter(lower.charCodeAt(at - 1)) || !isLetter(lower.charCodeAt(next))) continue;
    const second = lexemeAt(lex, next);
    const joined = wordAt(lex, second - 1) + wordAt(lex, second);
    if (known.holds(joined)) changes.push({ from: at - 1, to: next + 1, dropped: [[at, next]] });
  }
  for (const change of partedWords(lex, known)) changes.push(change);
  return changes.length > 1 ? changes.toSorted((a, b) => a.from - b.from) : changes;
}

const leastJoined = 3;

/** `H ospitalier`, `J un 24`: a word of the record, or a month, with one space in it; what is left of it is no word. */
function partedWords(lex: Lexemes, known: KnownWords): Change[] {
  const changes: Change[] = [];
  for (let at = 0; at + 1 < lex.count; at += 1) {
    if (!gapIs(lex, at, gapOf.space) || isNumber(lex, at) || isNumber(lex, at + 1)) continue;
    if (isListed(lex, at) && isListed(lex, at + 1)) continue;
    // Mary Roe: what goes on begins small, unless all of it is in capitals.
    if (isCapital(lex, at + 1) && !isAllCapitals(lex, at + 1)) continue;
    if (endOf(lex, at + 1) - startOf(lex, at) <= leastJoined || !known.holdsJoined(lex, at)) continue;
    const [from, to] = [endOf(lex, at), startOf(lex, at + 1)];
    changes.push({ from: from - 1, to: to + 1, dropped: [[from, to]] });
  }
  return changes;
}

/** Where a line begins to say something, some spaces behind `at`. */
function indented(lower: string, at: number): number {
  let next = at;
  while (
    next < at + mostIndented &&
    (lower.charCodeAt(next) === space || lower.charCodeAt(next) === tabulator)
  )
    next += 1;
  return next;
}
const [space, tabulator, hyphen, slash, apostrophe] = [32, 9, 45, 47, 39];
const lastAscii = 127;
const mostIndented = 8;

/** The number of a point in a list, a date or a time at the beginning of a line: what stands before goes not on there. */
const listed = /\d{1,3}[.)][ \t]|\d{4}-\d|\d{1,2}\/\d{1,2}\/\d|\d{1,2}:\d/y;

/** A whole day at the end of a line: no figure is missing. */
const wholeDay = /(?<!\d)(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/** Figures divided at the end of a line, also with a hyphen: 20, new line, 26. */
export function dividedFigures(lex: Lexemes): Change[] {
  const { lower } = lex.view;
  const changes: Change[] = [];
  for (let at = lower.indexOf('\n'); at >= 0; at = lower.indexOf('\n', at + 1)) {
    const next = indented(lower, at + 1);
    const end = lower.charCodeAt(at - 1) === hyphen ? at - 1 : at;
    if (
      isDigit(lower.charCodeAt(end - 1)) &&
      isDigit(lower.charCodeAt(next)) &&
      !(lower.charCodeAt(at - 3) === hyphen && wholeDay.test(lower.slice(Math.max(0, at - 11), at))) &&
      matchAt(listed, lower, next) === null
    )
      changes.push({ from: end - 1, to: next + 1, dropped: [[end, next]] });
  }
  return changes;
}
