import { gapIs, gapOf } from './gaps.ts';
import { endOf, gapAfter, isCapital, isLetter, isNumber, type Lexemes, startOf, wordAt } from './lexemes.ts';
import { listedWord, noWord } from './vocabulary.ts';
import { keyOf } from './word-keys.ts';
import { kindOf } from './word-kinds.ts';
import type { Change, KnownWords } from './written-otherwise.ts';

const leastRun = 3;

/** `M a r i s o l`, `4.1.3.5`, `0-0-2-4`: single letters and digits with one sign between, three at least, joined; two letters of a name too. */
export function spacedOut(lex: Lexemes, known: KnownWords): Change[] {
  const changes: Change[] = [];
  let at = 0;
  while (at + 1 < lex.count) {
    const last = singlesEnd(lex, at);
    if (
      (last - at + 1 >= leastRun && !isAbbreviation(lex, at, last, known)) ||
      (last > at && isShortName(lex, at))
    ) {
      const dropped: [from: number, to: number][] = [];
      for (let index = at; index < last; index += 1)
        for (let from = endOf(lex, index); from < startOf(lex, index + 1); from += 2)
          dropped.push([from, from + 1]);
      changes.push({ from: startOf(lex, at), to: endOf(lex, last), dropped });
    }
    at = last + 1;
  }
  return changes;
}

const mostAbbreviated = 4;
const dosing = new Set('bid meq npo prn qam qhs qid qod qpm tid'.split(' '));

/**
 * `p.r.n.`, `M.E.Q.`: how a drug is given, and initials of the record, are read as they stand. Joined they say nothing,
 * unless the record, the rules or a list of names and titles know the word. Other letters with dots may say by what
 * stands beside them what they are: `U.N.M Hospital`, `w.w.w.example.org`, `e.x.t. 12`.
 */
function isAbbreviation(lex: Lexemes, first: number, last: number, known: KnownWords): boolean {
  if (last - first >= mostAbbreviated || lex.view.foreign) return false;
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
  (gapAfter(lex, at) === ' . ' || (!isCapital(lex, at + 1) && wordAt(lex, at + 1) !== 'a'));

const single = (lex: Lexemes, at: number): boolean => endOf(lex, at) - startOf(lex, at) === 1;

/** Last of the single characters that stand apart by the same sign; signs of the value itself stand apart as well. */
function singlesEnd(lex: Lexemes, first: number): number {
  if (!single(lex, first)) return first;
  const between = gapAfter(lex, first).charAt(0);
  if (between === '' || !' .-_*|,/\n'.includes(between)) return first;
  let last = first;
  while (last + 1 < lex.count && single(lex, last + 1) && apart(gapAfter(lex, last), between)) last += 1;
  return last;
}

function apart(gap: string, between: string): boolean {
  if (gap.length % 2 === 0 || gap.length > 7) return false;
  for (let at = 0; at < gap.length; at += 2) if (gap.charAt(at) !== between) return false;
  return true;
}

/** Words divided at the end of a line: Sep-, new line, tember. */
export function hyphenated(lex: Lexemes): Change[] {
  const { lower } = lex.view;
  const changes: Change[] = [];
  for (let at = lower.indexOf('-\n'); at >= 0; at = lower.indexOf('-\n', at + 2))
    if (isLetter(lower.charCodeAt(at - 1)) && isLetter(lower.charCodeAt(at + 2)))
      changes.push({ from: at - 1, to: at + 3, dropped: [[at, at + 2]] });
  return changes;
}
