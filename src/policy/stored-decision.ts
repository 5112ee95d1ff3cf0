import {
  nobody,
  type PolicyDecision,
  type PolicyDecisionPoint,
  type PolicyFacts,
  policyActions,
} from './decision.ts';

type Stored = Readonly<Record<string, unknown>>;

/** What the trail keeps of a decision about a record: everything that it can be taken again from. */
export const storedDecision = (action: string, decision: PolicyDecision) => ({
  action,
  effect: decision.effect,
  sentence: decision.sentence,
  policies: decision.policies,
  policyHash: decision.policyHash,
  ...(decision.error === undefined ? {} : { error: decision.error }),
  ...decision.facts,
});

const alike = (value: unknown, sample: unknown): boolean =>
  Array.isArray(sample)
    ? Array.isArray(value) && value.every((entry) => typeof entry === 'string')
    : typeof value === typeof sample;

const isFacts = (value: Stored): value is Stored & PolicyFacts =>
  Object.entries(nobody).every(([name, sample]) => alike(value[name], sample));

/** The facts of a stored decision; undefined where one is missing. */
function factsOf(stored: Stored): PolicyFacts | undefined {
  const facts: Stored = Object.fromEntries(Object.keys(nobody).map((name) => [name, stored[name]]));
  return isFacts(facts) ? facts : undefined;
}

/** `incomplete`: it cannot be taken again; `other_policies`: none of the given sets decided it. */
export type Replay = 'equal' | 'different' | 'incomplete' | 'other_policies';

/** Whether facts of an event hold a decision about a record that was taken by policy. */
export const holdsDecision = (stored: Stored): boolean =>
  typeof stored['policyHash'] === 'string' && policyActions.some((action) => action === stored['action']);

/** Takes a stored decision again, by the set that took it: effect, determining policies and sentence must be equal. */
export function replay(stored: Stored, points: readonly PolicyDecisionPoint[]): Replay {
  const facts = factsOf(stored);
  if (facts === undefined) return 'incomplete';
  const point = points.find(({ policyHash }) => policyHash === stored['policyHash']);
  if (point === undefined) return 'other_policies';
  const action = String(stored['action']);
  const again = storedDecision(action, point.decide(action, facts));
  const same = (['effect', 'sentence', 'policies', 'error'] as const).every(
    (name) => JSON.stringify(again[name]) === JSON.stringify(stored[name]),
  );
  return same ? 'equal' : 'different';
}
