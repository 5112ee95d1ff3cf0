import {
  debugOf,
  type Members,
  memberOf,
  members,
  named,
  optionalMembers,
  optionalText,
  text,
  texts,
  truth,
} from '../members.ts';
import type { TokenProfile } from '../profile.ts';

/** Hardware by its name here. */
const machines: Readonly<Record<string, string>> = {
  GCP_INTEL_TDX: 'tdx',
  GCP_AMD_SEV: 'sev',
  GCP_AMD_SEV_ES: 'sev-es',
  GCP_AMD_SEV_SNP: 'sev-snp',
};

const registers = { image_digest: 'image_digest', image_id: 'image_id' };
const containerFacts = { imageReference: 'image_reference', restartPolicy: 'restart_policy' };
const machineFacts = { projectId: 'project_id', zone: 'zone', instanceId: 'instance_id' };
/** What changes how a container runs: stated as JSON, so that a policy can name all of it. */
const overrides = { args: 'args', commandOverride: 'cmd_override', environmentOverride: 'env_override' };

const jsonOf = (from: Members, name: string): string | undefined => {
  const value = memberOf(from, name);
  return value === undefined ? undefined : JSON.stringify(value);
};

/** Google Cloud Attestation for Confidential Space (and for plain Confidential VMs, without a container). */
export const confidentialSpace: TokenProfile = {
  name: 'confidential-space',
  is: (payload) =>
    typeof memberOf(payload, 'swname') === 'string' && typeof memberOf(payload, 'hwmodel') === 'string',
  told(payload) {
    const hardware = text(payload, 'hwmodel');
    const submods = members(payload, 'submods');
    const container = optionalMembers(submods, 'container') ?? {};
    const space = optionalMembers(submods, 'confidential_space') ?? {};
    const machine = optionalMembers(submods, 'gce') ?? {};
    const status = text(payload, 'dbgstat');
    const platform = optionalText(payload, 'sub');
    const roots = texts(payload, 'attester_tcb');
    return {
      tee: Object.hasOwn(machines, hardware) ? (machines[hardware] ?? hardware) : hardware,
      measurements: named(registers, (name) => optionalText(container, name)),
      flags: { debug: debugOf(status, 'open'), secureBoot: truth(payload, 'secboot') },
      tcb: { parts: {} },
      ...(platform === undefined ? {} : { platform }),
      facts: {
        hardware,
        debugStatus: status,
        software: text(payload, 'swname'),
        softwareVersion: texts(payload, 'swversion').join(','),
        supportAttributes: texts(space, 'support_attributes').join(','),
        ...(roots.length === 0 ? {} : { attesterTcb: roots.join(',') }),
        ...named(containerFacts, (name) => optionalText(container, name)),
        ...named(overrides, (name) => jsonOf(container, name)),
        ...named(machineFacts, (name) => optionalText(machine, name)),
      },
      bound: { nonces: texts(payload, 'eat_nonce') },
    };
  },
};
