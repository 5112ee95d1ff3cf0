import { NotProven } from '../../../reasons.ts';
import {
  debugOf,
  type Members,
  memberOf,
  named,
  optionalText,
  optionalTruth,
  text,
  texts,
  truth,
} from '../members.ts';
import type { TokenProfile } from '../profile.ts';

const partFacts = {
  model: 'hwmodel',
  ueid: 'ueid',
  measurements: 'measres',
  driver: 'x-nvidia-gpu-driver-version',
  vbios: 'x-nvidia-gpu-vbios-version',
  switchBios: 'x-nvidia-switch-bios-version',
};

/** Checks of the service on a part that must not have failed; that they are there is its overall verdict's business. */
const partChecks = [
  'x-nvidia-gpu-arch-check',
  'x-nvidia-gpu-attestation-report-signature-verified',
  'x-nvidia-gpu-attestation-report-nonce-match',
  'x-nvidia-switch-arch-check',
  'x-nvidia-switch-attestation-report-signature-verified',
  'x-nvidia-switch-attestation-report-nonce-match',
];

const partHolds = (part: Members): boolean =>
  optionalText(part, 'measres') === 'success' &&
  partChecks.every((name) => optionalTruth(part, name) !== false);

const factsOf = ([name, part]: readonly [string, Members]): readonly (readonly [string, string])[] =>
  Object.entries(named(partFacts, (claim) => optionalText(part, claim))).map(([fact, value]) => [
    `${name}.${fact}`,
    value,
  ]);

/**
 * NVIDIA's Remote Attestation Service: a token for the platform and a detached token for each GPU and switch, which the
 * first names by digest. It gives verdicts and no registers: there are no measurements to hold a policy to.
 */
export const nvidiaRemote: TokenProfile = {
  name: 'nvidia-remote',
  bundled: true,
  is: (payload) => typeof memberOf(payload, 'x-nvidia-overall-att-result') === 'boolean',
  told(payload, parts) {
    const overall = truth(payload, 'x-nvidia-overall-att-result');
    const nonces = texts(payload, 'eat_nonce').map((nonce) => nonce.toLowerCase());
    const each = [...parts.values()];
    const asked = (part: Members): boolean =>
      texts(part, 'eat_nonce').every((nonce) => nonces.includes(nonce.toLowerCase()));
    if (each.length === 0) throw new NotProven('malformed');
    if (!each.every((part) => asked(part))) throw new NotProven('nonce_mismatch');
    const ids = each.map((part) => optionalText(part, 'ueid')).filter((id) => id !== undefined);
    const [platform, second] = ids;
    return {
      tee: 'nvidia-cc',
      measurements: {},
      flags: {
        debug: each.some((part) => debugOf(text(part, 'dbgstat'), 'counts')),
        secureBoot: each.every((part) => truth(part, 'secboot')),
      },
      tcb: { parts: {}, status: overall && each.every((part) => partHolds(part)) ? 'success' : 'fail' },
      ...(platform === undefined || second !== undefined ? {} : { platform }),
      facts: {
        parts: [...parts.keys()].join(','),
        ...Object.fromEntries([...parts].flatMap((one) => factsOf(one))),
      },
      bound: { nonces },
    };
  },
};
