import { type InjectionPlace, type InjectionRule, injectionRules } from '../vocabulary/injection.ts';
import { type Heuristic, usualWeight } from './heuristic.ts';
import { decodedTexts, unseenTexts } from './hidden-texts.ts';
import { PhraseTable } from './phrase.ts';
import { phrases } from './phrases.ts';
import { signalTextOf } from './signal-text.ts';
import { structures } from './structures.ts';

/** What was found in one text: rules in the order of the vocabulary, and the sum of their weights up to 100. */
export interface InjectionSignal {
  readonly score: number;
  readonly rules: readonly InjectionRule[];
}

/** What is hidden and says nothing of all this is not worth a word: many things are written in base64. */
const encoded: Heuristic = {
  id: 'encoded',
  weight: 30,
  why: 'what is found stands encoded, enciphered, turned round or in characters that nobody sees',
};

/** Every row. docs/answer-checks.md is held to it. */
export const heuristics: readonly Heuristic[] = [...phrases, ...structures, encoded];

const rows: ReadonlyMap<InjectionRule, Heuristic> = new Map(heuristics.map((row) => [row.id, row]));
const table = new PhraseTable(
  phrases.flatMap(({ id, phrases: written = [] }) => written.map((phrase) => [id, phrase] as const)),
);
/** The sum of the weights, in a conversation those of usual rules as one. */
function scoreOf(found: readonly Heuristic[], where: InjectionPlace): number {
  const usual = found.filter(({ conversation }) => where === 'question' && conversation === 'usual');
  const others = found.filter((row) => !usual.includes(row)).reduce((sum, { weight }) => sum + weight, 0);
  return Math.min(100, others + (usual.length === 0 ? 0 : usualWeight));
}

/** What one writing of a text says. */
function readOnce(source: string): Set<InjectionRule> {
  const text = signalTextOf(source, table.vocabulary);
  const found = new Set<InjectionRule>(table.namesIn(text.words));
  for (const { id, structure } of structures) if (structure?.(text) === true) found.add(id);
  const hidden = new Set<InjectionRule>();
  // One writing within another is read, a third one is not: the time stays that of the text.
  for (const other of [...unseenTexts(source), ...decodedTexts(source, text.lower)]) {
    const inner = signalTextOf(other, table.vocabulary);
    for (const id of table.namesIn(inner.words)) hidden.add(id);
    for (const { id, structure } of structures) if (structure?.(inner) === true) hidden.add(id);
  }
  if (hidden.size === 0) return found;
  return new Set([...found, ...hidden, encoded.id]);
}

/**
 * Whether a text looks as if it were written to make a model do something. A signal for the trail and for alerts: nothing
 * is decided on it, because ordinary texts hold these phrases too and attacks need none of them. Takes time and memory
 * linear in the text.
 */
export function injectionSignal(text: string, where: InjectionPlace): InjectionSignal {
  const found = readOnce(text);
  const held = injectionRules.flatMap((id) => {
    const row = found.has(id) ? rows.get(id) : undefined;
    return row === undefined || (where === 'question' && row.conversation === 'expected') ? [] : [row];
  });
  return { score: scoreOf(held, where), rules: held.map(({ id }) => id) };
}
