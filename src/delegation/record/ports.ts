import type { FhirTokenRequest } from '../ports.ts';

/** How tokens for the FHIR server are come by; each is a section of docs/identity.md. */
export const recordMethods = ['own', 'backend', 'exchange'] as const;
export type RecordMethod = (typeof recordMethods)[number];

export interface RecordToken {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  /** Whether the token itself opens one patient's record only; otherwise only the searches and the re-check do. */
  readonly patientBound: boolean;
}

/** Tokens for one tenant's FHIR server. They are asked for by an envelope and thrown away with it. */
export interface RecordTokens {
  readonly method: RecordMethod;
  /** Whether tokens for a person's request are bound to the patient: a fact that policy decides on before any is asked for. */
  readonly patientBound: boolean;
  /**
   * A token for exactly these scopes or for fewer. Without `user` it is the gateway's own, for control reads.
   *
   * @throws Refusal `scope_exceeded`, `record_token_unavailable`, `record_token_refused`, `record_token_wider`
   */
  issue(request: FhirTokenRequest, signal?: AbortSignal): Promise<RecordToken>;
}
