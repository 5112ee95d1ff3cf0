import { expect, test } from '@jest/globals';
import { delegate, withPatientId } from '../../../src/delegation/delegate.ts';
import type { AccessRequest, PatientSearch, TaskAdmission } from '../../../src/delegation/ports.ts';
import { randomness, seconds, stillClock } from '../identity/tokens.ts';
import { user, workload } from './gateway.ts';

const access: AccessRequest = { patient: 'p1', task: 'allergies', purpose: 'TREAT', actions: ['ask'] };
const txn = 'trail-1';
const dependencies = {
  clock: stillClock,
  randomness,
  admits: (() => undefined) satisfies TaskAdmission,
  limits: () => ({ dataTypes: ['AllergyIntolerance'], retentionSeconds: 3600, once: false }),
  assured: () => undefined,
  lifetimeSeconds: 300,
};

test('what is delegated is what was asked, in the own tenant, for five minutes', () => {
  const asked = { ...access, encounter: 'e1', ticket: 'INC-1', conversation: 'c1' };
  expect(delegate({ user, workload, access: asked, txn }, dependencies)).toEqual({
    scope: {
      tenant: 'clinic',
      patient: 'p1',
      task: 'allergies',
      purpose: 'TREAT',
      actions: ['ask'],
      encounter: 'e1',
      ticket: 'INC-1',
      data: ['AllergyIntolerance'],
      retention: 3600,
    },
    user,
    workload: 'copilot',
    txn,
    tokenId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    expiresAt: seconds + 300,
  });
});

const until = (lifetimeSeconds: number, expiresAt: number) =>
  delegate({ user: { ...user, expiresAt }, workload, access, txn }, { ...dependencies, lifetimeSeconds })
    .expiresAt;

test('the lifetime is the least of configured, five minutes and the rest of the user token', () => {
  expect(until(60, seconds + 600)).toBe(seconds + 60);
  expect(until(9999, seconds + 9999)).toBe(seconds + 300);
  expect(until(300, seconds + 10.5)).toBe(seconds + 10);
  expect(() => until(300, seconds)).toThrow(expect.objectContaining({ reason: 'token_expired' }));
});

test('self is the own record of a patient and nobody for anyone else', () => {
  const self = { ...access, patient: 'self' };
  const patient = { ...user, fhirUser: { type: 'Patient', id: 'p9' } } as const;
  expect(delegate({ user: patient, workload, access: self, txn }, dependencies).scope.patient).toBe('p9');
  const { fhirUser, ...unknown } = user;
  expect(fhirUser?.type).toBe('Practitioner');
  for (const other of [user, unknown])
    expect(() => delegate({ user: other, workload, access: self, txn }, dependencies)).toThrow(
      expect.objectContaining({ reason: 'patient_unknown' }),
    );
});

test('an identifier becomes the id that a search finds, and nobody searches for whoever may not ask', async () => {
  const named = { ...access, patient: 'urn:mrn|4471193' };
  const searched: unknown[] = [];
  const search: PatientSearch = async (identifier) => {
    searched.push(identifier);
    return 'p7';
  };
  expect(await withPatientId({ user, workload, access: named }, dependencies, search)).toEqual({
    ...named,
    patient: 'p7',
  });
  expect(searched).toEqual([{ system: 'urn:mrn', value: '4471193' }]);
  expect(await withPatientId({ user, workload, access }, dependencies, search)).toBe(access);
  const refusing = { ...dependencies, admits: () => 'purpose_not_allowed' as const };
  await expect(withPatientId({ user, workload, access: named }, refusing, search)).rejects.toMatchObject({
    reason: 'purpose_not_allowed',
  });
  expect(searched).toHaveLength(1);
  expect(() => delegate({ user, workload, access: named, txn }, dependencies)).toThrow(
    expect.objectContaining({ reason: 'patient_unknown' }),
  );
});

test('a launch context bounds patient and encounter, and its encounter holds unasked', () => {
  const launched = { ...user, launch: { patient: 'p1', encounter: 'e1' } };
  const within = (asked: AccessRequest) =>
    delegate({ user: launched, workload, access: asked, txn }, dependencies).scope;
  expect(within(access)).toMatchObject({ patient: 'p1', encounter: 'e1' });
  expect(within({ ...access, encounter: 'e1' })).toMatchObject({ encounter: 'e1' });
  for (const wider of [{ patient: 'p2' }, { encounter: 'e2' }])
    expect(() => within({ ...access, ...wider })).toThrow(
      expect.objectContaining({ reason: 'launch_exceeded', code: 'access_denied' }),
    );
});

test.each([
  ['a task outside the workload', { tasks: ['problem.list'] }, 'workload_not_allowed'],
  ['a purpose outside the workload', { purposes: ['HOPERAT'] }, 'workload_not_allowed'],
  ['a workload that may do nothing', { tasks: [], purposes: [] }, 'workload_not_allowed'],
  ['a workload of another tenant', { tenant: 'hospital' }, 'workload_unknown'],
])('refused: %s', (_name, change, reason) => {
  expect(() => delegate({ user, workload: { ...workload, ...change }, access, txn }, dependencies)).toThrow(
    expect.objectContaining({ reason }),
  );
});

test.each(['task_unknown', 'purpose_not_allowed', 'policy_denied'] as const)(
  'an objection is kept: %s',
  (reason) => {
    const seen: Parameters<TaskAdmission>[0][] = [];
    const admits: TaskAdmission = (asked) => {
      seen.push(asked);
      return reason;
    };
    expect(() => delegate({ user, workload, access, txn }, { ...dependencies, admits })).toThrow(
      expect.objectContaining({ reason }),
    );
    expect(seen).toEqual([
      {
        tenant: 'clinic',
        task: 'allergies',
        purpose: 'TREAT',
        actions: ['ask'],
        roles: ['physician'],
        workload,
      },
    ]);
  },
);
