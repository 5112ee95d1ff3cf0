import { withoutVersion } from '../vocabulary/fhir.ts';
import type { ConsentDecision, DataCondition, ResidualRule } from './decision.ts';
import { type Interval, intervalOf } from './instants.ts';
import { type Code, denialCoversLabels, permitCoversLabels } from './sensitivity.ts';

/** What is known of one resource or passage when the residual is applied to it. */
export interface ResourceFacts {
  readonly labels: readonly Code[];
  /**
   * Set for what must not be missed in a treatment (an allergy, an active drug): the labels that its source gave it. A
   * permit up to a confidentiality is held to these alone, so that only a denial takes it out.
   */
  readonly stated?: readonly Code[];
  /** Codings of the resource's code, type or vaccineCode element, as received. */
  readonly codes: readonly { readonly system?: string; readonly code?: string }[];
  /** Resource type, for example `Observation`. */
  readonly class: string;
  /** Clinically relevant date, ISO 8601, partial allowed. */
  readonly date?: string | undefined;
  /** `Observation/7`. */
  readonly reference: string;
  /** Every reference that the resource holds, as received. */
  readonly mentions: readonly string[];
  /** Those among them that say who made it. */
  readonly authors: readonly string[];
}

type Match = 'yes' | 'no' | 'unknown';
type Verdict = ResidualRule['type'] | undefined;

/**
 * Whether a resource or passage stays out of the context. The last rule that matches wins; what no rule matches is
 * not withheld. Where a rule's condition cannot be told from the facts, a forbid counts as matching and a permit
 * does not.
 */
export function withheldBy(residual: readonly ResidualRule[], facts: ResourceFacts): boolean {
  const verdicts = residual.map((rule) => verdictOf(rule, facts)).filter((verdict) => verdict !== undefined);
  return verdicts.at(-1) === 'forbid';
}

/** Whether a permitting decision keeps a resource or passage out of the context. */
export const withheldUnder = (
  decision: Pick<ConsentDecision, 'residual' | 'separately'>,
  facts: ResourceFacts,
): boolean =>
  withheldBy(decision.residual, facts) || decision.separately.some((rule) => withheldBy([rule], facts));

/** Deeper beats shallower; among rules of one depth a forbid beats a permit. */
function verdictOf(rule: ResidualRule, facts: ResourceFacts): Verdict {
  const nested = (rule.exceptions ?? []).map((exception) => verdictOf(exception, facts));
  if (nested.includes('forbid')) return 'forbid';
  if (nested.includes('permit')) return 'permit';
  const match = matches(rule, facts);
  if (match === 'no' || (match === 'unknown' && rule.type === 'permit')) return undefined;
  return rule.type;
}

/** Conditions of different kinds AND, values within one kind OR (IHE PCF, residual). */
function matches(rule: ResidualRule, facts: ResourceFacts): Match {
  const results: readonly Match[] = [
    rule.securityLabels === undefined ? 'yes' : matchLabels(rule.type, rule.securityLabels, facts),
    rule.classes === undefined ? 'yes' : matchClasses(rule.classes, facts),
    rule.codes === undefined ? 'yes' : matchCodes(rule.codes, facts.codes),
    rule.dataPeriod === undefined ? 'yes' : matchPeriod(rule.dataPeriod, facts.date),
    rule.data === undefined ? 'yes' : matchData(rule.type, rule.data, facts),
  ];
  if (results.includes('no')) return 'no';
  return results.includes('unknown') ? 'unknown' : 'yes';
}

function matchLabels(type: ResidualRule['type'], named: readonly Code[], facts: ResourceFacts): Match {
  if (type === 'forbid') return yesNo(denialCoversLabels(named, facts.labels));
  return yesNo(
    [facts.labels, facts.stated ?? facts.labels].some((carried) => permitCoversLabels(named, carried)),
  );
}

const resourceTypes = 'http://hl7.org/fhir/resource-types';

/** A class is a resource type, or the LOINC type of a document. */
function matchClasses(classes: readonly Code[], facts: ResourceFacts): Match {
  const results = classes.map((named) =>
    named.system === resourceTypes ? yesNo(named.code === facts.class) : matchCodes([named], facts.codes),
  );
  if (results.includes('yes')) return 'yes';
  return results.includes('unknown') ? 'unknown' : 'no';
}

/** Exact codes only; a resource without any complete coding cannot be told. */
function matchCodes(named: readonly Code[], carried: ResourceFacts['codes']): Match {
  const complete = carried.filter(({ system, code }) => system !== undefined && code !== undefined);
  if (complete.length === 0) return 'unknown';
  return yesNo(complete.some((has) => named.some((is) => is.system === has.system && is.code === has.code)));
}

/** Inside is a match, outside is none; a date that is missing, unreadable or across the edge cannot be told. */
function matchPeriod(period: NonNullable<ResidualRule['dataPeriod']>, date: string | undefined): Match {
  const at = intervalOf(date);
  const within = boundsOf(period);
  if (at === undefined || within === undefined) return 'unknown';
  if (at.end < within.start || at.start > within.end) return 'no';
  return at.start >= within.start && at.end <= within.end ? 'yes' : 'unknown';
}

function boundsOf(period: NonNullable<ResidualRule['dataPeriod']>): Interval | undefined {
  const start = period.start === undefined ? { start: -Infinity } : intervalOf(period.start);
  const end = period.end === undefined ? { end: Infinity } : intervalOf(period.end);
  return start === undefined || end === undefined ? undefined : { start: start.start, end: end.end };
}

function matchData(type: ResidualRule['type'], named: readonly DataCondition[], facts: ResourceFacts): Match {
  const results = named.map((condition) => matchInstance(type, condition, facts));
  if (results.includes('yes')) return 'yes';
  return results.includes('unknown') ? 'unknown' : 'no';
}

/**
 * R4 ConsentDataMeaning. `related`: the instance and what it refers to; `dependents`: the instance and what refers to
 * it. A denial of either covers both directions, because consents mean them loosely; a permit opens the letter only.
 */
function matchInstance(
  type: ResidualRule['type'],
  { meaning, reference, refersTo = [] }: DataCondition,
  facts: ResourceFacts,
): Match {
  if (meaning === 'authoredby') return matchAuthor(reference, facts.authors);
  if (facts.reference === reference) return 'yes';
  if (meaning === 'instance') return 'no';
  const loose = type === 'forbid';
  const named = (loose || meaning === 'related') && refersTo.some((one) => isReference(one, facts.reference));
  const names =
    (loose || meaning === 'dependents') &&
    facts.mentions.some((one) => (loose ? isReference(one, reference) : one === reference));
  return yesNo(named || names);
}

/** Whoever made a resource may be named by role or organization: only an author of the same kind is another one. */
function matchAuthor(reference: string, authors: readonly string[]): Match {
  if (authors.some((one) => isReference(one, reference))) return 'yes';
  const kind = reference.slice(0, reference.indexOf('/') + 1);
  return authors.length > 0 && authors.every((one) => one.startsWith(kind)) ? 'no' : 'unknown';
}

/** A reference as received, also absolute or with a version, names this instance. */
const isReference = (written: string, reference: string): boolean => {
  const plain = withoutVersion(written);
  return plain === reference || plain.endsWith(`/${reference}`);
};

const yesNo = (holds: boolean): Match => (holds ? 'yes' : 'no');
