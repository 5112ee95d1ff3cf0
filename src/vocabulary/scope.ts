/**
 * What can be done under a scope: ask a model, take the redacted context out, have an answer to such a context checked
 * and revealed, have texts redacted and turned into vectors.
 */
export const actions = ['ask', 'context', 'reveal', 'embed'] as const;
export type Action = (typeof actions)[number];

/** What one delegated token is good for. */
export interface AccessScope {
  readonly tenant: string;
  /** FHIR logical id at the tenant's FHIR server. Never in a URL, log or trace. */
  readonly patient: string;
  readonly task: string;
  readonly purpose: string;
  readonly actions: readonly Action[];
  readonly encounter?: string;
  readonly ticket?: string;
  /** FHIR types that may be read of what the task reads; all of them where nothing is said. */
  readonly data?: readonly string[];
  /** Seconds that tokens in place of identifiers are kept at most. */
  readonly retention?: number;
  /** Good for one question. */
  readonly use?: 'once';
}

/** The scope of vault tokens: nothing resolves outside it. */
export interface VaultScope {
  readonly tenant: string;
  readonly patient: string;
  readonly purpose: string;
  /** Pseudonym of the user. */
  readonly user: string;
  readonly conversation: string;
  /** How long what is hidden is kept, where that is shorter than elsewhere; no part of the scope's name. */
  readonly retentionSeconds?: number;
}
