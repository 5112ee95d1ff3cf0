import type { TokenType } from '../vocabulary/token.ts';
import { isWordUnit } from './lexemes.ts';
import { type Match, moved } from './match.ts';
import type { View } from './normalise.ts';
import type { Finding, Span } from './ports.ts';

const personTypes: ReadonlySet<TokenType> = new Set(['PATIENT', 'RELATIVE', 'CLINICIAN', 'PERSON']);

/**
 * Disjoint spans of the original from overlapping matches of its view. The stated order:
 * 1. the longer match wins, because it says more about what stands there;
 * 2. of equal length the lower rank wins: record numbers, record names and places, record dates, then packs;
 * 3. what sticks out of a loser is hidden too, as a span of its own;
 * 4. a name that a rule found takes the person of the record whose name it contains.
 * `telling` adds to each span what else was found in its place.
 */
export function resolve(view: View, matches: readonly Match[], telling = false): Span[] {
  const spans: Span[] = [];
  const cluster: Match[] = [];
  let reach = -1;
  for (const match of withoutDegrees(view, matches.toSorted(byStart))) {
    if (match.start >= reach && cluster.length > 0) {
      settle(view, cluster, spans, telling);
      cluster.length = 0;
    }
    cluster.push(match);
    reach = Math.max(reach, match.end);
  }
  settle(view, cluster, spans, telling);
  return areDisjoint(spans) ? spans : disjoint(spans.toSorted(byStart));
}

/** Whether spans stand in order and none overlaps another, as most do. */
function areDisjoint(spans: readonly Span[]): boolean {
  let reached = 0;
  for (const { start, end } of spans) {
    if (start < reached || end <= start) return false;
    reached = end;
  }
  return true;
}

const byStart = (a: { readonly start: number }, b: { readonly start: number }): number => a.start - b.start;

/** Adds the spans of matches that overlap each other, sorted by start. */
function settle(view: View, cluster: readonly Match[], spans: Span[], telling: boolean): void {
  const [first] = cluster;
  if (first === undefined) return;
  let longest = first;
  let reach = first.end;
  for (const match of cluster) {
    if (before(match, longest) < 0) longest = match;
    reach = Math.max(reach, match.end);
  }
  // Most often one covers all others.
  const won =
    longest.start === first.start && longest.end === reach && hasWord(view, longest)
      ? [longest]
      : cluster.length > 1
        ? winners(view, cluster)
        : nobody;
  for (const match of won) {
    const span = spanOf(view, owned(match, cluster));
    const others = telling ? besides(match, cluster) : nobody;
    spans.push(others.length === 0 ? span : { ...span, besides: others });
  }
}

const nobody: readonly never[] = [];
/** Matches among which each is looked at for each winner; of more than these all count as one place. */
const fewMatches = 64;

/** What other rules found where a match won. */
function besides(match: Match, cluster: readonly Match[]): readonly Finding[] {
  const near =
    cluster.length > fewMatches
      ? cluster
      : cluster.filter(({ start, end }) => start < match.end && end > match.start);
  const others = new Map<string, Finding>();
  for (const { type, rule } of near)
    if (type !== match.type || rule !== match.rule) others.set(`${type} ${rule}`, { type, rule });
  return [...others.values()];
}

const degree = /, {0,2}(?:md|pa|ma)\.?$/;
/** How far before a match a name that overlaps it is looked for: names are short. */
const reachBack = 256;

/** "Amara Roe, MD" reads as a town in Maryland: the person in it says that it is none. `sorted` by start. */
function withoutDegrees(view: View, sorted: readonly Match[]): readonly Match[] {
  let degrees: Set<Match> | undefined;
  for (let at = 0; at < sorted.length; at += 1) {
    const match = sorted[at];
    if (match?.type === 'PLACE' && match.rank > 2 && isDegree(view, sorted, at, match))
      degrees = (degrees ?? new Set()).add(match);
  }
  const dropped = degrees;
  return dropped === undefined ? sorted : sorted.filter((match) => !dropped.has(match));
}

function isDegree(view: View, sorted: readonly Match[], at: number, match: Match): boolean {
  if (!degree.test(view.lower.slice(Math.max(match.start, match.end - 6), match.end))) return false;
  for (let index = at - 1; index >= 0; index -= 1) {
    const other = sorted[index];
    if (other === undefined || other.start < match.start - reachBack) break;
    if (namesIn(view, other, match)) return true;
  }
  for (let index = at + 1; index < sorted.length; index += 1) {
    const other = sorted[index];
    if (other === undefined || other.start > match.start + 4) break;
    if (namesIn(view, other, match)) return true;
  }
  return false;
}

/** Whether another match is a person to whom the letters at the end of a place belong. */
const namesIn = (view: View, other: Match, place: Match): boolean =>
  personTypes.has(other.type) &&
  other.start < place.end &&
  other.end > place.start &&
  other.end >= place.end - 6 &&
  (other.rank === 1 || view.lower.slice(other.start, other.end).includes(' '));

/** The order in which matches win. */
const before = (a: Match, b: Match): number =>
  b.end - b.start - (a.end - a.start) || a.rank - b.rank || a.start - b.start;

/** Winners among matches that overlap each other, where none covers all. */
function winners(view: View, cluster: readonly Match[]): Match[] {
  const ordered = cluster.toSorted(before);
  // One place a character: a cluster can be as long as the text, and comparing all with all would take its square.
  const from = cluster.reduce((least, { start }) => Math.min(least, start), Infinity);
  const to = cluster.reduce((most, { end }) => Math.max(most, end), from);
  const covered = new Uint8Array(to - from);
  const taken: Match[] = [];
  for (const match of ordered) {
    for (const piece of free(match, covered, from)) {
      if (!hasWord(view, piece)) continue;
      const won = piece === match ? piece : trimmed(view, piece);
      covered.fill(1, won.start - from, won.end - from);
      taken.push(won);
    }
  }
  return taken;
}

/** Parts of a match that no winner covers; the match itself where none does. */
function free(match: Match, covered: Uint8Array, from: number): Match[] {
  const pieces: Match[] = [];
  let at = match.start;
  while (at < match.end) {
    let end = at;
    while (end < match.end && covered[end - from] === 0) end += 1;
    if (end > at) pieces.push(moved(match, at, end));
    at = end + 1;
  }
  const [only] = pieces;
  return only?.start === match.start && only.end === match.end ? [match] : pieces;
}

function hasWord(view: View, match: Match): boolean {
  for (let at = match.start; at < match.end; at += 1) if (isWordUnit(view.lower.charCodeAt(at))) return true;
  return false;
}

/** A piece without the punctuation that a winner left at its edges. */
function trimmed(view: View, match: Match): Match {
  let { start, end } = match;
  while (!isWordUnit(view.lower.charCodeAt(start))) start += 1;
  while (!isWordUnit(view.lower.charCodeAt(end - 1))) end -= 1;
  return moved(match, start, end);
}

/** `cluster` is sorted by start. */
function owned(match: Match, cluster: readonly Match[]): Match {
  if (match.rank < 3 || !personTypes.has(match.type)) return match;
  let low = 0;
  let high = cluster.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cluster[middle]?.start ?? 0) < match.start) low = middle + 1;
    else high = middle;
  }
  for (let at = low; at < cluster.length; at += 1) {
    const other = cluster[at];
    if (other === undefined || other.start >= match.end) break;
    if (other.rank === 1 && personTypes.has(other.type) && other.end <= match.end)
      return {
        start: match.start,
        end: match.end,
        type: other.type,
        rule: other.rule,
        entity: other.entity,
        rank: match.rank,
        full: match.full,
        exact: match.exact,
        epochDay: match.epochDay,
      };
  }
  return match;
}

function spanOf(view: View, { end, entity, epochDay, rule, start, type }: Match): Span {
  const [from, to] = [view.start(start), view.end(end)];
  return epochDay === undefined
    ? { start: from, end: to, type, rule, entity }
    : { start: from, end: to, type, rule, entity, epochDay };
}

/** Two view characters of one original character can fall to two spans: the first keeps it. */
function disjoint(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans) {
    const start = Math.max(span.start, result.at(-1)?.end ?? 0);
    if (start < span.end) result.push(start === span.start ? span : { ...span, start });
  }
  return result;
}
