import { statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import {
  type ConsentAction,
  type ConsentFacts,
  type PolicyDecisionPoint,
  type PolicyFacts,
  policyActions,
  type TrailAction,
  type TrailFacts,
  type Verdict,
} from './decision.ts';
import { explain, explainConsent, explainInFull, explainTrail } from './explain.ts';
import type { CompiledPolicySet } from './policy-set.ts';
import { remembering } from './remembered.ts';

/**
 * The decision point of one policy set. Cedar skips a policy that errs, a forbid too, and so would fail open: every
 * request is validated against the schema, and any answer that is not a success, or that carries an evaluation
 * error, is a denial with `error` set. The set's answers are remembered as long as it is in force, see remembered.ts.
 */
export function decisionPoint(set: CompiledPolicySet): PolicyDecisionPoint {
  const ask = (action: string, facts: PolicyFacts): Verdict =>
    policyActions.some((known) => known === action)
      ? verdictOf(set, action, 'Record', facts)
      : denied('request');
  const remembered = remembering(ask, set.policies.values());
  return {
    policyHash: set.hash,
    verdict: ask,
    inFull: (action, facts) =>
      explainInFull(set.policies, remembered, remembered(action, facts), action, facts),
    decide(action: string, facts: PolicyFacts) {
      const verdict = remembered(action, facts);
      const sentence = explain(set.policies, remembered, verdict, action, facts);
      return { ...verdict, sentence, facts, policyHash: set.hash };
    },
    decideTrail(facts: TrailFacts, action: TrailAction = 'read_trail') {
      const verdict = verdictOf(set, action, 'Trail', facts);
      return {
        ...verdict,
        sentence: explainTrail(set.policies, verdict, facts, action),
        facts,
        policyHash: set.hash,
      };
    },
    decideConsent(facts: ConsentFacts, action: ConsentAction) {
      const verdict = verdictOf(set, action, 'Consent', facts);
      return {
        ...verdict,
        sentence: explainConsent(set.policies, verdict, facts, action),
        facts,
        policyHash: set.hash,
      };
    },
  };
}

/** One question to the engine. Never throws. */
function verdictOf(
  set: CompiledPolicySet,
  action: string,
  resource: 'Record' | 'Trail' | 'Consent',
  facts: PolicyFacts | TrailFacts | ConsentFacts,
): Verdict {
  const preparsed = set.sets.get(action);
  if (preparsed === undefined) return denied('request');
  try {
    const answer = statefulIsAuthorized({
      principal: { type: 'PhiGateway::User', id: 'asker' },
      action: { type: 'PhiGateway::Action', id: action },
      resource: { type: `PhiGateway::${resource}`, id: 'asked' },
      context: { ...facts, roles: [...facts.roles] },
      entities: [],
      preparsedSchemaName: set.schema,
      validateRequest: true,
      preparsedPolicySetId: preparsed,
    });
    if (answer.type !== 'success') return denied('request');
    const { decision, diagnostics } = answer.response;
    if (diagnostics.errors.length > 0) return denied('evaluation');
    const policies = diagnostics.reason.toSorted();
    if (decision !== 'allow') return { effect: 'deny', policies };
    // An allow names the permit that it stands on; one that names none is not believed.
    return policies.length === 0 ? denied('evaluation') : { effect: 'allow', policies };
  } catch {
    return denied('evaluation');
  }
}

const denied = (error: 'evaluation' | 'request'): Verdict => ({ effect: 'deny', policies: [], error });
