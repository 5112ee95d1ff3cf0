import type { Receipt } from '../audit/receipt.ts';
import type { Reason } from '../errors/reasons.ts';
import type { ContextLine } from '../model/prompt.ts';
import type { Embedding } from '../model/vectors.ts';
import type { SecurityLabel } from '../release/alteration-labels.ts';
import type { CheckVerdict } from '../release/check.ts';
import type { Notice } from '../vocabulary/notices.ts';
import type { PatientText } from '../vocabulary/patient-texts.ts';
import type { Stopwatch } from './stopwatch.ts';

/** The `phi` object of an answer. */
export interface PhiAnswer {
  readonly trail: string;
  readonly decision: { readonly effect: 'allow' | 'deny'; readonly sentence: string };
  readonly citations: readonly { readonly key: string; readonly resource: string }[];
  readonly incomplete: readonly { readonly code: Notice['code']; readonly text: string }[];
  /** The tenant's fixed texts, where the answer goes to a patient or proxy. */
  readonly patientTexts?: readonly PatientText[];
  readonly receipt?: Receipt;
}

/** A context for a model that is called elsewhere. It ends like a delivery. */
export interface ContextDelivery {
  readonly context: {
    readonly id: string;
    readonly text: string;
    readonly items: readonly ContextLine[];
    readonly incomplete: PhiAnswer['incomplete'];
    /** How it was altered. */
    readonly security: readonly SecurityLabel[];
    /** Epoch milliseconds: until then one answer is checked. */
    readonly expires: number;
  };
  readonly phi: PhiAnswer;
  /** How long it took so far. */
  readonly stopwatch: Pick<Stopwatch, 'timing'>;
  readonly signal: AbortSignal;
  delivered(): Promise<void>;
  aborted(reason: Reason): Promise<void>;
}

/** A decision for somebody who acts on it elsewhere. It ends like a delivery. */
export interface DecisionDelivery {
  readonly sentence: string;
  readonly trail: string;
  readonly signal: AbortSignal;
  delivered(): Promise<void>;
  aborted(reason: Reason): Promise<void>;
}

/** Vectors of redacted texts. It ends like a delivery. */
export interface EmbeddingDelivery {
  readonly model: string;
  readonly embedding: Embedding;
  readonly phi: PhiAnswer;
  /** How long it took so far. */
  readonly stopwatch: Pick<Stopwatch, 'timing'>;
  readonly signal: AbortSignal;
  delivered(): Promise<void>;
  aborted(reason: Reason): Promise<void>;
}

/**
 * What the face hands over. `text` yields pieces of the released answer; whether it may go on is
 * asked every second meanwhile, and it throws a Refusal when it may not. The face MUST end every delivery
 * by `delivered` or `aborted`; the first of them counts, and a second one does nothing.
 */
export interface Delivery {
  readonly model: string;
  readonly phi: PhiAnswer;
  /** How long it took so far. */
  readonly stopwatch: Pick<Stopwatch, 'timing'>;
  readonly text: AsyncIterable<string>;
  readonly verdicts: readonly CheckVerdict[];
  /** Aborted with a Refusal when the caller is gone, the deadline passes or the gateway stops. */
  readonly signal: AbortSignal;
  readonly finish: 'stop' | 'length' | 'content_filter';
  readonly usage: { readonly promptTokens: number; readonly completionTokens: number } | undefined;
  delivered(): Promise<void>;
  aborted(reason: Reason): Promise<void>;
}
