import type { Answered, Begun, Cleared, Embedded, EmbeddingCleared, Instead } from './envelope.ts';
import { askModel } from './stages/ask-model.ts';
import { authenticate } from './stages/authenticate.ts';
import { authorize } from './stages/authorize.ts';
import { authorizeInstead } from './stages/authorize-instead.ts';
import { checkBeginning } from './stages/check-beginning.ts';
import { checkResponse } from './stages/check-response.ts';
import { clearContext } from './stages/clear-context.ts';
import { delegate } from './stages/delegate.ts';
import { checkVectors, clearTexts, embedTexts, releaseVectors } from './stages/embed.ts';
import { redact } from './stages/redact.ts';
import { releaseContext } from './stages/release-context.ts';
import { releaseBeginning, releaseResponse } from './stages/release-response.ts';
import { retrieveRecord } from './stages/retrieve-record.ts';
import { takeAnswer } from './stages/take-answer.ts';
import { verifyConsent } from './stages/verify-consent.ts';
import { Way } from './way.ts';

/**
 * The way of one request, top to bottom. Each row names the event that says it ran and the reason under which
 * the envelope is closed when it throws something unforeseen: there is no row that leads on after a fault.
 *
 * At a barrier everything noted so far is durable on the trail's disk (fsync has returned), and token and
 * session are asked again; before the first byte consent and care relations are read and evaluated again too. Nothing of a record is
 * read before the first barrier, nothing clinical before the second, nothing goes to a model before the third,
 * nothing to the caller before the fourth. Of an answer that leaves while the model speaks nothing leaves before its
 * beginning has passed that one, and the rest not before the whole has passed another. Delivery, the last step, is the
 * iterator in delivery.ts. A patient who is named by an identifier is searched for by the second row, which stands at a
 * barrier of its own before it does (`before_search`). Where a model endpoint gave nothing, another one may be asked
 * in its place (ask-in-turn.ts): the request comes to it by a way of its own, with decision, clearing and a barrier at
 * which all that stands before the first byte is asked again.
 */
const decided = Way.begin()
  .stage({ name: 'authenticate', run: authenticate, event: 'session.started', otherwise: 'unexpected' })
  .stage({ name: 'delegate', run: delegate, event: 'token.delegated', otherwise: 'unexpected' })
  .barrier('before_control_reads')
  .stage({
    name: 'consent',
    run: verifyConsent,
    event: 'consent.verified',
    otherwise: 'consent_unavailable',
    takesTurn: true,
  })
  .stage({ name: 'authorize', run: authorize, event: 'request.authorized', otherwise: 'policy_error' });

/** The decision alone, for somebody who acts on it elsewhere: nothing of a record is read. */
export const decisionPipeline = decided.barrier('before_first_byte');

const prepared = decided
  .barrier('before_fhir')
  .stage({
    name: 'retrieve',
    run: retrieveRecord,
    event: 'fhir.retrieved',
    otherwise: 'fhir_unavailable',
    takesTurn: true,
  })
  .stage({
    name: 'redact',
    run: redact,
    event: 'record.masked',
    otherwise: 'redaction_failed',
    takesTurn: true,
  });

/** Whoever wrote an answer, it is checked and released by the same two stages. */
const checkStage = {
  name: 'check',
  run: checkResponse,
  event: 'response.checked',
  otherwise: 'answer_blocked',
  takesTurn: true,
} as const;
const releaseStage = {
  name: 'release',
  run: releaseResponse,
  event: 'response.released',
  otherwise: 'answer_blocked',
} as const;

const clearStage = {
  name: 'clear',
  run: clearContext,
  event: 'context.released',
  otherwise: 'redaction_failed',
  takesTurn: true,
} as const;
const clearTextsStage = { ...clearStage, run: clearTexts } as const;

/** A question, up to where the model is called. */
export const questionPipeline = prepared.stage(clearStage).barrier('before_model');

const allowedInstead = Way.begin<Instead>().stage({
  name: 'authorize',
  run: authorizeInstead,
  event: 'request.authorized',
  otherwise: 'policy_error',
});

/** The same question, up to where another model is called in the place of the first. */
export const insteadPipeline = allowedInstead.stage(clearStage).barrier('before_other_model');

/** What the model said, to its end. */
export const askPipeline = Way.begin<Cleared>().stage({
  name: 'ask',
  run: askModel,
  event: 'response.generated',
  otherwise: 'model_unavailable',
});

/** An answer that leaves whole. */
export const wholePipeline = Way.begin<Answered>()
  .stage(checkStage)
  .stage(releaseStage)
  .barrier('before_first_byte');

/** The first piece of an answer that leaves while the model speaks. */
export const beginningPipeline = Way.begin<Begun>()
  .stage({ name: 'check', run: checkBeginning, event: 'response.checked', otherwise: 'answer_blocked' })
  .stage({ name: 'release', run: releaseBeginning, event: 'response.released', otherwise: 'answer_blocked' })
  .barrier('before_first_byte');

/** Its end: the whole answer is checked and revealed once more, and nothing else than the rest of that leaves. */
export const restPipeline = askPipeline.stage(checkStage).stage(releaseStage).barrier('before_rest');

/** The redacted context for a model that is called elsewhere. */
export const contextPipeline = prepared
  .stage({
    name: 'context',
    run: releaseContext,
    event: 'context.released',
    otherwise: 'redaction_failed',
    takesTurn: true,
  })
  .barrier('before_first_byte');

/** An answer to such a context, checked and revealed under the rights of now. */
export const answerPipeline = prepared
  .stage({ name: 'answer', run: takeAnswer, event: 'response.received', otherwise: 'answer_blocked' })
  .stage(checkStage)
  .stage(releaseStage)
  .barrier('before_first_byte');

/** Texts for vectors, up to where the model is called. */
export const textsPipeline = prepared.stage(clearTextsStage).barrier('before_model');

/** The same texts, up to where another model is called in the place of the first. */
export const textsInsteadPipeline = allowedInstead.stage(clearTextsStage).barrier('before_other_model');

export const embedPipeline = Way.begin<EmbeddingCleared>().stage({
  name: 'ask',
  run: embedTexts,
  event: 'response.generated',
  otherwise: 'model_unavailable',
});

/** Vectors of redacted texts. */
export const vectorsPipeline = Way.begin<Embedded>()
  .stage({ name: 'check', run: checkVectors, event: 'response.checked', otherwise: 'answer_blocked' })
  .stage({ name: 'release', run: releaseVectors, event: 'response.released', otherwise: 'answer_blocked' })
  .barrier('before_first_byte');
