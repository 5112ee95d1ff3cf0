import { addressLines } from './address-lines.ts';
import { encodedMatches } from './encoded.ts';
import { type Lexemes, lexemes } from './lexemes.ts';
import { append, type Match } from './match.ts';
import { nameMatches } from './names.ts';
import { normalise } from './normalise.ts';
import type { IndexedPack } from './pack.ts';
import { matchesBehindPersons, matchesInColumns, patternMatches } from './patterns.ts';
import { dateMatches } from './record-dates.ts';
import type { RecordMatcher } from './record-matcher.ts';
import { type Rewriting, rewritings } from './rewritings.ts';
import { runningText } from './running-text.ts';
import { withCapitals } from './small-letters.ts';
import type { KnownWords } from './written-otherwise.ts';

/** A text that is read, and what was found in it. */
export interface Found {
  readonly lex: Lexemes;
  readonly matches: Match[];
}

/**
 * Bytes that what was found in a text takes in memory, at most: rows of lexemes before, in and behind it, the words that
 * no list holds, its text in two cases, where that is not as it was written with the map of places, and matches.
 */
export const bytesOf = ({ lex, matches }: Found): number => {
  const { source, text } = lex.view;
  return 2048 + lex.count * 80 + text.length * (text === source ? 4 : 40) + matches.length * 240;
};

/** Adds what it finds in a text. */
type Recogniser = (one: Found) => void;

/**
 * Letters of texts that are read together: as many as stay in a core's cache with the code of one recogniser. Each
 * recogniser reads all texts before the next one begins, because changing between them costs as much as what they do.
 */
const together = 65_536;

/**
 * Everything in texts of one envelope, in their order: the record, dates, the rules, and names in context, also in
 * what is spaced out or encoded. `layout`: lines say what they are of, see ports.ts. Time is linear in the length of
 * all texts.
 */
export function findAll(
  texts: readonly string[],
  matcher: RecordMatcher,
  packs: readonly IndexedPack[],
  { layout }: { readonly layout: boolean },
): readonly Found[] {
  const plain = recognisers(matcher, packs, true);
  const readAgain: readonly (readonly [Rewriting['kind'], readonly Recogniser[]])[] = [
    ['spaced', plain],
    ['joined', plain],
    ['spread', plain],
    // Numbers of two lines are one only where the record says so.
    ['divided', [recordIn(matcher), ...datesIn(matcher, packs)]],
    // What may be an escape is one only where the record says so.
    ['quoted', [recordIn(matcher), ...datesIn(matcher, packs)]],
    // A name is no number, whatever of it is mistaken for digits.
    ['mistaken', recognisers(matcher, packs, false)],
  ];
  const disguised: Recogniser = ({ lex, matches }) => append(matches, matcher.findDisguised(lex, 'plain'));
  const plainIn = (text: string): boolean => {
    const one = opened(text);
    recognise([one], plain);
    return one.matches.length > 0;
  };
  // A value alone has lost the words around it: as a labelled one it is recognised.
  const holds = (decoded: string): boolean =>
    [decoded, `Patient: ${decoded}`, `last four ${decoded}`, `DOB ${decoded}`].some(plainIn) ||
    holdsOtherwise(decoded);
  const encoded: Recogniser = ({ lex, matches }) => append(matches, encodedMatches(lex, holds));
  const known: KnownWords = {
    begins: (word) => matcher.begins(word),
    isInitials: (letters) => matcher.isInitials(letters),
    holds: (word) => matcher.holds(word),
    meant: (lex, first, last) => matcher.meant(lex, first, last),
    holdsJoined: (lex, first) => matcher.holdsJoined(lex, first),
    knows: (word) => matcher.knows(word) || packs.some(({ cueIndex }) => cueIndex.has(word)),
  };
  // What is spaced out, divided or read for other signs inside a blob counts where the record has it.
  const recorded = [recordIn(matcher), ...datesIn(matcher, packs)];
  const holdsOtherwise = (decoded: string): boolean => {
    const again = rewritten([opened(decoded)], known);
    recognise(again, recorded);
    return again.some(({ matches }) => matches.length > 0);
  };
  const open = (text: string): Found =>
    layout ? openedWhole(text, (word) => matcher.holds(word)) : opened(text);
  return inGroups(texts.map(open), (all) => {
    recognise(all, [...plain, disguised]);
    const again = rewritten(all, known);
    for (const [kind, each] of readAgain)
      recognise(
        again.filter(({ rewriting }) => rewriting.kind === kind),
        each,
      );
    for (const { one, rewriting, lex, matches } of again) {
      if (rewriting.kind === 'spaced')
        append(one.matches, rewriting.back(matcher.findDisguised(lex, 'spaced'), 0));
      append(one.matches, rewriting.back(matches.filter(({ rule }) => !rule.startsWith('code.'))));
    }
    recognise(all, [encoded]);
  });
}

/** What stands of the record in texts, also where it is spaced out: for what a terminology says, and quantities. */
export function findRecorded(texts: readonly string[], matcher: RecordMatcher): readonly Found[] {
  const record = recordIn(matcher);
  return inGroups(texts.map(opened), (all) => {
    recognise(all, [record]);
    const again = rewritten(all, matcher);
    recognise(again, [record]);
    for (const { one, rewriting, matches } of again) append(one.matches, rewriting.back(matches));
  });
}

/** Reads texts group by group. */
function inGroups(found: readonly Found[], read: (all: readonly Found[]) => void): readonly Found[] {
  let first = 0;
  let size = 0;
  for (const [at, { lex }] of found.entries()) {
    const { length } = lex.view.text;
    if (size > 0 && size + length > together) {
      read(found.slice(first, at));
      [first, size] = [at, 0];
    }
    size += length;
  }
  read(found.slice(first));
  return found;
}

/** A stretch of a text that is read in another way. */
interface Again extends Found {
  readonly one: Found;
  readonly rewriting: Rewriting;
}

const begun = (lex: Lexemes): Found => ({ lex, matches: [] });
const opened = (text: string): Found => begun(lexemes(normalise(text)));
/** As it reads on. */
const openedWhole = (text: string, holds: KnownWords['holds']): Found =>
  begun(withCapitals(lexemes(runningText(normalise(text), holds))));

const rewritten = (all: readonly Found[], known: KnownWords): Again[] =>
  all.flatMap((one) =>
    rewritings(one.lex, known).map((rewriting): Again => ({ one, rewriting, ...begun(rewriting.lex) })),
  );

function recognise(all: readonly Found[], each: readonly Recogniser[]): void {
  for (const recogniser of each) for (const one of all) recogniser(one);
}

const named: Recogniser = ({ lex, matches }) => append(matches, nameMatches(lex));

/** Behind the packs, whose lines they go on from. */
const addressed: Recogniser = ({ lex, matches }) => append(matches, addressLines(lex, matches));

const recordIn =
  (matcher: RecordMatcher): Recogniser =>
  ({ lex, matches }) =>
    append(matches, matcher.find(lex));

/** Dates stay only where every pack in force says so. */
const datesIn = (matcher: RecordMatcher, packs: readonly IndexedPack[]): Recogniser[] =>
  packs.length === 0 || packs.some((pack) => pack.dates)
    ? [({ lex, matches }) => append(matches, dateMatches(lex, matcher.days, { fullOnly: false }))]
    : [];

function recognisers(matcher: RecordMatcher, packs: readonly IndexedPack[], names: boolean): Recogniser[] {
  const ruled = packs.flatMap((pack): Recogniser[] => [
    ({ lex, matches }) => append(matches, patternMatches(lex, pack)),
    ({ lex, matches }) => append(matches, matchesInColumns(lex, pack)),
    ...(pack.names && names ? [addressed, named] : []),
  ]);
  const behind = packs
    .filter(({ behindPerson }) => behindPerson.length > 0)
    .map(
      (pack): Recogniser =>
        ({ lex, matches }) =>
          append(matches, matchesBehindPersons(lex, matches, pack)),
    );
  return [recordIn(matcher), ...datesIn(matcher, packs), ...ruled, ...behind];
}
