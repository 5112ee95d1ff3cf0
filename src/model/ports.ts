/** What a model endpoint answered, piece by piece; only checked fields exist. */
export type ModelDelta =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'finish';
      readonly reason: 'stop' | 'length' | 'content_filter';
      readonly usage?: { readonly promptTokens: number; readonly completionTokens: number };
    };

/** A model endpoint from configuration. */
export interface ModelEndpoint {
  readonly id: string;
  /** Name sent upstream as `model`. */
  readonly model: string;
  readonly baseUrl: string;
  readonly apiKey?: string;
  readonly timeoutMs: number;
  readonly maxAnswerBytes: number;
  readonly residency: string;
  readonly trusted: boolean;
}
