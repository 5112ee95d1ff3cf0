import { NotProven } from '../../../reasons.ts';
import {
  type Members,
  memberOf,
  members,
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

/** What a part's evidence says, by Trustee's words for it. */
export interface Shown {
  readonly tee: string;
  readonly measurements: Readonly<Record<string, string>>;
  readonly flags: Readonly<Record<string, boolean>>;
  readonly parts: Readonly<Record<string, number>>;
  readonly tcbStatus?: string;
  readonly advisories: readonly string[];
}

const tcbStatus = (from: Members): { readonly tcbStatus?: string } =>
  named({ tcbStatus: 'tcb_status' }, (name) => optionalText(from, name));

function snpOf(from: Members): Shown {
  return {
    tee: 'sev-snp',
    measurements: named({ measurement: 'measurement', hostData: 'host_data' }, (name) =>
      optionalHex(from, name),
    ),
    flags: {
      debug: truth(from, 'policy_debug_allowed'),
      ...named({ migration: 'policy_migrate_ma', smt: 'policy_smt_allowed' }, (name) =>
        optionalTruth(from, name),
      ),
    },
    parts: named(
      {
        bootloader: 'reported_tcb_bootloader',
        tee: 'reported_tcb_tee',
        snp: 'reported_tcb_snp',
        microcode: 'reported_tcb_microcode',
      },
      (name) => optionalCount(from, name),
    ),
    advisories: [],
  };
}

const tdxRegisters = {
  mrtd: 'mr_td',
  rtmr0: 'rtmr_0',
  rtmr1: 'rtmr_1',
  rtmr2: 'rtmr_2',
  rtmr3: 'rtmr_3',
  mrSeam: 'mr_seam',
  mrSignerSeam: 'mrsigner_seam',
  mrConfigId: 'mr_config_id',
  mrOwner: 'mr_owner',
  mrOwnerConfig: 'mr_owner_config',
};

function tdxOf(from: Members): Shown {
  const body = members(members(from, 'quote'), 'body');
  return {
    tee: 'tdx',
    measurements: named(tdxRegisters, (name) => optionalHex(body, name)),
    flags: { debug: truth(members(from, 'td_attributes'), 'debug') },
    parts: {},
    ...tcbStatus(from),
    advisories: texts(from, 'advisory_ids'),
  };
}

/** SGX: the second bit of the enclave's attributes is the debugger's. */
function sgxOf(from: Members): Shown {
  const body = members(from, 'body');
  const attributes = optionalHex(body, 'attributes.flags');
  if (attributes?.length !== 16) throw new NotProven('malformed');
  return {
    tee: 'sgx',
    measurements: named({ mrEnclave: 'mr_enclave', mrSigner: 'mr_signer' }, (name) =>
      optionalHex(body, name),
    ),
    flags: { debug: (Number.parseInt(attributes.slice(0, 2), 16) & 0x02) !== 0 },
    parts: {},
    ...tcbStatus(from),
    advisories: texts(from, 'advisory_ids'),
  };
}

/** What NVIDIA's service said of a GPU: no registers, and its own word for the debugger. */
function gpuOf(from: Members): Shown {
  const status = text(from, 'dbgstat');
  return {
    tee: 'nvidia-cc',
    measurements: {},
    flags: { debug: status !== 'disabled' },
    parts: {},
    ...named({ tcbStatus: 'measres' }, (name) => optionalText(from, name)),
    advisories: [],
  };
}

/** Evidence by the member that it stands under. Trustee's made-up kind for tests is none. */
const kinds: Readonly<Record<string, (from: Members) => Shown>> = {
  snp: snpOf,
  'az-snp-vtpm': snpOf,
  azsnpvtpm: snpOf,
  tdx: tdxOf,
  'az-tdx-vtpm': tdxOf,
  aztdxvtpm: tdxOf,
  sgx: sgxOf,
  nvidia: gpuOf,
};

/** Reads annotated evidence; throws `version_unknown` where it is of no machine that is known here, or of two. */
export function evidenceOf(annotated: Members): Shown {
  const [kind, second] = Object.keys(kinds).filter((name) => memberOf(annotated, name) !== undefined);
  const read = kind === undefined || second !== undefined ? undefined : kinds[kind];
  if (kind === undefined || read === undefined) throw new NotProven('version_unknown');
  return read(optionalMembers(annotated, kind) ?? {});
}
