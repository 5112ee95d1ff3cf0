import type { IdentityValue } from '../vocabulary/identity-sheet.ts';
import { actsBeyondTokens } from './actions.ts';
import { epochDay } from './calendar-days.ts';
import { bytesOf, type Found, findAll, findRecorded } from './find-all.ts';
import { foundNames } from './found-names.ts';
import type { Match } from './match.ts';
import type { IndexedPack, Pack } from './pack.ts';
import { indexedPack } from './pack-index.ts';
import type { Redactor, SoughtText, Span } from './ports.ts';
import { type ReadTexts, readOnce } from './read-once.ts';
import { dateMatches } from './record-dates.ts';
import { buildRecordMatcher, type RecordMatcher } from './record-matcher.ts';
import { RememberedTexts } from './remembered-texts.ts';
import { resolve } from './resolve.ts';

/**
 * Builds the redactor of one record. `identity` is the sheet's and the record's own values, `packs` the rules for
 * what no record holds. Both are read here once; `spans` takes time linear in its texts. `remembers`: for how many
 * characters of texts it keeps what it found, and does not read them again; usually none.
 */
export function createRedactor({
  identity,
  packs,
  remembers = 0,
}: {
  readonly identity: readonly IdentityValue[];
  readonly packs: readonly Pack[];
  readonly remembers?: number;
}): Redactor {
  const record = buildRecordMatcher(identity);
  const indexed = packs.map((pack) => indexedPack(pack));
  const untabled = indexed.map((pack): IndexedPack => ({ ...pack, columns: [] }));
  const acting = packs.some(({ actions }) => actsBeyondTokens(actions));
  const remembered: Readonly<Record<Way, RememberedTexts<Found>>> = {
    whole: new RememberedTexts(remembers, bytesOf),
    recorded: new RememberedTexts(remembers, bytesOf),
  };
  return {
    spans: (texts, { again: wanted = true, layout = true, telling = acting } = {}) => {
      const known: Known = { record, telling };
      const read: ReadTexts<Way, Found> = {
        whole: (some) => findAll(some, record, layout ? indexed : untabled, { layout }),
        recorded: (some) => findRecorded(some, record),
      };
      const all = texts.map((one) => ({ text: one.text, way: wayOf(one) }));
      // Without the layout of a text other things are found in it.
      const found = readOnce(all, read, layout ? remembered : undefined);
      const first = texts.map((one, at) => spansOf(one, found[at], nothing, known));
      const names = wanted ? namesIn(texts, first) : [];
      if (names.length === 0) return first;
      const again = buildRecordMatcher(names);
      const named = new Map<Found, readonly Match[]>();
      for (const one of found) if (one !== undefined && !named.has(one)) named.set(one, again.find(one.lex));
      return texts.map((one, at) => {
        const here = found[at];
        const more = here === undefined ? nothing : (named.get(here) ?? nothing);
        return more.length === 0 ? (first[at] ?? []) : spansOf(one, here, more, known);
      });
    },
  };
}

const nothing: readonly Match[] = [];

/** How a text is read: for everything, or for what stands of the record in it. A whole date is not read. */
type Way = 'whole' | 'recorded';

function wayOf({ text, type }: SoughtText): Way | undefined {
  if (type === 'date' && wholeDate(text) !== undefined) return undefined;
  return type === 'coded' || type === 'quantity' ? 'recorded' : 'whole';
}

/** The record, and whether spans tell what else was found in their place. */
interface Known {
  readonly record: RecordMatcher;
  readonly telling: boolean;
}

type Resolved = (found: Found, matches: readonly Match[], known: Known) => Span[];

const inText: Resolved = ({ lex }, matches, { telling }) => resolve(lex.view, matches, telling);
const ways: Readonly<Record<SoughtText['type'], Resolved>> = {
  text: inText,
  date: inText,
  coded: ({ lex }, matches, { record, telling }) =>
    resolve(
      lex.view,
      [...matches.filter(({ full }) => full), ...dateMatches(lex, record.days, { fullOnly: true })],
      telling,
    ),
  quantity: ({ lex }, matches, { telling }) =>
    resolve(
      lex.view,
      matches.filter(({ exact }) => exact),
      telling,
    ),
};

/** Spans of one text by what was found in it, and `more`. */
function spansOf(
  { text, type }: SoughtText,
  found: Found | undefined,
  more: readonly Match[],
  known: Known,
): readonly Span[] {
  const date = type === 'date' ? wholeDate(text) : undefined;
  if (date !== undefined) return date;
  if (found === undefined) throw new Error('a text was not read');
  return ways[type](found, more.length === 0 ? found.matches : [...found.matches, ...more], known);
}

/** What rules found to be a name anywhere, once each: as whose it is, where a title or a relation says so anywhere. */
function namesIn(texts: readonly SoughtText[], spans: readonly (readonly Span[])[]): IdentityValue[] {
  const names = new Map<string, IdentityValue>();
  for (const [at, { text }] of texts.entries())
    for (const value of foundNames(text, spans[at] ?? [])) {
      const name = `${value.entity}\n${value.text}`;
      if (value.bearer !== 'other' || !names.has(name)) names.set(name, value);
    }
  return [...names.values()];
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
