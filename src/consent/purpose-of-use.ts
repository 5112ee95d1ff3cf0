import { table } from '../vocabulary/table.ts';

/**
 * The tree of the value set PurposeOfUse (v3-ActReason) as far as a Consent may name it: code to parent. A code that
 * is not here is not understood, and a consent that names it denies.
 */
const parents: Readonly<Record<string, string | undefined>> = table({
  TREAT: undefined,
  CAREMGT: 'TREAT',
  CLINTRL: 'TREAT',
  COC: 'TREAT',
  ETREAT: 'TREAT',
  BTG: 'ETREAT',
  ERTREAT: 'ETREAT',
  POPHLTH: 'TREAT',
  HPAYMT: undefined,
  CLMATTCH: 'HPAYMT',
  COVAUTH: 'HPAYMT',
  COVERAGE: 'HPAYMT',
  REMITADV: 'HPAYMT',
  HOPERAT: undefined,
  DONAT: 'HOPERAT',
  FRAUD: 'HOPERAT',
  GOV: 'HOPERAT',
  HACCRED: 'HOPERAT',
  HCOMPL: 'HOPERAT',
  HDECD: 'HOPERAT',
  HDIRECT: 'HOPERAT',
  HDM: 'HOPERAT',
  HLEGAL: 'HOPERAT',
  HOUTCOMS: 'HOPERAT',
  HPRGRP: 'HOPERAT',
  HQUALIMP: 'HOPERAT',
  HSYSADMIN: 'HOPERAT',
  LABELING: 'HOPERAT',
  METAMGT: 'HOPERAT',
  MEMADMIN: 'HOPERAT',
  MILCDM: 'HOPERAT',
  PATADMIN: 'HOPERAT',
  PATSFTY: 'HOPERAT',
  PERFMSR: 'HOPERAT',
  RECORDMGT: 'HOPERAT',
  SYSDEV: 'HOPERAT',
  TRAIN: 'HOPERAT',
  HRESCH: undefined,
  BIORCH: 'HRESCH',
  CLINTRCH: 'HRESCH',
  DSRCH: 'HRESCH',
  POARCH: 'HRESCH',
  TRANSRCH: 'HRESCH',
  PATRQT: undefined,
  FAMRQT: 'PATRQT',
  PWATRNY: 'PATRQT',
  SUPNWK: 'PATRQT',
  PUBHLTH: undefined,
  DISASTER: 'PUBHLTH',
  THREAT: 'PUBHLTH',
  HMARKT: undefined,
});

/** Purposes that a permit opens only by naming them: neither a parent, nor an absent list, nor a default does. */
const byNameOnly: ReadonlySet<string> = new Set(['BTG', 'FAMRQT', 'PWATRNY', 'SUPNWK']);

export const isKnownPurpose = (code: string): boolean => Object.hasOwn(parents, code);
export const needsOwnName = (code: string): boolean => byNameOnly.has(code);

/** `named` is `purpose` itself or one of its ancestors. */
function isOrAbove(named: string, purpose: string): boolean {
  for (let code: string | undefined = purpose; code !== undefined; code = parents[code]) {
    if (code === named) return true;
  }
  return false;
}

/** A permit covers the purposes below it, except those that need their own name. An empty list is every purpose. */
export function permitCovers(named: readonly string[], purpose: string): boolean {
  if (needsOwnName(purpose)) return named.includes(purpose);
  return named.length === 0 || named.some((code) => isOrAbove(code, purpose));
}

/** A denial covers everything below the purposes that it names: a denial of TREAT is one of BTG too. */
export const denialCovers = (named: readonly string[], purpose: string): boolean =>
  named.length === 0 || named.some((code) => isOrAbove(code, purpose));

/** A purpose with all that lie below it. */
export const purposesBelow = (code: string): readonly string[] =>
  Object.keys(parents).filter((purpose) => isOrAbove(code, purpose));

export const isResearch = (purpose: string): boolean => isOrAbove('HRESCH', purpose);
