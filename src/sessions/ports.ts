/**
 * What may end before its time: a sign-in session, everything of a person, what a token said of a person before their
 * claims changed, everything proven on a device.
 */
export const endingKinds = ['session', 'subject', 'claims', 'device'] as const;
export type EndingKind = (typeof endingKinds)[number];

/** One ending. `id` is a keyed pseudonym; what was proven at or before `at` (epoch milliseconds) counts no more. */
export interface Ending {
  readonly tenant: string;
  readonly kind: EndingKind;
  readonly id: string;
  readonly at: number;
  /** Epoch milliseconds after which nothing that it ends could be good anyway. */
  readonly expires: number;
}

/** The one place that knows what has ended. */
export interface Endings {
  /** Counts at once; durable when it resolves. Throws Refusal where the store cannot take it: it counts all the same. */
  end(ending: Ending): Promise<void>;
  /** When it last ended, in epoch milliseconds. Never waits for a disk. */
  endedAt(tenant: string, kind: EndingKind, id: string): number | undefined;
}

/** Why a session ended, as the trail says it. */
export type EndedBy =
  | 'idle'
  | 'absolute'
  | 'revoked'
  | 'logout'
  | 'session-revoked'
  | 'credential-change'
  | 'token-claims-change'
  | 'device-compliance-change'
  | 'assurance-level-change';
