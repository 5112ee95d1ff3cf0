import { describe, expect, test } from '@jest/globals';
import { verifyToken } from '../../../src/attestation/formats/jwt.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { bundle, issuer, sign, tokenEvidence, trust } from '../../fixtures/attestation-tokens.ts';
import { reasonOf } from '../../fixtures/not-proven.ts';
import fc from '../../fixtures/properties.ts';
import {
  azureSnpToken,
  azureTdxToken,
  earToken,
  gpuPart,
  gpuPlatform,
  intelToken,
  spaceToken,
} from './token-claims.ts';

const at = Date.UTC(2026, 5, 1);
const times = { iss: issuer, iat: at / 1000, exp: at / 1000 + 600 };
type Members = Readonly<Record<string, unknown>>;

/** The same with another value in one place: each number of the way picks a member of the object that stands there. */
function changed(from: Members, [step = 0, ...way]: readonly number[], value: unknown): Members {
  const names = Object.keys(from);
  const name = names[step % names.length] ?? '';
  const inner = from[name];
  const deeper = isRecord(inner) && Object.keys(inner).length > 0 && way.length > 0;
  return { ...from, [name]: deeper ? changed(inner, way, value) : value };
}

const ways = fc.array(fc.nat(), { minLength: 1, maxLength: 5 });
const values = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(null, '', [], {}, -1, 1e300, '__proto__', undefined),
);

describe('whatever stands in a member of a signed token', () => {
  test.each<[string, Members]>([
    ['Confidential Space', spaceToken],
    ['Azure Attestation of SEV-SNP', azureSnpToken],
    ['Azure Attestation of TDX', azureTdxToken],
    ['Intel Trust Authority', intelToken],
    ['EAT attestation results', earToken],
  ])('%s: there are claims, or a reason', async (_what, payload) => {
    await fc.assert(
      fc.asyncProperty(ways, values, async (way, value) => {
        const token = await sign(changed({ ...times, ...payload }, way, value));
        const reason = await reasonOf(verifyToken(tokenEvidence(token), trust, at));
        expect(typeof reason).toBe('string');
      }),
      { numRuns: 100 },
    );
  });

  test('NVIDIA’s remote attestation: there are claims, or a reason', async () => {
    await fc.assert(
      fc.asyncProperty(ways, values, fc.boolean(), async (way, value, outer) => {
        const platform = { ...times, ...gpuPlatform };
        const part = { ...times, ...gpuPart };
        const document = outer
          ? await bundle(changed(platform, way, value), { 'GPU-0': part })
          : await bundle(platform, { 'GPU-0': changed(part, way, value) });
        const reason = await reasonOf(verifyToken(tokenEvidence(document), trust, at));
        expect(typeof reason).toBe('string');
      }),
      { numRuns: 100 },
    );
  });

  test('a member that objects have by themselves is none of a token', async () => {
    const token = await sign({
      ...times,
      ...spaceToken,
      submods: JSON.parse('{"__proto__":{"container":{}}}'),
    });
    const claims = await verifyToken(tokenEvidence(token), trust, at);
    expect(claims.measurements).toEqual({});
  });
});
