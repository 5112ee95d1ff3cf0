import type { ExchangePolicy } from '../delegation/ports.ts';
import { Refusal } from '../errors/refusal.ts';
import { factsFrom } from '../policy/facts.ts';
import { storedDecision } from '../policy/stored-decision.ts';
import type { Services } from './services.ts';

/** Asks policy (action `exchange`) before a token is handed out; relation and consent are decided when it is used. */
export const exchangePolicy =
  (services: Services): ExchangePolicy =>
  ({ scope, user, workload }) => {
    const task = services.tasks.get(scope.task);
    const tenant = services.tenants.get(scope.tenant);
    if (task === undefined) throw new Refusal('task_unknown');
    if (tenant === undefined) throw new Refusal('policy_error');
    const decision = services.policy.decide(
      'exchange',
      factsFrom({
        user,
        workload,
        tenant: tenant.config.id,
        patient: scope.patient,
        purpose: scope.purpose,
        task,
        law: tenant.config,
        patientBound: tenant.recordTokens.patientBound,
        now: services.clinicalClock.now(),
      }),
    );
    if (decision.effect === 'allow') return storedDecision('exchange', decision);
    throw new Refusal(decision.error === undefined ? 'policy_denied' : 'policy_error', {
      sentence: decision.sentence,
      facts: storedDecision('exchange', decision),
    });
  };
