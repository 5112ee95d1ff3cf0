import type { PatternRule } from './pack.ts';
import {
  addTo,
  type CharacterSet,
  emptySet,
  type Node,
  otherCharacter,
  overlaps,
  parsePattern,
} from './pattern-syntax.ts';

/**
 * Which of up to 32 rules can match where a text goes on with given characters: one bit a rule, one row of masks for
 * each of the first `depth` characters. What the masks let through is tried; what they hold back cannot match.
 */
interface Starts {
  readonly rules: readonly PatternRule[];
  /** `depth` rows of 130: ASCII, other characters, end of the text. */
  readonly masks: Int32Array;
  /** Of the same rules, where they have one. */
  readonly hinges: readonly (Hinge | undefined)[];
}

/**
 * The first character that no match of a pattern can do without and that nothing before it reads: the comma of
 * `(?:[A-Z][a-z]{1,24}\s){0,3}[A-Z][a-z]{1,24},\s`. Where the run of what stands before does not lead to it, and it to
 * what follows, the pattern cannot match: one look along the run, where the pattern itself would go back and forth.
 */
export interface Hinge {
  /** By character: 1 where it may stand before. */
  readonly before: Uint8Array;
  /** How many characters may stand before. */
  readonly most: number;
  /** What can stand from the hinge on: `depth` rows, 1 where the pattern can go on. */
  readonly after: Uint8Array;
}

export type StartIndex = readonly Starts[];

const depth = 10;
const row = 130;
const textEnd = 129;
const bits = 32;

export function indexStarts(rules: readonly PatternRule[]): StartIndex {
  const result: Starts[] = [];
  for (let from = 0; from < rules.length; from += bits) {
    const some = rules.slice(from, from + bits);
    const masks = new Int32Array(depth * row);
    const nodes = some.map(({ pattern }) => parsePattern(pattern.source));
    for (const [bit, rule] of some.entries()) {
      const can = possible(nodes[bit] ?? nothing, rule);
      for (let place = 0; place < masks.length; place += 1)
        if (can[place] === 1) masks[place] = (masks[place] ?? 0) | (1 << bit);
    }
    result.push({ rules: some, masks, hinges: some.map((rule, at) => hingeOf(nodes[at] ?? nothing, rule)) });
  }
  return result;
}

const nothing: Node = { kind: 'sequence', items: [] };

/** `depth` rows of what can stand at the first places of a match. */
function possible(node: Node, rule: PatternRule): Uint8Array {
  const { sets, ends } = beginningOf(node);
  const can = new Uint8Array(depth * row);
  for (const [place, set] of sets.entries()) {
    const open = ends.some((end, at) => end && at <= place);
    const read = asked(set, rule);
    for (let code = 0; code < row; code += 1) can[place * row + code] = open ? 1 : (read[code] ?? 0);
  }
  if (rule.starts !== undefined)
    for (let code = 0; code < row; code += 1)
      if (!rule.starts.includes(String.fromCharCode(smallUnless(rule.cased, code)))) can[code] = 0;
  return can;
}

/** A pattern that reads small letters only is asked with the text's own. */
const smallUnless = (cased: boolean, code: number): number =>
  !cased && code >= 65 && code <= 90 ? code + 32 : code;

/** A set of a pattern as one row: what the text may hold there. */
const asked = (set: CharacterSet, { cased }: PatternRule): Uint8Array =>
  Uint8Array.from({ length: row }, (_, code) => (code < textEnd ? (set[smallUnless(cased, code)] ?? 0) : 0));

/** The hinge of a pattern, undefined where it has none beyond what `masks` see. */
function hingeOf(node: Node, rule: PatternRule): Hinge | undefined {
  if (node.kind !== 'sequence') return undefined;
  const before = emptySet();
  let most = 0;
  for (const [at, item] of node.items.entries()) {
    const { sets, ends } = beginningOf(item);
    const [first] = sets;
    if (ends[0] !== true && first !== undefined && most > depth && !overlaps(first, before)) {
      const after = possible(
        { kind: 'sequence', items: node.items.slice(at) },
        { ...rule, starts: undefined },
      );
      return { before: asked(before, rule), most, after };
    }
    most += longestOf(item, before);
  }
  return undefined;
}

/** Adds all that a node reads to `read`; answers how many characters that is at most. */
function longestOf(node: Node, read: CharacterSet): number {
  if (node.kind === 'set') {
    addTo(read, node.set);
    return 1;
  }
  if (node.kind === 'sequence') return node.items.reduce((sum, item) => sum + longestOf(item, read), 0);
  if (node.kind === 'choice') return Math.max(...node.options.map((option) => longestOf(option, read)));
  return node.kind === 'repeat' ? node.max * longestOf(node.item, read) : 0;
}

/** What can stand at each of the first places of a match, and after how many of them it can end. */
function beginningOf(node: Node): { sets: CharacterSet[]; ends: boolean[] } {
  const sets = Array.from({ length: depth }, emptySet);
  const from = Array.from({ length: depth }, (_, at) => at === 0);
  return { sets, ends: spread(node, from, sets) };
}

/** Marks what a node reads when it begins at any of `from`; answers where it can end, places beyond the last left out. */
function spread(node: Node, from: readonly boolean[], sets: CharacterSet[]): boolean[] {
  if (node.kind === 'set') {
    from.forEach((begins, at) => {
      const set = sets[at];
      if (begins && set !== undefined) addTo(set, node.set);
    });
    return [false, ...from.slice(0, -1)];
  }
  if (node.kind === 'sequence')
    return node.items.reduce<readonly boolean[]>((at, item) => spread(item, at, sets), from).slice();
  if (node.kind === 'choice') return union(node.options.map((option) => spread(option, from, sets)));
  if (node.kind !== 'repeat') return from.slice();
  const ends: (readonly boolean[])[] = node.min === 0 ? [from] : [];
  let at: readonly boolean[] = from;
  for (let round = 1; round <= node.max && at.includes(true); round += 1) {
    at = spread(node.item, at, sets);
    if (round >= node.min) ends.push(at);
    if (round > depth) break;
  }
  return union(ends);
}

const union = (all: readonly (readonly boolean[])[]): boolean[] =>
  Array.from({ length: depth }, (_, at) => all.some((one) => one[at] === true));

const codeAt = (text: string, at: number): number => {
  if (at >= text.length) return textEnd;
  const code = text.charCodeAt(at);
  return code > otherCharacter ? otherCharacter : code;
};

/** Bits of the rules that can match from `start` on. */
export function possibleAt({ masks }: Starts, text: string, start: number): number {
  let mask = masks[codeAt(text, start)] ?? 0;
  for (let place = 1; place < depth && mask !== 0; place += 1)
    mask &= masks[place * row + codeAt(text, start + place)] ?? 0;
  return mask;
}

/** Whether what stands from `start` on leads to a hinge and beyond. */
export function leadsTo({ before, most, after }: Hinge, text: string, start: number): boolean {
  let at = start;
  while (before[codeAt(text, at)] === 1) {
    at += 1;
    if (at - start > most) return false;
  }
  for (let place = 0; place < depth; place += 1) {
    const code = codeAt(text, at + place);
    if (after[place * row + code] !== 1) return false;
    if (code === textEnd) return true;
  }
  return true;
}
