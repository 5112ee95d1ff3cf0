import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { createSnpMachine, type SnpMachine } from '../../../sandbox/attestation/snp-machine.ts';
import { createSnpVendor } from '../../../sandbox/attestation/snp-vendor.ts';
import type { AppraisalPolicy } from '../../../src/attestation/appraisal-policy.ts';
import { EndpointProof } from '../../../src/attestation/endpoint-proof.ts';
import { parseAppraisalPolicy } from '../../../src/attestation/policy-loader.ts';
import { shown } from '../../fixtures/confidential-model.ts';

const image = Buffer.alloc(48, 0x5a);
const key = Buffer.from('a public key');
const keyHash = createHash('sha256').update(key).digest();

const noFiles = (): never => {
  throw new Error('no files');
};

const begun = (async (): Promise<{ machine: SnpMachine; policy: AppraisalPolicy }> => {
  const vendor = await createSnpVendor();
  const text = `name: inference
validForSeconds: 100
evidence:
  - { format: sev-snp, roots: ['${vendor.root}'], measurements: { measurement: ['${image.toString('hex')}'] } }
`;
  return {
    machine: await createSnpMachine(vendor),
    policy: parseAppraisalPolicy(text, 'policy.yaml', noFiles),
  };
})();

/** Time of the gateway, epoch milliseconds. */
let now: number;
let asked: number;
let told: string[];
let hears: boolean;
/** Whether the files that the policy names can be read. */
let readable: boolean;
/** Comes about while the endpoint is asked. */
let meanwhile: () => void;

beforeEach(() => {
  now = Date.now();
  [asked, told, hears, readable] = [0, [], true, true];
  meanwhile = () => undefined;
});

async function proofOf(): Promise<EndpointProof> {
  const { machine, policy } = await begun;
  return new EndpointProof({
    policy: () => (readable ? policy : noFiles()),
    now: () => now,
    random: (length) => Buffer.alloc(length, 7),
    way: {
      ask: (nonce) => {
        asked += 1;
        meanwhile();
        if (!hears) return Promise.reject(new Error('silent'));
        const reportData = Buffer.concat([keyHash, Buffer.from(nonce, 'hex')]);
        const evidence = [shown(machine.evidence({ reportData, measurement: image }))];
        return Promise.resolve({ body: JSON.stringify({ evidence }), key });
      },
      trust: (hash, lasts) => told.push(`${hash} for ${lasts}`),
      trustNone: () => told.push('none'),
    },
  });
}

/** Lets a renewal in the background come to its end. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('what an endpoint has proven', () => {
  it('is asked for once by all who wait for it', async () => {
    const proof = await proofOf();
    const all = await Promise.all([proof.current(), proof.current(), proof.current()]);
    expect(all.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(asked).toBe(1);
    expect(told).toEqual([`${keyHash.toString('hex')} for 100000`]);
  });

  it('is asked for at most every two seconds of an endpoint that answers nothing while its proof counts', async () => {
    const proof = await proofOf();
    await proof.current();
    hears = false;
    asked = 0;
    now += 80_000;
    for (let question = 0; question < 50; question += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one question after the other
      expect((await proof.current()).ok).toBe(true);
      // oxlint-disable-next-line no-await-in-loop -- one question after the other
      await settled();
      now += 100;
    }
    expect(asked).toBeGreaterThan(1);
    expect(asked).toBeLessThan(4);
  });

  it('is asked for again where the clock was set back since somebody asked in vain', async () => {
    const proof = await proofOf();
    await proof.current();
    hears = false;
    now += 90_000;
    await proof.current();
    await settled();
    asked = 0;
    now -= 10_000;
    await proof.current();
    expect(asked).toBe(1);
  });

  it('lets connections stand for no longer where the clock is set back while it is asked', async () => {
    const proof = await proofOf();
    meanwhile = () => {
      now -= 3_600_000;
    };
    await proof.current();
    expect(told).toEqual([`${keyHash.toString('hex')} for 100000`]);
  });

  it('is nothing any more where a file that the policy names cannot be read, and says so', async () => {
    const proof = await proofOf();
    await proof.current();
    readable = false;
    now += 100_000;
    expect(await proof.current()).toMatchObject({ ok: false, faults: ['policy_unusable'] });
    expect(asked).toBe(1);
    expect(told.at(-1)).toBe('none');
  });
});
