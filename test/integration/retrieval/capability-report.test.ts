import { afterEach, describe, expect, test } from '@jest/globals';
import { runHere } from '../../fixtures/command-here.ts';
import { run } from '../../fixtures/product.ts';
import { type Answer, capabilityStatement, type FhirDouble, sendJson, startDouble } from './fhir-double.ts';

const doubles: FhirDouble[] = [];
afterEach(async () => {
  await Promise.all(doubles.splice(0).map((one) => one.close()));
});

async function report(answer: Answer, ...options: readonly string[]) {
  const double = await startDouble(answer);
  doubles.push(double);
  const { code, stdout } = await runHere(['tasks', 'server', double.base, ...options]);
  return { code, stdout, double };
}

const statement = {
  ...Object(capabilityStatement(['Observation', 'DiagnosticReport', 'Condition'])),
  rest: [
    {
      mode: 'server',
      interaction: [{ code: 'batch' }],
      resource: [
        { type: 'Observation', searchParam: [{ name: 'patient' }, { name: 'category' }, { name: 'date' }] },
        { type: 'DiagnosticReport' },
        {
          type: 'Condition',
          searchParam: [{ name: 'patient' }, { name: 'clinical-status' }, { name: 'category' }],
        },
      ],
    },
  ],
};

describe('what a FHIR server offers', () => {
  test('is said task by task, without a token, in names of the tasks', async () => {
    const { code, double, stdout } = await report((_seen, response) => sendJson(response, statement));
    expect(code).toBe(0);
    expect(double.seen.map(({ path, authorization }) => [path, authorization])).toEqual([
      ['/fhir/metadata', ''],
    ]);
    expect(stdout).toContain('R4 (4.0.1), answers batches; 2 of 16 tasks are served as planned.');
    expect(stdout).toContain('  cholesterol.latest: Observation is filtered here by code\n');
    expect(stdout).toContain('  allergies: lacks AllergyIntolerance\n');
    expect(stdout).not.toContain('problem.list');
  }, 60_000);

  test('is JSON where that is asked', async () => {
    const { stdout } = await report((_seen, response) => sendJson(response, statement), '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      fhirVersion: '4.0.1',
      batch: true,
      tasks: expect.arrayContaining([
        {
          task: 'cholesterol.latest',
          absentTypes: [],
          filteredHere: [{ type: 'Observation', parameters: ['code'] }],
        },
      ]),
    });
  }, 60_000);

  test.each([
    ['another version', { ...statement, fhirVersion: '5.0.0' }, 'fhir_malformed'],
    ['no statement', { resourceType: 'Bundle' }, 'fhir_malformed'],
  ])(
    '%s is a failed check',
    async (_name, body, reason) => {
      const { code, stdout } = await report((_seen, response) => sendJson(response, body));
      expect(code).toBe(1);
      expect(stdout).toContain(reason);
    },
    60_000,
  );

  test('a base that is none is wrong usage', async () => {
    expect(await run(['tasks', 'server', 'file:///etc'])).toMatchObject({ code: 2 });
  }, 60_000);
});
