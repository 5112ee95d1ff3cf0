import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { findDataFolder, productRoot } from '../../../src/config/product-folder.ts';
import { decisionPoint } from '../../../src/policy/decide.ts';
import type { PolicyDecisionPoint } from '../../../src/policy/decision.ts';
import { readPolicyFolder } from '../../../src/policy/load.ts';
import { accessMatrix } from '../../../src/policy/matrix.ts';
import { compilePolicySet, type PolicySource } from '../../../src/policy/policy-set.ts';
import { tableCases, trailCases } from './table.ts';

const folder = findDataFolder('policies');
const set = readPolicyFolder(folder);
const policies = decisionPoint(set);
const cases = tableCases();
const trails = trailCases();

/** Whether these policies answer any case otherwise than the tables say. */
const differs = (point: PolicyDecisionPoint): boolean =>
  trails.some(({ action, facts, effect }) => point.decideTrail(facts, action).effect !== effect) ||
  cases.some(({ action, facts, effect }) => point.decide(action, facts).effect !== effect);

describe('policy tables', () => {
  test('there are enough cases and every name stands once', () => {
    const names = [...cases, ...trails].map(({ name }) => name);
    expect(names.length).toBeGreaterThanOrEqual(200);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(cases)('$name', ({ action, facts, effect, by }) => {
    const decision = policies.decide(action, facts);
    expect(decision.error).toBeUndefined();
    expect({ effect: decision.effect, by: decision.policies }).toEqual({ effect, by });
    expect(decision.sentence.length).toBeGreaterThan(20);
    expect(decision.sentence).not.toMatch(/[{}]/);
    expect(decision.sentence.startsWith('Not allowed: ')).toBe(effect === 'deny');
    expect(decision.policyHash).toBe(set.hash);
  });

  test.each(trails)('$name', ({ action, facts, effect, by = [] }) => {
    const decision = policies.decideTrail(facts, action);
    expect({ effect: decision.effect, by: decision.policies }).toEqual({ effect, by });
    expect(decision.sentence.length).toBeGreaterThan(20);
  });
});

describe('mutation of the policy files', () => {
  const sources: readonly PolicySource[] = readdirSync(folder)
    .filter((file) => file.endsWith('.cedar'))
    .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
  const schema = {
    file: 'schema.cedarschema',
    text: readFileSync(join(folder, 'schema.cedarschema'), 'utf8'),
  };
  const mutated = (id: string, change: (policy: string) => string): PolicyDecisionPoint => {
    const changed = sources.map(({ file, text }) => ({
      file,
      text: text
        .split(/(?=^@id\()/m)
        .map((policy) => (policy.startsWith(`@id("${id}")`) ? change(policy) : policy))
        .join(''),
    }));
    expect(changed).not.toEqual(sources);
    return decisionPoint(compilePolicySet(schema, changed));
  };

  test.each([...set.policies.keys()])('%s: without it a case differs', (id) => {
    expect(differs(mutated(id, () => ''))).toBe(true);
  });

  const forbids = [...set.policies.values()].filter(({ effect }) => effect === 'forbid');
  test.each(forbids)('$id: turned around a case differs', ({ id }) => {
    expect(differs(mutated(id, (policy) => policy.replace('when {', 'unless {')))).toBe(true);
  });
});

describe('access matrix', () => {
  test('docs/access-matrix.md is what the policies say', () => {
    const page = join(productRoot(), 'docs', 'access-matrix.md');
    const matrix = accessMatrix(policies);
    if (process.env['WRITE_ACCESS_MATRIX'] === '1') writeFileSync(page, matrix);
    expect(readFileSync(page, 'utf8')).toBe(matrix);
  });
});
