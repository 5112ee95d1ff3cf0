/** Where a tenant's tickets are looked up, and how what is answered there is read. */
export interface TicketSystem {
  /** A ticket is at `{url}/{ticket}`. */
  readonly url: string;
  /** Issuer whose subjects the assignees are. */
  readonly issuer: string;
  /** Bearer token that is shown there. */
  readonly authorization?: string;
  readonly timeoutMs: number;
  /** Members of the answer, by their names from the outside in, with dots between. */
  readonly stateField: string;
  readonly assigneeField: string;
  /** Values of the state in which somebody may work on a ticket. */
  readonly openStates: readonly string[];
}

/** What became of asking: `unverified` where nobody is asked. */
export type TicketFinding = 'unverified' | 'verified' | 'unknown' | 'closed' | 'not_assigned';
