import type { Receipt } from '../audit/receipt.ts';
import type { Reason } from '../errors/reasons.ts';
import type { Notice } from '../vocabulary/notices.ts';

/** The `phi` object of an answer. */
export interface PhiAnswer {
  readonly trail: string;
  readonly decision: { readonly effect: 'allow' | 'deny'; readonly sentence: string };
  readonly citations: readonly { readonly key: string; readonly resource: string }[];
  readonly incomplete: readonly { readonly code: Notice['code']; readonly text: string }[];
  readonly receipt?: Receipt;
}

/**
 * What the face hands over. `text` yields pieces of the released answer; whether it may go on is
 * asked every second meanwhile, and it throws a Refusal when it may not. The face MUST end every delivery
 * by `delivered` or `aborted`; the first of them counts, and a second one does nothing.
 */
export interface Delivery {
  readonly model: string;
  readonly phi: PhiAnswer;
  readonly text: AsyncIterable<string>;
  /** Aborted with a Refusal when the caller is gone, the deadline passes or the gateway stops. */
  readonly signal: AbortSignal;
  readonly finish: 'stop' | 'length' | 'content_filter';
  readonly usage: { readonly promptTokens: number; readonly completionTokens: number } | undefined;
  delivered(): Promise<void>;
  aborted(reason: Reason): Promise<void>;
}
