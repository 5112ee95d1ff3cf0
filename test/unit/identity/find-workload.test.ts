import { expect, test } from '@jest/globals';
import { findWorkload } from '../../../src/identity/find-workload.ts';
import type { Workload } from '../../../src/vocabulary/person.ts';

const workload = (id: string, tenant: string, clientIds: string[]): Workload => ({
  id,
  tenant,
  clientIds,
  tasks: 'all',
  purposes: 'all',
  models: 'all',
  humanReads: true,
});
const workloads = [
  workload('portal', 'clinic', ['portal-app', 'phi-cli']),
  workload('other-portal', 'hospital', ['portal-app']),
  workload('a', 'clinic', ['shared']),
  workload('b', 'clinic', ['shared']),
];

test('a client id means a workload of the own tenant only', () => {
  expect(findWorkload(workloads, { tenant: 'clinic', clientId: 'portal-app' }).id).toBe('portal');
  expect(findWorkload(workloads, { tenant: 'hospital', clientId: 'portal-app' }).id).toBe('other-portal');
});

test.each([
  ['unknown client', { tenant: 'clinic', clientId: 'nobody' }],
  ['client of another tenant', { tenant: 'hospital', clientId: 'phi-cli' }],
  ['client of two workloads', { tenant: 'clinic', clientId: 'shared' }],
])('refused: %s', (_name, user) => {
  expect(() => findWorkload(workloads, user)).toThrow(
    expect.objectContaining({ reason: 'workload_unknown' }),
  );
});
