import { codeSystems } from '../vocabulary/fhir.ts';
import type { SensitivityCode } from '../vocabulary/sensitivity-codes.ts';
import { table } from '../vocabulary/table.ts';

/** A code of a code system, as it stands in consents, labels and resources. */
export interface Code {
  readonly system: string;
  readonly code: string;
}

/** v3-Confidentiality from the least to the most protected. */
const confidentiality = ['U', 'L', 'M', 'N', 'R', 'V'] as const;

/**
 * Sensitivity codes of v3-ActCode that a consent or a label may carry, with the codes directly below each. A code
 * that is not here is not understood.
 */
const narrower: Readonly<Record<string, readonly string[]>> = table({
  BH: ['COGN', 'DVD', 'EMOTDIS', 'MH', 'PSY', 'SUD'],
  MH: ['PSYTHPN'],
  PSY: ['PSYTHPN'],
  SUD: ['ETHUD', 'OPIOIDUD'],
  ETH: ['ETHUD', 'OPIOIDUD', 'SUD'],
  SEX: ['SEXUAL', 'STD'],
  SEXUAL: [],
  ADOL: [],
  STD: [],
  HIV: [],
  SDV: [],
  VIO: [],
  GDIS: ['SCA'],
  SCA: [],
  MST: [],
  TBOO: [],
  COGN: [],
  DVD: [],
  EMOTDIS: [],
  PSYTHPN: [],
  ETHUD: [],
  OPIOIDUD: [],
  '42CFRPart2': [],
} satisfies Record<SensitivityCode, readonly string[]>);

/** Pairs that a denial takes as one, although neither code is below the other. */
const deniedAlike: Readonly<Record<string, readonly string[]>> = table({
  SUD: ['ETH', '42CFRPart2'],
  ETH: ['42CFRPart2'],
  '42CFRPart2': ['SUD', 'ETH'],
  MH: ['PSY'],
  PSY: ['MH'],
  SDV: ['VIO'],
  SEXUAL: ['SEX'],
});

/** Codes that labels carry side by side for one thing: a permit that names one of them means the other. */
const sameThing: Readonly<Record<string, string>> = table({
  MH: 'PSY',
  PSY: 'MH',
  SDV: 'VIO',
  VIO: 'SDV',
  SEX: 'SEXUAL',
  SEXUAL: 'SEX',
});

/** Sensitivity codes that older content writes as v3-Confidentiality (deprecated there). */
const formerly: ReadonlySet<string> = new Set(['ETH', 'HIV', 'PSY', 'SDV']);

const confidentialityRank = (label: Code): number | undefined => {
  if (label.system !== codeSystems.confidentiality) return undefined;
  const rank = confidentiality.findIndex((code) => code === label.code);
  return rank < 0 ? undefined : rank;
};

/** The sensitivity code of a label, also where it stands in its former code system. */
const sensitivityOf = (label: Code): string | undefined => {
  if (label.system === codeSystems.actCode && Object.hasOwn(narrower, label.code)) return label.code;
  return label.system === codeSystems.confidentiality && formerly.has(label.code) ? label.code : undefined;
};

export const isKnownLabel = (label: Code): boolean =>
  confidentialityRank(label) !== undefined || sensitivityOf(label) !== undefined;

/** `code` is `named` or below it. */
function isOrBelow(code: string, named: string): boolean {
  return code === named || (narrower[named] ?? []).some((child) => isOrBelow(code, child));
}

interface Marks {
  /** Highest confidentiality named or carried; undefined where there is none. */
  readonly rank: number | undefined;
  readonly lowest: number | undefined;
  readonly sensitivities: readonly string[];
}

function marksOf(labels: readonly Code[]): Marks {
  const ranks = labels.map(confidentialityRank).filter((rank) => rank !== undefined);
  return {
    rank: ranks.length === 0 ? undefined : Math.max(...ranks),
    lowest: ranks.length === 0 ? undefined : Math.min(...ranks),
    sensitivities: labels.map(sensitivityOf).filter((code) => code !== undefined),
  };
}

const normal = confidentiality.indexOf('N');
const restricted = confidentiality.indexOf('R');

/** An unlabelled resource counts as N (the default of v3-Confidentiality), one with a sensitivity at least as R. */
const rankOf = (marks: Marks): number =>
  Math.max(marks.rank ?? normal, marks.sensitivities.length > 0 ? restricted : 0);

/**
 * Whether a permit for `named` covers a resource with `carried`: its confidentiality lies at or below the mark named
 * (R4 Consent.provision.securityLabel: "applies to all resources labelled R or lower"), or every sensitivity that it
 * carries is named. A broader code counts as named with the narrower one beside it: SUD with OPIOIDUD.
 */
export function permitCoversLabels(named: readonly Code[], carried: readonly Code[]): boolean {
  const wanted = marksOf(named);
  const found = marksOf(carried);
  if (wanted.rank !== undefined && rankOf(found) <= wanted.rank) return true;
  const isNamed = (code: string): boolean => wanted.sensitivities.some((above) => isOrBelow(code, above));
  const open = found.sensitivities.filter(isNamed);
  return (
    open.length > 0 &&
    found.sensitivities.every(
      (code) => isNamed(code) || open.some((inner) => isOrBelow(inner, code) || sameThing[inner] === code),
    )
  );
}

/**
 * Whether a denial of `named` covers a resource with `carried`: its confidentiality lies at or above the lowest mark
 * named (a denial of R that let V through would widen), or any of its sensitivities is named or taken alike.
 */
export function denialCoversLabels(named: readonly Code[], carried: readonly Code[]): boolean {
  const wanted = marksOf(named);
  const found = marksOf(carried);
  if (wanted.lowest !== undefined && rankOf(found) >= wanted.lowest) return true;
  const denied = wanted.sensitivities.flatMap((code) => [code, ...(deniedAlike[code] ?? [])]);
  return found.sensitivities.some((code) => denied.some((above) => isOrBelow(code, above)));
}
