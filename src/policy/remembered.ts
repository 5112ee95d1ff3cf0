import type { PolicyFacts, Verdict } from './decision.ts';
import type { CompiledPolicy } from './policy-set.ts';

type Ask = (action: string, facts: PolicyFacts) => Verdict;

/** How many answers are kept; a denial takes some five. */
const kept = 2000;

/** Names of the facts that a condition reads; undefined where it uses the context otherwise than by a name. */
function factsIn(condition: unknown): readonly string[] | undefined {
  if (typeof condition !== 'object' || condition === null) return [];
  if ('Var' in condition) return condition.Var === 'context' ? undefined : [];
  if ('.' in condition) {
    const access = condition['.'];
    if (typeof access === 'object' && access !== null && 'left' in access && 'attr' in access) {
      const { attr, left } = access;
      const ofContext = typeof left === 'object' && left !== null && 'Var' in left && left.Var === 'context';
      if (ofContext && typeof attr === 'string') return [attr];
    }
  }
  const names: string[] = [];
  for (const part of Object.values(condition)) {
    const read = factsIn(part);
    if (read === undefined) return undefined;
    names.push(...read);
  }
  return names;
}

/**
 * `ask`, with the answers of the last questions kept: what a denial would have needed is the same for everybody in the
 * same place. An answer depends on the action and on the facts that the policies read, and on nothing else; the age of
 * a sign-in, another one every second, is none of these unless a policy speaks of it. Decisions themselves are never
 * remembered.
 */
export function remembering(ask: Ask, policies: Iterable<CompiledPolicy>): Ask {
  const read = [...policies].map(({ json }) => factsIn(json.conditions));
  const names = read.includes(undefined) ? undefined : new Set(read.flatMap((some) => some ?? []));
  const answers = new Map<string, Verdict>();
  return (action, facts) => {
    const key = JSON.stringify([
      action,
      Object.entries(facts).filter(([name]) => names === undefined || names.has(name)),
    ]);
    const known = answers.get(key);
    if (known !== undefined) return known;
    const verdict = ask(action, facts);
    // An engine that failed once may answer the next time.
    if (verdict.error !== undefined) return verdict;
    if (answers.size >= kept) answers.clear();
    answers.set(key, verdict);
    return verdict;
  };
}
