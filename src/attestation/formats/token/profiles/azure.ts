import { NotProven } from '../../../reasons.ts';
import { boundKey } from '../keys.ts';
import {
  debugOf,
  type Members,
  memberOf,
  named,
  optionalCount,
  optionalHex,
  optionalMembers,
  optionalText,
  optionalTruth,
  text,
  texts,
  truth,
} from '../members.ts';
import type { TokenProfile, Told } from '../profile.ts';
import { tdxFacts, tdxRegisters } from './tdx-members.ts';

const snp = (name: string): string => `x-ms-sevsnpvm-${name}`;

const snpRegisters = {
  measurement: snp('launchmeasurement'),
  hostData: snp('hostdata'),
  idKeyDigest: snp('idkeydigest'),
  authorKeyDigest: snp('authorkeydigest'),
  familyId: snp('familyId'),
  imageId: snp('imageId'),
};
const snpVersions = {
  bootloader: snp('bootloader-svn'),
  tee: snp('tee-svn'),
  snp: snp('snpfw-svn'),
  microcode: snp('microcode-svn'),
};
const snpCounts = { vmpl: snp('vmpl'), guestSvn: snp('guestsvn') };

type OfMachine = Pick<Told, 'tee' | 'measurements' | 'flags' | 'tcb'> & {
  readonly facts: Readonly<Record<string, string>>;
  readonly reportData: string | undefined;
};

/** The verdict on the processor's firmware where there is one, else on the whole machine. */
const statusOf = (tee: Members): { readonly status?: string } => {
  const status = optionalText(tee, 'attester_tcb_status') ?? optionalText(tee, 'x-ms-compliance-status');
  return status === undefined ? {} : { status };
};

function snpOf(tee: Members): OfMachine {
  const counts = named(snpCounts, (name) => optionalCount(tee, name));
  return {
    tee: 'sev-snp',
    measurements: named(snpRegisters, (name) => optionalHex(tee, name)),
    flags: {
      debug: truth(tee, snp('is-debuggable')),
      ...named({ migration: snp('migration-allowed'), smt: snp('smt-allowed') }, (name) =>
        optionalTruth(tee, name),
      ),
    },
    tcb: {
      parts: named(snpVersions, (name) => optionalCount(tee, name)),
      ...statusOf(tee),
    },
    facts: Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, `${count}`])),
    reportData: optionalHex(tee, snp('reportdata')),
  };
}

function tdxOf(tee: Members): OfMachine {
  const status = optionalText(tee, 'dbgstat');
  const debug = truth(tee, 'tdx_td_attributes_debug');
  return {
    tee: 'tdx',
    measurements: named(tdxRegisters, (name) => optionalHex(tee, name)),
    flags: { debug: debug || (status !== undefined && debugOf(status, 'counts')) },
    tcb: { parts: {}, ...statusOf(tee) },
    facts: named(tdxFacts, (name) => optionalHex(tee, name)),
    reportData: optionalHex(tee, 'tdx_report_data'),
  };
}

const machines: ReadonlyMap<unknown, (tee: Members) => OfMachine> = new Map([
  ['sevsnpvm', snpOf],
  ['tdxvm', tdxOf],
]);

/** The guest's own doors, which the processor knows nothing of. */
const guestDoors = ['boot', 'kernel', 'hypervisor'].map((name) => `x-ms-azurevm-${name}debug-enabled`);

/** Microsoft Azure Attestation of a confidential VM: of the processor alone, or of guest and processor. */
export const azure: TokenProfile = {
  name: 'azure-attestation',
  is: (payload) => typeof memberOf(payload, 'x-ms-ver') === 'string',
  told(payload) {
    const tee = optionalMembers(payload, 'x-ms-isolation-tee') ?? payload;
    const kind = text(tee, 'x-ms-attestation-type');
    const read = machines.get(kind);
    if (read === undefined) throw new NotProven('version_unknown');
    const { facts, flags, reportData, ...machine } = read(tee);
    const open = guestDoors.some((name) => optionalTruth(payload, name) === true);
    const platform = optionalText(payload, 'x-ms-azurevm-vmid');
    const runtime = optionalMembers(payload, 'x-ms-runtime') ?? {};
    const client = optionalMembers(runtime, 'client-payload') ?? {};
    const publicKey = boundKey(memberOf(runtime, 'keys'));
    return {
      ...machine,
      flags: {
        ...flags,
        debug: flags['debug'] === true || open,
        ...named({ secureBoot: 'secureboot', testSigning: 'x-ms-azurevm-testsigning-enabled' }, (name) =>
          optionalTruth(payload, name),
        ),
      },
      ...(platform === undefined ? {} : { platform }),
      facts: {
        attestationType: text(payload, 'x-ms-attestation-type'),
        ...facts,
        ...named({ policyHash: 'x-ms-policy-hash' }, (name) => optionalText(payload, name)),
      },
      bound: {
        nonces: [...texts(client, 'nonce'), ...texts(payload, 'nonce')],
        ...(reportData === undefined ? {} : { reportData }),
        ...(publicKey === undefined ? {} : { publicKey }),
      },
    };
  },
};
