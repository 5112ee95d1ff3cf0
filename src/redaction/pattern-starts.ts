import type { PatternRule } from './pack.ts';
import { Automaton } from './pattern-automaton.ts';
import type { Beside, Reading } from './pattern-places.ts';
import { type Node, otherCharacter, parsePattern } from './pattern-syntax.ts';

/**
 * Rules that are tried at the same places, with what tells which of them can match, by their numbers here. They are
 * asked only where what they must have is there.
 */
export interface Starts {
  readonly rules: readonly PatternRule[];
  readonly automaton: Automaton;
  /** Letters and digits in one piece with which every match begins, at least. */
  readonly run: number;
  /** Code of a sign that every match holds. */
  readonly sign: number | undefined;
}

export type StartIndex = readonly Starts[];

/** Runs from this length on are rare enough that rules which need one are asked by themselves. */
const longRun = 16;
/** Signs that most texts do not have. */
const rareSigns = ['=', '<', '|', '_', '@', '#'].map((sign) => sign.charCodeAt(0));

/** Groups rules by what they must have. */
export function indexStarts(rules: readonly PatternRule[]): StartIndex {
  const groups = new Map<string, { rules: PatternRule[]; run: number; sign: number | undefined }>();
  for (const rule of rules) {
    const { node } = readingOf(rule);
    const run = runOf(node).length >= longRun ? longRun : 0;
    const sign = rareSigns.find((code) => holdsAlways(node, code));
    const name = `${run} ${sign}`;
    const group = groups.get(name) ?? { rules: [], run, sign };
    group.rules.push(rule);
    groups.set(name, group);
  }
  // Of two that find the same the one that must have more says more.
  return [...groups.values()]
    .toSorted((a, b) => demands(b) - demands(a))
    .map((group) => ({ ...group, automaton: new Automaton(group.rules.map(readingOf)) }));
}

const demands = ({ run, sign }: { readonly run: number; readonly sign: number | undefined }): number =>
  run + (sign === undefined ? 0 : 1);

/** Letters and digits with which every match of a pattern begins; `whole` where it can hold nothing else. */
function runOf(node: Node): { readonly length: number; readonly whole: boolean } {
  if (node.kind === 'set') {
    const inRun = node.set.every((value, code) => value === 0 || isAlphanumeric(code));
    return { length: inRun ? 1 : 0, whole: inRun };
  }
  if (node.kind === 'sequence') {
    let length = 0;
    for (const item of node.items) {
      const run = runOf(item);
      length += run.length;
      if (!run.whole) return { length, whole: false };
    }
    return { length, whole: true };
  }
  if (node.kind === 'choice') {
    const runs = node.options.map(runOf);
    return { length: Math.min(...runs.map(({ length }) => length)), whole: runs.every(({ whole }) => whole) };
  }
  if (node.kind !== 'repeat') return { length: 0, whole: true };
  const { length, whole } = runOf(node.item);
  // What is not whole ends the run in its first round, and that is there only where one must be.
  return { length: whole ? length * node.min : node.min === 0 ? 0 : length, whole };
}

const isAlphanumeric = (code: number): boolean =>
  code < otherCharacter && /[A-Za-z0-9]/.test(String.fromCharCode(code));

/** A rule that is tried at a sign, and what must stand beside the sign for it to match. */
export interface SignStart extends Beside {
  readonly rule: PatternRule;
  readonly sign: string;
  readonly code: number;
  readonly automaton: Automaton;
}

/** One entry for each rule and each of its signs, in the order of the rules. */
export const indexSigns = (rules: readonly PatternRule[]): readonly SignStart[] =>
  rules.flatMap((rule) => {
    const { at } = rule;
    if (typeof at !== 'object') return [];
    const reading = readingOf(rule);
    const automaton = new Automaton([reading]);
    return Array.from(at.characters, (sign): SignStart => {
      const code = sign.charCodeAt(0);
      // Of a match that begins before its sign only one that must hold the sign is told by what stands beside it.
      const told = code < otherCharacter && (!rule.back || holdsAlways(reading.node, code));
      const { before, after } = told ? automaton.beside(code) : anything;
      return { rule, sign, code, automaton, before, after };
    });
  });

const anything: Beside = { before: undefined, after: undefined };

/** Whether every match of a pattern holds this character. */
function holdsAlways(node: Node, code: number): boolean {
  if (node.kind === 'set') return node.set.every((value, at) => value === (at === code ? 1 : 0));
  if (node.kind === 'sequence') return node.items.some((item) => holdsAlways(item, code));
  if (node.kind === 'choice') return node.options.every((option) => holdsAlways(option, code));
  return node.kind === 'repeat' && node.min > 0 && holdsAlways(node.item, code);
}

/** A rule's pattern, taken apart. */
export const readingOf = ({
  pattern,
  cased,
  starts,
}: Pick<PatternRule, 'pattern' | 'cased'> & { readonly starts?: PatternRule['starts'] }): Reading => ({
  node: parsePattern(pattern.source),
  cased,
  starts: starts === undefined ? undefined : startSet(starts),
});

const startSet = (starts: string): Uint8Array => {
  const set = new Uint8Array(otherCharacter + 1);
  for (let at = 0; at < starts.length; at += 1) set[Math.min(starts.charCodeAt(at), otherCharacter)] = 1;
  return set;
};
