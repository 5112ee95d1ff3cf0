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
  /** It turns texts into vectors, and answers no questions. */
  readonly embeddings?: boolean;
}
