import { citationLists, keysOf } from './citations.ts';
import { figuresIn, isPassedOver, nameWords, wordsIn } from './name-words.ts';

/** One item that an answer may not leave out, as plain values. Its texts hold tokens, no values. */
export interface WholeItem {
  /** Citation key. */
  readonly key: string;
  /** Its kind in plain words of the gateway: `ordered drug`. */
  readonly kind: string;
  /** Drug, allergen or problem as the record names it; empty where it names none. */
  readonly name: string;
  /** How it is taken. */
  readonly doses: string;
  /** What is written of it where the answer says nothing: one line that begins with the key. */
  readonly line: string;
}

/** A line of an answer, or an object of one that is a JSON document. */
interface Unit {
  readonly words: readonly string[];
  readonly keys: ReadonlySet<string>;
}

interface Sought {
  readonly item: WholeItem;
  readonly words: ReadonlySet<string>;
  /** Those of the words that name no other item; all where there are none. */
  readonly own: ReadonlySet<string>;
  /** Figures that tell it from the items whose names hold its name; undefined where there is no such item. */
  readonly figures: ReadonlySet<string> | undefined;
}

/** Words that may stand between those of a name in a line that cites the item. */
const slack = 3;
/** How many words before and behind a name a figure is still one of it. */
const beside = { before: 4, behind: 12 } as const;

/** A key is no word of a name. */
function withoutKeys(line: string): string {
  let out = '';
  let at = 0;
  for (const { end, start } of citationLists(line)) {
    out += `${line.slice(at, start)} `;
    at = end;
  }
  return out + line.slice(at);
}

/** Behind a fence stands what its code is in, and a footnote that nothing names stands nowhere: Markdown shows neither. */
const unseen = /`{3}|~{3}|^\s*\[\^/;

function seenOf(line: string): string {
  const at = line.search(unseen);
  return at < 0 ? line : line.slice(0, at);
}

const unitsOf = (text: string, document: boolean): readonly Unit[] =>
  text
    .split(document ? /[\n{}]/ : '\n')
    .map(seenOf)
    .map((line) => ({
      words: wordsIn(withoutKeys(line)),
      keys: new Set(citationLists(line).flatMap(({ list }) => keysOf(list))),
    }));

const grouped = <T>(pairs: Iterable<readonly [string, T]>): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const [name, one] of pairs) {
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [one]);
    else group.push(one);
  }
  return groups;
};

/**
 * Where at least `need` of the words stand among `span` words in a row; forms, salts, strengths and joining words that
 * are not wanted do not count. Each place as the first and last word of it.
 */
function* placesOf(
  { words }: Unit,
  wanted: ReadonlySet<string>,
  need: number,
  span: number,
): Generator<readonly [number, number]> {
  const window: number[] = [];
  const counts = new Map<string, number>();
  for (const [at, word] of words.entries()) {
    if (!wanted.has(word) && isPassedOver(word)) continue;
    window.push(at);
    if (wanted.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
    if (window.length > span) {
      const gone = words[window.shift() ?? -1] ?? '';
      const left = (counts.get(gone) ?? 0) - 1;
      if (left > 0) counts.set(gone, left);
      else counts.delete(gone);
    }
    if (counts.size >= need) yield [window[0] ?? at, at];
  }
}

const isWithin = (some: ReadonlySet<string>, all: ReadonlySet<string>): boolean =>
  some.size <= all.size && [...some].every((word) => all.has(word));

const without = (all: ReadonlySet<string>, gone: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...all].filter((one) => !gone.has(one)));

function soughtOf(items: readonly WholeItem[]): readonly Sought[] {
  const named = items.map((item) => {
    const words = nameWords(item.name);
    return {
      item,
      words: words.size > 0 ? words : new Set(wordsIn(withoutKeys(item.line))),
      figures: figuresIn(`${item.name}\n${item.doses}`),
    };
  });
  const bearers = grouped(named.flatMap((one) => [...one.words].map((word) => [word, one] as const)));
  return named.map((one) => {
    const shared = new Set([...one.words].filter((word) => (bearers.get(word)?.length ?? 0) > 1));
    const own = without(one.words, shared);
    const [first = ''] = one.words;
    const rivals = (bearers.get(first) ?? []).filter(
      (other) => other !== one && isWithin(one.words, other.words),
    );
    const theirs = new Set(rivals.flatMap(({ figures }) => [...figures]));
    return {
      item: one.item,
      words: one.words,
      own: own.size > 0 ? own : one.words,
      figures: rivals.length === 0 ? undefined : without(one.figures, theirs),
    };
  });
}

/** Whether a line that cites the item holds half of the words that are its own, near each other. */
const isCited = ({ own }: Sought, citing: readonly Unit[]): boolean =>
  citing.some((unit) => {
    const { done } = placesOf(unit, own, Math.ceil(own.size / 2), own.size + slack).next();
    return done !== true;
  });

/** Whether the name stands there in full, and, where it is the name of another item too, a figure of this one beside it. */
function isNamed({ figures, words }: Sought, holding: readonly Unit[]): boolean {
  if (figures?.size === 0) return false;
  for (const unit of holding)
    for (const [from, to] of placesOf(unit, words, words.size, words.size)) {
      if (figures === undefined) return true;
      const near = unit.words.slice(Math.max(0, from - beside.before), to + 1 + beside.behind);
      if (near.some((word) => figures.has(word))) return true;
    }
  return false;
}

/**
 * The items of which an answer does not tell, in their order. Told is one whose name stands in the answer in full; one
 * that shares its name needs a figure of its dose beside the name that the others do not have. Where a line cites the item, half
 * of the words of its name are enough, and no figure is needed. A citation alone tells nothing. What an answer says of an
 * item is not judged: a name that is denied is said. Takes time linear in the text for each item.
 */
export function leftOut(text: string, items: readonly WholeItem[], document = false): readonly WholeItem[] {
  if (items.length === 0) return [];
  const units = unitsOf(text, document);
  const byKey = grouped(units.flatMap((unit) => [...unit.keys].map((key) => [key, unit] as const)));
  const byWord = grouped(
    units.flatMap((unit) => [...new Set(unit.words)].map((word) => [word, unit] as const)),
  );
  return soughtOf(items)
    .filter((sought) => {
      const holding = [...sought.words].map((word) => byWord.get(word) ?? []);
      const [fewest = []] = holding.toSorted((a, b) => a.length - b.length);
      return !(
        text.includes(sought.item.line) ||
        isCited(sought, byKey.get(sought.item.key) ?? []) ||
        isNamed(sought, fewest)
      );
    })
    .map(({ item }) => item);
}
