import type { Requirement } from './appraisal-policy.ts';
import { bindings, type Expected } from './bindings.ts';
import type { Claims } from './claims.ts';
import type { Reason } from './reasons.ts';

/** Clocks of vendors and ours differ by so much at most. */
const skewMs = 60_000;

/** Of GPUs the report has no such flag; a token or a report that can say it and does not is not believed. */
const silentOnDebug: ReadonlySet<string> = new Set(['nvidia']);

/** A value by its name, and nothing that objects have by themselves. */
const named = <Value>(values: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(values, name) ? values[name] : undefined;

const holds = (values: readonly string[], value: string): boolean =>
  values.includes(value) || values.includes(value.toLowerCase());

/** One row a rule: what is wrong with claims under a requirement at a time. */
const rules: readonly ((claims: Claims, wanted: Requirement, at: number) => readonly Reason[])[] = [
  ({ flags, format }) => {
    const debug = flags['debug'] ?? !silentOnDebug.has(format);
    return debug ? ['debug'] : [];
  },
  ({ flags }, wanted) =>
    Object.entries(wanted.flags).some(([name, value]) => named(flags, name) !== value)
      ? ['flag_not_allowed']
      : [],
  ({ tcb }, { minimum }) => {
    const least = Object.entries(minimum);
    if (least.some(([name]) => named(tcb.parts, name) === undefined)) return ['tcb_unknown'];
    return least.some(([name, value]) => (named(tcb.parts, name) ?? -1) < value) ? ['tcb_outdated'] : [];
  },
  ({ tcb }, { status }) => {
    if (status === undefined) return [];
    if (tcb.status === undefined) return ['tcb_unknown'];
    return status.includes(tcb.status) ? [] : ['tcb_outdated'];
  },
  ({ measurements }, wanted) => {
    const registers = Object.entries(wanted.measurements);
    if (registers.some(([name]) => named(measurements, name) === undefined)) return ['measurement_missing'];
    return registers.every(([name, values]) => holds(values, named(measurements, name) ?? ''))
      ? []
      : ['measurement_not_allowed'];
  },
  ({ platform }, { platforms }) =>
    platforms === undefined || (platform !== undefined && holds(platforms, platform))
      ? []
      : ['platform_not_allowed'],
  ({ facts }, wanted) =>
    Object.entries(wanted.facts).every(([name, values]) => values.includes(named(facts, name) ?? ''))
      ? []
      : ['claim_not_allowed'],
  ({ at: made, expires }, { maxAgeSeconds }, at) => {
    if (made !== undefined && made > at + skewMs) return ['not_yet_valid'];
    const old = made !== undefined && at - made > maxAgeSeconds * 1000;
    return old || (expires !== undefined && expires <= at) ? ['too_old'] : [];
  },
];

/**
 * Everything that is wrong with verified claims under a requirement at a time (epoch milliseconds); nothing where they
 * fit. Without `expected` neither key nor nonce is judged: somebody looks at evidence that was made for another.
 */
export const appraise = (
  claims: Claims,
  wanted: Requirement,
  at: number,
  expected?: Expected,
): readonly Reason[] => [
  ...new Set([
    ...rules.flatMap((rule) => rule(claims, wanted, at)),
    ...(expected === undefined ? [] : bindings[wanted.binding].faults(claims, expected)),
  ]),
];
