const bytes = (value: string, length: number): string => value.repeat(length);

/** What each attestation service says of a good machine, in its own words, without issuer and times. */
export const spaceToken = {
  dbgstat: 'disabled-since-boot',
  eat_nonce: ['nonce-one', 'nonce-two'],
  hwmodel: 'GCP_INTEL_TDX',
  attester_tcb: ['INTEL'],
  secboot: true,
  sub: 'https://cloud.example/projects/p/zones/z/instances/1',
  submods: {
    confidential_space: { support_attributes: ['LATEST', 'STABLE'] },
    container: {
      args: ['/serve', '--model=m'],
      image_digest: `sha256:${bytes('ab', 32)}`,
      image_reference: 'registry.example/model@sha256',
    },
    gce: { zone: 'z', project_id: 'p', instance_id: '1' },
  },
  swname: 'CONFIDENTIAL_SPACE',
  swversion: ['240900'],
};

export const azureSnpToken = {
  secureboot: true,
  nonce: 'n0nce',
  'x-ms-ver': '1.0',
  'x-ms-attestation-type': 'azurevm',
  'x-ms-azurevm-vmid': 'VM-1',
  'x-ms-azurevm-kerneldebug-enabled': false,
  'x-ms-isolation-tee': {
    'x-ms-attestation-type': 'sevsnpvm',
    'x-ms-compliance-status': 'azure-compliant-cvm',
    'x-ms-sevsnpvm-is-debuggable': false,
    'x-ms-sevsnpvm-launchmeasurement': bytes('CD', 48),
    'x-ms-sevsnpvm-hostdata': bytes('00', 32),
    'x-ms-sevsnpvm-reportdata': bytes('12', 64),
    'x-ms-sevsnpvm-bootloader-svn': 7,
    'x-ms-sevsnpvm-snpfw-svn': 14,
    'x-ms-sevsnpvm-vmpl': 0,
  },
};

export const azureTdxToken = {
  dbgstat: 'disabled',
  'x-ms-ver': '1.0',
  'x-ms-attestation-type': 'tdxvm',
  attester_tcb_status: 'UpToDate',
  tdx_mrtd: bytes('01', 48),
  tdx_td_attributes_debug: false,
  tdx_report_data: bytes('34', 64),
};

export const intelToken = {
  attester_tcb_status: 'OutOfDate',
  attester_advisory_ids: ['INTEL-SA-00001'],
  attester_held_data: Buffer.from('key').toString('base64'),
  tdx_is_debuggable: false,
  tdx_mrtd: bytes('02', 48),
  tdx_rtmr3: bytes('03', 48),
  tdx_report_data: bytes('56', 64),
  verifier_instance_ids: ['i'],
  verifier_nonce: { val: Buffer.from('nonce').toString('base64'), iat: '', signature: '' },
};

export const gpuPart = {
  measres: 'success',
  dbgstat: 'disabled',
  secboot: true,
  hwmodel: 'GH100',
  ueid: '42',
  'x-nvidia-gpu-driver-version': '550.90.07',
  'x-nvidia-gpu-vbios-version': '96.00.9F.00.01',
  'x-nvidia-gpu-attestation-report-nonce-match': true,
};

export const gpuPlatform = { 'x-nvidia-overall-att-result': true, eat_nonce: bytes('AB', 32) };

const snpPart = {
  'ear.status': 'affirming',
  'ear.appraisal-policy-id': 'default',
  'ear.trustworthiness-vector': { hardware: 2 },
  'ear.veraison.annotated-evidence': {
    report_data: bytes('78', 64),
    runtime_data_claims: { nonce: 'asked' },
    snp: {
      measurement: bytes('ef', 48),
      policy_debug_allowed: false,
      policy_migrate_ma: '0',
      reported_tcb_snp: 23,
    },
  },
};

export const earToken = {
  eat_profile: 'tag:example,2026:ear',
  'ear.verifier-id': { developer: 'https://verifier.example', build: '1' },
  submods: { cpu0: snpPart },
};
