import { createHmac, generateKeyPairSync } from 'node:crypto';
import type { Delegation } from '../../../src/delegation/ports.ts';
import { createTokenIssuer } from '../../../src/delegation/token-issuer.ts';
import type { VerifiedUser, Workload } from '../../../src/vocabulary/person.ts';
import { createMemoryRevocations } from '../../fixtures/memory-revocations.ts';
import { audience, now, randomness } from '../identity/tokens.ts';

export const gatewayUrl = 'https://gateway.example';
export const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
export const signingKey = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

export const user: VerifiedUser = {
  tenant: 'clinic',
  issuer: 'https://issuer.example',
  subject: 'dr-who',
  clientId: 'copilot-app',
  roles: ['physician'],
  fhirUser: { type: 'Practitioner', id: 'prac-77' },
  acr: 'urn:phi-gateway:acr:mfa',
  amr: ['pwd', 'mfa'],
  authTime: now / 1000 - 60,
  sessionId: 'session-1',
  tokenId: 'token-1',
  expiresAt: now / 1000 + 600,
};

export const workload: Workload = {
  id: 'copilot',
  tenant: 'clinic',
  clientIds: ['copilot-app'],
  tasks: 'all',
  purposes: 'all',
  models: 'all',
  humanReads: true,
};

export const delegation: Delegation = {
  scope: {
    tenant: 'clinic',
    patient: 'patient-4711',
    task: 'cholesterol.latest',
    purpose: 'TREAT',
    actions: ['ask'],
    encounter: 'encounter-815',
    ticket: 'INC-12',
  },
  user,
  workload: 'copilot',
  txn: '019cb8a0-0000-7000-8000-000000000001',
  tokenId: '019cb8a0-0000-7000-8000-000000000002',
  expiresAt: now / 1000 + 300,
};

/** A token issuer on a clock that the test moves. */
export async function startGateway(
  key = signingKey,
  issuer = gatewayUrl,
  overlapKeys: readonly string[] = [],
) {
  const time = { at: now };
  const clock = { now: () => time.at };
  const revocations = await createMemoryRevocations(clock);
  const tokens = await createTokenIssuer({
    signingKey: key,
    overlapKeys,
    issuer,
    audience,
    clock,
    randomness,
    revocations,
    publicPseudonym: (kind, value) =>
      createHmac('sha256', 'k').update(`${kind}:${value}`).digest('base64url'),
  });
  return { tokens, time, clock, revocations };
}
