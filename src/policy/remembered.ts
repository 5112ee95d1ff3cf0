import type { PolicyFacts, Verdict } from './decision.ts';
import type { CompiledPolicy } from './policy-set.ts';

type Ask = (action: string, facts: PolicyFacts) => Verdict;

/** How many answers are kept; a denial takes some six. */
const kept = 2000;

/** Names of the facts that a condition reads; undefined where it uses the context otherwise than by a name. */
function factsIn(condition: unknown): readonly string[] | undefined {
  if (typeof condition !== 'object' || condition === null) return [];
  // A record in a policy may have an attribute of this name too: what it holds is no word.
  if ('Var' in condition && typeof condition.Var === 'string')
    return condition.Var === 'context' ? undefined : [];
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

/** What the schema looks at in a fact that no policy reads; undefined where it may refuse it. */
function kindOf(fact: unknown): string | undefined {
  if (typeof fact === 'number') return Number.isSafeInteger(fact) ? 'integer' : undefined;
  if (Array.isArray(fact)) return fact.every((one) => typeof one === 'string') ? 'strings' : undefined;
  return typeof fact === 'string' || typeof fact === 'boolean' ? typeof fact : undefined;
}

/** What the answer to a question depends on; undefined where a fact is none that the schema can take. */
function keyOf(
  action: string,
  facts: PolicyFacts,
  read: ReadonlySet<string> | undefined,
): string | undefined {
  const key: unknown[] = [action];
  for (const [name, fact] of Object.entries(facts)) {
    const kind = kindOf(fact);
    if (kind === undefined) return undefined;
    key.push(name, read === undefined || read.has(name) ? fact : { kind });
  }
  return JSON.stringify(key);
}

/**
 * `ask`, with the answers of the last questions kept: the engine is a function of the policies, the action and the facts
 * that the policies read, so it is asked once for everybody in the same place. The age of a sign-in, another one every
 * second, is none of these facts unless a policy speaks of it. What the engine failed at, and facts that the schema may
 * refuse, are asked each time. Who asks, and about whom, is no fact: nothing of either is kept.
 */
export function remembering(ask: Ask, policies: Iterable<CompiledPolicy>): Ask {
  const read = [...policies].map(({ json }) => factsIn(json.conditions));
  const names = read.includes(undefined) ? undefined : new Set(read.flatMap((some) => some ?? []));
  const answers = new Map<string, Verdict>();
  return (action, facts) => {
    const key = keyOf(action, facts, names);
    const known = key === undefined ? undefined : answers.get(key);
    if (known !== undefined) return known;
    const verdict = ask(action, facts);
    // An engine that failed once may answer the next time.
    if (key === undefined || verdict.error !== undefined) return verdict;
    if (answers.size >= kept) answers.clear();
    answers.set(key, verdict);
    return verdict;
  };
}
