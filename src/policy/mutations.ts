import type { PolicyJson } from '@cedar-policy/cedar-wasm/nodejs';
import { type CaseTables, holds } from './case-tables.ts';
import { decisionPoint } from './decide.ts';
import { consentActions, type PolicyDecisionPoint, policyActions, trailActions } from './decision.ts';
import { type CompiledPolicySet, preparseByAction, speaksOf } from './policy-set.ts';

/** One change of one policy: what a slip of the pen in the policy files could do. */
export interface Mutation {
  readonly policy: string;
  readonly kind: 'removed' | 'negated' | 'widened';
  /** What was changed, for the reader of a report. */
  readonly change: string;
  /** Undefined where the policy is gone. */
  readonly json: PolicyJson | undefined;
}

type Expression = PolicyJson['conditions'][number]['body'];

/** The parts of a condition that all must hold. */
function conjuncts(expression: Expression): readonly Expression[] {
  if (!('&&' in expression)) return [expression];
  const both = expression['&&'];
  return (Array.isArray(both) ? both : [both.left, both.right]).flatMap(conjuncts);
}

const joined = (parts: readonly Expression[]): Expression =>
  parts.length === 0
    ? { Value: true }
    : parts.reduce((left, right): Expression => ({ '&&': { left, right } }));

/** Each part left out, and each branch of a choice taken as given: the policy then speaks where it did not. */
function widenedConditions(json: PolicyJson): readonly { change: string; json: PolicyJson }[] {
  return json.conditions.flatMap(({ body, kind }, place) => {
    const parts = conjuncts(body);
    const without = parts.map((_, left) => ({
      change: `part ${left + 1} of ${parts.length} of its condition left out`,
      body: joined(parts.filter((_part, at) => at !== left)),
    }));
    const all = parts.length > 1 ? [{ change: 'its condition left out', body: joined([]) }] : [];
    return [...without, ...all].map(({ change, body: wider }) => ({
      change,
      json: {
        ...json,
        conditions: json.conditions.map((old, at) => (at === place ? { kind, body: wider } : old)),
      },
    }));
  });
}

/** Each action that the policy does not name, and could: of records, of trails or of consents. */
function widenedActions(json: PolicyJson): readonly { change: string; json: PolicyJson }[] {
  const { action } = json;
  if (action.op !== 'in' || !('entities' in action)) return [];
  const named = action.entities.flatMap((entity) => ('id' in entity ? [entity.id] : []));
  const families: readonly (readonly string[])[] = [policyActions, trailActions, consentActions];
  return families
    .filter((family) => named.some((name) => family.includes(name)))
    .flatMap((family) => family.filter((name) => !named.includes(name)))
    .map((id) => ({
      change: `action ${id} added`,
      json: {
        ...json,
        action: { ...action, entities: [...action.entities, { type: 'PhiGateway::Action', id }] },
      },
    }));
}

const negated = (json: PolicyJson): PolicyJson => ({
  ...json,
  conditions:
    json.conditions.length === 0
      ? [{ kind: 'when', body: { Value: false } }]
      : json.conditions.map(({ kind, body }) => ({ kind: kind === 'when' ? 'unless' : 'when', body })),
});

/** Every mutation of every policy: removed, turned around, and widened in each way. */
export const mutationsOf = (set: CompiledPolicySet): readonly Mutation[] =>
  [...set.policies.values()].flatMap(({ id, json }): Mutation[] => [
    { policy: id, kind: 'removed', change: 'removed', json: undefined },
    { policy: id, kind: 'negated', change: 'turned around', json: negated(json) },
    ...[...widenedConditions(json), ...widenedActions(json)].map(
      (wider): Mutation => ({ policy: id, kind: 'widened', ...wider }),
    ),
  ]);

/**
 * The decision point of the changed set, and the actions of which it may speak otherwise. The next one takes its place:
 * only one at a time may be asked.
 */
function mutated(
  set: CompiledPolicySet,
  { json, policy }: Mutation,
): { readonly point: PolicyDecisionPoint; readonly touched: ReadonlySet<string> } {
  const changed = [...set.policies.values()].flatMap((one) => {
    if (one.id !== policy) return [one];
    return json === undefined ? [] : [{ ...one, json, given: json }];
  });
  const versions = [set.policies.get(policy)?.json, json].filter((version) => version !== undefined);
  const touched = [...set.sets.keys()].filter((action) =>
    versions.some((version) => speaksOf(version, action)),
  );
  const sets = new Map([...set.sets, ...preparseByAction(`${set.hash} mutated`, touched, changed)]);
  return { point: decisionPoint({ ...set, sets }), touched: new Set(touched) };
}

interface Asked {
  readonly action?: string;
  readonly by?: readonly string[];
  readonly facts: { readonly roles: readonly string[] };
}

/**
 * Cases in the order in which they are likely to notice. That a policy is gone or turned around, by those that name it;
 * that it speaks more often, by others of the same roles: where it is named it spoke already.
 */
function likeliestFirst<Row extends Asked>(rows: readonly Row[], { kind, policy }: Mutation): readonly Row[] {
  const names = ({ by }: Asked): boolean => by?.includes(policy) === true;
  const rolesOf = ({ facts }: Asked): string => facts.roles.join(' ');
  const itsRoles = new Set(rows.filter(names).map(rolesOf));
  const [named, alike, other] = kind === 'widened' ? [2, 0, 1] : [0, 1, 2];
  const rank = (row: Row): number => {
    if (names(row)) return named;
    return itsRoles.has(rolesOf(row)) ? alike : other;
  };
  return rows
    .map((row) => ({ row, at: rank(row) }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ row }) => row);
}

/** Whether any case is answered otherwise than its table says: another effect, or by other policies. */
export const isCaught = (set: CompiledPolicySet, mutation: Mutation, tables: CaseTables): boolean => {
  const { point, touched } = mutated(set, mutation);
  const asked = <Row extends Asked>(rows: readonly Row[]): readonly Row[] =>
    likeliestFirst(
      rows.filter(({ action = 'read_trail' }) => touched.has(action)),
      mutation,
    );
  return (
    asked(tables.consents).some((row) => !holds(row, point.decideConsent(row.facts, row.action))) ||
    asked(tables.trails).some((row) => !holds(row, point.decideTrail(row.facts, row.action))) ||
    asked(tables.records).some((row) => !holds(row, point.verdict(row.action, row.facts)))
  );
};

export interface MutationReport {
  readonly mutations: number;
  readonly caught: number;
  /** Those that no case notices. */
  readonly missed: readonly { readonly policy: string; readonly change: string }[];
}

/** Changes the policies in every way and says how many of the changes at least one case notices. */
export function mutationReport(set: CompiledPolicySet, tables: CaseTables): MutationReport {
  const mutations = mutationsOf(set);
  const missed = mutations
    .filter((mutation) => !isCaught(set, mutation, tables))
    .map(({ policy, change }) => ({ policy, change }));
  return { mutations: mutations.length, caught: mutations.length - missed.length, missed };
}
