import type { IdentityValue } from '../vocabulary/identity-sheet.ts';
import { dayMs, epochDayOf } from '../vocabulary/time.ts';
import type { Span } from './ports.ts';

/** Days that may carry no day count, because who reads the count would know the day. */
export interface DayPolicy {
  /** Day of the request, in days since the Unix epoch: its host knows it. */
  readonly today: number;
  /** The patient's birth: known to more people than any other date, and given as age. */
  readonly births: ReadonlySet<number>;
}

/** Time zones, and words such as "yesterday" and "tomorrow" beside the date. */
const besideToday = 1;
/** "Today is …", "I see her again in two weeks, on …": a caller writes how far off a date is. */
const besideTodayByCaller = 31;

export const dayPolicy = (today: number, identity: readonly IdentityValue[]): DayPolicy => ({
  today,
  births: new Set(
    identity.flatMap(({ bearer, date }) => {
      const day = bearer === 'patient' && date?.role === 'birth' ? epochDayOf(date.day) : undefined;
      return day === undefined ? [] : [day];
    }),
  ),
});

/**
 * Takes the day count from spans of days that would tell the calendar. They get an entity of their own, so that
 * nothing links them to a token that an earlier request of the conversation gave the same day with its count.
 */
export function withoutTellingCounts(
  texts: readonly { readonly spans: readonly Span[]; readonly ofCaller: boolean }[],
  { today, births }: DayPolicy,
): (span: Span) => Span {
  const near = new Set<number>();
  for (const { spans, ofCaller } of texts)
    for (const { epochDay } of spans) {
      const off = epochDay === undefined ? Infinity : Math.abs(epochDay - today);
      if (epochDay !== undefined && off <= (ofCaller ? besideTodayByCaller : besideToday)) near.add(epochDay);
    }
  return ({ epochDay, ...span }) => {
    if (epochDay === undefined) return span;
    if (births.has(epochDay)) return { ...span, entity: `birth:${epochDay}` };
    return near.has(epochDay) ? { ...span, entity: `near:${epochDay}` } : { ...span, epochDay };
  };
}

/** The patient's age over a stretch of day counts. */
export interface AgeStretch {
  /** Whole years; over 89 all are one. */
  readonly age: number | '90+';
  readonly from: number;
  readonly to: number;
}

/** Whole years from one day to another, both in days since the Unix epoch. */
export function yearsBetween(birth: number, day: number): number {
  const [from, to] = [new Date(birth * dayMs), new Date(day * dayMs)];
  const years = to.getUTCFullYear() - from.getUTCFullYear();
  const reached =
    to.getUTCMonth() > from.getUTCMonth() ||
    (to.getUTCMonth() === from.getUTCMonth() && to.getUTCDate() >= from.getUTCDate());
  return reached ? years : years - 1;
}

/** The patient's age on every counted day, by stretches; none where the birth is not one known day. */
export function agesOn(
  days: readonly { readonly epochDay: number; readonly count: number }[],
  { births }: DayPolicy,
): AgeStretch[] {
  const [birth, another] = births;
  if (birth === undefined || another !== undefined) return [];
  const stretches: AgeStretch[] = [];
  for (const { epochDay, count } of days.toSorted((a, b) => a.count - b.count)) {
    const years = yearsBetween(birth, epochDay);
    if (years < 0) continue;
    const age = years > 89 ? '90+' : years;
    const last = stretches.at(-1);
    if (last?.age === age) stretches[stretches.length - 1] = { ...last, to: count };
    else stretches.push({ age, from: count, to: count });
  }
  return stretches;
}
