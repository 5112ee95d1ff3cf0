import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DecisionDelivery } from '../envelope/delivery.ts';
import type { Ask } from '../envelope/envelope.ts';
import type { Identified } from '../envelope/stages/authenticate.ts';
import { asRefusal, Refusal } from '../errors/refusal.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import { recognisedOn } from './caller.ts';
import { arrival, beginRequest, callerSignal, type Face, refuse } from './face.ts';
import { finish, lost } from './handing-over.ts';
import { identifiedOpening } from './opening.ts';
import { sendProblem } from './problem.ts';
import { checkAnswerBody, checkRequest } from './validate.ts';

/** What may stand in `context`: what would be asked. Facts are computed here, whatever a caller says. */
const asked = ['task', 'purpose', 'encounter', 'ticket'] as const;

/** The question that is to be decided on. A delegated token says itself what it is for, and nothing else is asked. */
function askOf(body: unknown, { presented, user }: Pick<Identified, 'presented' | 'user'>): Ask {
  checkRequest('evaluationRequest', body);
  const { action, context, resource, subject } = isRecord(body) ? body : {};
  if (!isRecord(subject) || subject['id'] !== user.subject)
    throw new Refusal('malformed_request', {
      fault: '/subject/id',
      sentence: 'The subject is the user of the token: nobody is asked about for somebody else.',
    });
  const said = isRecord(context) ? context : {};
  const model = said['model'];
  const named = isRecord(resource) ? { patient: resource['id'] } : {};
  const phi: Readonly<Record<string, unknown>> = {
    ...named,
    ...Object.fromEntries(asked.flatMap((name) => (said[name] === undefined ? [] : [[name, said[name]]]))),
  };
  const { patient: about, ...work } = phi;
  const granted: Readonly<Record<string, unknown>> | undefined = presented && { ...presented.scope };
  if (granted !== undefined && Object.entries(work).some(([name, value]) => granted[name] !== value))
    throw new Refusal('scope_exceeded');
  return {
    ...(granted !== undefined && typeof about === 'string' ? { about } : {}),
    action: isRecord(action) && action['name'] === 'context' ? 'context' : 'ask',
    messages: [],
    phi: presented === undefined ? phi : undefined,
    ...(typeof model === 'string' ? { model } : {}),
    stream: false,
  };
}

const bodyOf = (decision: boolean, sentence: string, trail: string): string =>
  JSON.stringify(
    checkAnswerBody('evaluationAnswer', {
      decision,
      context: { reason_user: { en: sentence }, phi: { trail } },
    }),
  );

/**
 * POST /access/v1/evaluation (AuthZEN Authorization API 1.0, section 6): what the gateway would decide, by consent,
 * relations and policy of now, for the user of the token. A denial is an answer; whatever keeps from deciding is an
 * error, and whoever asked has to deny.
 */
export async function evaluateAccess(
  face: Face,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { gateway, publicUrl } = face;
  const trail = beginRequest(face, response);
  const send = (refusal: Refusal): void =>
    refuse(request, response, (why) => sendProblem(response, why, trail, publicUrl), refusal);
  const answer = (body: string, signal: AbortSignal): Promise<void> => {
    response.setHeader('content-type', 'application/json');
    return finish(response, body, signal);
  };
  const signal = callerSignal(response, new Refusal('caller_gone'));
  let delivery: DecisionDelivery | undefined;
  let walking = false;
  try {
    const { body, opening } = await identifiedOpening(face, request);
    const read = async (): Promise<Ask> => askOf(await body, opening.identified);
    walking = true;
    delivery = await gateway.decide(trail, () => ({ ...opening, read }), signal);
    await answer(bodyOf(true, delivery.sentence, trail), delivery.signal);
    await delivery.delivered().catch(lost(face, trail));
  } catch (error) {
    const refusal = asRefusal(error);
    await arrival(request);
    if (delivery !== undefined) await delivery.aborted(refusal.reason).catch(lost(face, trail));
    // Its trail has ended; one that never began is refused as any request beside the envelope.
    const told = walking ? refusal : await gateway.refused(trail, refusal, recognisedOn(request));
    if (walking && delivery === undefined && told.code === 'access_denied')
      await answer(bodyOf(false, told.sentence ?? told.entry.detail, trail), signal).catch(() => undefined);
    else send(told);
  }
}

/** GET /.well-known/authzen-configuration (AuthZEN Authorization API 1.0, section 9). */
export const evaluationMetadata = (publicUrl: string) => ({
  policy_decision_point: publicUrl,
  access_evaluation_endpoint: `${publicUrl}/access/v1/evaluation`,
});
