import type { Format, Trust } from './evidence.ts';

/** How a key and a nonce stand in evidence of a kind: the table is in bindings.ts. */
export const bindingNames = [
  'sha256-key-nonce',
  'sha512-nonce-key',
  'fields',
  'token-nonces',
  'nonce-only',
] as const;
export type BindingName = (typeof bindingNames)[number];

/** What one kind of evidence must show. */
export interface Requirement {
  readonly format: Format;
  readonly trust: Trust;
  /** Registers and what each of them may hold, lower-case hex or as a token says it; each must be there. */
  readonly measurements: Readonly<Record<string, readonly string[]>>;
  /** Flags and what each must be. `debug` is refused always. */
  readonly flags: Readonly<Record<string, boolean>>;
  /** Least versions of firmware, by the vendor's names. */
  readonly minimum: Readonly<Record<string, number>>;
  /** Verdicts of the vendor on the firmware that count; nothing is asked where there is none. */
  readonly status?: readonly string[];
  /** Machines that count; all where there is none. */
  readonly platforms?: readonly string[];
  /** Other facts and what each may be. */
  readonly facts: Readonly<Record<string, readonly string[]>>;
  readonly binding: BindingName;
  /** How old it may be in seconds. Evidence that does not say when it was made is as new as its nonce. */
  readonly maxAgeSeconds: number;
  /** How many documents of this kind there must be at least. All that are there must fit. */
  readonly count: number;
}

/** What an endpoint must show: all of it. */
export interface AppraisalPolicy {
  readonly name: string;
  /** SHA-256 of the text of the policy, hex. */
  readonly hash: string;
  readonly evidence: readonly Requirement[];
  /** For how long a proof counts before another is asked for, seconds. */
  readonly validForSeconds: number;
}
