/** TDX registers by our names, as Microsoft's and Intel's tokens call them. */
export const tdxRegisters = {
  mrtd: 'tdx_mrtd',
  rtmr0: 'tdx_rtmr0',
  rtmr1: 'tdx_rtmr1',
  rtmr2: 'tdx_rtmr2',
  rtmr3: 'tdx_rtmr3',
  mrSeam: 'tdx_mrseam',
  mrSignerSeam: 'tdx_mrsignerseam',
  mrConfigId: 'tdx_mrconfigid',
  mrOwner: 'tdx_mrowner',
  mrOwnerConfig: 'tdx_mrownerconfig',
};

export const tdxFacts = { tdAttributes: 'tdx_td_attributes', xfam: 'tdx_xfam', teeTcbSvn: 'tdx_tee_tcb_svn' };
