import type { Gateway } from '../envelope/gateway.ts';
import { watchFiles } from '../http/watch-files.ts';
import { faultLogged, type Log } from '../telemetry/log.ts';
import type { RulesInForce } from './rules.ts';

interface WatchInput {
  readonly rules: RulesInForce;
  readonly gateway: Pick<Gateway, 'newTrail' | 'record'>;
  readonly log: Pick<Log, 'write'>;
}

/** One change at a time: the trail has the new release before anything is decided by it. */
async function turn({ gateway, log, rules }: WatchInput): Promise<void> {
  const reread = rules.reread();
  if (reread.kind === 'same') return;
  if (reread.kind === 'refused') {
    const { dataHash, reason } = reread;
    log.write('rules.refused');
    await gateway.record(gateway.newTrail(), 'release.refused', '-', { dataHash, refusedAs: reason });
    return;
  }
  const { approvedBy, policy, release } = reread.rules;
  await gateway.record(gateway.newTrail(), 'release.changed', '-', {
    ...release,
    policyHash: policy.policyHash,
    approvedBy,
    previous: rules.current.release.releaseHash,
  });
  rules.take(reread.rules);
  log.write('rules.changed');
}

/**
 * Takes changed policies and tasks into force: whole, validated, after the trail has them; a change that is faulty, or
 * that the trail does not take, leaves the old ones. Requests go on by the rules that they began with. Answers how to
 * end it.
 */
export function watchRules(input: WatchInput): () => void {
  let turning = Promise.resolve();
  const fault = faultLogged(input.log, 'trail_unavailable');
  return watchFiles(input.rules.files, () => {
    turning = turning.then(() => turn(input)).catch(fault);
  });
}
