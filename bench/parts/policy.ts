import { performance } from 'node:perf_hooks';
import { findDataFolder } from '../../src/config/product-folder.ts';
import type { PolicyFacts } from '../../src/policy/decision.ts';
import { loadPolicySet } from '../../src/policy/load.ts';
import { unrelated } from '../../src/policy/matrix.ts';
import type { Part } from '../part.ts';
import { percentile, Rounds, roundsWithin } from '../row.ts';

const allowed: PolicyFacts = {
  ...unrelated,
  roles: ['physician'],
  task: 'cholesterol.latest',
  onCareTeam: true,
  authAge: 60,
};

const cases: Readonly<Record<string, PolicyFacts>> = {
  allow: allowed,
  'deny, a stranger': { ...allowed, onCareTeam: false },
  'deny, no consent': { ...allowed, consentPermits: false },
};

/**
 * Questions to the shipped policy set, one after the other: to the engine, and as decided, with the sentence and with
 * the answer known from before.
 */
export const policy: Part = async (options) => {
  const rounds = new Rounds('policy');
  const from = performance.now();
  const point = loadPolicySet(findDataFolder('policies'));
  rounds.add('policy set', 'load', 'ms', performance.now() - from);
  const again = performance.now();
  loadPolicySet(findDataFolder('policies'));
  rounds.add('policy set', 'reload', 'ms', performance.now() - again);
  const began = performance.now();
  point.decide('ask', allowed);
  rounds.add('first decision', 'decision', 'ms', performance.now() - began);
  for (const round of roundsWithin(options.quick ? 1 : 5, 8)) {
    options.progress(`policy: round ${round + 1}`);
    for (const [variant, facts] of Object.entries(cases)) {
      for (const [name, ask] of [
        ['engine', (asked: PolicyFacts) => point.verdict('ask', asked)],
        ['decision', (asked: PolicyFacts) => point.decide('ask', asked)],
      ] as const) {
        const times: number[] = [];
        for (let n = 0; n < (options.quick ? 50 : 1000); n += 1) {
          const start = performance.now();
          ask({ ...facts, authAge: n });
          times.push((performance.now() - start) * 1000);
        }
        rounds.add(variant, `${name} p50`, 'us', percentile(times, 0.5));
        rounds.add(variant, `${name} p99`, 'us', percentile(times, 0.99));
      }
    }
  }
  return rounds.rows();
};
