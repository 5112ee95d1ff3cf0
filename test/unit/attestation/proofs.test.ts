import { expect, it } from '@jest/globals';
import type { Tenant } from '../../../src/config/config.ts';
import type { ModelEndpoint } from '../../../src/vocabulary/model-endpoint.ts';
import { createProofs } from '../../../src/wiring/proofs.ts';

const model: ModelEndpoint = {
  id: 'confidential',
  model: 'upstream',
  baseUrl: 'https://models.example/v1',
  timeoutMs: 1_000,
  maxAnswerBytes: 1_024,
  residency: 'US',
  trusted: true,
};
const demanding: ModelEndpoint = { ...model, attestation: { policy: '/none.yaml', path: '/attestation' } };

const proofOf = (models: readonly ModelEndpoint[]) => {
  const tenants: readonly Pick<Tenant, 'models'>[] = [{ models }];
  return createProofs(
    { tenants },
    new Map(),
    new Map(),
    { bytes: (length) => new Uint8Array(length) },
    { now: () => 0 },
  );
};

it('an endpoint that must prove itself and cannot be asked to does not pass for one that need not', () => {
  expect(() => proofOf([demanding])(demanding)).toThrow('confidential cannot be asked for evidence');
});

it('an endpoint that need not prove itself has no proof', () => {
  expect(proofOf([model])(model)).toBeUndefined();
});
