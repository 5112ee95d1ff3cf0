import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createSnpMachine, type SnpMachine } from '../../../sandbox/attestation/snp-machine.ts';
import { createSnpVendor } from '../../../sandbox/attestation/snp-vendor.ts';
import type { AppraisalPolicy } from '../../../src/attestation/appraisal-policy.ts';
import type { Evidence } from '../../../src/attestation/evidence.ts';
import { judge, type Verdict } from '../../../src/attestation/judge.ts';
import { parseAppraisalPolicy } from '../../../src/attestation/policy-loader.ts';

const at = Date.now();
const image = Buffer.alloc(48, 0x5a);
const nonce = Buffer.alloc(32, 7);
const expected = { nonce: nonce.toString('hex'), key: Buffer.from('a public key') };

const noFiles = (): never => {
  throw new Error('no files');
};

const begun = (async (): Promise<{ machines: readonly SnpMachine[]; policy: AppraisalPolicy }> => {
  const vendor = await createSnpVendor();
  const text = `name: two
evidence:
  - format: sev-snp
    roots: ['${vendor.root}']
    measurements: { measurement: ['${image.toString('hex')}'] }
    binding: sha512-nonce-key
    count: 2
`;
  const machines = await Promise.all([createSnpMachine(vendor), createSnpMachine(vendor)]);
  return { machines, policy: parseAppraisalPolicy(text, 'policy.yaml', noFiles) };
})();

const reportData = createHash('sha512').update(nonce).update(expected.key).digest();

/** What comes of reports of these machines, by number. */
async function judged(numbers: readonly number[], measurement: Uint8Array = image): Promise<Verdict> {
  const { machines, policy } = await begun;
  const shown = numbers.flatMap((number): readonly Evidence[] => {
    const made = machines[number]?.evidence({ reportData, measurement });
    return made === undefined ? [] : [made];
  });
  return judge(shown, policy, at, expected);
}

describe('a policy that demands two of a kind', () => {
  it('takes those of two machines', async () => {
    expect(await judged([0, 1])).toMatchObject({ ok: true, reasons: [] });
  });

  it('does not take one machine twice, each time signed anew, nor one document twice', async () => {
    const { machines, policy } = await begun;
    const twice = await judged([0, 0]);
    expect(new Set(twice.judged.map(({ hash }) => hash)).size).toBe(2);
    expect(twice).toMatchObject({ ok: false, reasons: ['format_missing'] });
    const one = machines[0]?.evidence({ reportData, measurement: image });
    const copied = one === undefined ? [] : [one, one];
    expect((await judge(copied, policy, at, expected)).reasons).toEqual(['format_missing']);
  });

  it('takes none beside one that does not fit', async () => {
    const { machines, policy } = await begun;
    const all = machines.flatMap((machine) => [
      machine.evidence({ reportData, measurement: image }),
      machine.evidence({ reportData, measurement: image, debug: true }),
    ]);
    expect((await judge(all, policy, at, expected)).reasons).toEqual(['debug']);
  });
});
