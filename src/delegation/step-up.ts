import type { StepUpRule } from '../config/config.ts';
import { Refusal } from '../errors/refusal.ts';
import type { VerifiedUser } from '../vocabulary/person.ts';

/** What is asked for, as far as rules look at it. */
export interface AskedWork {
  readonly task: string;
  readonly purpose: string;
  /** FHIR types that the task reads. */
  readonly dataTypes: readonly string[];
}

/** Seconds by which clocks may differ. */
const skew = 5;

const fits = (listed: readonly string[] | undefined, values: readonly string[]): boolean =>
  listed === undefined || values.some((value) => listed.includes(value));

/** A rule holds where everything that it names fits; a rule that names nothing holds everywhere. */
const holds = (rule: StepUpRule, { dataTypes, purpose, task }: AskedWork): boolean =>
  fits(rule.tasks, [task]) && fits(rule.purposes, [purpose]) && fits(rule.dataTypes, dataTypes);

/** Classes that all rules take; where no class does, those of the first that asks for one: it is asked again later. */
function acceptedBy(rules: readonly StepUpRule[]): readonly string[] | undefined {
  const lists = rules.flatMap(({ acr }) => (acr === undefined ? [] : [acr]));
  const [first, ...others] = lists;
  const shared = first?.filter((value) => others.every((list) => list.includes(value)));
  return shared === undefined || shared.length > 0 ? shared : first;
}

/**
 * Holds a sign-in to what the rules demand of this work (RFC 9470): what the token itself says of its class and time
 * counts, never that it was asked for. Throws Refusal('authentication_too_weak') with the challenge that names it.
 */
export function demandAssurance(
  rules: readonly StepUpRule[],
  asked: AskedWork,
  user: Pick<VerifiedUser, 'acr' | 'acrs' | 'authTime'>,
  nowSeconds: number,
): void {
  const applying = rules.filter((rule) => holds(rule, asked));
  const classes = user.acrs ?? (user.acr === undefined ? [] : [user.acr]);
  const classMet = applying.every(({ acr }) => acr === undefined || fits(acr, classes));
  const ages = applying.flatMap(({ maxAgeSeconds }) => (maxAgeSeconds === undefined ? [] : [maxAgeSeconds]));
  const maxAge = ages.length === 0 ? undefined : Math.min(...ages);
  const age = user.authTime === undefined ? Number.POSITIVE_INFINITY : nowSeconds - user.authTime;
  const ageMet = maxAge === undefined || (age >= -skew && age <= maxAge + skew);
  if (classMet && ageMet) return;
  const accepted = acceptedBy(applying);
  throw new Refusal('authentication_too_weak', {
    challenge: {
      ...(accepted === undefined ? {} : { acr_values: accepted.join(' ') }),
      ...(maxAge === undefined ? {} : { max_age: String(maxAge) }),
    },
  });
}
