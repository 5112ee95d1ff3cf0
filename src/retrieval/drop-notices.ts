import type { DropReason } from '../vocabulary/context-item.ts';
import { type Notice, notice } from '../vocabulary/notices.ts';

export interface DropCounts {
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

/** What is said about resources that were left out: counts and names of kinds only. */
export function dropped(drops: DropCounts): readonly Notice[] {
  const withheld = (drops.counts.withheld_consent ?? 0) + (drops.counts.withheld_policy ?? 0);
  return [
    ...(drops.foreign > 0 ? [notice('dropped_foreign', { n: drops.foreign })] : []),
    ...Object.entries(drops.unknown).map(([what, n]) => notice('item_withheld_unknown', { n, what })),
    ...(drops.unread > 0 ? [notice('note_unread', { n: drops.unread })] : []),
    ...(drops.shortened > 0 ? [notice('note_shortened', { n: drops.shortened })] : []),
    ...(drops.vital ? [notice('vital_may_be_withheld')] : []),
    ...(drops.privacyNotice === 'constant' || withheld > 0 ? [notice('may_be_withheld')] : []),
  ];
}
