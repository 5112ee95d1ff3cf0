import type { TokenType } from '../vocabulary/token.ts';
import { type Action, actionAt, actionsFor, lettersOf, stricter } from './actions.ts';
import { type Pack, rulesOfPack } from './pack.ts';
import type { Finding, Span } from './ports.ts';
import type { SafeHarborClass } from './safe-harbor.ts';

/** What is done with what is found in one envelope; where several rules found it, the strictest. */
export interface Acting {
  of(span: Pick<Span, 'type' | 'rule' | 'besides'>): Action;
  /** With a token of an earlier request, of whose value no more is known than its type. */
  ofToken(type: TokenType): Action;
}

const tokensOnly: Acting = { of: () => 'token', ofToken: () => 'token' };

/**
 * What packs do, by the name of a task. Numbers go by the letter of the rule that found them; a number of the record,
 * whose letter nobody knows, by the strictest of all letters of numbers.
 */
export function createActing(packs: readonly Pack[]): (task?: string) => Acting {
  const letters = new Map<string, Set<SafeHarborClass>>();
  // Two packs may each have a rule of one id: a span of it has the letters of both.
  for (const pack of packs)
    for (const { id, class: letter } of rulesOfPack(pack))
      letters.set(id, (letters.get(id) ?? new Set()).add(letter));
  const made = new Map<string | undefined, Acting>();
  return (task) => {
    const named = packs.some(({ actions }) => task !== undefined && actions.tasks.has(task))
      ? task
      : undefined;
    const known = made.get(named) ?? actingFor(packs, named, letters);
    made.set(named, known);
    return known;
  };
}

function actingFor(
  packs: readonly Pack[],
  task: string | undefined,
  letters: ReadonlyMap<string, ReadonlySet<SafeHarborClass>>,
): Acting {
  const tables = packs.map(({ actions }) => actionsFor(actions, task));
  if (tables.every((of) => Object.keys(of).length === 0)) return tokensOnly;
  const strictestOf = (type: TokenType, among: readonly SafeHarborClass[]): Action =>
    tables.flatMap((of) => among.map((letter) => actionAt(of, `${type}.${letter}`))).reduce(stricter);
  const ofFinding = ({ type, rule }: Finding): Action => {
    const own = letters.get(rule);
    if (own === undefined) return strictestOf(type, lettersOf[type]);
    return strictestOf(type, type === 'ID' ? [...own] : [...own, ...lettersOf[type]]);
  };
  return {
    ofToken: (type) => strictestOf(type, lettersOf[type]),
    of: ({ besides = [], ...found }) => [found, ...besides].map(ofFinding).reduce(stricter),
  };
}
