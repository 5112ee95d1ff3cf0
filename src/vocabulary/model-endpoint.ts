/** What whoever runs a model promised about what it is sent. It is believed, not verified. */
export interface ModelRetention {
  /** Days for which it is kept at most; 0: nothing is kept once it was answered. */
  readonly days: number;
  /** Whether models may be trained on it. */
  readonly training: boolean;
  /** Where it is promised: reference of a contract or an annex. */
  readonly contract: string;
}

/** The promise as policy and trail know it; `modelRetentionDays` -1 where nothing is promised. */
export const promisedBy = (retention: ModelRetention | undefined) => ({
  modelRetentionDays: retention?.days ?? -1,
  modelNoTraining: retention?.training === false,
});

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
  /** Purposes of use for which patient context may go there; all where nothing is said. */
  readonly purposes?: readonly string[];
  /** What it must prove of the machine on which it runs, before anything is sent there. */
  readonly attestation?: {
    /** File of the appraisal policy. */
    readonly policy: string;
    /** Where on its own origin it shows evidence. */
    readonly path: string;
  };
  /** It is told to store nothing (`store: false` of the OpenAI API). */
  readonly noStore?: boolean;
  readonly retention?: ModelRetention;
  /** How often the same request is sent once more where no answer had begun. */
  readonly retries?: number;
  /** Ids of endpoints of the same tenant that are asked in its place, in order, where it gave nothing of an answer. */
  readonly fallback?: readonly string[];
}
