import type { FactName, FactType } from './event-facts.ts';
import type { EventName, EventOutcome } from './events.ts';

const asker = [
  'user',
  'issuer',
  'client',
  'workload',
  'sender',
  'roles',
  'acr',
  'amr',
  'authAge',
  'session',
] as const;
const subject = ['patient', 'task', 'purpose', 'action', 'encounter', 'ticket', 'conversation'] as const;
const decision = ['effect', 'sentence', 'policies', 'policyHash', 'releaseHash', 'error'] as const;
const policyFacts = [
  'taskPermitsRole',
  'workloadPermitsTask',
  'workloadPermitsPurpose',
  'workloadPermitsModel',
  'tenantMatches',
  'ownRecord',
  'onCareTeam',
  'encounterOpen',
  'appointmentSoon',
  'generalPractitioner',
  'relationSettled',
  'relationSource',
  'relationAge',
  'coverByRoster',
  'roster',
  'rosterAge',
  'consentPermits',
  'grantInForce',
  'breakGlassOpen',
  'chosenProxy',
  'parentOfMinor',
  'executor',
  'patientDeceased',
  'modelTrusted',
  'modelAttested',
  'modelResidency',
  'modelKeepsNothing',
  'modelRetentionDays',
  'modelNoTraining',
  'underUsLaw',
  'underEuLaw',
  'lawfulBasis',
  'patientBound',
] as const;
/** Facts of a decision about a consent that the gateway keeps. */
const consentFacts = ['tenantMatches', 'ownRecord', 'opensToAsker', 'patientsDenial'] as const;
/** Facts of a decision that other events carry as facts of the asker and the subject. */
const askedFacts = ['action', 'roles', 'purpose', 'task', 'acr', 'authAge'] as const;
/** In the place of facts that bear a data class. */
const sealed = ['sealed', 'commitment'] as const;
const ending = ['stage', 'route', 'status', 'code'] as const;
const proof = [
  'attestation',
  'attestationEvidence',
  'attestationPolicy',
  'attestationFaults',
  'attestedAt',
] as const;
const time = ['durationMs'] as const;

export interface EventEntry {
  readonly meaning: string;
  readonly facts: readonly FactName[];
  /** Facts that tell what kind of data a patient has: they stand on the trail sealed under the patient's key only. */
  readonly classified?: readonly FactName[];
  readonly outcomes: readonly EventOutcome[];
  /** Events of the same trail that must stand before a success of this one, the latest of each a success. */
  readonly requires: readonly EventName[];
  /**
   * What the event means for its trail. `opens`: the trail is unfinished until it ends. `ends`: nothing may
   * follow. `aside`: neither, so that a trail of only this event (an exchange, a reading) is complete.
   */
  readonly trail: 'opens' | 'ends' | 'aside';
}

const any = ['success', 'refused', 'failed'] as const;
const good = ['success'] as const;
const bad = ['refused', 'failed'] as const;

/** Every business event, what it may say, and where it may stand. docs/audit-events.md is held to this table. */
const eventTable = {
  'session.started': {
    meaning: 'The asker and the workload were authenticated.',
    facts: [...asker, ...subject, 'route', 'token', 'exchange', ...time],
    outcomes: any,
    requires: [],
    trail: 'opens',
  },
  'token.delegated': {
    meaning:
      'A delegated token was issued for one patient, task and purpose. It ends the trail of an exchange.',
    facts: [
      ...asker,
      ...subject,
      ...decision,
      ...policyFacts,
      'actions',
      'dataTypes',
      'retention',
      'lifetime',
      'token',
      'route',
      ...time,
    ],
    outcomes: any,
    requires: [],
    trail: 'aside',
  },
  'consent.verified': {
    meaning: 'The consents of the patient were evaluated.',
    facts: [
      ...asker,
      ...subject,
      'effect',
      'sentence',
      'releaseHash',
      'consents',
      'searches',
      'server',
      ...sealed,
      ...time,
    ],
    classified: ['residualRules'],
    outcomes: any,
    requires: [],
    trail: 'opens',
  },
  'workload.authorized': {
    meaning: 'The workload may run this task for this purpose.',
    facts: [...asker, ...subject, ...decision, ...policyFacts, ...time],
    outcomes: any,
    requires: [],
    trail: 'opens',
  },
  'model.attested': {
    meaning: 'The model endpoint proved the machine on which it runs, as its appraisal policy demands.',
    facts: ['model', ...proof, 'attestationKey', 'attestedUntil'],
    outcomes: good,
    requires: [],
    trail: 'opens',
  },
  'request.authorized': {
    meaning:
      'Policy allowed the request; the facts are those it was decided on. Again for each model endpoint that may be asked in the place of another.',
    facts: [...asker, ...subject, ...decision, ...policyFacts, 'model', 'insteadOf', 'consents', ...time],
    outcomes: good,
    requires: [],
    trail: 'opens',
  },
  'request.denied': {
    meaning:
      'The request was refused before it was authorized, or its answer was withheld. What was not known is absent.',
    facts: [
      ...asker,
      ...subject,
      ...decision,
      ...policyFacts,
      ...ending,
      'exchange',
      'ownTrail',
      'opensToAsker',
      'patientsDenial',
      'ticketState',
      'model',
      'consents',
      'passed',
      'failed',
      'credential',
      'beyond',
      'findings',
      'patientTexts',
      ...proof,
      ...time,
    ],
    outcomes: bad,
    requires: [],
    trail: 'ends',
  },
  'endpoint.denied': {
    meaning:
      'Policy does not let the request go to a model endpoint that could be asked in the place of another: nothing went there.',
    facts: [...decision, ...askedFacts, ...policyFacts, 'model', 'insteadOf', ...proof],
    outcomes: ['refused'],
    requires: [],
    trail: 'opens',
  },
  'server.distrusted': {
    meaning: 'An alert: a FHIR server did what no server may. Nothing of it was used.',
    facts: ['server', 'faults'],
    outcomes: good,
    requires: [],
    trail: 'opens',
  },
  'fhir.retrieved': {
    meaning: 'The minimum record for the task was read and checked again here.',
    facts: [
      ...subject,
      'server',
      'recordToken',
      'patientBound',
      'searches',
      'bytes',
      'items',
      'absentTypes',
      'sheet',
      ...sealed,
      ...time,
    ],
    classified: ['fetched', 'kept', 'dropped', 'notices', 'elsewhere', 'absentServers'],
    outcomes: any,
    requires: ['request.authorized'],
    trail: 'opens',
  },
  'record.masked': {
    meaning: 'Identifiers were replaced by tokens, made coarser or removed.',
    facts: [
      ...subject,
      'tokens',
      'shifted',
      'generalised',
      'removed',
      'recognised',
      'injection',
      'injectionRules',
      'injectionFailed',
      'sheet',
      'texts',
      'items',
      ...time,
    ],
    outcomes: any,
    requires: ['request.authorized', 'fhir.retrieved'],
    trail: 'opens',
  },
  'context.released': {
    meaning:
      'The interlock passed and the redacted context goes to the model (or to the caller of /v1/context).',
    facts: [
      ...subject,
      'model',
      'modelName',
      'residency',
      'modelRetentionDays',
      'modelNoTraining',
      'modelTrusted',
      'stream',
      'requestHash',
      'bytes',
      'items',
      'scanned',
      'findings',
      ...sealed,
      ...time,
    ],
    classified: ['notices'],
    outcomes: any,
    requires: ['request.authorized', 'record.masked'],
    trail: 'opens',
  },
  'context.delivered': {
    meaning: 'The last byte of a context was handed over to a caller with a model of its own.',
    facts: ['bytes', 'status', 'patientTexts', ...time],
    outcomes: good,
    requires: ['request.authorized', 'context.released'],
    trail: 'ends',
  },
  'decision.delivered': {
    meaning:
      'The decision was handed over to a caller who acts on it elsewhere. Nothing of the record was read.',
    facts: ['status', ...time],
    outcomes: good,
    requires: ['request.authorized'],
    trail: 'ends',
  },
  'response.received': {
    meaning: 'A caller brought the answer of a model of its own to a context of an earlier trail.',
    facts: ['model', 'responseHash', 'bytes', 'exchange', ...time],
    outcomes: any,
    requires: ['request.authorized', 'record.masked'],
    trail: 'opens',
  },
  'response.generated': {
    meaning:
      'The model endpoint answered; failed: it gave nothing, and another one may be asked in its place.',
    facts: [
      'model',
      'modelName',
      'insteadOf',
      'silence',
      'responseHash',
      'bytes',
      'finish',
      'promptTokens',
      'completionTokens',
      'stream',
      'firstByteMs',
      ...time,
    ],
    outcomes: any,
    requires: ['context.released'],
    trail: 'opens',
  },
  'response.checked': {
    meaning: 'The answer was checked; the checks that ran are named.',
    facts: ['passed', 'failed', 'findings', 'citations', 'added', ...time],
    outcomes: any,
    requires: ['request.authorized'],
    trail: 'opens',
  },
  'response.released': {
    meaning:
      'The answer, or the beginning of one that leaves while the model speaks, may leave. Durable before its first byte.',
    facts: ['answerHash', 'bytes', 'revealed', 'withheld', 'citations', 'stream', ...sealed, ...time],
    classified: ['notices'],
    outcomes: good,
    requires: ['request.authorized', 'response.checked'],
    trail: 'opens',
  },
  'response.delivered': {
    meaning: 'The last byte was handed over.',
    facts: ['answerHash', 'bytes', 'status', 'stream', 'patientTexts', 'firstByteMs', ...time],
    outcomes: good,
    requires: ['response.released'],
    trail: 'ends',
  },
  'response.aborted': {
    meaning:
      'An authorized request ended without a whole answer: a stage refused or failed, a right was withdrawn, the caller went away, the gateway stopped.',
    facts: [
      ...ending,
      ...decision,
      ...askedFacts,
      ...policyFacts,
      ...proof,
      'model',
      'server',
      'passed',
      'failed',
      'findings',
      'beyond',
      'answerHash',
      'bytes',
      'stream',
      'patientTexts',
      'firstByteMs',
      ...time,
    ],
    outcomes: bad,
    requires: [],
    trail: 'ends',
  },
  'trail.read': {
    meaning: 'Somebody read a trail.',
    facts: [
      ...asker,
      ...decision,
      'tenantMatches',
      'ownTrail',
      'route',
      'purpose',
      'read',
      'found',
      'events',
      ...time,
    ],
    outcomes: any,
    requires: [],
    trail: 'aside',
  },
  'pseudonym.read': {
    meaning: 'Somebody asked whom a pseudonym stands for; the fact found says whether they were told.',
    facts: [...asker, ...decision, 'tenantMatches', 'route', 'asked', 'found', ...time],
    outcomes: any,
    requires: [],
    trail: 'aside',
  },
  'patient.erased': {
    meaning:
      'An officer had a patient erased: the key is destroyed and what it opened in vault and trail is unreadable. the fact found says whether there was one.',
    facts: [...asker, ...decision, 'tenantMatches', 'route', 'patient', 'found', ...time],
    outcomes: any,
    requires: [],
    trail: 'aside',
  },
  'patient.searched': {
    meaning:
      'A patient was named by an identifier, and the record system is asked who that is. What it is, and what was found, is not said; whom the request is about is.',
    facts: [...asker, 'server', 'route', ...time],
    outcomes: good,
    requires: [],
    trail: 'aside',
  },
  'token.introspected': {
    meaning:
      'A client asked about a delegated token; the fact found says whether it was told that it is good.',
    facts: [...asker, 'route', 'found', ...time],
    outcomes: good,
    requires: [],
    trail: 'aside',
  },
  'token.revoked': {
    meaning: 'A client ended a token; the fact found says whether there was one of its own to end.',
    facts: [...asker, 'route', 'found', ...time],
    outcomes: good,
    requires: [],
    trail: 'aside',
  },
  'grant.changed': {
    meaning:
      'Somebody asked for a grant, approved or revoked one, or read which there are. Its state is the one after that.',
    facts: [
      ...asker,
      ...decision,
      'tenantMatches',
      'ownTrail',
      'route',
      'grant',
      'state',
      'patient',
      'task',
      'purpose',
      'ticket',
      'ticketState',
      'lifetime',
      'found',
      ...time,
    ],
    outcomes: any,
    requires: [],
    trail: 'aside',
  },
  'proxy.changed': {
    meaning:
      'A patient named somebody who acts for them; or somebody asked to act for a patient, confirmed that, ended it, or, as an officer, read which there are. The state is the one after that.',
    facts: [
      ...asker,
      ...decision,
      'tenantMatches',
      'ownTrail',
      'route',
      'proxy',
      'relation',
      'person',
      'state',
      'textHash',
      'patient',
      'until',
      'found',
      ...time,
    ],
    outcomes: any,
    requires: [],
    trail: 'aside',
  },
  'consent.changed': {
    meaning:
      'A consent that the gateway keeps was captured or revoked. Its state is the one after that; what it says stands sealed in its store.',
    facts: [
      ...asker,
      ...decision,
      ...consentFacts,
      'route',
      'consent',
      'consentHash',
      'state',
      'patient',
      'found',
      ...time,
    ],
    outcomes: any,
    requires: [],
    trail: 'aside',
  },
  'consent.read': {
    meaning: 'Somebody read one of the consents that the gateway keeps, or which there are.',
    facts: [
      ...asker,
      ...decision,
      ...consentFacts,
      'route',
      'consent',
      'patient',
      'found',
      'handed',
      ...time,
    ],
    outcomes: any,
    requires: [],
    trail: 'aside',
  },
  'emergency.changed': {
    meaning:
      'An alert: somebody broke the glass on a record; or an officer reviewed that, or read which there were. The state is the one after that.',
    facts: [
      ...asker,
      ...decision,
      'tenantMatches',
      'ownTrail',
      'route',
      'emergency',
      'state',
      'why',
      'textHash',
      'patient',
      'lifetime',
      'found',
      ...time,
    ],
    outcomes: any,
    requires: [],
    trail: 'aside',
  },
  'emergency.told': {
    meaning: 'The system of the privacy officer took the id of the trail on which the glass was broken.',
    facts: ['read'],
    outcomes: good,
    requires: [],
    trail: 'aside',
  },
  'session.ended': {
    meaning:
      'A sign-in session, or everything of a person or a device, ended before its tokens did: what it kept is gone.',
    facts: ['session', 'user', 'device', 'ended', 'by', 'route', ...time],
    outcomes: good,
    requires: [],
    trail: 'aside',
  },
  'strangers.refused': {
    meaning:
      'So many requests were refused for one reason before anybody was recognised, beside those that stand on the trail one by one.',
    facts: ['count', 'since', 'code', 'status'],
    outcomes: bad,
    requires: [],
    trail: 'aside',
  },
  'gateway.started': {
    meaning: 'The gateway started.',
    facts: [
      'version',
      'environment',
      'releaseHash',
      'dataHash',
      'configHash',
      'policyHash',
      'approvedBy',
      'recovered',
      ...time,
    ],
    outcomes: any,
    requires: [],
    trail: 'aside',
  },
  'gateway.stopped': {
    meaning: 'The gateway stopped in an orderly way.',
    facts: ['version', 'environment', 'uptimeMs', ...time],
    outcomes: any,
    requires: [],
    trail: 'aside',
  },
  'release.changed': {
    meaning: 'Changed policies or tasks came into force. Requests that had begun go on by the old ones.',
    facts: ['releaseHash', 'dataHash', 'configHash', 'policyHash', 'approvedBy', 'previous', ...time],
    outcomes: good,
    requires: [],
    trail: 'aside',
  },
  'release.refused': {
    meaning:
      'Changed policies or tasks could not be used, or too few have approved them. Those in force stay in force.',
    facts: ['dataHash', 'refusedAs', ...time],
    outcomes: good,
    requires: [],
    trail: 'aside',
  },
  'trail.purged': {
    meaning:
      'Payloads of whole trails that were older than their retention were replaced by their leaf hashes.',
    facts: ['purged', 'purgedTotal', 'boundary', 'before', 'retentionDays'],
    outcomes: good,
    requires: [],
    trail: 'aside',
  },
  'store.noted': {
    meaning: 'A store beside the trail has come this far. An older copy of it is not accepted any more.',
    facts: ['store', 'heads'],
    outcomes: good,
    requires: [],
    trail: 'aside',
  },
  'store.accepted': {
    meaning: 'An operator accepted a store as it is, although the trail stated another head of it.',
    facts: ['store', 'heads'],
    outcomes: good,
    requires: [],
    trail: 'aside',
  },
} as const satisfies Record<EventName, EventEntry>;

/** The same table for code that walks over it without knowing the event. */
export const eventEntry = (event: EventName): EventEntry => eventTable[event];

/**
 * Events that stand beside the way of a request and say that something was done. Only these may be put on the trail
 * without a stage that ran.
 */
export type AsideEvent = {
  [E in EventName]: (typeof eventTable)[E]['trail'] extends 'aside'
    ? 'success' extends (typeof eventTable)[E]['outcomes'][number]
      ? E
      : never
    : never;
}[EventName];

/** Facts that an event may carry, typed by the vocabulary; all of them optional. */
export type EventFacts<E extends EventName> = {
  readonly [N in (typeof eventTable)[E]['facts'][number]]?: FactType<N>;
};

/** Events with facts that bear a data class, and these facts. */
export type ClassifiedEvent = {
  [E in EventName]: (typeof eventTable)[E] extends { classified: readonly FactName[] } ? E : never;
}[EventName];
export type ClassifiedFacts<E extends ClassifiedEvent> = {
  readonly [N in (typeof eventTable)[E]['classified'][number]]?: FactType<N>;
};
