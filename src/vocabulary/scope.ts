/**
 * What can be done under a scope: ask a model, take the redacted context out, have an answer to such a context checked
 * and revealed, have texts redacted and turned into vectors.
 */
export const actions = ['ask', 'context', 'reveal', 'embed'] as const;
export type Action = (typeof actions)[number];

/** What may be done under a scope, less whom it is about. */
export interface Access {
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

/** What one delegated token is good for. */
export interface AccessScope extends Access {
  readonly tenant: string;
  /** FHIR logical id at the tenant's FHIR server. Never in a URL, log or trace. */
  readonly patient: string;
}

/**
 * What a turn of a conversation does, as far as tokens go: an answer to a context is checked by the tokens of that
 * context. Nothing else comes back from one of these to another: a vector holds no token, and what a pipeline of its own
 * was shown is none of what a model was asked here.
 */
const turns = { ask: 'ask', context: 'context', reveal: 'context', embed: 'embed' } as const;
export type Turn = (typeof turns)[Action];
export const turnOf = (action: Action): Turn => turns[action];

/** The scope of vault tokens: nothing resolves outside it. */
export interface VaultScope {
  readonly tenant: string;
  readonly patient: string;
  readonly purpose: string;
  /** Pseudonym of the user. */
  readonly user: string;
  readonly conversation: string;
  readonly task: string;
  readonly turn: Turn;
  /** The ticket that the request names; empty where it names none. */
  readonly ticket: string;
  /** Id of the grant or emergency access that was in force; empty where none was. */
  readonly opening: string;
  /** How the user signed in: the classes (`acr`) that the issuer said; empty where it said none. */
  readonly assurance: string;
  /** How long what is hidden is kept, where that is shorter than elsewhere; no part of the scope's name. */
  readonly retentionSeconds?: number;
}

/**
 * What a scope is called by, in one order: whoever keeps something for a conversation (the vault, a session, the memory
 * of reading threads) keeps it under these and no others, so that what is another scope to one is so to all.
 */
export const scopeParts = (scope: VaultScope): readonly string[] => [
  scope.tenant,
  scope.patient,
  scope.purpose,
  scope.user,
  scope.conversation,
  scope.task,
  scope.turn,
  scope.ticket,
  scope.opening,
  scope.assurance,
];

/** Name of a scope inside this process; it holds ids in clear and is neither stored nor written anywhere. */
export const scopeKey = (scope: VaultScope): string => JSON.stringify(scopeParts(scope));
