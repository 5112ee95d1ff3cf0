import { NotProven } from '../../../reasons.ts';
import {
  debugOf,
  type Members,
  memberOf,
  named,
  optionalHex,
  optionalMembers,
  optionalText,
  optionalTruth,
  texts,
  truth,
} from '../members.ts';
import type { TokenProfile } from '../profile.ts';
import { tdxFacts, tdxRegisters } from './tdx-members.ts';

const gpuFacts = {
  gpuMeasurements: 'measres',
  gpuModel: 'hwmodel',
  gpuDriver: 'x-nvidia-gpu-driver-version',
  gpuVbios: 'x-nvidia-gpu-vbios-version',
};

const bytesOf = (text: string): string => Buffer.from(text, 'base64').toString('hex');

/** Whether a part says that somebody may look in; a part that says nothing of it says nothing. */
const openTo = (part: Members): boolean => {
  const status = optionalText(part, 'dbgstat');
  return status !== undefined && debugOf(status, 'counts');
};

const idsOf = (payload: Members, name: string): string | undefined => {
  const list = memberOf(payload, name);
  return list === undefined ? undefined : JSON.stringify(list);
};

/**
 * Intel Trust Authority, of a TDX machine: version 1 has its words at the top, version 2 under `tdx`, a GPU under `nvgpu`.
 * The nonce is the service's own; what the machine was given to hold (`attester_held_data`) stands beside it.
 */
export const trustAuthority: TokenProfile = {
  name: 'trust-authority',
  is: (payload) => Array.isArray(memberOf(payload, 'verifier_instance_ids')),
  told(payload) {
    const tdx = optionalMembers(payload, 'tdx') ?? payload;
    if (memberOf(tdx, 'tdx_mrtd') === undefined) throw new NotProven('version_unknown');
    const gpu = optionalMembers(payload, 'nvgpu') ?? {};
    const nonce = optionalMembers(tdx, 'verifier_nonce') ?? optionalMembers(payload, 'verifier_nonce') ?? {};
    const held = optionalText(tdx, 'attester_held_data');
    const reportData = optionalHex(tdx, 'tdx_report_data');
    const advisories = texts(tdx, 'attester_advisory_ids');
    const debug = truth(tdx, 'tdx_is_debuggable') || openTo(tdx) || openTo(payload) || openTo(gpu);
    return {
      tee: 'tdx',
      measurements: named(tdxRegisters, (name) => optionalHex(tdx, name)),
      flags: { debug, ...named({ secureBoot: 'secboot' }, (name) => optionalTruth(gpu, name)) },
      tcb: { parts: {}, ...named({ status: 'attester_tcb_status' }, (name) => optionalText(tdx, name)) },
      ...(advisories.length === 0 ? {} : { advisories }),
      facts: {
        ...named(tdxFacts, (name) => optionalHex(tdx, name)),
        ...named({ tcbDate: 'attester_tcb_date' }, (name) => optionalText(tdx, name)),
        ...named(gpuFacts, (name) => optionalText(gpu, name)),
        ...named(
          { policiesMatched: 'policy_ids_matched', policiesUnmatched: 'policy_ids_unmatched' },
          (name) => idsOf(payload, name),
        ),
      },
      bound: {
        nonces: [
          ...texts(nonce, 'val').map((value) => bytesOf(value)),
          ...(held === undefined ? [] : [bytesOf(held)]),
        ],
        ...(reportData === undefined ? {} : { reportData }),
        ...(held === undefined ? {} : { publicKey: bytesOf(held) }),
      },
    };
  },
};
