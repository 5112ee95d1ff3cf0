import type { PatternRule } from './pack.ts';
import { Automaton, type Beside, type Reading } from './pattern-automaton.ts';
import { type Node, otherCharacter, parsePattern } from './pattern-syntax.ts';

/** Up to 32 rules that are tried at the same places, with what tells which of them can match: one bit a rule. */
interface Starts {
  readonly rules: readonly PatternRule[];
  readonly automaton: Automaton;
}

export type StartIndex = readonly Starts[];

const bits = 32;

export function indexStarts(rules: readonly PatternRule[]): StartIndex {
  const result: Starts[] = [];
  for (let from = 0; from < rules.length; from += bits) {
    const some = rules.slice(from, from + bits);
    result.push({ rules: some, automaton: new Automaton(some.map(readingOf)) });
  }
  return result;
}

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
      return { rule, sign, code, automaton, ...(told ? automaton.beside(code) : anything) };
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

const readingOf = ({ pattern, cased, starts }: PatternRule): Reading => ({
  node: parsePattern(pattern.source),
  cased,
  starts: starts === undefined ? undefined : startSet(starts),
});

const startSet = (starts: string): Uint8Array => {
  const set = new Uint8Array(otherCharacter + 1);
  for (let at = 0; at < starts.length; at += 1) set[Math.min(starts.charCodeAt(at), otherCharacter)] = 1;
  return set;
};
