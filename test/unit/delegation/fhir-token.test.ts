import { expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { seconds } from '../identity/tokens.ts';
import { delegation, startGateway, user } from './gateway.ts';

const base = 'https://fhir.example/r4';
const request = {
  user,
  workload: 'copilot',
  tenant: 'clinic',
  base,
  scopes: ['patient/Observation.rs', 'patient/Patient.r'],
  patient: 'patient-4711',
  purpose: 'TREAT',
  txn: delegation.txn,
};

test('a FHIR token is for one server, one patient, one minute', async () => {
  const { tokens } = await startGateway();
  const { accessToken, expiresIn } = await tokens.mintFhirToken(request);
  expect(expiresIn).toBe(60);
  const payload = decodeJwt(accessToken);
  expect(payload).toMatchObject({
    aud: base,
    exp: seconds + 60,
    scope: 'patient/Observation.rs patient/Patient.r',
    patient: 'patient-4711',
    fhirUser: `${base}/Practitioner/prac-77`,
    act: { sub: 'copilot' },
    txn: delegation.txn,
    extensions: {
      ihe_iua: {
        purpose_of_use: [{ code: 'TREAT' }],
        person_id: `${base}/Patient/patient-4711`,
        subject_organization: 'clinic',
        subject_role: [{ code: 'physician' }],
      },
    },
  });
  expect(JSON.stringify(payload)).not.toContain('subject_name');
  expect(JSON.stringify(payload)).not.toContain('dr-who');
});

test('a name that the issuer says is for the record system, and in no token for an app', async () => {
  const { tokens } = await startGateway();
  const named = { ...user, name: 'Dr. Ada Beispiel' };
  const { accessToken } = await tokens.mintFhirToken({ ...request, user: named });
  expect(decodeJwt(accessToken)).toMatchObject({
    extensions: { ihe_iua: { subject_name: 'Dr. Ada Beispiel' } },
  });
  const minted = await tokens.mintDelegated({ ...delegation, user: named });
  expect(JSON.stringify(decodeJwt(minted.accessToken))).not.toContain('Beispiel');
  await expect(tokens.verifyDelegated(minted.accessToken)).resolves.toMatchObject({ user: named });
});

test('a control token names no person, and no token of this kind is a delegated one', async () => {
  const { tokens } = await startGateway();
  const { accessToken } = await tokens.mintFhirToken({
    tenant: 'clinic',
    base,
    scopes: ['system/CareTeam.rs'],
    txn: delegation.txn,
  });
  const payload = decodeJwt(accessToken);
  expect(payload.sub).toBe('phi-gateway');
  for (const claim of ['fhirUser', 'patient', 'roles', 'act']) expect(payload).not.toHaveProperty(claim);
  await expect(tokens.verifyDelegated(accessToken)).rejects.toMatchObject({ code: 'invalid_token' });
  const forPatient = await tokens.mintFhirToken(request);
  await expect(tokens.verifyDelegated(forPatient.accessToken)).rejects.toMatchObject({
    reason: 'token_audience',
  });
});

test.each([
  ['no scope', { scopes: [] }],
  ['a wildcard', { scopes: ['patient/*.rs'] }],
  ['a write', { scopes: ['patient/Observation.cruds'] }],
  ['a SMART v1 scope', { scopes: ['patient/Observation.read'] }],
  ['two scopes in one', { scopes: ['patient/Observation.rs system/Patient.rs'] }],
  ['one bad among good', { scopes: ['patient/Observation.rs', 'launch'] }],
])('refused: %s', async (_name, change) => {
  const { tokens } = await startGateway();
  await expect(tokens.mintFhirToken({ ...request, ...change })).rejects.toMatchObject({
    reason: 'scope_exceeded',
  });
});

test('a patient scope needs a patient, and a patient an id', async () => {
  const { tokens } = await startGateway();
  const { patient, ...without } = request;
  expect(patient).toBe('patient-4711');
  await expect(tokens.mintFhirToken(without)).rejects.toMatchObject({ reason: 'scope_exceeded' });
  await expect(tokens.mintFhirToken({ ...request, patient: '../1' })).rejects.toMatchObject({
    reason: 'patient_unknown',
  });
});
