import { expect, test } from '@jest/globals';
import { createLocalJWKSet } from 'jose';
import type { Authorize } from '../../../sandbox/fhir/access.ts';
import { createFhirAuthorizer } from '../../../sandbox/oidc/fhir-authorizer.ts';
import { delegation, gatewayUrl, startGateway, user } from '../../unit/delegation/gateway.ts';
import { now } from '../../unit/identity/tokens.ts';

const base = 'http://127.0.0.1:1/fhir';
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

async function setUp(change: { issuer?: string; audience?: string } = {}) {
  const gateway = await startGateway();
  const authorize: Authorize = createFhirAuthorizer({
    keys: createLocalJWKSet(gateway.tokens.jwks()),
    issuer: () => change.issuer ?? gatewayUrl,
    audience: () => change.audience ?? base,
    clock: gateway.clock,
  });
  return { ...gateway, authorize };
}

test('the record system reads scopes, patient and person from the token that the gateway cut', async () => {
  const { tokens, authorize } = await setUp();
  const { accessToken } = await tokens.mintFhirToken(request);
  await expect(authorize(accessToken)).resolves.toEqual({
    scopes: request.scopes,
    patient: 'patient-4711',
    fhirUser: `${base}/Practitioner/prac-77`,
  });
  const control = await tokens.mintFhirToken({
    tenant: 'clinic',
    base,
    scopes: ['system/CareTeam.rs'],
    txn: 't',
  });
  await expect(authorize(control.accessToken)).resolves.toEqual({ scopes: ['system/CareTeam.rs'] });
});

test('it refuses the delegated token, another server, another gateway, and a minute later', async () => {
  const { tokens, authorize, time } = await setUp();
  const { accessToken } = await tokens.mintFhirToken(request);
  const delegated = await tokens.mintDelegated(delegation);
  await expect(authorize(delegated.accessToken)).resolves.toBeUndefined();
  await expect(authorize('nonsense')).resolves.toBeUndefined();
  const elsewhere = await tokens.mintFhirToken({ ...request, base: 'http://127.0.0.1:2/fhir' });
  await expect(authorize(elsewhere.accessToken)).resolves.toBeUndefined();
  const stranger = await setUp({ issuer: 'https://other.example' });
  await expect(stranger.authorize(accessToken)).resolves.toBeUndefined();
  time.at = now + 66_000;
  await expect(authorize(accessToken)).resolves.toBeUndefined();
});

test('a key set that cannot be had is an error, not a refusal of the token', async () => {
  const { tokens } = await setUp();
  const { accessToken } = await tokens.mintFhirToken(request);
  const authorize = createFhirAuthorizer({
    keys: () => Promise.reject(new TypeError('fetch failed')),
    issuer: () => gatewayUrl,
    audience: () => base,
    clock: { now: () => now },
  });
  await expect(authorize(accessToken)).rejects.toThrow('fetch failed');
});
