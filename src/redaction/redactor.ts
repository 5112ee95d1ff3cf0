import type { ItemPart } from '../vocabulary/context-item.ts';
import type { Bearer, IdentityValue } from '../vocabulary/identity-sheet.ts';
import type { TokenType } from '../vocabulary/token.ts';
import { epochDay } from './dates.ts';
import { encodedMatches } from './encoded.ts';
import { type Lexemes, lexemes } from './lexemes.ts';
import { append, type Match } from './match.ts';
import { nameMatches } from './names.ts';
import { normalise } from './normalise.ts';
import type { Pack } from './pack.ts';
import { patternMatches } from './patterns.ts';
import type { Redactor, Span } from './ports.ts';
import { dateMatches } from './record-dates.ts';
import { buildRecordMatcher, type RecordMatcher } from './record-matcher.ts';
import { resolve } from './resolve.ts';
import { rewritings } from './rewritings.ts';

/**
 * Builds the redactor of one record. `identity` is the sheet's and the record's own values, `packs` the rules for
 * what no record holds. Both are read here once; `spans` has no effect but to remember what it read, for the
 * length of one envelope, and takes time linear in its text.
 */
export function createRedactor(options: {
  readonly identity: readonly IdentityValue[];
  readonly packs: readonly Pack[];
}): Redactor {
  return redactorOf(buildRecordMatcher(options.identity), [], options.packs, new Map());
}

/** `more` are matchers of names found meanwhile; they add to what `record` and packs found in `read`. */
function redactorOf(
  record: RecordMatcher,
  more: readonly RecordMatcher[],
  packs: readonly Pack[],
  read: Map<string, Found>,
): Redactor {
  const text = (original: string): Span[] => {
    const known = read.get(original) ?? findAll(original, record, packs);
    read.set(original, known);
    return resolve(known.lex.view, [...known.matches, ...more.flatMap((matcher) => matcher.find(known.lex))]);
  };
  const own = (original: string): Found => {
    const lex = lexemes(normalise(original));
    const again = rewritings(lex, (word) => record.begins(word)).flatMap((other) =>
      other.back(record.find(other.lex)),
    );
    return { lex, matches: [...[record, ...more].flatMap((matcher) => matcher.find(lex)), ...again] };
  };
  const modes: Readonly<Record<ItemPart['type'], (original: string) => Span[]>> = {
    text,
    coded: (original) => {
      const { lex, matches } = own(original);
      const full = matches.filter((match) => match.full);
      return resolve(lex.view, [...full, ...dateMatches(lex, record.days, { fullOnly: true })]);
    },
    quantity: (original) => {
      const { lex, matches } = own(original);
      return resolve(
        lex.view,
        matches.filter((match) => match.exact),
      );
    },
    date: (original) => wholeDate(original) ?? text(original),
  };
  return {
    spans: (original, type) => modes[type](original),
    extend: (found) => redactorOf(record, [...more, buildRecordMatcher(found)], packs, read),
  };
}

/** What one reading of a text found, kept so that a second reading adds only what it knows more. */
export interface Found {
  readonly lex: Lexemes;
  readonly matches: readonly Match[];
}

/** Everything: the record, dates, the rules, and names in context, also in what is spaced out or encoded. */
export function findAll(text: string, matcher: RecordMatcher, packs: readonly Pack[]): Found {
  const lex = lexemes(normalise(text));
  const found = plainMatches(lex, matcher, packs, true);
  append(found, matcher.findDisguised(lex, 'plain'));
  for (const other of rewritings(lex, (word) => matcher.begins(word))) {
    const more = plainMatches(other.lex, matcher, packs, other.kind !== 'mistaken');
    if (other.kind === 'spaced') append(found, other.back(matcher.findDisguised(other.lex, 'spaced'), 0));
    append(found, other.back(more.filter(({ rule }) => !rule.startsWith('code.'))));
  }
  append(
    found,
    encodedMatches(lex, (decoded) => {
      // A value alone has lost the words around it: as a labelled one it is recognised.
      return [decoded, `Patient: ${decoded}`, `last four ${decoded}`].some(
        (inner) => plainMatches(lexemes(normalise(inner)), matcher, packs, true).length > 0,
      );
    }),
  );
  return { lex, matches: found };
}

function plainMatches(lex: Lexemes, matcher: RecordMatcher, packs: readonly Pack[], names: boolean): Match[] {
  const found = matcher.find(lex);
  // Dates stay only where every pack in force says so.
  if (packs.length === 0 || packs.some(({ dates }) => dates))
    append(found, dateMatches(lex, matcher.days, { fullOnly: false }));
  for (const pack of packs) {
    append(found, patternMatches(lex, pack));
    if (pack.names && names) append(found, nameMatches(lex));
  }
  return found;
}

const isoText =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?)?)?)?$/;

/** A FHIR date or dateTime as one span: a year stays, a month hides without a day count. */
function wholeDate(text: string): Span[] | undefined {
  const start = text.length - text.trimStart().length;
  const trimmed = text.trim();
  const match = isoText.exec(trimmed);
  if (match === null) return undefined;
  const [, year, month, day] = match;
  if (month === undefined) return [];
  const span = { start, end: start + trimmed.length, type: 'DATE', rule: 'date' } as const;
  if (day === undefined) return [{ ...span, entity: `month:${trimmed}` }];
  const count = epochDay(Number(year), Number(month), Number(day));
  if (count === undefined) return undefined;
  return [{ ...span, entity: `day:${count}`, epochDay: count }];
}

const bearers: Readonly<Partial<Record<TokenType, Bearer>>> = {
  CLINICIAN: 'clinician',
  RELATIVE: 'relative',
  PERSON: 'other',
};

/**
 * Names that rules found, as values for a second pass: what is found once is found everywhere in the envelope.
 * A single word counts from four letters on.
 */
export function foundNames(text: string, spans: readonly Span[]): IdentityValue[] {
  return spans.flatMap((span): IdentityValue[] => {
    const bearer = bearers[span.type];
    if (bearer === undefined || !span.rule.startsWith('name.')) return [];
    const name = text.slice(span.start, span.end);
    const words = name.split(/[\s,.]+/).filter((word) => word.length > 0);
    if (words.length < 2 && name.length < 4) return [];
    return [{ kind: 'name', bearer, entity: span.entity, text: name, source: span.rule }];
  });
}
