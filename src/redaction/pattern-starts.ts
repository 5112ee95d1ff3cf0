import type { PatternRule } from './pack.ts';
import { Automaton, type Reading } from './pattern-automaton.ts';
import { otherCharacter, parsePattern } from './pattern-syntax.ts';

/** Up to 32 rules that are tried at the same places, with what tells which of them can match: one bit a rule. */
interface Starts {
  readonly rules: readonly PatternRule[];
  readonly automaton: Automaton;
}

export type StartIndex = readonly Starts[];

const bits = 32;

/** `together` at the most are followed by one automaton. */
export function indexStarts(rules: readonly PatternRule[], together = bits): StartIndex {
  const result: Starts[] = [];
  for (let from = 0; from < rules.length; from += together) {
    const some = rules.slice(from, from + together);
    result.push({ rules: some, automaton: new Automaton(some.map(readingOf)) });
  }
  return result;
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
