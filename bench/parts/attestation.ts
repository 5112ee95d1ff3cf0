import { createSnpMachine } from '../../sandbox/attestation/snp-machine.ts';
import { createSnpVendor } from '../../sandbox/attestation/snp-vendor.ts';
import type { Requirement } from '../../src/attestation/appraisal-policy.ts';
import { judgeOne } from '../../src/attestation/judge.ts';
import type { Part } from '../part.ts';
import { Rounds, roundsWithin } from '../row.ts';

const measurement = Buffer.alloc(48, 0x5a);

/** Evidence of the sandbox's machine, verified and appraised one after the other; nothing is fetched. */
export const attestation: Part = async (options) => {
  const rounds = new Rounds('attestation');
  const vendor = await createSnpVendor();
  const machine = await createSnpMachine(vendor);
  const list = await vendor.revoke('vcek', [], Date.now());
  const wanted = (revocations: readonly Uint8Array[]): Requirement => ({
    format: 'sev-snp',
    trust: { roots: new Set([vendor.root]), certificates: [], revocations },
    measurements: { measurement: [measurement.toString('hex')] },
    flags: {},
    minimum: { snp: 20 },
    facts: {},
    binding: 'sha256-key-nonce',
    maxAgeSeconds: 300,
    count: 1,
  });
  const policies = [
    ['SEV-SNP report', wanted([])],
    ['SEV-SNP report, with a revocation list', wanted([list])],
  ] as const;
  for (const round of roundsWithin(options.quick ? 1 : 5, 10)) {
    options.progress(`attestation: round ${round + 1}`);
    for (const [variant, policy] of policies) {
      const runs = options.quick ? 20 : 200;
      const before = process.cpuUsage();
      for (let n = 0; n < runs; n += 1) {
        const { reasons } = await judgeOne(machine.evidence({ measurement }), policy, Date.now());
        if (reasons.length > 0)
          throw new Error(`the evidence of the bench no longer counts: ${reasons.join()}`);
      }
      const { system, user } = process.cpuUsage(before);
      rounds.add(variant, 'CPU', 'ms', (user + system) / 1000 / runs);
    }
  }
  return rounds.rows();
};
