import { codeSystems } from '../vocabulary/fhir.ts';
import { denialApplies, inherit, permitApplies, type RequestConditions, unconditional } from './applies.ts';
import type { ConsentRequest, ResidualRule } from './decision.ts';
import type { ReadConsent } from './parse.ts';
import type { Provision } from './provision.ts';

/**
 * The rules of one consent that concern this request: request conditions are decided here, resource conditions
 * stay on the rules. A provision that does not apply hands its nested rules up.
 */
export function rulesOf(consent: ReadConsent, request: ConsentRequest): readonly ResidualRule[] {
  const rules = applicable(consent.root, unconditional, request);
  if (!consent.otherwiseDeny) return rules;
  return [{ type: 'forbid', ...(rules.length > 0 ? { exceptions: rules } : {}) }];
}

function applicable(
  provision: Provision,
  parent: RequestConditions,
  request: ConsentRequest,
): readonly ResidualRule[] {
  const bound = inherit(provision, parent);
  const exceptions = provision.nested.flatMap((nested) => applicable(nested, bound, request));
  const applies =
    provision.type === 'permit' ? permitApplies(bound, request) : denialApplies(provision, request);
  return applies ? [ruleOf(provision, exceptions)] : exceptions;
}

function ruleOf(provision: Provision, exceptions: readonly ResidualRule[]): ResidualRule {
  const { type, securityLabels, classes, codes, dataPeriod, data } = provision;
  return {
    type,
    ...(securityLabels.length > 0 ? { securityLabels } : {}),
    ...(classes.length > 0 ? { classes } : {}),
    ...(codes.length > 0 ? { codes } : {}),
    ...(dataPeriod === undefined ? {} : { dataPeriod }),
    ...(data.length > 0 ? { data } : {}),
    ...(exceptions.length > 0 ? { exceptions } : {}),
  };
}

const coversAll = (rule: ResidualRule): boolean =>
  rule.securityLabels === undefined &&
  rule.classes === undefined &&
  rule.codes === undefined &&
  rule.dataPeriod === undefined &&
  rule.data === undefined;

const isLeaf = (rule: ResidualRule): boolean => rule.exceptions === undefined;
const hasPermit = (rule: ResidualRule): boolean =>
  rule.type === 'permit' || (rule.exceptions ?? []).some(hasPermit);

/** No resource whatever could get through this rule. */
export const forbidsAll = (rule: ResidualRule): boolean =>
  (rule.exceptions ?? []).some(forbidsAll) || (rule.type === 'forbid' && coversAll(rule) && !hasPermit(rule));

/**
 * One residual for several consents: `base` for what none of them speaks of, a forbid of any beats a permit of
 * another. The list is flat (last match wins) wherever that says exactly the same, else one rule with exceptions.
 */
export function residualOf(
  base: 'permit' | 'forbid',
  consents: readonly ResidualRule[],
): readonly ResidualRule[] {
  const { type, exceptions: rules = [] } = simplest({ type: base, exceptions: consents });
  const first: readonly ResidualRule[] = type === 'permit' ? [] : [{ type }];
  if (rules.every(isLeaf)) return [...first, ...forbidsLast(rules)];
  const [only, ...others] = rules;
  if (only !== undefined && others.length === 0 && (only.exceptions ?? []).every(isLeaf)) {
    const { exceptions, ...root } = only;
    return [...first, root, ...forbidsLast(exceptions ?? [])];
  }
  return [{ type, exceptions: rules }];
}

/**
 * The same rule with less nesting: an exception that permits everything makes its rule a permit of everything, less
 * the exceptions of both; below such a permit, a bare permit says nothing new.
 */
function simplest(rule: ResidualRule): ResidualRule {
  const { exceptions = [], ...own } = rule;
  let bare: ResidualRule = own;
  let nested = exceptions.map(simplest);
  for (;;) {
    const opening = nested.find((exception) => exception.type === 'permit' && coversAll(exception));
    if (opening === undefined) break;
    bare = { type: 'permit' };
    nested = [...nested.filter((exception) => exception !== opening), ...(opening.exceptions ?? [])];
  }
  if (bare.type === 'permit' && coversAll(bare)) {
    nested = nested.filter((exception) => exception.type === 'forbid' || !isLeaf(exception));
  }
  return nested.length === 0 ? bare : { ...bare, exceptions: nested };
}

const forbidsLast = (rules: readonly ResidualRule[]): readonly ResidualRule[] => [
  ...rules.filter(({ type }) => type === 'permit'),
  ...rules.filter(({ type }) => type === 'forbid'),
];

/** The denials of a consent alone, without what it permits: more is withheld than the consent says, never less. */
export const denialsOf = (rule: ResidualRule): readonly ResidualRule[] => {
  const { exceptions, ...own } = rule;
  return [...(own.type === 'forbid' ? [own] : []), ...(exceptions ?? []).flatMap(denialsOf)];
};

/** Psychotherapy and counselling notes: 45 CFR 164.508(a)(2), 42 CFR 2.31(b). */
const ownConsentLabel = { system: codeSystems.actCode, code: 'PSYTHPN' };

const namesOwn = ({ type, securityLabels = [] }: ResidualRule): boolean =>
  type === 'permit' &&
  securityLabels.some(
    ({ system, code }) => system === ownConsentLabel.system && code === ownConsentLabel.code,
  );

const permitsByName = (rules: readonly ResidualRule[]): readonly ResidualRule[] =>
  rules.flatMap((rule) => [...(namesOwn(rule) ? [rule] : []), ...permitsByName(rule.exceptions ?? [])]);

/** Notes that only a permit opens which names them: neither a general one nor the tenant's policy does. */
export function ownConsent(rules: readonly ResidualRule[]): readonly ResidualRule[] {
  const exceptions = permitsByName(rules);
  return [
    { type: 'forbid', securityLabels: [ownConsentLabel], ...(exceptions.length > 0 ? { exceptions } : {}) },
  ];
}

export const permitsSome = (rules: readonly ResidualRule[]): boolean => rules.some(hasPermit);
