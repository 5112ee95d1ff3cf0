import type { PatternRule } from './pack.ts';
import {
  addTo,
  type CharacterSet,
  emptySet,
  type Node,
  otherCharacter,
  parsePattern,
} from './pattern-syntax.ts';

/**
 * Which of up to 32 rules can match where a text goes on with given characters: one bit a rule, one row of masks for
 * each of the first `depth` characters. What the masks let through is tried; what they hold back cannot match.
 */
interface Starts {
  readonly rules: readonly PatternRule[];
  /** `depth` rows of 130: ASCII, other characters, end of the text. */
  readonly masks: Uint32Array;
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
    const masks = new Uint32Array(depth * row);
    for (const [bit, rule] of some.entries()) mark(masks, rule, 2 ** bit);
    result.push({ rules: some, masks });
  }
  return result;
}

function mark(masks: Uint32Array, rule: PatternRule, bit: number): void {
  const { sets, ends } = beginningOf(parsePattern(rule.pattern.source));
  for (const [place, set] of sets.entries()) {
    const open = ends.some((end, at) => end && at <= place);
    for (let code = 0; code < row; code += 1) {
      // A pattern that reads small letters only is asked with the text's own.
      const read = !rule.cased && code >= 65 && code <= 90 ? code + 32 : code;
      const can = open || (read < textEnd && set[read] === 1);
      if (can) masks[place * row + code] = ((masks[place * row + code] ?? 0) | bit) >>> 0;
    }
  }
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

/** Bits of the rules that can match from `start` on. */
export function possibleAt(starts: Starts, text: string, start: number): number {
  const { masks } = starts;
  const { length } = text;
  let mask = 0xff_ff_ff_ff;
  for (let place = 0; place < depth && mask !== 0; place += 1) {
    const at = start + place;
    let code = textEnd;
    if (at < length) {
      code = text.charCodeAt(at);
      if (code > otherCharacter) code = otherCharacter;
    }
    mask &= masks[place * row + code] ?? 0;
  }
  return mask;
}
