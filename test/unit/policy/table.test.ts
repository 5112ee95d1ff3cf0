import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { findDataFolder, productRoot } from '../../../src/config/product-folder.ts';
import { keepWebAssemblyCallsApart } from '../../../src/engine-setting.ts';
import { failedCases, readCaseTables } from '../../../src/policy/case-tables.ts';
import { decisionPoint } from '../../../src/policy/decide.ts';
import { readPolicyFolder } from '../../../src/policy/load.ts';
import { accessMatrix } from '../../../src/policy/matrix.ts';
import { isCaught, mutationReport, mutationsOf } from '../../../src/policy/mutations.ts';

keepWebAssemblyCallsApart();
const folder = findDataFolder('policies');
const set = readPolicyFolder(folder);
const policies = decisionPoint(set);
const tables = readCaseTables(folder);
const { consents, records: cases, trails } = tables;

describe('policy tables', () => {
  test('there are enough cases and every name stands once', () => {
    const names = [...cases, ...trails, ...consents].map(({ name }) => name);
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

describe('consent tables', () => {
  test.each(consents)('$name', ({ action, facts, effect, by = [] }) => {
    const decision = policies.decideConsent(facts, action);
    expect(decision.error).toBeUndefined();
    expect({ effect: decision.effect, by: decision.policies }).toEqual({ effect, by });
    expect(decision.sentence.length).toBeGreaterThan(20);
    expect(decision.sentence.startsWith('Not allowed: ')).toBe(effect === 'deny');
  });
});

describe('mutation of the policy files', () => {
  test('every policy removed, turned around and widened in each way is noticed by a case', () => {
    const { caught, missed, mutations } = mutationReport(set, tables);
    process.stdout.write(`${caught} of ${mutations} mutations of the policies are noticed by a case\n`);
    expect(mutations).toBeGreaterThan(100);
    expect(missed.map(({ policy, change }) => `${policy}: ${change}`)).toEqual([]);
    expect(caught).toBe(mutations);
  });

  test('tables that hold nothing notice nothing', () => {
    const nothing = { records: [], trails: [], consents: [] };
    const some = mutationsOf(set).filter((_, at) => at % 20 === 0);
    expect(some.length).toBeGreaterThan(5);
    expect(some.filter((mutation) => isCaught(set, mutation, nothing))).toEqual([]);
  });

  test('the tables hold as a whole, and one that says otherwise is named', () => {
    const point = decisionPoint(set);
    expect(failedCases(point, tables)).toEqual([]);
    const [row] = cases;
    if (row === undefined) throw new Error('there is no case');
    const turned = { ...row, effect: row.effect === 'allow' ? ('deny' as const) : ('allow' as const) };
    expect(failedCases(point, { records: [turned], trails: [], consents: [] })).toMatchObject([
      { name: row.name },
    ]);
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
