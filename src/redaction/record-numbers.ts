import type { IdentityValue } from '../vocabulary/identity-sheet.ts';
import type { TokenType } from '../vocabulary/token.ts';
import { isMeasure } from './capital-runs.ts';
import { GapPattern, gapIs, gapOf } from './gaps.ts';
import {
  endOf,
  gapAfter,
  isDigit,
  isNumber,
  keyAt,
  type Lexemes,
  lengthOf,
  startOf,
  wordAt,
} from './lexemes.ts';
import type { Match } from './match.ts';
import { type RecordKeys, sought } from './record-keys.ts';
import { shortWords } from './short-words.ts';
import { keyGoneOn } from './word-keys.ts';
import { kindAt } from './word-kinds.ts';

/** What a number, code or contact of the record stands for. */
interface NumberMeaning {
  readonly type: TokenType;
  /** Its first form, by which its entity is called. */
  readonly form: string;
  /** Too short to count without a word before it that announces a number. */
  readonly cued: boolean;
  readonly postal: boolean;
  /** As it is recorded, where it is short: whoever writes the same signs means it. */
  readonly written: string;
}

/** Canonical forms: letters and digits only, lower case. */
export interface NumberIndex {
  readonly meanings: ReadonlyMap<string, NumberMeaning>;
  /** What long numbers stand for by their last four digits, which count after words that announce an end. */
  readonly tails: ReadonlyMap<string, NumberMeaning>;
}

export interface FoundNumber {
  readonly first: number;
  readonly last: number;
  readonly meaning: NumberMeaning;
  readonly entity: string;
  readonly length: number;
}

const entityOf = ({ form, postal, type }: NumberMeaning): string =>
  `${postal ? 'place' : type.toLowerCase()}:${form}`;

/** A number that needs no word before it, found in writings other than its own. */
export const longNumber = (meaning: NumberMeaning, start: number, end: number): Match => ({
  start,
  end,
  type: meaning.type,
  rule: `record.${meaning.type.toLowerCase()}`,
  entity: entityOf(meaning),
  rank: 0,
  full: true,
  exact: true,
  epochDay: undefined,
});

const numberCues = new Set(
  `mrn id ids no number num nr account acct record chart patient pt medical member policy plan group case file
   visit encounter ref reference licence license npi dea ssn pin badge employee zip postcode`.split(/\s+/),
);
const innerGap = new GapPattern(
  /^(?:[\s\-./()+_#*|,=~[\]\\]{0,3}|: ?| {0,8}[()./-]? {0,8}| {0,2}[()./-]{0,2} {0,2}\n {0,12}(?:[-*+•>|] ){0,2})$/,
);

/** Most identifiers: nothing in them is folded or an escape of something else. */
const unfolded = /^[\w\-./:|# ]*$/;
const allSigns = /[^a-z\d]+/g;
const isSmall = (code: number): boolean => code >= 97 && code <= 122;

/** Letters and digits of a value, folded, in one piece. */
function canonicalNumber(text: string): string {
  let at = 0;
  while (at < text.length && (isDigit(text.charCodeAt(at)) || isSmall(text.charCodeAt(at)))) at += 1;
  if (at === text.length) return text;
  return unfolded.test(text) ? text.toLowerCase().replaceAll(allSigns, '') : shortWords(text).join('');
}

/** Index of the first digit; the length where there is none. */
function firstDigit(text: string): number {
  let at = 0;
  while (at < text.length && !isDigit(text.charCodeAt(at))) at += 1;
  return at;
}

const identifierForms = (value: string): readonly string[] => {
  const bare = canonicalNumber(
    value.charCodeAt(3) === colon && urn.test(value) ? value.replace(urn, '') : value,
  );
  const digits = firstDigit(bare);
  if (digits === bare.length) return noForms;
  const forms = [bare];
  if (digits <= 6 && prefixed.test(bare)) {
    if (digits > 0) forms.push(bare.slice(digits));
    if (bare.charCodeAt(digits) === zero) {
      const unpadded = bare.slice(digits).replace(/^0+/, '');
      if (unpadded.length >= 5) forms.push(unpadded);
    }
  }
  // A number written after a slash or bar is the number itself: http://hospital/mrn|12345
  const after = Math.max(value.lastIndexOf('/'), value.lastIndexOf('|')) + 1;
  const tail = after === 0 ? '' : canonicalNumber(value.slice(after));
  if (tail.length >= 5 && firstDigit(tail) < tail.length) forms.push(tail);
  return forms;
};
const [colon, zero] = [58, 48];
const noForms: readonly string[] = [];
const urn = /^urn:(?:uuid|oid):/i;
const prefixed = /^[a-z]{0,6}\d{5,}$/;

/** National and international writings of a telephone number. */
const phoneForms = (value: string): string[] => {
  const [main = '', extension] = value.toLowerCase().split(/\s*(?:ext\.?|x|#)\s*(?=\d{1,6}$)/);
  // `+49 (0)30 1234`: from abroad without the zero.
  const digits = (/^\s*(?:\+|00)/.test(main) ? main.replace('(0)', '') : main).replaceAll(/\D/g, '');
  if (digits.length < 7) return [];
  const forms = new Set([digits]);
  const national = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
  forms.add(national);
  if (national.length === 10 && !value.trim().startsWith('+'))
    forms.add(`1${national}`).add(`001${national}`).add(national.slice(3));
  if (national.length === 10 && digits.length === 11) forms.add(national.slice(3));
  // From abroad without the zero that numbers of one country begin with: `(+31) 6 1234 5678`.
  if (trunkZero.test(digits)) forms.add(digits.slice(1));
  if (/^\+|^00/.test(value.trim())) {
    const international = digits.replace(/^00/, '');
    forms.add(international).add(`00${international}`);
    for (const length of [1, 2, 3]) {
      const rest = international.slice(length);
      if (rest.length >= 8)
        forms
          .add(rest)
          .add(`0${rest}`)
          .add(`${international.slice(0, length)}0${rest}`);
    }
  }
  const all = Array.from(forms);
  return extension === undefined ? all : [...all, ...all.map((form) => `${form}${extension}`)];
};

const trunkZero = /^0[1-9]\d{7,}$/;

/** Forms of one value that this index can hold, with what they stand for. */
interface NumberForms {
  readonly forms: readonly string[];
  readonly type: TokenType;
  readonly postal: boolean;
}

const none: NumberForms = { forms: [], type: 'ID', postal: false };

function endsWithFour(text: string): boolean {
  for (let at = text.length - 4; at < text.length; at += 1) if (!isDigit(text.charCodeAt(at))) return false;
  return true;
}

function formsOf(value: IdentityValue): NumberForms | undefined {
  if (value.kind === 'identifier') return { forms: identifierForms(value.text), type: 'ID', postal: false };
  if (value.kind === 'telecom' && value.system !== 'email' && value.system !== 'url') {
    return value.text.includes('@')
      ? undefined
      : { forms: phoneForms(value.text), type: 'PHONE', postal: false };
  }
  const postal = value.kind === 'address' ? value.address?.postalCode : undefined;
  if (postal === undefined) return undefined;
  const code = canonicalNumber(postal);
  const forms = /^\d{9}$/.test(code) ? [code, code.slice(0, 5)] : [code];
  return { forms, type: 'PLACE', postal: true };
}

/** Shorter ones may be a list of small numbers where they stand in groups. */
const leastOfGroups = 7;

/** Index of identifiers, telephone numbers and postal codes of a record. */
export function buildNumberIndex(values: readonly IdentityValue[]): NumberIndex {
  const meanings = new Map<string, NumberMeaning>();
  const tails = new Map<string, NumberMeaning>();
  const telephones = new Set<string>();
  for (const value of values) {
    // Relatives and clinics have one telephone in many places.
    if (value.kind === 'telecom') {
      const said = `${value.system} ${value.text}`;
      if (telephones.has(said)) continue;
      telephones.add(said);
    }
    const { forms, type, postal } = formsOf(value) ?? none;
    const [first] = forms;
    if (first === undefined) continue;
    const meaning: NumberMeaning = {
      type,
      form: first,
      cued: false,
      postal,
      written: first.length < leastOfGroups ? value.text.toLowerCase() : '',
    };
    if (!postal && first.length > 5 && endsWithFour(first)) {
      const tail = first.slice(-4);
      if (!tails.has(tail)) tails.set(tail, meaning);
    }
    for (const form of forms) {
      if (form.length < 3 || meanings.has(form)) continue;
      const short = form.length < 5 || (form.length < 6 && /^[a-z]+\d$/.test(form));
      meanings.set(form, short && !postal ? { ...meaning, cued: true } : meaning);
    }
  }
  return { meanings, tails };
}

/** Longest number of the record that starts at a lexeme, in whatever punctuation. `keys` know how each begins. */
export function numberAt(
  lex: Lexemes,
  at: number,
  index: NumberIndex,
  keys: RecordKeys,
): FoundNumber | undefined {
  if (isNumber(lex, at) && lengthOf(lex, at) === 4) {
    const tail = index.tails.get(wordAt(lex, at));
    if (tail !== undefined && announcesEnd(lex.view.lower, startOf(lex, at)))
      return { first: at, last: at, meaning: tail, entity: `${entityOf(tail)}.end`, length: 4 };
  }
  let key = keyAt(lex, at);
  let bits = keys.of(key);
  if ((bits & sought.number) === 0) return undefined;
  const start = startOf(lex, at);
  if (
    at > 0 &&
    endOf(lex, at - 1) === start &&
    (!isNumber(lex, at) || (lengthOf(lex, at - 1) > 5 && lengthOf(lex, at) < leastGlued))
  )
    return undefined;
  let found: FoundNumber | undefined;
  for (let last = at; ; last += 1) {
    if ((bits & sought.wholeNumber) !== 0) found = wholeNumber(lex, at, last, index) ?? found;
    if (last + 1 >= lex.count || !innerGap.after(lex, last)) break;
    // "MRN: 0044713": a label.
    if (gapIs(lex, last, gapOf.colon) && numberCues.has(wordAt(lex, last))) break;
    key = keyGoneOn(key, lex.view.lower, startOf(lex, last + 1), endOf(lex, last + 1));
    bits = keys.of(key);
    if ((bits & sought.number) === 0) break;
  }
  return found;
}

/** `accessionACC17198546`: so many digits are a number whatever word they are written to. */
const leastGlued = 7;
const decimals = /^\.\d/;
const thousands = /^,\d{3}(?!\d)/;
const sentenceEnd = new GapPattern(/^\.\s/);

function wholeNumber(lex: Lexemes, first: number, last: number, index: NumberIndex): FoundNumber | undefined {
  let piece = wordAt(lex, first);
  for (let at = first + 1; at <= last; at += 1) piece += wordAt(lex, at);
  const meaning = index.meanings.get(piece);
  return meaning !== undefined && stands(lex, first, last, piece, meaning)
    ? { first, last, meaning, entity: entityOf(meaning), length: piece.length }
    : undefined;
}

const endCue =
  /(?:\b(?:ending|ends|end)(?:\s{1,3}(?:in|with|on))?|\b(?:last|final)\s{0,3}(?:four|4)(?:\s{1,3}digits?)?(?: (?:of|on)(?: (?:the|her|his|their))? [a-z]{2,12}(?: number)?)?(?: (?:are|is|were|was))?|\b(?:ssn|mrn|acct|account|card|phone|cell|mobile|member id|pin)(?: (?:no|number|ending))?|[x*#•.]{2,}[ -]?[x*#•]{0,4}|(?<![a-z\d])x)[\s:#.=([{_~-]{0,4}$/;

/** "last four 4842", "ending in 4842", "xxx-xx-4842", "SSN 4842" */
const announcesEnd = (lower: string, start: number): boolean =>
  endCue.test(lower.slice(Math.max(0, start - 48), start));

const bareComma = new GapPattern(/^,$/);

/** `44,713 steps`: of what there are so many. */
const isCounted = (lex: Lexemes, last: number): boolean =>
  countedAfter.test(lex.view.lower.slice(endOf(lex, last), endOf(lex, last) + 2));
const countedAfter = /^\s?[a-z%/]/;

/** Groups by one sign: two by a hyphen, two by a space or comma where each is long, three and more by dots. */
function inGroups(lex: Lexemes, first: number, last: number, piece: string): boolean {
  if (piece.length < 5) return false;
  if (last === first + 1) {
    if (gapIs(lex, first, gapOf.hyphen)) return true;
    const long = lengthOf(lex, first) > 1 && lengthOf(lex, last) > 1;
    // "BP 120 80", "platelets 44,713"
    return (
      long &&
      (numberCues.has(wordAt(lex, first - 1)) ||
        !(kindAt(lex, first - 1).clinical || isMeasure(lex, first - 1))) &&
      (gapIs(lex, first, gapOf.space) || (bareComma.after(lex, first) && !isCounted(lex, last)))
    );
  }
  for (let at = first; at < last; at += 1) if (!gapIs(lex, at, gapOf.dot)) return false;
  return true;
}

/** The same sign between all groups. */
function isEven(lex: Lexemes, first: number, last: number): boolean {
  const gap = gapAfter(lex, first);
  for (let at = first + 1; at < last; at += 1) if (gapAfter(lex, at) !== gap) return false;
  return evenGap.test(gap);
}
const evenGap = /^[ ./_-]$/;

/** `1+`, `5.1` in the column before a number: the figure is a value of its own. */
const endsField = (lex: Lexemes, first: number): boolean =>
  lengthOf(lex, first) < 3 &&
  ((gapIs(lex, first, gapOf.dot) && lengthOf(lex, first + 1) < 3 && tabbed.after(lex, first + 1)) ||
    plusAndTab.after(lex, first) ||
    (fieldEnd.after(lex, first) &&
      decimalsBefore.test(lex.view.lower.slice(0, startOf(lex, first)).slice(-2))));
const fieldEnd = new GapPattern(/^\s{0,2}[\t\n|;]|^,? $/);
const tabbed = new GapPattern(/^\t/);
const plusAndTab = new GapPattern(/^\+\s/);
const decimalsBefore = /\d[.,]$/;

/** `555-0142x12`: the extension is no part of the number. */
const isExtended = (lex: Lexemes, last: number, { type }: NumberMeaning): boolean =>
  type === 'PHONE' &&
  wordAt(lex, last + 1) === 'x' &&
  gapIs(lex, last + 1, gapOf.nothing) &&
  isNumber(lex, last + 2);

function stands(lex: Lexemes, first: number, last: number, piece: string, meaning: NumberMeaning): boolean {
  const { lower } = lex.view;
  const start = startOf(lex, first);
  const end = endOf(lex, last);
  if (last + 1 < lex.count && startOf(lex, last + 1) === end && !isExtended(lex, last, meaning)) return false;
  // "lactate 2.1. 919 555 0142": a number that goes on over the end of a sentence.
  if (
    last > first &&
    sentenceEnd.after(lex, first) &&
    /\d[.,]$/.test(lower.slice(Math.max(0, start - 2), start))
  )
    return false;
  if (last > first && endsField(lex, first)) return false;
  const numeric = /^\d+$/.test(piece);
  if (numeric && piece.length < 8) {
    // Part of a decimal or of thousands; in `4471203,0.5` and `447 120 3,555` the comma ends a field.
    const behind = lower.slice(end, end + 5);
    const groups = last > first && piece.length > 6;
    if (decimals.test(behind) || (!groups && lengthOf(lex, last) <= 3 && thousands.test(behind)))
      return false;
    const before = lower.slice(Math.max(0, start - 2), start);
    if (/\d\./.test(before) || (piece.length === 3 && /\d,/.test(before))) return false;
    // Small numbers in a row are a list, not one number; `374-960` and `374 960` are none.
    if (
      piece.length < leastOfGroups &&
      last > first &&
      !meaning.postal &&
      !inGroups(lex, first, last, piece) &&
      lower.slice(start, end) !== meaning.written &&
      !(numberCues.has(wordAt(lex, first - 1)) && isEven(lex, first, last))
    )
      return false;
  }
  if (!meaning.cued) return true;
  return numberCues.has(wordAt(lex, first - 1)) || lower.slice(Math.max(0, start - 2), start).includes('#');
}
