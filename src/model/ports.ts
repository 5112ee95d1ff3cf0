/** What a model endpoint answered, piece by piece; only checked fields exist. */
export type ModelDelta =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'finish';
      readonly reason: 'stop' | 'length' | 'content_filter';
      readonly usage?: { readonly promptTokens: number; readonly completionTokens: number };
    };
