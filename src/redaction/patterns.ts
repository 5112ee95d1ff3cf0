import { type TokenType, tokenTypes } from '../vocabulary/token.ts';
import { columnMatches } from './columns.ts';
import { GapPattern, gapIs, gapOf } from './gaps.ts';
import { endOf, isNumber, isWordUnit, keyAt, type Lexemes, mayHold, startOf, wordAt } from './lexemes.ts';
import { type Match, wordsOnly } from './match.ts';
import { type Cue, type CueRule, checks, type IndexedPack, type PatternRule } from './pack.ts';
import type { SignStart, Starts } from './pattern-starts.ts';
import { type CharacterSet, otherCharacter } from './pattern-syntax.ts';

const turn = String.raw`(?:\[?\d\d?:\d\d(?::\d\d)?(?: ?[ap]m)?\]? )?`;
const speaker = String.raw`[a-z]{2,15}(?: [a-z]{1,15})?`;
const asked = 'caller|visitor|customer|member|guest';
const answers = String.raw`(?:(?:it'?s|it is|yes|yeah|sure|ok|okay|that'?s|this is)[, ]{1,2}){0,2}`;
/** A number on a line of its own, or the first of its line up to a sign. */
const own = String.raw`[a-z]{0,6}[- ]?\d[\d-]{2,24}[a-z]{0,3}`;
/** Words between a cue and its value: "MRN is", "account number on file". */
const fillers = 'numbers? num no nr ids? is was are of code value ending_in on_file as here'.split(' ');
const labelEnd = String.raw`(?:[ \t]?(?:(?:numbers?|num|no|nr|ids?|code)(?![a-z\d/])|[#.)-])){0,3}[ \t]?`;
const nextLine = String.raw`[ \t\r]{0,3}\n(?:[ \t\r]{0,12}\n)?[ \t]{0,12}`;
/** What stands between a cue and its value, one way or another. */
const between = [
  '>',
  // "MRN:\n4471193" in a form that was printed, and "(MRN:\n4471193)" where a line was broken.
  String.raw`${labelEnd}:${nextLine}(?=${own}(?:[).,;?"']|[ \t\r]{0,3}(?:\n|$)))`,
  String.raw`${labelEnd}${nextLine}(?=${own}[ \t\r]{0,3}(?:\n|$))`,
  // "MRN?\nCaller: it's A88123", and of who is asked without the mark: a code, no result.
  String.raw`(?:\? {0,2}\n${turn}${speaker}|\n${turn}(?:${asked})): ?${answers}(?=[(+]?[a-z]{0,3}[\d-]{4})`,
  String.raw`(?:[ \t]?(?:(?:${fillers.join('|').replaceAll('_', ' ')})(?![a-z\d/])|[:#=.(")-])){1,6}[ \t]{0,3}`,
  String.raw`[ \t]{1,3}`,
];
/**
 * Words and signs between a cue and its value: "MRN is:", "account number #", "Member ID -", "<mrn>"; the value below
 * its label; and the answer in the next line of a conversation.
 */
const filler = new RegExp(between.join('|'), 'y');

const fillerLetters: ReadonlySet<number> = new Set(fillers.map((word) => word.charCodeAt(0)));

/** Where what stands between a cue and its value ends: at the cue's own end, where nothing does. */
function behindFiller(lower: string, end: number): number {
  // Most often one blank, and then no word of a filler: the pattern would find nothing else.
  if (lower.charCodeAt(end) === space) {
    const next = lower.charCodeAt(end + 1);
    if (isWordUnit(next) && !fillerLetters.has(next)) return end + 1;
  }
  filler.lastIndex = end;
  return filler.test(lower) ? filler.lastIndex : end;
}

/** Matches of a pack's patterns and cue rules. One pass over the lexemes, one over each rule's start characters. */
export function patternMatches(lex: Lexemes, pack: IndexedPack): Match[] {
  const matches: Match[] = [];
  const mayStand = ({ sign }: Starts): boolean => sign === undefined || mayHold(lex, sign);
  const { text } = lex.view;
  const [atNumber, atWord] = [pack.atNumber.filter(mayStand), pack.atWord.filter(mayStand)];
  for (let index = 0; index < lex.count; index += 1) {
    const start = startOf(lex, index);
    const digits = isNumber(lex, index);
    const inside = index > 0 && endOf(lex, index - 1) === start;
    const fraction = digits && isFraction(lex, index, start);
    if (!inside && !fraction)
      for (const { rules, automaton, run } of digits ? atNumber : atWord) {
        if (run > 0 && !isLong(lex, index, run)) continue;
        for (const number of automaton.possibleAt(text, start)) {
          const rule = rules[number];
          if (rule !== undefined) attempt(lex, rule, start, matches);
        }
      }
    if (!digits && pack.cueKeys.has(keyAt(lex, index))) {
      const cues = pack.cueIndex.get(wordAt(lex, index));
      if (cues !== undefined) afterCues(lex, index, cues, matches);
    }
  }
  let reached = 0;
  let of: PatternRule | undefined;
  for (const sign of pack.atSign) {
    if (sign.rule !== of) reached = 0;
    of = sign.rule;
    if (isWordUnit(sign.code) || mayHold(lex, sign.code)) reached = atSigns(lex, sign, reached, matches);
  }
  return matches;
}

const people: ReadonlySet<TokenType> = new Set(['PATIENT', 'RELATIVE', 'CLINICIAN', 'PERSON']);

/** Matches of a pack's rules for what stands below a heading; a cell counts as a whole. */
export const matchesInColumns = (lex: Lexemes, pack: IndexedPack): Match[] =>
  pack.columns.length === 0 || !lex.view.text.includes('\n')
    ? []
    : columnMatches(lex, pack, (rule, { start, end }) => {
        const { lower, text } = lex.view;
        const cell = (rule.cased ? text : lower).slice(start, end);
        rule.pattern.lastIndex = 0;
        if (!rule.pattern.test(cell)) return undefined;
        if (rule.check !== undefined && !checks[rule.check](cell)) return undefined;
        return ruled(rule, start, end, entityOf(rule.type, lower, start, end));
      });

/** A person goes by the words of the name, as those do whom no pack finds. */
const entityOf = (type: TokenType, lower: string, start: number, end: number): string =>
  people.has(type) ? `name:${wordsOnly(lower, start, end)}` : valueEntity(type, lower.slice(start, end));

/** What a rule of a pack found. */
const ruled = (
  { id, type }: Pick<PatternRule, 'id' | 'type'>,
  start: number,
  end: number,
  entity: string,
): Match => ({
  start,
  end,
  type,
  rule: id,
  entity,
  rank: 3,
  full: true,
  exact: false,
  epochDay: undefined,
});

/** Matches of a pack's patterns that are tried where a name ends, of those that were found. */
export function matchesBehindPersons(lex: Lexemes, found: readonly Match[], pack: IndexedPack): Match[] {
  const matches: Match[] = [];
  if (pack.behindPerson.length === 0) return matches;
  const ends = new Set<number>();
  for (const { end, type } of found) if (people.has(type)) ends.add(end);
  for (const end of ends) for (const rule of pack.behindPerson) attempt(lex, rule, end, matches);
  return matches;
}

/** Whether as many letters and digits stand in one piece. */
function isLong(lex: Lexemes, first: number, run: number): boolean {
  const end = startOf(lex, first) + run;
  let last = first;
  while (endOf(lex, last) < end && gapIs(lex, last, gapOf.nothing) && last + 1 < lex.count) last += 1;
  return endOf(lex, last) >= end;
}

/** Five digits or more after a decimal point are a measured value and begin no number, and so do few that end a sentence. */
const isFraction = (lex: Lexemes, index: number, start: number): boolean =>
  lex.view.lower.charCodeAt(start - 1) === 46 &&
  isNumber(lex, index - 1) &&
  endOf(lex, index - 1) === start - 1 &&
  (endOf(lex, index) - start > 4 ||
    (endOf(lex, index) - start < 3 && lex.view.lower.startsWith('. ', endOf(lex, index))));

/** Tries a rule at every place of one of its signs; the place up to which the rule has found something. */
function atSigns(
  lex: Lexemes,
  { rule, sign, code, automaton, before, after }: SignStart,
  from: number,
  matches: Match[],
): number {
  const { lower, text } = lex.view;
  let reached = from;
  for (let at = lower.indexOf(sign); at >= 0; at = lower.indexOf(sign, at + 1)) {
    if (after !== undefined && !isIn(after, text.charCodeAt(at + 1))) continue;
    if (!rule.back) {
      if (
        (code !== atSign || !isWordUnit(lower.charCodeAt(at - 1))) &&
        automaton.possibleAt(text, at).length > 0
      )
        attempt(lex, rule, at, matches);
      continue;
    }
    const next = lower.charCodeAt(at + 1);
    if (!isWordUnit(next) && next !== space) continue;
    if (before !== undefined && !isIn(before, text.charCodeAt(at - 1))) continue;
    // `ana [at] example [dot] org`
    let start = code === bracket && lower.charCodeAt(at - 1) === space ? at - 1 : at;
    while (start > reached && at - start < 64 && leading(lower.charCodeAt(start - 1))) start -= 1;
    if (start < at && automaton.possibleAt(text, start).length > 0 && attempt(lex, rule, start, matches))
      reached = at;
  }
  return reached;
}

const [atSign, space, bracket, slash] = [64, 32, 91, 47];

/** Whether a set holds a character; nothing stands beyond a text. */
const isIn = (set: CharacterSet, code: number): boolean =>
  set[code > otherCharacter ? otherCharacter : code] === 1;

/** Characters of the part of an address before its sign: letters, digits and . _ + % ' - */
const leading = (code: number): boolean =>
  isWordUnit(code) || code === 46 || code === 95 || code === 43 || code === 37 || code === 39 || code === 45;

function attempt(lex: Lexemes, rule: PatternRule, start: number, matches: Match[]): boolean {
  const { lower, text } = lex.view;
  const end = endOfMatch(rule, rule.cased ? text : lower, start);
  if (end === undefined) return false;
  if (rule.near !== undefined && !rule.near.test(lower.slice(Math.max(0, start - 40), start))) return false;
  return add(lex, rule, start, end, matches);
}

/** Where a pattern that matches at a place ends; undefined where it does not match. */
function endOfMatch({ pattern }: PatternRule | CueRule, text: string, start: number): number | undefined {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** The value inside a match, where the pattern names one. */
function valueIn(rule: PatternRule | CueRule, text: string, start: number): string | undefined {
  rule.pattern.lastIndex = start;
  return rule.pattern.exec(text)?.groups?.['value'];
}

function add(
  lex: Lexemes,
  rule: PatternRule | CueRule,
  start: number,
  reached: number,
  matches: Match[],
): boolean {
  const { lower } = lex.view;
  const read = rule.cased ? lex.view.text : lower;
  const value = rule.valued ? valueIn(rule, read, start) : undefined;
  const from = value === undefined ? start : read.indexOf(value, start);
  const end = value === undefined ? reached : from + value.length;
  const text = lower.slice(from, end);
  if (rule.check !== undefined && !checks[rule.check](text)) return false;
  if (end === from || (isWordUnit(lower.charCodeAt(end)) && isWordUnit(lower.charCodeAt(end - 1))))
    return false;
  matches.push(ruled(rule, from, end, valueEntity(rule.type, text)));
  return true;
}

const kinds: ReadonlyMap<TokenType, string> = new Map(
  tokenTypes.map((type) => [type, `${type.toLowerCase()}:`]),
);

/** Values are the same whose letters, digits, `@` and dots are. */
const valueEntity = (type: TokenType, text: string): string => `${kinds.get(type) ?? ''}${canonicalOf(text)}`;

/** Letters, digits, `@` and dots of a value. */
function canonicalOf(text: string): string {
  let result = '';
  let reached = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 127) return text.replaceAll(/[^\p{L}\p{N}@.]/gu, '');
    if (isWordUnit(code) || code === 64 || code === 46) continue;
    if (at > reached) result += text.slice(reached, at);
    reached = at + 1;
  }
  return reached === 0 ? text : result + text.slice(reached);
}

const unit =
  /[ -]?(?:m[cl]?g|g|kg|m?l|dl|mmol|meq|miu|iu|units?|tab(?:let)?s?|caps?(?:ules?)?|puffs?|drops?|actuat|actuations?|cells?|mmhg|bpm|hours?|hrs?|days?|weeks?|months?|years?|times?|percent)(?![a-z\d])|[ ]?%|\/m[cl]/y;

/** A number with a unit is measured and identifies nobody. */
function isAmount(lex: Lexemes, end: number): boolean {
  unit.lastIndex = end;
  return unit.test(lex.view.lower);
}

const insideCue = new GapPattern(/^[\s.'/_-]{0,2}$/);

/** Cues of one first word, the longest phrase first, with what may stand behind each. */
function afterCues(lex: Lexemes, index: number, cues: readonly Cue[], matches: Match[]): void {
  // Several rules read on behind the same words.
  let filled = -1;
  let behind = -1;
  for (const cue of cues) {
    const { words } = cue;
    if (!isPhrase(lex, index, words)) continue;
    const last = index + words.length - 1;
    const end = endOf(lex, last);
    if (end !== filled) {
      filled = end;
      behind = behindFiller(lex.view.lower, end);
    }
    if (behind > end && valueAt(lex, cue, behind, matches)) continue;
    // The filler may have taken a sign that belongs to the value, never a letter or digit of it.
    if (!isWordUnit(lex.view.lower.charCodeAt(end)) || isNumber(lex, last + 1))
      valueAt(lex, cue, end, matches);
  }
}

/** Whether the words of a cue stand from a lexeme on. */
function isPhrase(lex: Lexemes, index: number, words: readonly string[]): boolean {
  for (let offset = 1; offset < words.length; offset += 1) {
    if (wordAt(lex, index + offset) !== words[offset]) return false;
    if (!insideCue.after(lex, index + offset - 1)) return false;
  }
  // A unit's last letters are no cue: mg/dL.
  return (
    words.length > 1 || words[0]?.length !== 2 || lex.view.lower.charCodeAt(startOf(lex, index) - 1) !== slash
  );
}

function valueAt(lex: Lexemes, { rule, begins }: Cue, start: number, matches: Match[]): boolean {
  const read = rule.cased ? lex.view.text : lex.view.lower;
  if (begins !== undefined && !isIn(begins, read.charCodeAt(start))) return false;
  const end = endOfMatch(rule, read, start);
  return end !== undefined && !isAmount(lex, end) && add(lex, rule, start, end, matches);
}
