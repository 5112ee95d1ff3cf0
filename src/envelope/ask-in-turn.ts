import { asRefusal, Refusal } from '../errors/refusal.ts';
import { NoModelAnswer } from '../model/model-circuit.ts';

/** Policy does not let the request go to an endpoint that could stand in; the next one may be another matter. */
export class EndpointDenied extends Refusal {}

/** What asking one endpoint after another needs. */
export interface InTurn<Sent, Answer> {
  /** What was cleared for the endpoint that is asked first, and its id. */
  readonly first: Sent;
  readonly modelId: string;
  /** Endpoints that may be asked in its place, in order, as the configuration names them. */
  readonly others: readonly string[];
  /** Aborted when the request is over, whoever is being asked. */
  readonly signal: AbortSignal;
  /** Sends what was cleared; NoModelAnswer where nothing of an answer came. */
  readonly ask: (sent: Sent) => Promise<Answer>;
  /**
   * Brings the question to another endpoint: policy is asked about that one (EndpointDenied), the final bytes for it
   * are cleared, and the trail is durable before any leaves.
   */
  readonly clearFor: (modelId: string) => Promise<Sent>;
  /** Told what came of each endpoint, of the first one too where others may be asked in its place. */
  readonly note: (modelId: string, outcome: 'answered' | NoModelAnswer | EndpointDenied) => void;
}

/**
 * Asks an endpoint, and where it gave nothing of an answer the others: one after the other, only those that policy
 * allows, each by a clearing of its own. An answer that began, was malformed or was refused here is never asked for
 * elsewhere, and anything else that fails on the way to another endpoint ends the request.
 *
 * @throws Refusal of the first endpoint where none gave an answer
 */
export async function askInTurn<Sent, Answer>(turn: InTurn<Sent, Answer>): Promise<Answer> {
  try {
    return await turn.ask(turn.first);
  } catch (thrown) {
    if (!(thrown instanceof NoModelAnswer)) throw thrown;
    return askOthers(turn, thrown);
  }
}

async function askOthers<Sent, Answer>(
  { ask, clearFor, modelId, note, others, signal }: InTurn<Sent, Answer>,
  silence: NoModelAnswer,
): Promise<Answer> {
  if (others.length > 0) note(modelId, silence);
  for (const other of others) {
    // What ended the request meanwhile is no reason to ask anybody else.
    if (signal.aborted) throw asRefusal(signal.reason, 'caller_gone');
    try {
      const answer = await ask(await clearFor(other));
      note(other, 'answered');
      return answer;
    } catch (thrown) {
      if (!(thrown instanceof NoModelAnswer || thrown instanceof EndpointDenied)) throw thrown;
      note(other, thrown);
    }
  }
  throw silence;
}
