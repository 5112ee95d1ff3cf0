import { GapPattern, gapIs, gapOf } from './gaps.ts';
import {
  endOf,
  is,
  isAllCapitals,
  isCapital,
  isLetter,
  isNumber,
  isWordUnit,
  type Lexemes,
  lengthOf,
  lexemeAt,
  startOf,
} from './lexemes.ts';
import { type Match, moved } from './match.ts';
import { namesDisease } from './name-runs.ts';
import { markOfWords } from './vocabulary.ts';
import { kindAt } from './word-kinds.ts';
import { listed } from './word-marks.ts';

/** D'Andre, O'Neal, Le'Shawn: up to three letters before the apostrophe belong to the name. */
function withPrefix(lex: Lexemes, match: Match): Match {
  const { lower, text } = lex.view;
  if (lower.charCodeAt(match.start - 1) !== apostrophe) return match;
  let at = match.start - 1;
  while (at > match.start - 4 && isLetter(lower.charCodeAt(at - 1))) at -= 1;
  if (at === match.start - 1 || isWordUnit(lower.charCodeAt(at - 1))) return match;
  return text.charCodeAt(at) === lower.charCodeAt(at) ? match : moved(match, at, match.end);
}

const apostrophe = 39;

/** Mi-Won Roe, Ada Standing-Roe: what a hyphen joins to a name is of it, whatever the word is, and so is the next name. */
function withHyphened(lex: Lexemes, match: Match): Match {
  if (match.type === 'ORG' || match.type === 'PLACE') return match;
  const { text } = lex.view;
  let { start, end } = match;
  if (text.charCodeAt(start - 1) === hyphen) {
    const first = lexemeAt(lex, start);
    if (gapIs(lex, first - 1, gapOf.hyphen) && isHyphened(lex, first - 1, first))
      start = startOf(lex, first - 1);
  }
  if (text.charCodeAt(end) === hyphen) {
    const next = lexemeAt(lex, end);
    if (gapIs(lex, next - 1, gapOf.hyphen) && isHyphened(lex, next, next - 1)) {
      end = endOf(lex, next);
      const family = kindAt(lex, next + 1);
      const named = family.family || family.given || is(lex, next + 1, listed.ordinaryName);
      if (named && gapIs(lex, next, gapOf.space) && isHyphened(lex, next + 1, next))
        end = endOf(lex, next + 1);
    }
  }
  return start === match.start && end === match.end ? match : moved(match, start, end);
}

const hyphen = 45;

/** Whether a word can be one half of a name whose other half is known; Roe-CT and Roe-RN are none. */
function isHyphened(lex: Lexemes, at: number, beside: number): boolean {
  if (isNumber(lex, at) || !isCapital(lex, at) || lengthOf(lex, at) < 2) return false;
  if (isAllCapitals(lex, at) !== isAllCapitals(lex, beside)) return false;
  const { clinical, eponym } = kindAt(lex, at);
  if (eponym || (clinical && !is(lex, at, listed.ordinaryName))) return false;
  return !is(lex, at, listed.credential) && !is(lex, at, listed.eponymNoun) && !is(lex, at, listed.chart);
}

const generations = markOfWords('jr sr ii iii iv');
const beforeSuffix = new GapPattern(/^,? $/);
const opensNickname = new GapPattern(/^ ["(]$/);
const closesNickname = new GapPattern(/^[")] $/);

/** Montgomery Roe III, Walter "Buddy" Roe: what stands behind a name and belongs to it. */
function withSuffix(lex: Lexemes, match: Match): Match {
  if (match.type === 'ORG' || match.type === 'PLACE') return match;
  const { text } = lex.view;
  let end = match.end;
  const sign = text.charCodeAt(end);
  if (sign === caret) return withComponents(lex, match);
  if (sign !== space && sign !== comma) return match;
  const next = lexemeAt(lex, end);
  const last = next - 1;
  if (
    opensNickname.after(lex, last) &&
    isCapital(lex, next) &&
    closesNickname.after(lex, next) &&
    next + 1 < lex.count &&
    isCapital(lex, next + 1) &&
    !isNumber(lex, next + 1) &&
    !kindAt(lex, next + 1).plain
  )
    end = endOf(lex, next + 1);
  else if (
    is(lex, next, generations) &&
    isCapital(lex, next) &&
    beforeSuffix.after(lex, last) &&
    text.slice(match.start, end).includes(' ')
  )
    end = endOf(lex, next);
  return end === match.end ? match : moved(match, match.start, end);
}

const [space, comma, caret] = [32, 44, 94];

const componentEnd = new GapPattern(/^\^{1,3}$/);

/** ROE^ADA^B: the other parts of a name as messages and images write them. */
function withComponents(lex: Lexemes, match: Match): Match {
  let last = lexemeAt(lex, match.end) - 1;
  for (let parts = 0; parts < 3 && componentEnd.after(lex, last); parts += 1)
    if (!isNumber(lex, last + 1) && isCapital(lex, last + 1)) last += 1;
  return moved(match, match.start, endOf(lex, last));
}

/** "Roe Q. Wilson disease ruled out": behind a full stop begins what is called after somebody. */
function withoutDisease(lex: Lexemes, match: Match): Match {
  if (match.type === 'ORG' || match.type === 'PLACE') return match;
  const last = lexemeAt(lex, match.end) - 1;
  if (!is(lex, last, listed.eponym) || !gapIs(lex, last - 1, gapOf.stop)) return match;
  if (startOf(lex, last) <= match.start || !namesDisease(lex, { first: last, last })) return match;
  return moved(match, match.start, endOf(lex, last - 1));
}

/** A name with what stands before and behind it and belongs to it, and without what another sentence begins with. */
export const withEdges = (lex: Lexemes, match: Match): Match =>
  withoutDisease(lex, withSuffix(lex, withHyphened(lex, withPrefix(lex, match))));
