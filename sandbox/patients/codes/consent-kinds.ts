import type { Consent } from 'fhir/r4.js';
import type { StaffKey } from '../staff.ts';
import type { Sensitivity } from './problems.ts';

/** IHE PCF Basic (root rule) and Intermediate/Advanced (one nested rule, by security label or by actor). */
export interface ConsentRow {
  readonly root: 'permit' | 'deny';
  /** Days before now; negative lie ahead. */
  readonly period: readonly [startDaysAgo: number, endDaysAgo: number];
  /** Purposes of v3-ActReason that the root rule is limited to; none: all purposes. */
  readonly purposes: readonly string[];
  readonly denyLabels?: readonly Sensitivity[];
  readonly denyActor?: StaffKey;
  readonly status: Consent['status'];
}

const care = ['TREAT', 'HPAYMT', 'HOPERAT', 'PATRQT', 'FAMRQT'] as const;

// biome-ignore format: a table
export const consentKinds = {
  'permit':                  { root: 'permit', period: [400, -500], purposes: care, status: 'active' },
  'permit-except-sensitive': { root: 'permit', period: [380, -500], purposes: care, denyLabels: ['HIV', 'PSY'], status: 'active' },
  'permit-except-substance': { root: 'permit', period: [300, -500], purposes: care, denyLabels: ['ETH'], status: 'active' },
  'permit-except-sexual':    { root: 'permit', period: [300, -500], purposes: care, denyLabels: ['STD'], status: 'active' },
  'permit-except-pharmacist': { root: 'permit', period: [390, -500], purposes: care, denyActor: 'pharmacist', status: 'active' },
  'research-only':           { root: 'permit', period: [330, -500], purposes: ['HRESCH'], status: 'active' },
  'deny':                    { root: 'deny', period: [350, -500], purposes: [], status: 'active' },
  'expired':                 { root: 'permit', period: [760, 30], purposes: care, status: 'active' },
  'revoked':                 { root: 'permit', period: [350, -500], purposes: care, status: 'inactive' },
} as const satisfies Record<string, ConsentRow>;
export type ConsentKind = keyof typeof consentKinds | 'none';
