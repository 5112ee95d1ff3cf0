import type { EgressInterlock } from '../interlock/interlock.ts';
import type { FindSpans } from '../redaction/ports.ts';
import type { WholeOutcome } from '../release/added-items.ts';
import type { Verdict } from '../release/check.ts';
import type { WholeItem } from '../release/left-out.ts';
import type { PatientValue } from '../release/patient-values.ts';
import type { ScopeCalendar } from '../release/scope-calendar.ts';
import type { SettledOutcome } from '../release/settled-answer.ts';
import type { ShownItem, ShownMessage } from '../release/support/shown-record.ts';
import type { TextsByPlace } from '../signal/injection-signals.ts';
import type { IdentityValue } from '../vocabulary/identity-sheet.ts';
import type { InjectionSignals } from '../vocabulary/injection.ts';
import type { VaultScope } from '../vocabulary/scope.ts';

/** What one answer is checked against, as plain values. */
export interface AnswerToCheck {
  readonly text: string;
  /** Tokens of the scope, as spelled by the vault. */
  readonly issued: readonly string[];
  readonly canary: string;
  /** The task's instructions. */
  readonly instructions: string;
  readonly citationKeys: readonly string[];
  /** Everything that the model was shown: records, and the conversation. */
  readonly items: readonly ShownItem[];
  readonly messages: readonly ShownMessage[];
  readonly calendar?: ScopeCalendar;
  /** How many words in a row of the record's free text may be handed out. */
  readonly verbatimWords: number;
  /** Hosts to which it may link. */
  readonly allowedHosts: readonly string[];
  /** What the task has checks do, by their ids. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** Names of the label tables about which nothing may be said. */
  readonly withheldKinds: readonly string[];
  /** Items of which a whole answer may leave out none. */
  readonly whole?: readonly WholeItem[];
}

/** What an answer holds that the model was not shown and by which a patient may be told. */
export interface PatientsTold {
  readonly told: readonly PatientValue[];
}

/**
 * The readings of one envelope's texts that take time in proportion to their length. They run in other threads; the
 * event loop only waits. One that fails, or whose thread dies, rejects: nothing was read then.
 */
export interface EnvelopeReadings extends EgressInterlock {
  /** What the redactor finds. */
  readonly spans: FindSpans;
  /** Whether texts look as if they were written for a model. Nothing is decided on it. */
  signals(texts: TextsByPlace): Promise<InjectionSignals>;
  /** What they say of an answer that goes on. */
  settle(answer: AnswerToCheck): Promise<SettledOutcome & PatientsTold>;
  /** What the answer checks say. The last reading of an envelope. */
  check(answer: AnswerToCheck): Promise<WholeOutcome & PatientsTold>;
  /** Ends the readings of an envelope that has no answer: what was kept of its record goes, but in a conversation. */
  end(): void;
}

/** One envelope whose texts are read. */
export interface EnvelopeToRead {
  /** Of the sheet and the fetched record. */
  readonly identity: readonly IdentityValue[];
  /** Epoch milliseconds; of those who wait the one opened first is served first. */
  readonly since: number;
  readonly signal: AbortSignal;
  /**
   * Where the envelope is a turn of a conversation: what redactor and signal found in a text is not looked for again in
   * the next turn, as long as the identity is the same. Interlock and answer checks read everything each time.
   */
  readonly conversation?: VaultScope;
}

export interface TextReader {
  open(envelope: EnvelopeToRead): EnvelopeReadings;
  /** What was kept of a conversation goes now, or of all that were about a patient. */
  forget(of: Pick<VaultScope, 'tenant' | 'patient'> & Partial<VaultScope>): void;
  close(): Promise<void>;
}
