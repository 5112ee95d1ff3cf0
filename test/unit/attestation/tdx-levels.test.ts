import { expect, test } from '@jest/globals';
import { together } from '../../../src/attestation/formats/tdx-levels.ts';

const of = (status: string, ...advisories: string[]) => ({ status, date: '2026-01-01', advisories });

test.each([
  ['UpToDate', 'UpToDate', 'UpToDate'],
  ['UpToDate', 'OutOfDate', 'OutOfDate'],
  ['SWHardeningNeeded', 'OutOfDate', 'OutOfDate'],
  ['ConfigurationNeeded', 'OutOfDate', 'OutOfDateConfigurationNeeded'],
  ['ConfigurationAndSWHardeningNeeded', 'OutOfDate', 'OutOfDateConfigurationNeeded'],
  ['OutOfDateConfigurationNeeded', 'OutOfDate', 'OutOfDateConfigurationNeeded'],
  ['OutOfDate', 'UpToDate', 'OutOfDate'],
  ['OutOfDate', 'SWHardeningNeeded', 'OutOfDate'],
  ['UpToDate', 'SWHardeningNeeded', 'SWHardeningNeeded'],
  ['OutOfDate', 'Revoked', 'Revoked'],
  ['Revoked', 'OutOfDate', 'Revoked'],
  ['UpToDate', 'SomethingNew', 'SomethingNew'],
  ['SomethingNew', 'UpToDate', 'SomethingNew'],
  ['SomethingNew', 'OutOfDate', 'SomethingNew'],
])('a machine that is %s with a part that is %s is %s', (machine, part, status) => {
  expect(together(of(machine), [of(part)]).status).toBe(status);
});

test('advisories of all parts are told once', () => {
  const { advisories } = together(of('OutOfDate', 'SA-2'), [of('OutOfDate', 'SA-1', 'SA-2'), of('UpToDate')]);
  expect(advisories).toEqual(['SA-1', 'SA-2']);
});
