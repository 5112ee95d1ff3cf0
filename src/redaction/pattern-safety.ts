import {
  addTo,
  type CharacterSet,
  emptySet,
  type Node,
  overlaps,
  PatternSyntaxFault,
  parsePattern,
} from './pattern-syntax.ts';

/** Why a pattern is refused; undefined where every match attempt is bounded. */
export type PatternFault = string | undefined;

/** Ways to read one text that a pattern may leave open: each is a path that a failing match goes back over. */
const mostWays = 4096;
const mostCharacters = 2048;
/** Repeats that vary by this much may not stand side by side over the same characters. */
const wide = 16;

/**
 * Reads a regular expression and refuses what can take more than linear time over a text, or a constant that is no
 * constant for anybody who waits for it. Repeats are bounded (`?` and `{m,n}` with n <= 256), so an attempt at one
 * place looks at a bounded number of characters. What makes bounded patterns slow is going back: a repeat whose end
 * is not told by the next character can end in several places, and where several such repeats stand side by side or
 * inside a repeat, a failing match tries all their combinations. Those are counted, from above, and 4,096 are the
 * limit: `(?:a{1,12}){1,12}`, `(?:a|a){50}` and `(?:a?){50}` are over it. Two long repeats side by side over the same
 * characters, as in `\d{1,99}\d{1,99}x`, are refused whatever they come to.
 */
export function patternFault(source: string): PatternFault {
  try {
    const node = parsePattern(source);
    if (longest(node) > mostCharacters) return `a match could be longer than ${mostCharacters} characters`;
    const found: Culprit[] = [];
    const ways = waysOf(node, emptySet(), 1, found);
    return ways > mostWays ? told(found) : undefined;
  } catch (thrown) {
    if (thrown instanceof PatternSyntaxFault) return thrown.message;
    throw thrown;
  }
}

/** A choice that the next character does not decide. */
interface Culprit {
  readonly source: string;
  readonly ways: number;
  readonly rounds: number;
}

function told(found: readonly Culprit[]): string {
  const worst = found.toSorted((a, b) => weight(b) - weight(a)).slice(0, 2);
  const names = worst.map(({ source }) => `\`${source}\``).join(' and ');
  return worst.some(({ rounds }) => rounds > 1)
    ? `nested repetition: ${names} inside a repeat can divide the same characters in too many ways`
    : `adjacent repeats overlap: ${names} can divide the same characters in too many ways`;
}

const weight = ({ ways, rounds }: Culprit): number => Math.log(ways) * rounds;

/** Characters with which a node can begin. */
function first(node: Node): CharacterSet {
  if (node.kind === 'set') return node.set;
  const set = emptySet();
  if (node.kind === 'repeat') addTo(set, first(node.item));
  if (node.kind === 'choice') for (const option of node.options) addTo(set, first(option));
  if (node.kind === 'sequence')
    for (const item of node.items) {
      addTo(set, first(item));
      if (!canBeEmpty(item)) break;
    }
  return set;
}

function canBeEmpty(node: Node): boolean {
  if (node.kind === 'set') return false;
  if (node.kind === 'repeat') return node.min === 0 || canBeEmpty(node.item);
  if (node.kind === 'choice') return node.options.some(canBeEmpty);
  return node.kind === 'sequence' ? node.items.every(canBeEmpty) : true;
}

function longest(node: Node): number {
  if (node.kind === 'set') return 1;
  if (node.kind === 'repeat') return node.max * longest(node.item);
  if (node.kind === 'choice') return Math.max(...node.options.map(longest));
  return node.kind === 'sequence' ? node.items.reduce((sum, item) => sum + longest(item), 0) : 0;
}

/**
 * Upper bound of the ways in which a node can read one text. `follow` are the characters with which what comes after
 * it can begin, none at the end, where nothing fails any more. `rounds` is how often the node stands in a repeat.
 */
function waysOf(node: Node, follow: CharacterSet, rounds: number, found: Culprit[]): number {
  if (node.kind === 'sequence') return waysOfSequence(node.items, follow, rounds, found);
  if (node.kind === 'choice') return waysOfChoice(node.options, follow, rounds, found);
  if (node.kind === 'repeat') return waysOfRepeat(node, follow, rounds, found);
  // A lookahead is decided once and never gone back into.
  if (node.kind === 'look') return waysOf(node.item, emptySet(), 1, found) > mostWays ? Infinity : 1;
  return 1;
}

function waysOfSequence(
  items: readonly Node[],
  follow: CharacterSet,
  rounds: number,
  found: Culprit[],
): number {
  let after = follow;
  let ways = 1;
  for (const [at, item] of items.entries()) refuseAdjacent(item, items.slice(at + 1));
  for (const item of items.toReversed()) {
    ways *= waysOf(item, after, rounds, found);
    const before = first(item).slice();
    if (canBeEmpty(item)) addTo(before, after);
    after = before;
  }
  return ways;
}

const isWide = (node: Node): node is Extract<Node, { kind: 'repeat' }> =>
  node.kind === 'repeat' && node.max - node.min >= wide;

/** Two long repeats of the same characters with nothing between that tells them apart. */
function refuseAdjacent(item: Node, rest: readonly Node[]): void {
  if (!isWide(item)) return;
  for (const next of rest) {
    if (isWide(next) && overlaps(first(item), first(next)))
      throw new PatternSyntaxFault(
        `adjacent repeats overlap: \`${item.source}\` and \`${next.source}\` can divide the same characters in many ways`,
      );
    if (!canBeEmpty(next)) return;
  }
}

function waysOfChoice(
  options: readonly Node[],
  follow: CharacterSet,
  rounds: number,
  found: Culprit[],
): number {
  const each = options.map((option) => waysOf(option, follow, rounds, found));
  const beginnings = options.map(beginning);
  let most = 1;
  for (const [at, one] of beginnings.entries()) {
    const ways = beginnings.reduce(
      (sum, other, index) => (index === at || canShare(one, other) ? sum + (each[index] ?? 1) : sum),
      0,
    );
    most = Math.max(most, ways);
  }
  if (most > 1 && rounds > 1) found.push({ source: `${options.length} alternatives`, ways: most, rounds });
  return most;
}

/** The characters that a node surely begins with, place by place. */
function beginning(node: Node): CharacterSet[] {
  if (node.kind === 'set') return [node.set];
  if (node.kind !== 'sequence') return canBeEmpty(node) ? [] : [first(node)];
  const result: CharacterSet[] = [];
  for (const item of node.items) {
    if (item.kind === 'look' || item.kind === 'edge') continue;
    if (item.kind === 'set') result.push(item.set);
    else {
      if (!canBeEmpty(item)) result.push(first(item));
      break;
    }
  }
  return result;
}

const canShare = (one: readonly CharacterSet[], other: readonly CharacterSet[]): boolean =>
  one.every((set, at) => {
    const same = other[at];
    return same === undefined || overlaps(set, same);
  });

function waysOfRepeat(
  node: Extract<Node, { kind: 'repeat' }>,
  follow: CharacterSet,
  rounds: number,
  found: Culprit[],
): number {
  const { item, min, max, source } = node;
  const begins = first(item);
  const inside = follow.slice();
  if (max > 1) addTo(inside, begins);
  const each = waysOf(item, inside, rounds * max, found);
  const open = min < max && (overlaps(begins, follow) || canBeEmpty(item));
  const ends = open ? max - min + 1 : 1;
  if (ends > 1) found.push({ source, ways: ends, rounds });
  return ends * each ** max;
}
