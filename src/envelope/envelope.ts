import type { ConsentDecision } from '../consent/decision.ts';
import type { Delegation } from '../delegation/ports.ts';

import type { Credentials } from '../identity/credentials.ts';

import type { ClearedRequest } from '../model/cleared-request.ts';
import type { ClearedTexts } from '../model/cleared-texts.ts';
import type { ContextLine } from '../model/prompt.ts';
import type { Embedding } from '../model/vectors.ts';
import type { PolicyDecision } from '../policy/decision.ts';
import type { ProxyStanding } from '../policy/proxy-relation.ts';
import type { EnvelopeReadings } from '../reading/ports.ts';
import type { RedactedContext } from '../redaction/ports.ts';
import type { CheckVerdict } from '../release/check.ts';
import type { CheckedAnswer } from '../release/check-answer.ts';
import type { ShownContext } from '../release/context-shelf.ts';
import type { ReleasedAnswer } from '../release/reveal.ts';
import type { Relations } from '../retrieval/control-reads.ts';
import type { FhirReader } from '../retrieval/ports.ts';
import type { Task } from '../retrieval/task.ts';
import type { RetrievedRecord } from '../vocabulary/context-item.ts';
import type { Resource } from '../vocabulary/fhir.ts';
import type { IdentitySheet } from '../vocabulary/identity-sheet.ts';
import type { Notice } from '../vocabulary/notices.ts';
import type { VerifiedUser, Workload } from '../vocabulary/person.ts';
import type { Action, VaultScope } from '../vocabulary/scope.ts';
import type { BesideRefusal } from './beside-refusal.ts';
import type { SealFacts } from './sealer.ts';
import type { ServerWatch } from './server-watch.ts';
import type { TenantServices } from './services.ts';
import type { Identified } from './stages/authenticate.ts';
import type { Stopwatch } from './stopwatch.ts';

/** One message of the caller, text parts joined. */
export interface AskedMessage {
  /** `tool`: what a tool of the caller answered. */
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly text: string;
}

/** What a caller asks, after the face has checked its shape. */
export interface Ask {
  readonly action: Action;
  /** The released context that an answer belongs to, and the answer: where the action is `reveal`. */
  readonly answered?: { readonly context: string; readonly text: string };
  readonly messages: readonly AskedMessage[];
  /** The `phi` object of the body as it came; the delegate stage reads it. */
  readonly phi: unknown;
  readonly model?: string;
  readonly stream: boolean;
  /** A program reads the answer, whatever the workload's entry says: nothing is revealed. */
  readonly machineReads?: true;
  readonly temperature?: number;
  readonly maxTokens?: number;
  /** Whom a delegated token is taken to be for by its holder, who cannot read it. */
  readonly about?: string;
  /** One JSON document was asked for: nothing may stand beside it. */
  readonly document?: true;
  /** Length of vectors, where the action is `embed` and the endpoint can choose. */
  readonly dimensions?: number;
}

/** Asked again at barriers: resolves while it stands, throws the Refusal that ends the envelope when it does not. */
export interface StandingCheck {
  readonly name: 'token' | 'issuer' | 'delegation' | 'consent' | 'policy' | 'attestation';
  /** `delivery`: too costly for every barrier, asked before the first byte and every second of a stream. */
  readonly when: 'barrier' | 'delivery';
  /** `together`: reads may be shared with other envelopes that ask at the same time. */
  ask(together: boolean): Promise<void>;
}

/**
 * The envelope grows stage by stage: each stage takes the type before it and hands on the next one, so that a
 * stage out of order does not compile. Nothing is ever removed or overwritten.
 */
export interface Opened {
  /** Trail id = txn = request id. */
  readonly trail: string;
  readonly openedAt: number;
  /** `-` until the token has told. */
  readonly tenantId: string;
  readonly credentials: Credentials;
  /** Set where the face had to know who calls before it knew that something is asked: nobody is identified twice. */
  readonly identified?: Identified;
  /** What is asked: read once the asker is known, so that a malformed question is on the trail as theirs. */
  readonly read: () => Promise<Ask>;
  /**
   * Resolves when what was noted so far and that patients are searched for is durable on the trail, and what must stand
   * stands: nobody searches before it.
   */
  readonly beforeSearch: (envelope: Authenticated) => Promise<void>;
  /** Told what is asked as soon as it is known, for what is said beside a refusal. */
  readonly besideRefusal: BesideRefusal;
  /** Told what is waited for outside the gateway. */
  readonly stopwatch: Stopwatch;
  /** What must still stand at every barrier and while the answer leaves; stages add to it. */
  readonly standing: readonly StandingCheck[];
  /** Aborted when the caller goes away, the deadline passes or the gateway stops. */
  readonly signal: AbortSignal;
}

export interface Authenticated extends Opened {
  readonly user: VerifiedUser;
  readonly workload: Workload;
  /** Workloads for which this one acts, the nearest first. */
  readonly actedBefore: readonly string[];
  readonly tenant: TenantServices;
  /** Set where the caller came with a delegated token. */
  readonly presented: Delegation | undefined;
  /** Keyed pseudonym of the user, the only name the trail knows. */
  readonly userPseudonym: string;
}

export interface Delegated extends Authenticated {
  readonly ask: Ask;
  readonly delegation: Delegation;
  readonly task: Task;
  readonly patientPseudonym: string;
  /** Seals what tells the kind of the patient's data, for this trail. */
  readonly seal: SealFacts;
  readonly vaultScope: VaultScope;
  readonly modelId: string;
  /** What was released, where the action is `reveal`. */
  readonly shown?: ShownContext;
  /** The gateway's own view of the record; no stage before the barrier to control reads may call it. */
  readonly control: () => Promise<FhirReader>;
  /** Told what the servers do that no server may. */
  readonly servers: ServerWatch;
}

export interface Consented extends Delegated {
  /** As what the asker acts for the patient. */
  readonly proxy: ProxyStanding;
  readonly consent: ConsentDecision;
  /** Under way since consent was asked for, because the policy asks for them whatever consent says. */
  readonly relations: Promise<Relations>;
  /** PractitionerRoles of the asker; under way likewise. */
  readonly roles: Promise<readonly Resource[]>;
}

export interface Authorized extends Consented {
  readonly decision: PolicyDecision;
}

export interface Retrieved extends Authorized {
  readonly sheet: IdentitySheet;
  readonly record: RetrievedRecord;
  readonly notices: readonly Notice[];
}

export interface Redacted extends Retrieved {
  readonly redacted: RedactedContext;
  readonly readings: EnvelopeReadings;
  /** The endpoint that was asked first and gave nothing, where `modelId` is one that is asked in its place. */
  readonly insteadOf?: string;
}

/**
 * The same question for another endpoint. It is the envelope of before anything was cleared: what was cleared for the
 * first endpoint is none of its parts, and policy is asked about it anew.
 */
export interface Instead extends Redacted {
  readonly insteadOf: string;
}

/** The redacted context stands as final bytes that the interlock has passed; nothing has left yet. */
export interface Cleared extends Redacted {
  readonly cleared: ClearedRequest;
  readonly canary: string;
  /** What the model said, where it was heard while its answer began to leave. */
  readonly heard?: Heard;
}

/** The redacted context stands as text that the interlock has passed, for a model that is called elsewhere. */
export interface ContextCleared extends Redacted {
  readonly context: { readonly text: string; readonly items: readonly ContextLine[] };
}

/** The redacted texts stand as final bytes for an embedding endpoint; nothing has left yet. */
export interface EmbeddingCleared extends Redacted {
  readonly clearedTexts: ClearedTexts;
}

/** One vector a text, in the order of the texts. */
export interface Embedded extends EmbeddingCleared {
  readonly embedded: Embedding;
}

/** What a model said, to its end. */
export interface Heard {
  readonly answer: string;
  readonly finish: 'stop' | 'length' | 'content_filter';
  readonly usage: { readonly promptTokens: number; readonly completionTokens: number } | undefined;
}

/** An answer, whoever called the model. */
export interface Answering extends Redacted, Heard {
  readonly canary: string;
}

export type Answered = Cleared & Answering;

export interface Checked extends Answering {
  readonly checked: CheckedAnswer;
  readonly verdicts: readonly CheckVerdict[];
}

/** The beginning of an answer that the model has not ended: checked, revealed, and to leave first. */
export interface Begun extends Cleared {
  readonly beginning: Beginning;
}

export interface Beginning {
  readonly text: string;
  /** Checks that changed something in it. */
  readonly masked: readonly string[];
  /** How many lines of the context it cites. */
  readonly citations: number;
}

export interface Released extends Checked {
  readonly released: ReleasedAnswer;
  readonly citations: readonly { readonly key: string; readonly resource: string }[];
}
