import { describe, expect, test } from '@jest/globals';
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

const id = (name: string): string => `spiffe://clinic.example/${name}`;
const peer = (name: string) => ({ id: id(name), thumbprint: 'x' });

describe('where the connection has proven a workload', () => {
  const proven = [
    { ...workload('portal', 'clinic', ['portal-app']), spiffeIds: [id('portal')] },
    { ...workload('copilot', 'clinic', ['copilot-app']), spiffeIds: [id('copilot')] },
    { ...workload('foreign', 'hospital', ['copilot-app']), spiffeIds: [id('foreign')] },
  ];
  const user = { tenant: 'clinic', clientId: 'portal-app' };

  test.each([
    ['its own token', user, 'portal', 'portal'],
    ['a token that names it by client id', { ...user, mayAct: ['copilot-app'] }, 'copilot', 'copilot'],
    ['a token that names it by SPIFFE ID', { ...user, mayAct: [id('copilot')] }, 'copilot', 'copilot'],
    ['its own token, which names another', { ...user, mayAct: ['copilot-app'] }, 'portal', 'portal'],
  ])('accepted: %s', (_name, asker, from, expected) => {
    expect(findWorkload(proven, asker, peer(from)).id).toBe(expected);
  });

  test.each([
    ['a token of another', user, 'copilot'],
    ['a token that names a third', { ...user, mayAct: ['somebody'] }, 'copilot'],
    ['a token that names it by its name here', { ...user, mayAct: ['copilot'] }, 'copilot'],
    [
      'a workload of another tenant that has the named client',
      { ...user, mayAct: ['copilot-app'] },
      'foreign',
    ],
    [
      'a token of nobody here that names it',
      { ...user, clientId: 'nobody', mayAct: ['copilot-app'] },
      'copilot',
    ],
    ['nobody that is known', { ...user, mayAct: ['copilot-app'] }, 'stranger'],
  ])('refused: %s', (_name, asker, from) => {
    expect(() => findWorkload(proven, asker, peer(from))).toThrow(
      expect.objectContaining({ reason: 'workload_unknown' }),
    );
  });

  test('without a proof may_act counts for nothing', () => {
    expect(findWorkload(proven, { ...user, mayAct: ['copilot-app'] }).id).toBe('portal');
  });
});
