import type { DropReason } from '../vocabulary/context-item.ts';
import { type Notice, type NoticeCode, notice } from '../vocabulary/notices.ts';

export interface DropCounts {
  /** Resources and passages left out, those that the server had no business sending not among them. */
  readonly counts: Readonly<Partial<Record<DropReason, number>>>;
  /** Rows that the server had no business sending. */
  readonly foreign: number;
  /** Resources with an unknown modifier, by what they are. */
  readonly unknown: Readonly<Record<string, number>>;
  readonly unread: number;
  readonly shortened: number;
  readonly privacyNotice: 'constant' | 'specific';
  /** To say that allergies or active drugs may be missing. */
  readonly vital: boolean;
}

/**
 * By which notice each reason is said. `over_cap` is said by the step, with its cap; a modifier with what carries
 * it; what consent and policy withhold as the tenant wishes.
 */
const saidBy = {
  wrong_patient: 'not_for_task',
  wrong_type: 'dropped_foreign',
  malformed: 'dropped_foreign',
  outside_plan: 'not_for_task',
  outside_dates: 'not_for_task',
  entered_in_error: 'entered_in_error',
  superseded: 'superseded',
  duplicate: 'repeated',
  over_cap: 'cut_by_cap',
  unknown_modifier: 'item_withheld_unknown',
  withheld_consent: 'may_be_withheld',
} as const satisfies Readonly<Record<DropReason, NoticeCode>>;

const isDropReason = (name: string): name is DropReason => Object.hasOwn(saidBy, name);

const counted: readonly NoticeCode[] = [
  'dropped_foreign',
  'not_for_task',
  'entered_in_error',
  'superseded',
  'repeated',
];

/** What is said about resources that were left out: counts and names of kinds only. */
export function dropped(drops: DropCounts): readonly Notice[] {
  const by = new Map<NoticeCode, number>([['dropped_foreign', drops.foreign]]);
  for (const [reason, n] of Object.entries(drops.counts)) {
    if (!isDropReason(reason)) continue;
    const code = saidBy[reason];
    by.set(code, (by.get(code) ?? 0) + n);
  }
  const of = (code: NoticeCode): number => by.get(code) ?? 0;
  return [
    ...counted.filter((code) => of(code) > 0).map((code) => notice(code, { n: of(code) })),
    ...Object.entries(drops.unknown).map(([what, n]) => notice('item_withheld_unknown', { n, what })),
    ...(drops.unread > 0 ? [notice('note_unread', { n: drops.unread })] : []),
    ...(drops.shortened > 0 ? [notice('note_shortened', { n: drops.shortened })] : []),
    ...(drops.vital ? [notice('vital_may_be_withheld')] : []),
    ...(drops.privacyNotice === 'constant' || of('may_be_withheld') > 0 ? [notice('may_be_withheld')] : []),
  ];
}
